/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities, securebits, groups, ids, no_new_privs, dumpable, keyring. */
#ifndef CL_KERNEL_PRIVILEGE_H
#define CL_KERNEL_PRIVILEGE_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* Leave every supplementary group.  Needs CAP_SETGID, and a namespace in
 * which setgroups is allowed. */
CL_MUST_CHECK int cl_privilege_drop_groups(struct cloche_error *err);

/* Become this user and group: real, effective, saved.  Keeps capabilities
 * (securebit no_setuid_fixup is set for it). */
CL_MUST_CHECK int cl_privilege_set_ids(uid_t uid, gid_t gid, struct cloche_error *err);

/* Empty the bounding set: no exec gives a capability.  Those that it has, it
 * keeps.  Needs CAP_SETPCAP. */
CL_MUST_CHECK int cl_privilege_drop_bounding(struct cloche_error *err);

/* Give up all capabilities: bounding (unless it is known to be empty: inherited from
 * who emptied it, in the same user namespace), ambient, inheritable, permitted,
 * effective; and lock the securebits so that uid 0 means nothing. */
CL_MUST_CHECK int cl_privilege_drop_caps(int is_bounding_empty, struct cloche_error *err);

CL_MUST_CHECK int cl_privilege_no_new_privs(struct cloche_error *err);

/* Core dumps, ptrace and /proc/<pid>/mem by equals: on or off. */
CL_MUST_CHECK int cl_privilege_set_dumpable(int is_dumpable, struct cloche_error *err);

/* Join a new, empty session keyring, so that the caller's is out of reach. */
CL_MUST_CHECK int cl_privilege_new_keyring(struct cloche_error *err);

/* Die with the parent thread.  Cleared by set_ids: set it again after. */
CL_MUST_CHECK int cl_privilege_die_with_parent(pid_t parent, struct cloche_error *err);

#endif
