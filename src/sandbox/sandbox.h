/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox.h - from what a policy demands and what the host offers to the plan
 * of a confinement.
 *
 * On the trusted side only; starts and confines nothing itself.
 */
#ifndef CL_SANDBOX_SANDBOX_H
#define CL_SANDBOX_SANDBOX_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "policy/policy.h"
#include "wire/plan.h"

/* Layers, a bit each: which of them a plan has, and which a test leaves out. */
enum cl_layer {
    CL_LAYER_SECCOMP,
    CL_LAYER_LANDLOCK,
    CL_LAYER_USER_NS,
    CL_LAYER_MOUNT_NS,
    CL_LAYER_PID_NS,
    CL_LAYER_NET_NS,
    CL_LAYER_IPC_NS,
    CL_LAYER_UTS_NS,
    CL_LAYER_CGROUP_NS,
    CL_LAYER_PRIVATE_ROOT,
    CL_LAYER_CAPABILITIES,
    CL_LAYER_RLIMITS,
    CL_LAYER_CGROUP,
    CL_LAYER_GUARD, /* the language, inside the interpreter; level restricted */
    CL_LAYER_SCRUB, /* environment, descriptors, session, keyring, dumpable */
    CL_LAYER_COUNT
};
const char *cl_layer_name(enum cl_layer layer);

/* What this host offers, as far as it is known without trying. */
struct cl_host_facts {
    uint32_t uid, gid;
    uint32_t id_base, id_count; /* ids that root may give to cells; 0: none */
    int is_real_root;           /* uid 0 here is uid 0 of the host */
    int landlock_abi;           /* 0: none */
    int has_user_namespaces;    /* 0 after an attempt was refused */
    int has_proc;   /* 0 after a new procfs was refused: an outer container masks it */
    int has_cgroup; /* a delegated cgroup v2 directory is in use */
};
CL_MUST_CHECK int cl_host_facts_get(struct cl_host_facts *out, struct cloche_error *err);

/* The part of it about ids (identity.c). */
CL_MUST_CHECK int cl_identity_find(struct cl_host_facts *facts, struct cloche_error *err);

struct cl_sandbox {
    struct cl_plan plan;
    struct cl_cell_limits limits; /* of a cell with the profile's own numbers */
    enum cl_assurance assurance;
    unsigned layers;   /* 1 << enum cl_layer */
    char notes[4][64]; /* what is weaker than it could be: "groups-kept"; "" when unused */
    int needs_work_directory; /* the broker makes one: cells cannot mount theirs */
    unsigned seccomp_options;
    int seccomp_kind; /* enum cl_seccomp_kind of the cells */
};

/*
 * cl_sandbox_plan - the plan for a profile on this host.
 *
 * one_shot  one run is to come: nothing is preloaded
 *
 * The caller finis out with cl_sandbox_fini.  Fails with EDENIED (the profile
 * needs what this version does not have: named), EHOST (a layer is missing;
 * named, with the remedy), EINPUT (env.pass or a path that cannot be used).
 */
CL_MUST_CHECK int cl_sandbox_plan(const struct cl_effective *effective,
                                  const struct cl_host_facts *host, int one_shot,
                                  struct cl_sandbox *out, struct cloche_error *err);
void cl_sandbox_fini(struct cl_sandbox *s);

/* Numbers of one cell for an effective policy. */
void cl_sandbox_limits(const struct cl_effective *effective, struct cl_cell_limits *out);

/* What each layer enforces, as text, for `policy explain`. */
int cl_sandbox_describe(const struct cl_sandbox *s, struct cl_buf *out);

/* Layers that the environment asks to leave out (CLOCHE_ABLATE), in builds
 * that have the switch; 0 in a release. */
unsigned cl_ablation_mask(void);

/* The same for the parts of the guard: enum cl_guard_part. */
unsigned cl_ablation_guard_parts(void);

#endif
