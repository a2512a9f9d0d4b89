/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a copy of the zygote to a cell.
 *
 * The zygote has every capability over its own user namespace and none over
 * the host's.  A copy of it needs them for mounts and ids, and loses them
 * here.  Each step of cl_lockdown says why it stands where it stands; what a
 * step does is in kernel/.
 */
#include "cell/lockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "cell/root.h"
#include "kernel/abi.h"
#include "kernel/landlock.h"
#include "kernel/privilege.h"
#include "kernel/rlimit.h"
#include "kernel/seccomp.h"
#include "kernel/userns.h"

/* Until Landlock has it: a work directory from the broker, or the zygote's ruleset.  No
 * plan has both. */
enum { KEPT_FD = CL_CELL_CHANNEL_FD + 1 };

/* Cells that have no mounts of their own see the zygote's files, and no others: the rules
 * are the same for each of them, and made once. */
static int
shares_ruleset(const struct cl_plan *plan)
{
    return plan->landlock_abi > 0 && plan->root == CL_ROOT_PRIVATE &&
           (plan->cell_namespaces & CLONE_NEWNS) == 0;
}

/* Cells that stay in the zygote's user namespace inherit what it dropped there. */
static int
shares_bounding(const struct cl_plan *plan)
{
    return (plan->flags & CL_PLAN_CAPS) && (plan->zygote_namespaces & CLONE_NEWUSER) &&
           (plan->cell_namespaces & CLONE_NEWUSER) == 0;
}

/* Standard streams and the channel, and nothing else that outlives the lock-down. */
static int
arrange_descriptors(const struct cl_lockdown *l, struct cloche_error *err)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0) {
        return cl_fail_sys(err, errno, "open /dev/null");
    }
    if (l->given_work_fd >= 0 && shares_ruleset(l->plan)) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a work directory where nothing is mounted");
    }
    /* The received descriptors are all above 2 (the zygote's own standard
     * streams are open), so no dup2 overwrites one that is still needed. */
    if (dup2(null, 0) < 0 || dup2(l->stdout_fd, 1) < 0 || dup2(l->stderr_fd, 2) < 0 ||
        dup3(l->channel_fd, CL_CELL_CHANNEL_FD, O_CLOEXEC) < 0 ||
        (l->given_work_fd >= 0 && dup3(l->given_work_fd, KEPT_FD, O_CLOEXEC) < 0)) {
        /* They are open: what is said to be bad is the number, beyond RLIMIT_NOFILE. */
        return cl_fail_sys(err, errno == EBADF ? EMFILE : errno, "arrange descriptors");
    }
    int last_kept =
        l->given_work_fd >= 0 || shares_ruleset(l->plan) ? KEPT_FD : CL_CELL_CHANNEL_FD;
    if (syscall(SYS_close_range, 3, CL_CELL_CHANNEL_FD - 1, 0) < 0 ||
        syscall(SYS_close_range, last_kept + 1, ~0u, 0) < 0) {
        return cl_fail_sys(err, errno, "close inherited descriptors");
    }
    return 0;
}

/* The ids of the cell in the zygote's user namespace, and a user namespace of
 * its own, in which they are CL_CELL_ID and in which processes are counted. */
static int
change_identity(const struct cl_lockdown *l, uid_t id, struct cloche_error *err)
{
    const struct cl_plan *plan = l->plan;
    if (plan->id_count > 1 &&
        (cl_privilege_drop_groups(err) < 0 || cl_privilege_set_ids(id, id, err) < 0)) {
        return -1;
    }
    if ((plan->cell_namespaces & CLONE_NEWUSER) == 0) {
        return 0;
    }
    if (unshare(CLONE_NEWUSER) < 0) {
        return cl_fail_sys(err, errno, "make a user namespace");
    }
    /* The files of a process that is not dumpable belong to root. */
    if (cl_privilege_set_dumpable(1, err) < 0) {
        return -1;
    }
    int is_host = plan->root == CL_ROOT_HOST; /* trusted: the caller's own numbers */
    struct cl_userns_map uids = {is_host ? plan->host_uid : CL_CELL_ID, id, 1};
    struct cl_userns_map gids = {is_host ? plan->host_gid : CL_CELL_ID, id, 1};
    return cl_userns_write_maps("/proc/self", &uids, &gids, 1, err);
}

struct limit_row {
    int resource;
    uint64_t value;
};

static int
apply_limits(const struct limit_row *rows, size_t n, struct cloche_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (cl_rlimit_set(0, rows[i].resource, rows[i].value, err) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Those that are the same for every cell, and no hindrance to its zygote. */
static int
set_common_limits(struct cloche_error *err)
{
    static const struct limit_row rows[] = {{RLIMIT_CORE, 0},     {RLIMIT_MEMLOCK, 0},
                                            {RLIMIT_MSGQUEUE, 0}, {RLIMIT_NICE, 0},
                                            {RLIMIT_RTPRIO, 0},   {RLIMIT_SIGPENDING, 256}};
    return apply_limits(rows, CL_COUNT(rows), err);
}

static int
set_limits(const struct cl_lockdown *l, struct cloche_error *err)
{
    const struct cl_cell_limits *n = &l->limits;
    uint64_t data = n->memory_bytes == UINT64_MAX
                        ? UINT64_MAX
                        : l->baseline_data_bytes + n->memory_bytes;
    /* Whole seconds, and a second more: the broker's clock decides first. */
    uint64_t cpu_s = n->cpu_ns == UINT64_MAX ? UINT64_MAX : n->cpu_ns / CL_NS_PER_S + 2;
    uint64_t tasks = n->processes == UINT64_MAX || n->threads == UINT64_MAX
                         ? UINT64_MAX
                         : 1 + n->processes + n->threads;
    /*
     * Descriptors in flight are counted for each user of the host and compared
     * with this limit when more are sent.  Where all cells are one user, a
     * sibling with many in flight would keep this cell from sending LOCKED: the
     * broker sets the limit then, after LOCKED and before the job.
     */
    uint64_t files = l->plan->id_count == 1 ? UINT64_MAX : n->open_files;
    const struct limit_row rows[] = {
        {RLIMIT_DATA, data},    {RLIMIT_CPU, cpu_s},
        {RLIMIT_NPROC, tasks},  {RLIMIT_FSIZE, n->file_size_bytes},
        {RLIMIT_NOFILE, files},
    };
    return apply_limits(rows, CL_COUNT(rows), err);
}

/* A ruleset with the plan's rules; the caller closes *ruleset. */
static int
make_ruleset(const struct cl_plan *plan, int *ruleset, struct cloche_error *err)
{
    int abi = (int)plan->landlock_abi;
    unsigned flags = 0;
    flags |= plan->flags & CL_PLAN_LANDLOCK_NET ? CL_LANDLOCK_NET : 0;
    flags |= plan->flags & CL_PLAN_LANDLOCK_SCOPE ? CL_LANDLOCK_SCOPE : 0;
    if (cl_landlock_create(abi, flags, ruleset, err) < 0) {
        return -1;
    }
    for (uint32_t i = 0; i < plan->n_rules; i++) {
        /* enum cl_plan_access is enum cl_landlock_access by value. */
        if (cl_landlock_allow(*ruleset, abi, plan->rules[i].path, plan->rules[i].access,
                              err) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
apply_landlock(const struct cl_lockdown *l, struct cloche_error *err)
{
    const struct cl_plan *plan = l->plan;
    cl_autoclose int ruleset = -1;
    if (plan->landlock_abi == 0) {
        return 0;
    }
    if (shares_ruleset(plan)) {
        int rc = cl_landlock_restrict(KEPT_FD, err);
        (void)close(KEPT_FD); /* ours; the last use */
        return rc;
    }
    if (make_ruleset(plan, &ruleset, err) < 0) {
        return -1;
    }
    if (l->given_work_fd >= 0 &&
        cl_landlock_allow_fd(ruleset, (int)plan->landlock_abi, KEPT_FD,
                             CL_ACCESS_READ | CL_ACCESS_WRITE, err) < 0) {
        return -1;
    }
    return cl_landlock_restrict(ruleset, err);
}

int
cl_lockdown_zygote(const struct cl_plan *plan, struct cloche_error *err)
{
    cl_autoclose int ruleset = -1;
    /* It execs nothing itself. */
    if ((shares_bounding(plan) && cl_privilege_drop_bounding(err) < 0) ||
        set_common_limits(err) < 0) {
        return -1;
    }
    if (shares_ruleset(plan)) {
        if (make_ruleset(plan, &ruleset, err) < 0) {
            return -1;
        }
        return dup3(ruleset, KEPT_FD, O_CLOEXEC) < 0
                   ? cl_fail_sys(err, errno == EBADF ? EMFILE : errno,
                                 "keep the Landlock ruleset")
                   : 0;
    }
    if (plan->root != CL_ROOT_UNCHANGED || plan->landlock_abi == 0) {
        return 0; /* its root has nothing that it may not see; and it must mount */
    }
    if (make_ruleset(plan, &ruleset, err) < 0 ||
        cl_landlock_allow(ruleset, (int)plan->landlock_abi, plan->work,
                          CL_ACCESS_READ | CL_ACCESS_WRITE, err) < 0) {
        return -1;
    }
    return cl_landlock_restrict(ruleset, err);
}

static int
drop_privileges(const struct cl_plan *plan, struct cloche_error *err)
{
    if ((plan->flags & CL_PLAN_CAPS) &&
        cl_privilege_drop_caps(shares_bounding(plan), err) < 0) {
        return -1;
    }
    return cl_privilege_no_new_privs(err);
}

static int
leave_session(const struct cl_plan *plan, struct cloche_error *err)
{
    if (setsid() < 0) {
        return cl_fail_sys(err, errno, "make a session");
    }
    (void)umask(022);
    (void)prctl(PR_SET_NAME, "cloche-cell", 0, 0, 0); /* what ps shows */
    return plan->flags & CL_PLAN_TIDY ? cl_privilege_new_keyring(err) : 0;
}

int
cl_lockdown(const struct cl_lockdown *l, struct cl_locked *out, struct cloche_error *err)
{
    const struct cl_plan *plan = l->plan;
    int has_range = plan->id_count > 1;
    uid_t id = has_range ? CL_CELL_ID + l->serial % (plan->id_count - CL_CELL_ID) : 0;
    cl_autoclose int work = -1;
    cl_autoclose int listener = -1;

    /* 1. Descriptors first: the zygote's channel is among them, and a cell
     *    that kept it could ask for siblings. */
    if (arrange_descriptors(l, err) < 0) {
        return -1;
    }
    /* 2. A session and a keyring of its own, while keyctl is still allowed. */
    if (leave_session(plan, err) < 0) {
        return -1;
    }
    /* 3. Mounts, while there is CAP_SYS_ADMIN over the mount namespace: that
     *    is the zygote's user namespace, which step 4 leaves for ever. */
    if ((plan->cell_namespaces & CLONE_NEWCGROUP) && unshare(CLONE_NEWCGROUP) < 0) {
        return cl_fail_sys(err, errno, "make a cgroup namespace");
    }
    if (cl_root_add_private(plan, &l->limits, id, &work, err) < 0) {
        return -1;
    }
    if (l->given_work_fd >= 0 ? fchdir(KEPT_FD) < 0 : chdir(plan->cwd) < 0) {
        return cl_fail_sys(err, errno, "enter '%s'", plan->cwd);
    }
    /* 4. Identity.  After it, the process has all capabilities again, but
     *    only over the new user namespace, which owns nothing. */
    if (change_identity(l, id, err) < 0) {
        return -1;
    }
    /* 5. Limits, beside those that the zygote has already.  RLIMIT_NPROC counts
     *    in the new user namespace, so not before step 4. */
    if (set_limits(l, err) < 0) {
        return -1;
    }
    if (plan->flags & CL_PLAN_PROCESSES) {
        /* The memory of several processes may be held by sampling: huge pages
         * would let them grow by 2 MiB a fault between two samples. */
        (void)prctl(PR_SET_THP_DISABLE, 1, 0, 0,
                    0); /* EINVAL: a kernel without huge pages */
    }
    /* 6. Capabilities and no_new_privs.  Not before step 4, which needs them;
     *    before 8 and 9, which need no_new_privs. */
    if (drop_privileges(plan, err) < 0) {
        return -1;
    }
    /* Without a PID namespace nothing else ends it with its zygote.  After
     * the ids, which clear it. */
    if ((plan->cell_namespaces & CLONE_NEWPID) == 0 &&
        cl_privilege_die_with_parent(l->parent, err) < 0) {
        return -1;
    }
    /* 7. Not dumpable: no sibling, and no child of its own, may open its
     *    memory.  After 4, which resets it.  The broker looks into it all the
     *    same, as the owner of the zygote's user namespace; where there is
     *    none, it has no more rights than the cell and could not: there
     *    Landlock's domains alone keep siblings apart. */
    int is_seen = (plan->zygote_namespaces & CLONE_NEWUSER) == 0;
    if ((plan->flags & CL_PLAN_TIDY) && cl_privilege_set_dumpable(is_seen, err) < 0) {
        return -1;
    }
    /* 8. Landlock.  After the mounts: a Landlocked process may mount nothing. */
    if (apply_landlock(l, err) < 0) {
        return -1;
    }
    if (l->given_work_fd >= 0) {
        (void)close(KEPT_FD); /* ours; the last use */
    }
    /* 9. The filter last: it refuses most of what the steps above call, and
     *    seccomp and landlock_* themselves. */
    if (plan->cell_filter_bytes > 0 &&
        cl_seccomp_install(plan->cell_filter, plan->cell_filter_bytes, &listener, err) <
            0) {
        return -1;
    }
    out->work_fd = cl_take_fd(&work);
    out->listener_fd = cl_take_fd(&listener);
    return 0;
}
