/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this host can enforce, found out by doing it.  Each trial runs in a
 * child of its own, which may end in any way; nothing outlives it.
 */
#include "cell/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/abi.h"
#include "kernel/landlock.h"
#include "kernel/mount.h"
#include "kernel/privilege.h"
#include "kernel/process.h"
#include "kernel/seccomp.h"
#include "kernel/userns.h"

/* Become root of a new user namespace, with the caller's own ids. */
static int
enter_user_namespace(struct cloche_error *err)
{
    uid_t uid = geteuid();
    gid_t gid = getegid();
    if (unshare(CLONE_NEWUSER) < 0) {
        return cl_fail_sys(err, errno, "unshare(CLONE_NEWUSER)");
    }
    struct cl_userns_map uids = {0, uid, 1};
    struct cl_userns_map gids = {0, gid, 1};
    return cl_userns_write_maps("/proc/self", &uids, &gids, 1, err);
}

static int
try_user(struct cloche_error *err)
{
    return enter_user_namespace(err);
}

static int
try_namespaces(struct cloche_error *err)
{
    if (enter_user_namespace(err) < 0) {
        return -1;
    }
    if (unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
                CLONE_NEWCGROUP) < 0) {
        return cl_fail_sys(err, errno, "unshare");
    }
    return 0;
}

static int
try_mounts(struct cloche_error *err)
{
    cl_autoclose int tmpfs = -1;
    cl_autoclose int copy = -1;
    if (try_namespaces(err) < 0 || cl_mount_make_private(err) < 0 ||
        cl_mount_copy(AT_FDCWD, "/usr", &copy, err) < 0 ||
        cl_mount_restrict(copy, CL_MOUNT_RDONLY, err) < 0 ||
        cl_mount_tmpfs(1 << 20, 100, 0, &tmpfs, err) < 0 ||
        cl_mount_attach(tmpfs, AT_FDCWD, "/tmp", err) < 0) {
        return -1;
    }
    return cl_mount_pivot("/tmp", err);
}

/* A new procfs needs a process in the new PID namespace. */
static int
try_proc(struct cloche_error *err)
{
    if (try_namespaces(err) < 0) {
        return -1;
    }
    pid_t pid = fork();
    if (pid == 0) {
        cl_autoclose int proc = -1;
        struct cloche_error why = {0};
        _exit(cl_mount_proc(1, &proc, &why) < 0 ? why.sys : 0);
    }
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
        return cl_fail_sys(err, errno, "fork");
    }
    return WEXITSTATUS(status) == 0 ? 0
                                    : cl_fail_sys(err, WEXITSTATUS(status), "mount proc");
}

static int
try_landlock(struct cloche_error *err)
{
    int abi = cl_landlock_abi();
    cl_autoclose int rules = -1;
    if (abi == 0) {
        return cl_fail(err, CLOCHE_EHOST, "not in this kernel, or not in its lsm= list");
    }
    if (cl_landlock_create(abi, 0, &rules, err) < 0 || cl_privilege_no_new_privs(err) < 0 ||
        cl_landlock_restrict(rules, err) < 0) {
        return -1;
    }
    if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0) {
        return cl_fail(err, CLOCHE_EHOST, "restricts nothing");
    }
    return cl_fail(err, CLOCHE_OK, "ABI %d", abi) + 1;
}

static int
try_seccomp(struct cloche_error *err)
{
    struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    cl_autoclose int listener = -1;
    if (cl_privilege_no_new_privs(err) < 0) {
        return -1;
    }
    return cl_seccomp_install(allow, sizeof allow, &listener, err);
}

static int
try_clone3(struct cloche_error *err)
{
    int pidfd = -1;
    void *tid = cl_process_tid_address(err);
    pid_t pid = tid == NULL ? -1 : cl_process_clone(0, -1, tid, &pidfd, err);
    if (pid == 0) {
        _exit(0);
    }
    if (pid < 0) {
        return -1;
    }
    cl_own_close(&pidfd);
    return waitpid(pid, NULL, 0) == pid ? 0 : -1;
}

static int
try_kernel(struct cloche_error *err)
{
    struct utsname name;
    (void)uname(&name); /* a valid pointer: cannot fail */
    return cl_fail(err, CLOCHE_OK, "Linux %.60s, %.20s", name.release, name.machine) + 1;
}

static const struct {
    const char *name;
    int (*try)(struct cloche_error *err);
} trials[] = {
    {"kernel", try_kernel},        {"clone3", try_clone3},
    {"user-namespaces", try_user}, {"namespaces", try_namespaces},
    {"mounts", try_mounts},        {"proc", try_proc},
    {"landlock", try_landlock},    {"seccomp-notify", try_seccomp},
};

int
cl_probe_main(void)
{
    for (size_t i = 0; i < CL_COUNT(trials); i++) {
        (void)fflush(stdout); /* or the child would print it again */
        pid_t pid = fork();
        if (pid == 0) {
            struct cloche_error err = {0};
            int ok = trials[i].try(&err) == 0;
            (void)printf("%s\t%d\t%s\n", trials[i].name, ok, err.msg);
            (void)fflush(stdout);
            _exit(0);
        }
        int status = 0;
        if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
            (void)printf("%s\t0\tthe trial died\n", trials[i].name);
        }
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
