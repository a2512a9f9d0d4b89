/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the host's /proc.  A process may end between any two calls here: that
 * is an ordinary failure, never a reason to look at another process. */
#include "kernel/procfs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"

enum { STATUS_MAX = 4096, TREE_MAX = 4096 };

int
cl_procfs_open_status(pid_t pid, int *fd, struct cloche_error *err)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/status", pid); /* fits */
    int opened = open(path, O_RDONLY | O_CLOEXEC);
    if (opened < 0) {
        return cl_fail_sys(err, errno, "open '%s'", path);
    }
    *fd = opened;
    return 0;
}

static int
read_text(int fd, char text[STATUS_MAX], struct cloche_error *err)
{
    ssize_t n = pread(fd, text, STATUS_MAX - 1, 0);
    if (n <= 0) {
        return cl_fail_sys(err, n < 0 ? errno : ESRCH, "read a process's status");
    }
    text[n] = '\0';
    return 0;
}

static uint64_t
field(const char *text, const char *name)
{
    const char *line = strstr(text, name);
    return line == NULL ? 0 : strtoull(line + strlen(name), NULL, 10);
}

int
cl_procfs_read_memory(int status_fd, struct cl_procfs_memory *out, struct cloche_error *err)
{
    char text[STATUS_MAX];
    if (read_text(status_fd, text, err) < 0) {
        return -1;
    }
    *out = (struct cl_procfs_memory){
        .data_bytes = field(text, "\nVmData:") * 1024,
        .resident_bytes = field(text, "\nVmRSS:") * 1024,
        .peak_bytes = field(text, "\nVmHWM:") * 1024,
        .anon_bytes = field(text, "\nRssAnon:") * 1024,
        .shmem_bytes = field(text, "\nRssShmem:") * 1024,
        .table_bytes = field(text, "\nVmPTE:") * 1024,
    };
    return 0;
}

int
cl_procfs_read_parent(int status_fd, pid_t *parent, struct cloche_error *err)
{
    char text[STATUS_MAX];
    if (read_text(status_fd, text, err) < 0) {
        return -1;
    }
    *parent = (pid_t)field(text, "\nPPid:");
    return 0;
}

static int
by_number(const void *a, const void *b)
{
    int x = *(const int *)a;
    int y = *(const int *)b;
    return (x > y) - (x < y);
}

int
cl_procfs_count_descriptors(pid_t pid)
{
    char path[48];
    struct stat st;
    (void)snprintf(path, sizeof path, "/proc/%d/fd", pid); /* fits */
    return stat(path, &st) == 0 && st.st_size > 0 ? (int)st.st_size : -1;
}

int
cl_procfs_descriptors(pid_t pid, int *out, int max, struct cloche_error *err)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/fd", pid); /* fits */
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return cl_fail_sys(err, errno, "open '%s'", path);
    }
    int count = 0;
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_name[0] != '.') {
            if (count < max) {
                out[count] = atoi(e->d_name);
            }
            count++;
        }
    }
    (void)closedir(dir);
    qsort(out, (size_t)(count < max ? count : max), sizeof *out, by_number);
    return count;
}

int
cl_procfs_cpu_ns(pid_t pid, uint64_t *out, struct cloche_error *err)
{
    enum { OF_PROCESS_SCHEDULED = 2 };
    struct timespec t;
    /* As clock_getcpuclockid makes it, which asks the kernel first whether it is there. */
    clockid_t clock = (clockid_t)(~(unsigned)pid << 3 | OF_PROCESS_SCHEDULED);
    if (clock_gettime(clock, &t) < 0) {
        return cl_fail_sys(err, errno, "read the CPU clock of process %d", pid);
    }
    *out = (uint64_t)t.tv_sec * CL_NS_PER_S + (uint64_t)t.tv_nsec;
    return 0;
}

/* CPU time of the children that pid has waited for, and of theirs: what a
 * process that ended used is nowhere else.  The 16th and 17th fields of stat,
 * in clock ticks; 0 when it is gone. */
static uint64_t
ended_children_ns(pid_t pid)
{
    char path[48];
    char text[STATUS_MAX];
    long ticks = sysconf(_SC_CLK_TCK);
    uint64_t user = 0;
    uint64_t system = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/stat", pid); /* fits */
    cl_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || ticks <= 0 || read_text(fd, text, NULL) < 0) {
        return 0;
    }
    /* The name in the second field may hold anything: count after its end. */
    const char *rest = strrchr(text, ')');
    if (rest == NULL || sscanf(rest + 1,
                               " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u"
                               " %" SCNu64 " %" SCNu64,
                               &user, &system) != 2) {
        return 0;
    }
    return (user + system) * (CL_NS_PER_S / (uint64_t)ticks);
}

/* Append the children of every thread of pid to list. */
static unsigned
add_children(pid_t pid, pid_t *list, unsigned count)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/task", pid); /* fits */
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return count;
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_name[0] == '.' ||
            snprintf(path, sizeof path, "/proc/%d/task/%.12s/children", pid, e->d_name) >=
                (int)sizeof path) {
            continue;
        }
        cl_autofclose FILE *f = fopen(path, "re");
        int child = 0;
        while (f != NULL && count < TREE_MAX && fscanf(f, "%d", &child) == 1) {
            list[count++] = child;
        }
    }
    (void)closedir(dir);
    return count;
}

/* What was there at the last look and is not now has ended. */
static void
settle_ledger(struct cl_procfs_ledger *ledger, const struct cl_procfs_ledger *now)
{
    for (unsigned i = 0; i < ledger->count; i++) {
        unsigned k = 0;
        while (k < now->count && now->pid[k] != ledger->pid[i]) {
            k++;
        }
        if (k == now->count) {
            ledger->gone_ns += ledger->cpu_ns[i];
        }
    }
    ledger->count = now->count;
    memcpy(ledger->pid, now->pid, sizeof ledger->pid);
    memcpy(ledger->cpu_ns, now->cpu_ns, sizeof ledger->cpu_ns);
}

/* One process's share of the sums. */
static void
add_process(pid_t pid, struct cl_procfs_tree *out, struct cl_procfs_ledger *now,
            uint64_t *waited_ns)
{
    cl_autoclose int fd = -1;
    struct cl_procfs_memory memory;
    uint64_t cpu = 0;
    if (cl_procfs_open_status(pid, &fd, NULL) == 0 &&
        cl_procfs_read_memory(fd, &memory, NULL) == 0) {
        out->memory_bytes += memory.anon_bytes + memory.shmem_bytes + memory.table_bytes;
        out->processes++;
    }
    if (cl_procfs_cpu_ns(pid, &cpu, NULL) == 0) {
        out->cpu_ns += cpu;
        if (now->count < CL_PROCFS_LEDGER_MAX) {
            now->pid[now->count] = pid;
            now->cpu_ns[now->count++] = cpu;
        }
    }
    *waited_ns += ended_children_ns(pid);
}

int
cl_procfs_sum_tree(pid_t cell, pid_t init, uint64_t enough, struct cl_procfs_ledger *ledger,
                   struct cl_procfs_tree *out, struct cloche_error *err)
{
    cl_autofree pid_t *list = malloc(TREE_MAX * sizeof *list);
    cl_autofree struct cl_procfs_ledger *now = calloc(1, sizeof *now);
    uint64_t waited_ns = 0;
    if (list == NULL || now == NULL) {
        return cl_fail_nomem(err);
    }
    *out = (struct cl_procfs_tree){0};
    list[0] = cell;
    unsigned count =
        init > 0 ? add_children(init, list, 1) : 1; /* orphans are the init's */
    for (unsigned i = 0; i < count && out->processes <= enough; i++) {
        count = add_children(list[i], list, count);
        add_process(list[i], out, now, &waited_ns);
    }
    if (ledger != NULL) {
        settle_ledger(ledger, now);
    }
    uint64_t gone_ns = ledger == NULL ? 0 : ledger->gone_ns;
    out->cpu_ns += waited_ns > gone_ns ? waited_ns : gone_ns;
    return 0;
}
