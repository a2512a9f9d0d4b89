/* SPDX-License-Identifier: Apache-2.0 */
/* What the calling thread may do.  Everything here only ever takes away. */
#include "kernel/privilege.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kernel/abi.h"

enum { KEYCTL_JOIN_SESSION_KEYRING_ = 1, CAP_HIGHEST = 63 };

int
cl_privilege_drop_groups(struct cloche_error *err)
{
    if (setgroups(0, NULL) < 0) {
        return cl_fail_sys(err, errno, "leave supplementary groups");
    }
    return 0;
}

int
cl_privilege_set_ids(uid_t uid, gid_t gid, struct cloche_error *err)
{
    if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0) < 0) {
        return cl_fail_sys(err, errno, "set securebits");
    }
    /* Raw calls: glibc's would signal other threads, and there is one. */
    if (syscall(SYS_setresgid, gid, gid, gid) < 0) {
        return cl_fail_sys(err, errno, "become group %u", gid);
    }
    if (syscall(SYS_setresuid, uid, uid, uid) < 0) {
        return cl_fail_sys(err, errno, "become user %u", uid);
    }
    return 0;
}

/* 1 or 0; -1 if it cannot be known. */
static int
has_setpcap(struct cloche_error *err)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct now[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capget, &head, now) < 0) {
        return cl_fail_sys(err, errno, "look at the capabilities");
    }
    return (now[0].effective >> CAP_SETPCAP & 1) != 0;
}

/* Securebits and the bounding set: what a later exec could gain.  Without
 * CAP_SETPCAP there is nothing to take away: no_new_privs stands before any
 * exec, and the permitted set is emptied below. */
static int
lock_exec_gains(int is_bounding_empty, struct cloche_error *err)
{
    unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                         SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                         SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) < 0) {
        return cl_fail_sys(err, errno, "lock securebits");
    }
    return is_bounding_empty ? 0 : cl_privilege_drop_bounding(err);
}

int
cl_privilege_drop_bounding(struct cloche_error *err)
{
    for (int cap = 0; cap <= CAP_HIGHEST; cap++) {
        if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) == 0) {
            continue;
        }
        int why = errno;
        if (why == EINVAL && cap > 0 && prctl(PR_CAPBSET_READ, cap, 0, 0, 0) < 0) {
            break; /* past the kernel's last capability, say both calls */
        }
        return cl_fail_sys(err, why, "drop capability %d", cap);
    }
    return 0;
}

int
cl_privilege_drop_caps(int is_bounding_empty, struct cloche_error *err)
{
    int has = has_setpcap(err);
    if (has < 0 || (has && lock_exec_gains(is_bounding_empty, err) < 0)) {
        return -1;
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) {
        return cl_fail_sys(err, errno, "clear ambient capabilities");
    }
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capset, &head, none) < 0) {
        return cl_fail_sys(err, errno, "drop capabilities");
    }
    return 0;
}

int
cl_privilege_no_new_privs(struct cloche_error *err)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        return cl_fail_sys(err, errno, "set no_new_privs");
    }
    return 0;
}

int
cl_privilege_set_dumpable(int is_dumpable, struct cloche_error *err)
{
    if (prctl(PR_SET_DUMPABLE, is_dumpable, 0, 0, 0) < 0) {
        return cl_fail_sys(err, errno, "set dumpable");
    }
    return 0;
}

int
cl_privilege_new_keyring(struct cloche_error *err)
{
    /* ENOSYS: no keyrings in this kernel; EPERM, EACCES: an outer filter
     * (Docker's) refuses them to us, and so to the cell; EDQUOT: the user's
     * key quota is used up, and the cell's own filter refuses keyctl. */
    if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING_, NULL) < 0 && errno != ENOSYS &&
        errno != EPERM && errno != EACCES && errno != EDQUOT) {
        return cl_fail_sys(err, errno, "join a new session keyring");
    }
    return 0;
}

int
cl_privilege_die_with_parent(pid_t parent, struct cloche_error *err)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) {
        return cl_fail_sys(err, errno, "set the parent-death signal");
    }
    if (parent != 0 && getppid() != parent) {
        return cl_fail(err, CLOCHE_ESYS, "the parent has died");
    }
    return 0;
}
