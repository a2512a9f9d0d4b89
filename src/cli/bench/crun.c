/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crun: a bundle that is as small as one with Python can be, in a temporary
 * directory, and a place in which crun agrees to work.
 *
 * crun refuses a host whose cgroups are of both versions.  So the worker goes
 * into a mount namespace of its own with a plain cgroup2 on /sys/fs/cgroup; as
 * an ordinary user that takes a user namespace around it, which also saves the
 * container one.
 */
#include "cli/bench/peers.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mount.h>
#include <sys/stat.h>

#include "base/own.h"
#include "cli/json.h"

static char bundle[256]; /* the worker's only one; "" when there is none */
static char state[sizeof bundle + 8];

static const char config_head[] =
    "{\"ociVersion\": \"1.0.0\", \"process\": {\"user\": {\"uid\": 0, \"gid\": 0},"
    " \"cwd\": \"/\", \"noNewPrivileges\": true, \"env\": [\"PATH=/usr/bin\"],"
    " \"args\": [";
static const char config_tail[] =
    "]}, \"root\": {\"path\": \"rootfs\", \"readonly\": true}, \"mounts\": ["
    "{\"destination\": \"/usr\", \"type\": \"bind\", \"source\": \"/usr\","
    " \"options\": [\"rbind\", \"ro\"]},"
    " {\"destination\": \"/proc\", \"type\": \"proc\", \"source\": \"proc\"},"
    " {\"destination\": \"/dev\", \"type\": \"tmpfs\", \"source\": \"tmpfs\","
    " \"options\": [\"nosuid\", \"mode=755\"]},"
    " {\"destination\": \"/tmp\", \"type\": \"tmpfs\", \"source\": \"tmpfs\","
    " \"options\": [\"nosuid\", \"nodev\"]}],"
    " \"linux\": {\"namespaces\": [{\"type\": \"pid\"}, {\"type\": \"mount\"},"
    " {\"type\": \"network\"}, {\"type\": \"ipc\"}, {\"type\": \"uts\"}]}}\n";

static int
write_file(int dir_fd, const char *name, const void *data, size_t len,
           struct cloche_error *err)
{
    cl_autoclose int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    return fd >= 0 && write(fd, data, len) == (ssize_t)len
               ? 0
               : cl_fail_sys(err, errno, "write '%s'", name);
}

/* The directories that are mounted over, and where programs look for the rest. */
static int
make_root(int dir_fd, struct cloche_error *err)
{
    static const char *const directories[] = {"rootfs", "rootfs/usr", "rootfs/proc",
                                              "rootfs/dev", "rootfs/tmp"};
    static const char *const links[] = {"bin", "lib", "lib64", "sbin"};
    for (size_t i = 0; i < CL_COUNT(directories); i++) {
        if (mkdirat(dir_fd, directories[i], 0755) != 0) {
            return cl_fail_sys(err, errno, "make '%s'", directories[i]);
        }
    }
    for (size_t i = 0; i < CL_COUNT(links); i++) {
        char target[16];
        char name[24];
        (void)snprintf(target, sizeof target, "usr/%s", links[i]);
        (void)snprintf(name, sizeof name, "rootfs/%s", links[i]);
        if (symlinkat(target, dir_fd, name) != 0) {
            return cl_fail_sys(err, errno, "make '%s'", name);
        }
    }
    return 0;
}

static int
make_bundle(const char *code, struct cloche_error *err)
{
    const char *const args[] = {cli_bench_python(), "-I", "-c", code};
    cl_autobuf struct cl_buf config = CL_BUF_INIT(1 << 20);
    const char *tmp = getenv("TMPDIR");

    (void)snprintf(bundle, sizeof bundle, "%s/cloche-bench-XXXXXX",
                   tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
    if (mkdtemp(bundle) == NULL) {
        bundle[0] = '\0';
        return cl_fail_sys(err, errno, "make a temporary directory");
    }
    (void)snprintf(state, sizeof state, "%s/state", bundle);
    (void)cl_buf_add_str(&config, config_head);
    for (size_t i = 0; i < CL_COUNT(args); i++) {
        (void)cl_buf_add_str(&config, i > 0 ? ", " : "");
        cli_json_string(&config, args[i]);
    }
    (void)cl_buf_add_str(&config, config_tail);
    cl_autoclose int dir_fd = open(bundle, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir_fd < 0 || config.has_failed) {
        return cl_fail_sys(err, errno, "open '%s'", bundle);
    }
    return make_root(dir_fd, err) != 0
               ? -1
               : write_file(dir_fd, "config.json", config.data, config.len, err);
}

/* In a new user namespace: root there is who we are. */
static int
map_ids(unsigned uid, unsigned gid, struct cloche_error *err)
{
    char map[32];
    int n = snprintf(map, sizeof map, "0 %u 1", uid);
    if (write_file(AT_FDCWD, "/proc/self/setgroups", "deny", 4, err) != 0 ||
        write_file(AT_FDCWD, "/proc/self/uid_map", map, (size_t)n, err) != 0) {
        return -1;
    }
    n = snprintf(map, sizeof map, "0 %u 1", gid);
    return write_file(AT_FDCWD, "/proc/self/gid_map", map, (size_t)n, err);
}

static int
enter_place(struct cloche_error *err)
{
    const unsigned uid = geteuid();
    const unsigned gid = getegid();
    const int flags = CLONE_NEWNS | CLONE_NEWCGROUP | (uid == 0 ? 0 : CLONE_NEWUSER);
    if (unshare(flags) != 0) {
        return cl_fail_sys(err, errno, "make namespaces for crun");
    }
    if (uid != 0 && map_ids(uid, gid, err) != 0) {
        return -1;
    }
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, NULL) != 0) {
        return cl_fail_sys(err, errno, "mount a cgroup2 for crun");
    }
    return 0;
}

static int
prepare(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    if (make_bundle(code, err) != 0 || enter_place(err) != 0) {
        return -1;
    }
    CLI_BENCH_WORDS_ADD(w, "crun", "--root", state, "--cgroup-manager=disabled", "run",
                        "--bundle", bundle, w->serial);
    return 0;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    (void)remove(path); /* what cannot be removed is left to whoever empties /tmp */
    return 0;
}

static void
undo(void)
{
    if (bundle[0] != '\0') {
        (void)nftw(bundle, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
        bundle[0] = '\0';
    }
}

const struct cli_bench_command cli_bench_crun = {
    .needs = "crun", .prepare = prepare, .undo = undo};
