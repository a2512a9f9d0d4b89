/* SPDX-License-Identifier: Apache-2.0 */
/* The decisions of a plan: which layers, which filter, which identity.  The
 * view of files is in root.c, the words about it all in describe.c. */
#include "sandbox/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/abi.h"
#include "kernel/landlock.h"
#include "kernel/seccomp.h"
#include "sandbox/preload.h"
#include "sandbox/root.h"

/* Ids for a root caller without user namespaces: among those that systemd
 * keeps for transient services. */
enum { ID_ALONE = 61184, ID_ALONE_COUNT = 4000 };

static const char *const layer_names[CL_LAYER_COUNT] = {
    [CL_LAYER_SECCOMP] = "seccomp",
    [CL_LAYER_LANDLOCK] = "landlock",
    [CL_LAYER_USER_NS] = "user-ns",
    [CL_LAYER_MOUNT_NS] = "mount-ns",
    [CL_LAYER_PID_NS] = "pid-ns",
    [CL_LAYER_NET_NS] = "net-ns",
    [CL_LAYER_IPC_NS] = "ipc-ns",
    [CL_LAYER_UTS_NS] = "uts-ns",
    [CL_LAYER_CGROUP_NS] = "cgroup-ns",
    [CL_LAYER_PRIVATE_ROOT] = "private-root",
    [CL_LAYER_CAPABILITIES] = "capabilities",
    [CL_LAYER_RLIMITS] = "rlimits",
    [CL_LAYER_CGROUP] = "cgroup",
    [CL_LAYER_GUARD] = "guard",
    [CL_LAYER_SCRUB] = "scrub",
};

const char *
cl_layer_name(enum cl_layer layer)
{
    return layer_names[layer];
}

int
cl_host_facts_get(struct cl_host_facts *out, struct cloche_error *err)
{
    *out = (struct cl_host_facts){
        .uid = (uint32_t)geteuid(),
        .gid = (uint32_t)getegid(),
        .landlock_abi = cl_landlock_abi(),
        .has_user_namespaces = 1,
        .has_proc = 1,
    };
    return cl_identity_find(out, err);
}

void
cl_sandbox_fini(struct cl_sandbox *s)
{
    cl_plan_fini(&s->plan);
}

/* What a profile may ask for and this version does not have. */
static int
refuse_unbuilt(const struct cl_effective *e, struct cloche_error *err)
{
    int is_restricted = e->level == CL_LEVEL_RESTRICTED;
    const struct {
        int is_asked;
        const char *what;
    } rows[] = {
        {e->level == CL_LEVEL_CONTAINER, "level: container"},
        {e->level == CL_LEVEL_ISOLATED && e->network.mode != CL_NETWORK_NONE, "network"},
        /* Without an origin, which no request can state yet, same-origin and storage
         * by origin grant nothing, and nothing is what restricted code gets. */
        {e->network.mode == CL_NETWORK_LIST ||
             (e->network.mode == CL_NETWORK_SAME_ORIGIN && !is_restricted),
         "network"},
        {e->storage.scope != CL_STORAGE_NONE &&
             !(e->storage.scope == CL_STORAGE_ORIGIN && is_restricted),
         "storage"},
        {e->network.mode == CL_NETWORK_AUDITED && is_restricted, "network: audited"},
        {e->n_expose > 0, "host.expose"},
        {e->files.work == CL_WORK_WORKSPACE, "files.work: workspace"},
        {e->limit[CL_LIMIT_HEAP] != CL_LIMIT_NONE && e->level != CL_LEVEL_RESTRICTED,
         "limits.heap at this level"},
        {e->python.packages != NULL && e->python.packages_path == NULL,
         "a package set without path"},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (rows[i].is_asked) {
            return cl_fail(
                err, CLOCHE_EDENIED,
                "profile '%s' needs %s, which this version of cloche does not have",
                e->profile, rows[i].what);
        }
    }
    return 0;
}

/* What the guard keeps from code is kept from it by the other layers too. */
static int
has_threads(const struct cl_effective *e)
{
    return e->level != CL_LEVEL_RESTRICTED && e->limit[CL_LIMIT_THREADS] > 0;
}

static int
has_network(const struct cl_effective *e)
{
    return e->level != CL_LEVEL_RESTRICTED && e->network.mode != CL_NETWORK_NONE;
}

void
cl_sandbox_limits(const struct cl_effective *e, struct cl_cell_limits *out)
{
    *out = (struct cl_cell_limits){
        .memory_bytes = e->limit[CL_LIMIT_MEMORY],
        .cpu_ns = e->limit[CL_LIMIT_CPU],
        .processes = e->limit[CL_LIMIT_PROCESSES],
        .threads = has_threads(e) ? e->limit[CL_LIMIT_THREADS] : 0,
        .open_files = e->limit[CL_LIMIT_OPEN_FILES],
        .file_size_bytes = e->limit[CL_LIMIT_FILE_SIZE],
        .disk_bytes = e->limit[CL_LIMIT_DISK],
        .inodes = e->limit[CL_LIMIT_INODES],
        .cpu_share_pct = e->limit[CL_LIMIT_CPU_SHARE],
    };
}

static unsigned
wanted_layers(const struct cl_effective *e, const struct cl_host_facts *host)
{
    unsigned all = (1u << CL_LAYER_COUNT) - 1;
    if (!host->has_user_namespaces) {
        all &= 1u << CL_LAYER_SECCOMP | 1u << CL_LAYER_LANDLOCK |
               1u << CL_LAYER_CAPABILITIES | 1u << CL_LAYER_RLIMITS |
               1u << CL_LAYER_CGROUP | 1u << CL_LAYER_SCRUB | 1u << CL_LAYER_GUARD;
    }
    if (!host->has_cgroup) {
        all &= ~(1u << CL_LAYER_CGROUP);
    }
    if (e->level != CL_LEVEL_RESTRICTED) {
        all &= ~(1u << CL_LAYER_GUARD);
    }
    if (host->landlock_abi == 0) {
        all &= ~(1u << CL_LAYER_LANDLOCK);
    }
    if (e->level == CL_LEVEL_TRUSTED) {
        all &= ~(1u << CL_LAYER_PRIVATE_ROOT | 1u << CL_LAYER_UTS_NS |
                 1u << CL_LAYER_CGROUP_NS);
        if (e->network.mode != CL_NETWORK_NONE) {
            all &= ~(1u << CL_LAYER_NET_NS);
        }
    }
    return all;
}

static int
has(unsigned layers, enum cl_layer layer)
{
    return (layers >> layer & 1) != 0;
}

/*
 * May sibling cells share what they can only read?  Without files and without
 * processes, all of a cell's mounts are the zygote's own, read-only, and there is
 * nothing in a namespace of mounts, IPC or names that its filter would let it
 * touch.  To make none of them anew is two thirds of what a cell costs.  It rests
 * on the filter and on Landlock: where either is missing, nothing is shared.  And
 * processes must be countable without a user namespace of the cell's own: by an
 * id of its own, or because there are none.
 */
static int
shares_namespaces(const struct cl_sandbox *s, const struct cl_effective *e)
{
    return e->level != CL_LEVEL_TRUSTED && e->files.work == CL_WORK_NONE &&
           e->files.write.count == 0 && e->limit[CL_LIMIT_PROCESSES] == 0 &&
           (s->plan.id_count > 1 || !has_threads(e)) && !has_network(e) &&
           has(s->layers, CL_LAYER_SECCOMP) && has(s->layers, CL_LAYER_LANDLOCK) &&
           has(s->layers, CL_LAYER_MOUNT_NS) && has(s->layers, CL_LAYER_PRIVATE_ROOT) &&
           has(s->layers, CL_LAYER_CAPABILITIES) && has(s->layers, CL_LAYER_PID_NS) &&
           has(s->layers, CL_LAYER_RLIMITS);
}

static void
choose_namespaces(struct cl_sandbox *s, const struct cl_effective *e)
{
    static const struct {
        enum cl_layer layer;
        uint32_t flag;
    } rows[] = {
        {CL_LAYER_USER_NS, CLONE_NEWUSER},     {CL_LAYER_MOUNT_NS, CLONE_NEWNS},
        {CL_LAYER_PID_NS, CLONE_NEWPID},       {CL_LAYER_NET_NS, CLONE_NEWNET},
        {CL_LAYER_IPC_NS, CLONE_NEWIPC},       {CL_LAYER_UTS_NS, CLONE_NEWUTS},
        {CL_LAYER_CGROUP_NS, CLONE_NEWCGROUP},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        s->plan.zygote_namespaces |= has(s->layers, rows[i].layer) ? rows[i].flag : 0;
    }
    /*
     * A cell makes all of them again but the network namespace, which is
     * empty and in which, without sockets, siblings cannot meet; with
     * processes there are local sockets, and then it is the cell's own.
     */
    s->plan.cell_namespaces = s->plan.zygote_namespaces;
    if (has(s->layers, CL_LAYER_CGROUP)) {
        /* A zygote whose view began at its own leaf could not place cells in
         * others (the kernel's nsdelegate); each cell's view is its own leaf. */
        s->plan.zygote_namespaces &= ~(uint32_t)CLONE_NEWCGROUP;
    }
    if (e->limit[CL_LIMIT_PROCESSES] == 0 || e->level == CL_LEVEL_TRUSTED) {
        s->plan.cell_namespaces &= ~(uint32_t)CLONE_NEWNET;
    }
    if (s->plan.proc == CL_PROC_NONE) {
        s->plan.cell_namespaces &= ~(uint32_t)CLONE_NEWUSER; /* no way to write its maps */
    }
    if (shares_namespaces(s, e)) {
        s->plan.cell_namespaces &= ~(uint32_t)(CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS);
        if (!has(s->layers, CL_LAYER_CGROUP)) {
            s->plan.cell_namespaces &= ~(uint32_t)CLONE_NEWCGROUP;
        }
    }
}

static int
choose_identity(struct cl_sandbox *s, const struct cl_effective *e,
                const struct cl_host_facts *host, struct cloche_error *err)
{
    int is_trusted = e->level == CL_LEVEL_TRUSTED; /* the caller's own, whoever that is */
    s->plan.host_uid = host->uid;
    s->plan.host_gid = host->gid;
    s->plan.id_count = 1;
    if (host->uid != 0 || is_trusted) {
        return 0;
    }
    if (!host->has_user_namespaces) {
        /* No range without a namespace: one unprivileged id for this engine. */
        s->plan.host_uid = s->plan.host_gid =
            ID_ALONE + (uint32_t)getpid() % ID_ALONE_COUNT;
    } else if (!has(s->layers, CL_LAYER_USER_NS)) {
        return 0;
    } else if (host->id_count > 0) {
        s->plan.host_uid = s->plan.host_gid = host->id_base;
        s->plan.id_count = host->id_count;
    } else if (host->is_real_root) {
        return cl_fail(
            err, CLOCHE_EHOST,
            "root has no ids to give to cells here (/proc/self/uid_map), and they may "
            "not run as root: run cloche as an ordinary user");
    }
    return 0;
}

static int
build_filters(struct cl_sandbox *s, const struct cl_effective *e,
              const struct cl_host_facts *host, struct cloche_error *err)
{
    unsigned o = CL_SECCOMP_LISTENER;
    if (e->limit[CL_LIMIT_PROCESSES] > 0) {
        /* Local sockets by name between its processes, unless a granted
         * directory of the host could have one of the host's in it. */
        o |= CL_SECCOMP_PROCESSES | (e->files.read.count == 0 ? CL_SECCOMP_UNIX : 0);
    } else {
        o |= CL_SECCOMP_ALONE;
    }
    o |= has_threads(e) ? CL_SECCOMP_THREADS : 0;
    /* Without a directory of its own, what a cell could change is the host's:
     * chmod and the times of files are nothing that Landlock knows of. */
    o |= (s->plan.flags & CL_PLAN_WORK) || s->needs_work_directory ||
                 e->level == CL_LEVEL_TRUSTED
             ? CL_SECCOMP_FILES
             : 0;
    o |= host->has_user_namespaces ? 0 : CL_SECCOMP_NO_NAMESPACES;
    o |= has_network(e) ? CL_SECCOMP_INET : 0;
#ifdef CLOCHE_SANITIZED
    o |= CL_SECCOMP_SANITIZER;
#endif
    s->seccomp_options = o;
    s->seccomp_kind = e->level == CL_LEVEL_TRUSTED ? CL_SECCOMP_TRUSTED : CL_SECCOMP_CELL;
    if (!has(s->layers, CL_LAYER_SECCOMP)) {
        return 0;
    }
    cl_autobuf struct cl_buf cell = CL_BUF_INIT(32768);
    cl_autobuf struct cl_buf zygote = CL_BUF_INIT(32768);
    if (cl_seccomp_build((enum cl_seccomp_kind)s->seccomp_kind, o, &cell, err) < 0 ||
        cl_seccomp_build(CL_SECCOMP_ZYGOTE, o & ~CL_SECCOMP_LISTENER, &zygote, err) < 0) {
        return -1;
    }
    if ((o & CL_SECCOMP_ALONE) && s->seccomp_kind == CL_SECCOMP_CELL) {
        s->plan.flags |= CL_PLAN_ONE_PROCESS; /* trusted's lets it fork all the same */
    }
    s->plan.cell_filter_bytes = (uint32_t)cell.len;
    s->plan.cell_filter = cl_take_ptr(&cell.data);
    s->plan.zygote_filter_bytes = (uint32_t)zygote.len;
    s->plan.zygote_filter = cl_take_ptr(&zygote.data);
    return 0;
}

static int
add_names(struct cl_plan_strings *to, const struct cl_names *from)
{
    for (size_t i = 0; i < from->count; i++) {
        if (cl_plan_add_string(to, from->item[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
choose_guard(struct cl_sandbox *s, const struct cl_effective *e)
{
    struct cl_plan_guard *g = &s->plan.guard;
    if (!has(s->layers, CL_LAYER_GUARD)) {
        return 0;
    }
    g->parts = CL_GUARD_ALL & ~cl_ablation_guard_parts();
    g->has_heap = e->limit[CL_LIMIT_HEAP] != CL_LIMIT_NONE;
    g->has_loops = e->limit[CL_LIMIT_LOOP_ITERATIONS] != CL_LIMIT_NONE;
    g->introspection = e->python.introspection == CL_INTROSPECTION_READ;
    g->dynamic_code = e->python.dynamic_code != 0;
    g->has_files = e->files.work != CL_WORK_NONE;
    if (add_names(&g->modules, &e->python.modules_allow) < 0 ||
        add_names(&g->builtins, &e->python.builtins_allow) < 0 ||
        add_names(&g->syntax_deny, &e->python.syntax_deny) < 0) {
        return -1;
    }
    for (size_t i = 0; i < e->python.n_only; i++) {
        const struct cl_module_only *only = &e->python.only[i];
        for (size_t k = 0; k < only->functions.count; k++) {
            cl_autofree char *both = NULL;
            if (asprintf(&both, "%s.%s", only->module, only->functions.item[k]) < 0 ||
                cl_plan_add_string(&g->only, both) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

static int
choose_python(struct cl_sandbox *s, const struct cl_effective *e, int one_shot)
{
    int rc = 0;
    if (!one_shot) {
        rc = cl_preload_choose(&s->plan, e);
    }
    if (rc == 0) {
        rc = add_names(&s->plan.preload, &e->python.preload);
    }
    if (rc == 0 && e->python.packages_path != NULL) {
        rc = cl_plan_add_string(&s->plan.paths, e->python.packages_path);
    }
    if (rc == 0 && e->level == CL_LEVEL_TRUSTED) {
        s->plan.flags |= CL_PLAN_SITE | CL_PLAN_AUDIT;
        rc = add_names(&s->plan.audited, &e->python.modules_audit);
    }
    return rc;
}

static void
add_note(struct cl_sandbox *s, const char *note)
{
    for (size_t i = 0; i < CL_COUNT(s->notes); i++) {
        if (s->notes[i][0] == '\0') {
            (void)strncpy(s->notes[i], note, sizeof s->notes[i] - 1); /* zeroed before */
            return;
        }
    }
}

static void
choose_flags(struct cl_sandbox *s, const struct cl_effective *e,
             const struct cl_host_facts *host)
{
    struct cl_plan *p = &s->plan;
    p->level = (uint32_t)e->level;
    p->root = !has(s->layers, CL_LAYER_MOUNT_NS)      ? CL_ROOT_UNCHANGED
              : has(s->layers, CL_LAYER_PRIVATE_ROOT) ? CL_ROOT_PRIVATE
                                                      : CL_ROOT_HOST;
    if (shares_namespaces(s, e)) {
        p->proc = CL_PROC_NONE; /* it would be the zygote's, with all its cells */
    } else if (p->root != CL_ROOT_UNCHANGED && host->has_proc &&
               has(s->layers, CL_LAYER_PID_NS)) {
        p->proc = p->root == CL_ROOT_PRIVATE ? CL_PROC_OWN : CL_PROC_FULL;
    } else {
        p->proc = CL_PROC_NONE;
        add_note(s, "no-proc");
    }
    if (p->root == CL_ROOT_UNCHANGED && e->files.work == CL_WORK_PRIVATE &&
        !host->has_user_namespaces) {
        s->needs_work_directory = 1;
    } else if (p->root != CL_ROOT_UNCHANGED && e->files.work == CL_WORK_PRIVATE) {
        p->flags |= CL_PLAN_WORK;
    }
    p->flags |= e->limit[CL_LIMIT_PROCESSES] > 0 ? CL_PLAN_PROCESSES : 0;
    p->flags |= has(s->layers, CL_LAYER_SCRUB) ? CL_PLAN_TIDY : 0;
    p->flags |= has(s->layers, CL_LAYER_CAPABILITIES) ? CL_PLAN_CAPS : 0;
    p->landlock_abi = has(s->layers, CL_LAYER_LANDLOCK) ? (uint32_t)host->landlock_abi : 0;
    p->flags |= CL_PLAN_LANDLOCK_SCOPE;
    p->flags |= !has_network(e) ? CL_PLAN_LANDLOCK_NET : 0;
    if (p->id_count == 1 && e->level != CL_LEVEL_TRUSTED) {
        add_note(s, "groups-kept"); /* an ordinary user cannot leave its groups */
    }
    if (!has(s->layers, CL_LAYER_CGROUP)) {
        add_note(s,
                 e->limit[CL_LIMIT_PROCESSES] > 0 ? "memory-sampled" : "memory-by-rlimit");
    }
}

static int
check_assurance(struct cl_sandbox *s, const struct cl_effective *e,
                const struct cl_host_facts *host, struct cloche_error *err)
{
    s->assurance =
        host->has_user_namespaces ? CL_ASSURANCE_NAMESPACE : CL_ASSURANCE_PROCESS;
    if (host->landlock_abi == 0) {
        return cl_fail(
            err, CLOCHE_EHOST,
            "this kernel has no Landlock (Linux 5.13 or newer, with landlock in the "
            "boot parameter lsm=); see `cloche doctor`");
    }
    if (s->assurance < e->min_assurance) {
        return cl_fail(
            err, CLOCHE_EHOST,
            "this host forbids user namespaces, so assurance would be '%s' and the "
            "policy demands '%s' (min_assurance); see `cloche doctor`",
            cl_assurance_name(s->assurance), cl_assurance_name(e->min_assurance));
    }
    if (s->assurance == CL_ASSURANCE_PROCESS && e->limit[CL_LIMIT_PROCESSES] > 0) {
        return cl_fail(
            err, CLOCHE_EHOST,
            "profile '%s' allows processes, which assurance 'process' cannot hold",
            e->profile);
    }
    return 0;
}

int
cl_sandbox_plan(const struct cl_effective *e, const struct cl_host_facts *host,
                int one_shot, struct cl_sandbox *out, struct cloche_error *err)
{
    struct cl_sandbox s = {.plan = CL_PLAN_INIT};
    if (refuse_unbuilt(e, err) < 0 || check_assurance(&s, e, host, err) < 0) {
        return -1;
    }
    s.layers = wanted_layers(e, host) & ~cl_ablation_mask();
    if (choose_identity(&s, e, host, err) < 0) {
        return -1;
    }
    choose_flags(&s, e, host);
    choose_namespaces(&s, e);
    cl_sandbox_limits(e, &s.limits);
    if ((s.plan.cell_namespaces & CLONE_NEWUSER) == 0 && s.plan.id_count == 1 &&
        !shares_namespaces(&s, e)) {
        /* RLIMIT_NPROC would count siblings, or all that the user runs.
         * Processes are refused by the filter (or sampled), threads are held
         * by the memory of their stacks. */
        add_note(&s, "threads-by-memory");
        s.limits.threads = UINT64_MAX;
    }
    if (!has(s.layers, CL_LAYER_RLIMITS)) {
        memset(&s.limits, 0xff, sizeof s.limits);
        s.limits.disk_bytes = e->limit[CL_LIMIT_DISK];
        s.limits.inodes = e->limit[CL_LIMIT_INODES];
    }
    s.plan.profile = strdup(e->profile);
    int rc = build_filters(&s, e, host, err);
    if (rc == 0 && (s.plan.profile == NULL || choose_python(&s, e, one_shot) < 0 ||
                    choose_guard(&s, e) < 0)) {
        rc = cl_fail_nomem(err);
    }
    if (rc == 0) {
        rc = cl_sandbox_root(&s.plan, e, err);
    }
    if (rc < 0) {
        cl_sandbox_fini(&s);
        return -1;
    }
    *out = s;
    return 0;
}
