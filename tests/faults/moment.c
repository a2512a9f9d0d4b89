/* SPDX-License-Identifier: Apache-2.0 */
/* What there is of an engine and of its caller at one moment. */
#include "moment.h"

#include <dirent.h>
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support.h"

static unsigned
count_lines(const char *path)
{
    unsigned n = 0;
    FILE *f = fopen(path, "re");
    CHECK(f != NULL);
    for (int c = fgetc(f); c != EOF; c = fgetc(f)) {
        n += c == '\n';
    }
    (void)fclose(f);
    return n;
}

/* Is it this user's?  Others may have an engine at the same time. */
static int
is_own(int dir_fd, const char *name)
{
    struct stat st;
    return fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_uid == geteuid();
}

/* Entries whose names are as ours; in a directory that may not be there. */
static unsigned
count_ours(const char *path, int depth)
{
    unsigned n = 0;
    DIR *dir = opendir(path);
    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL;
         e = readdir(dir)) {
        n += strncmp(e->d_name, "cloche", 6) == 0 && is_own(dirfd(dir), e->d_name);
        if (depth > 0 && e->d_name[0] != '.' && e->d_type == DT_DIR) {
            char below[4096];
            if (snprintf(below, sizeof below, "%s/%s", path, e->d_name) <
                (int)sizeof below) {
                n += count_ours(below, depth - 1);
            }
        }
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    return n;
}

uint64_t
moment_own_kib(int pid)
{
    char line[256];
    unsigned long kib = 0;
    (void)snprintf(line, sizeof line, "/proc/%d/status", pid);
    FILE *f = fopen(line, "re");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (sscanf(line, "RssAnon: %lu", &kib) == 1) {
            break;
        }
    }
    if (f != NULL) {
        (void)fclose(f);
    }
    return kib;
}

size_t
moment_children(int pid, int *out, size_t max)
{
    char path[64];
    size_t n = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *f = fopen(path, "re");
    while (f != NULL && n < max && fscanf(f, "%d", &out[n]) == 1) {
        n++;
    }
    if (f != NULL) {
        (void)fclose(f);
    }
    return n;
}

int
moment_launcher(struct cloche_engine *engine)
{
    int pids[256];
    size_t n = cloche_engine_pids(engine, pids, 256);
    CHECK(n > 0);
    return pids[0];
}

void
moment_await_calm(void)
{
    unsigned last = count_descendants();
    for (int same = 0, turn = 0; same < 10; turn++) {
        CHECK(turn < 500);
        sleep_ms(20);
        unsigned now = count_descendants();
        same = now == last ? same + 1 : 0;
        last = now;
    }
}

struct moment
moment_take(struct cloche_engine *engine)
{
    int zygotes[64];
    struct moment m = {
        .descriptors = count_descriptors(),
        .threads = count_threads(),
        .descendants = count_descendants(),
        .mounts = count_lines("/proc/self/mountinfo"),
        .cgroups = count_ours("/sys/fs/cgroup", 4),
        .files =
            count_ours("/tmp", 0) + count_ours("/var/tmp", 0) + count_ours("/dev/shm", 0),
        .caller = moment_own_kib(getpid()),
        .heap = mallinfo2().uordblks / 1024,
    };
    if (engine != NULL) {
        int launcher = moment_launcher(engine);
        size_t n = moment_children(launcher, zygotes, 64);
        m.launcher = moment_own_kib(launcher);
        for (size_t i = 0; i < n; i++) {
            uint64_t kib = moment_own_kib(zygotes[i]);
            m.zygote = kib > m.zygote ? kib : m.zygote;
        }
    }
    return m;
}

const char *
moment_own_directories(void)
{
    static const char *const places[] = {"/tmp", "/var/tmp", "/dev/shm"};
    const char *helpers = getenv("CLOCHE_HELPER_DIR");
    if (helpers == NULL || geteuid() != 0 || unshare(CLONE_NEWNS) < 0) {
        return NULL;
    }
    CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
    CHECK(mount(helpers, "/mnt", NULL, MS_BIND, NULL) == 0);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        CHECK(mount("tmpfs", places[i], "tmpfs", 0, "size=64m") == 0);
    }
    return "/mnt";
}

void
moment_count_exactly(char **argv)
{
    static const char wanted[] = "glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1";
    const char *have = getenv("GLIBC_TUNABLES");
    if (have == NULL || strcmp(have, wanted) != 0) {
        CHECK(setenv("GLIBC_TUNABLES", wanted, 1) == 0);
        (void)execv("/proc/self/exe", argv);
        CHECK(0);
    }
}

void
moment_check_same(const struct moment *a, const struct moment *b)
{
    CHECK_INT(b->descriptors, a->descriptors);
    CHECK_INT(b->threads, a->threads);
    CHECK_INT(b->descendants, a->descendants);
    CHECK_INT(b->mounts, a->mounts);
    CHECK_INT(b->cgroups, a->cgroups);
    CHECK_INT(b->files, a->files);
}
