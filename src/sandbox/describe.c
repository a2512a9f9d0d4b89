/* SPDX-License-Identifier: Apache-2.0 */
/* A plan in words: what each layer will enforce. */
#include "sandbox/sandbox.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>

#include "base/own.h"
#include "base/units.h"
#include "kernel/abi.h"
#include "kernel/seccomp.h"

static void
describe_layers(const struct cl_sandbox *s, struct cl_buf *out)
{
    (void)cl_buf_printf(
        out, "Assurance: %s\nLayers:", cl_assurance_name(s->assurance)); /* sticky */
    for (int i = 0; i < CL_LAYER_COUNT; i++) {
        if (s->layers >> i & 1) {
            (void)cl_buf_printf(out, " %s", cl_layer_name((enum cl_layer)i));
        }
    }
    for (size_t i = 0; i < CL_COUNT(s->notes); i++) {
        if (s->notes[i][0] != '\0') {
            (void)cl_buf_printf(out, " (%s)", s->notes[i]);
        }
    }
    (void)cl_buf_add_str(out, "\n");
}

static void
describe_namespaces(const struct cl_sandbox *s, struct cl_buf *out)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } rows[] = {
        {CLONE_NEWUSER, "user"},     {CLONE_NEWNS, "mount"}, {CLONE_NEWPID, "pid"},
        {CLONE_NEWNET, "net"},       {CLONE_NEWIPC, "ipc"},  {CLONE_NEWUTS, "uts"},
        {CLONE_NEWCGROUP, "cgroup"},
    };
    (void)cl_buf_add_str(out, "\nNamespaces:\n");
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        const char *whose = s->plan.cell_namespaces & rows[i].flag ? "each cell's own"
                            : s->plan.zygote_namespaces & rows[i].flag
                                ? "shared by sibling cells"
                                : "the host's";
        (void)cl_buf_printf(out, "  %-8s %s\n", rows[i].name, whose);
    }
    if (s->plan.id_count > 1) {
        (void)cl_buf_printf(
            out, "  ids      one of the host's %" PRIu32 " to %" PRIu32 " for each cell\n",
            s->plan.host_uid + 1000, s->plan.host_uid + s->plan.id_count - 1);
    } else {
        (void)cl_buf_printf(out, "  ids      the caller's own, uid %" PRIu32 "\n",
                            s->plan.host_uid);
    }
}

static void
describe_files(const struct cl_sandbox *s, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "\nMounts:\n");
    if (s->plan.root == CL_ROOT_PRIVATE) {
        (void)cl_buf_add_str(out, "  /  a private tmpfs, read-only\n");
    } else if (s->plan.root == CL_ROOT_HOST) {
        (void)cl_buf_add_str(out, "  /  the host's files, read-only\n");
    }
    for (uint32_t i = 0; i < s->plan.n_binds; i++) {
        const struct cl_plan_bind *b = &s->plan.binds[i];
        (void)cl_buf_printf(out, "  %s  %s%s\n", b->target,
                            b->flags & CL_BIND_WRITABLE ? "writable" : "read-only",
                            b->flags & CL_BIND_DEVICE ? ", device" : "");
    }
    if (s->plan.flags & CL_PLAN_WORK) {
        char bytes[CL_UNITS_MAX];
        (void)cl_buf_printf(
            out, "  %s, %s  private tmpfs, %s and %" PRIu64 " inodes together\n",
            s->plan.work, s->plan.scratch,
            cl_units_format_size(s->limits.disk_bytes, bytes), s->limits.inodes);
    }
    if (s->plan.proc != CL_PROC_NONE) {
        (void)cl_buf_printf(out, "  /proc  of the cell's own processes%s\n",
                            s->plan.proc == CL_PROC_OWN ? ", and nothing else" : "");
    }
    (void)cl_buf_printf(out, "\nLandlock (ABI %" PRIu32 "):\n", s->plan.landlock_abi);
    for (uint32_t i = 0; s->plan.landlock_abi > 0 && i < s->plan.n_rules; i++) {
        const struct cl_plan_rule *r = &s->plan.rules[i];
        (void)cl_buf_printf(out, "  %s  %s%s%s%s%s\n", r->path,
                            r->access & CL_ACCESS_LIST ? "list directories" : "",
                            r->access & CL_ACCESS_READ ? "read " : "",
                            r->access & CL_ACCESS_WRITE ? "write " : "",
                            r->access & CL_ACCESS_EXECUTE ? "execute " : "",
                            r->access & CL_ACCESS_DEVICE ? "device" : "");
    }
    (void)cl_buf_printf(out, "  everything else: refused%s%s\n",
                        s->plan.landlock_abi >= 4 && (s->plan.flags & CL_PLAN_LANDLOCK_NET)
                            ? "; TCP bind and connect: refused"
                            : "",
                        s->plan.landlock_abi >= 6
                            ? "; signals and abstract sockets out of the cell: refused"
                            : "");
}

static void
describe_limits(const struct cl_sandbox *s, struct cl_buf *out)
{
    const struct cl_cell_limits *l = &s->limits;
    const struct {
        const char *name;
        uint64_t value;
    } rows[] = {
        {"RLIMIT_DATA (above the interpreter's own)", l->memory_bytes},
        {"RLIMIT_NPROC",
         l->processes == UINT64_MAX ? UINT64_MAX : 1 + l->processes + l->threads},
        {"RLIMIT_NOFILE", l->open_files},
        {"RLIMIT_FSIZE", l->file_size_bytes},
        {"RLIMIT_CORE", 0},
        {"RLIMIT_MEMLOCK", 0},
        {"RLIMIT_MSGQUEUE", 0},
        {"RLIMIT_SIGPENDING", 256},
    };
    (void)cl_buf_add_str(out, "\nResource limits:\n");
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (rows[i].value != UINT64_MAX) {
            (void)cl_buf_printf(out, "  %s  %" PRIu64 "\n", rows[i].name, rows[i].value);
        }
    }
    if ((s->layers >> CL_LAYER_CGROUP & 1) != 0) {
        (void)cl_buf_printf(
            out,
            "\nCgroup v2 leaf of each run:\n  memory.max %" PRIu64
            "\n  memory.swap.max 0\n  memory.oom.group 1\n  pids.max %" PRIu64 "\n",
            l->memory_bytes, 1 + l->processes + l->threads);
    }
}

static void
describe_environment(const struct cl_sandbox *s, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "\nEnvironment:\n");
    for (uint32_t i = 0; i < s->plan.env.count; i++) {
        (void)cl_buf_printf(out, "  %s\n", s->plan.env.item[i]);
    }
}

int
cl_sandbox_describe(const struct cl_sandbox *s, struct cl_buf *out)
{
    describe_layers(s, out);
    describe_namespaces(s, out);
    describe_files(s, out);
    describe_limits(s, out);
    describe_environment(s, out);
    (void)cl_buf_add_str(out, "\nSystem calls:\n"); /* sticky, as all of these */
    (void)cl_seccomp_list((enum cl_seccomp_kind)s->seccomp_kind, s->seccomp_options, out);
    return out->has_failed ? -1 : 0;
}
