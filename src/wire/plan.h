/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - what a confinement will be, in the fixed form in which it crosses
 * from the trusted side to the launcher and the zygote.
 *
 * Made by sandbox/, applied by cell/lockdown.c with kernel/.  Nothing in it is
 * a decision that is still to be taken: paths, bytes of filters and numbers.
 * Equal plans (byte for byte) may share a zygote.
 */
#ifndef CL_WIRE_PLAN_H
#define CL_WIRE_PLAN_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* Namespaces, by the kernel's own clone flags. */

enum cl_bind_flag {
    CL_BIND_WRITABLE = 1u << 0,
    CL_BIND_NOEXEC = 1u << 1,
    CL_BIND_DEVICE = 1u << 2,   /* a device node: no nodev on it */
    CL_BIND_OPTIONAL = 1u << 3, /* the source may be missing */
};

struct cl_plan_bind {
    char *source; /* on the host */
    char *target; /* in the private root; absolute */
    uint32_t flags;
};

/* A symbolic link or a small file of the private root. */
struct cl_plan_text {
    char *path;
    char *text;
};

enum cl_plan_access {
    CL_ACCESS_READ = 1u << 0,    /* files and directories below */
    CL_ACCESS_EXECUTE = 1u << 1, /* execute, and map executable */
    CL_ACCESS_WRITE = 1u << 2,   /* create, change, remove below */
    CL_ACCESS_DEVICE = 1u << 3,  /* write to and ioctl on a device file */
    CL_ACCESS_LIST = 1u << 4,    /* list directories, nothing else */
};

struct cl_plan_rule {
    char *path; /* in the run's view of files; a missing one is skipped */
    uint32_t access;
};

struct cl_plan_strings {
    char **item;
    uint32_t count;
};

enum cl_plan_root { CL_ROOT_PRIVATE, CL_ROOT_HOST, CL_ROOT_UNCHANGED };
enum cl_plan_proc { CL_PROC_NONE, CL_PROC_OWN, CL_PROC_FULL };

enum cl_plan_flag {
    CL_PLAN_WORK = 1u << 0,      /* a private, writable work directory */
    CL_PLAN_PROCESSES = 1u << 1, /* more than one process: /dev/shm, programs */
    CL_PLAN_SITE = 1u << 2,      /* trusted: site-packages, as the host's python3 */
    CL_PLAN_AUDIT = 1u << 3,     /* trusted: report imports and processes */
    CL_PLAN_TIDY = 1u << 4,      /* dumpable off, keyring, securebits and the like */
    CL_PLAN_LANDLOCK_NET = 1u << 5,
    CL_PLAN_LANDLOCK_SCOPE = 1u << 6,
    CL_PLAN_CAPS = 1u << 7,
    /* By limit and by filter.  What a cell may have left behind all the same, its zygote
     * ends when it reaps it. */
    CL_PLAN_ONE_PROCESS = 1u << 8,
};

/* Parts of the guard, a bit each.  All of them, but where tests turn one off. */
enum cl_guard_part {
    CL_GUARD_SYNTAX = 1u << 0,   /* the check of the tree */
    CL_GUARD_TYPES = 1u << 1,    /* hardened built-in types */
    CL_GUARD_MODULES = 1u << 2,  /* facades in place of modules */
    CL_GUARD_BUILTINS = 1u << 3, /* built-ins by allow-list */
    CL_GUARD_ALL = (1u << 4) - 1,
};

/* What the guard of a restricted cell lets code do. */
struct cl_plan_guard {
    uint32_t parts;                     /* enum cl_guard_part; 0: no guard */
    uint32_t has_heap, has_loops;       /* the profile has such a limit */
    uint32_t introspection;             /* 1: read */
    uint32_t dynamic_code;              /* 1: eval, exec, compile, checked */
    uint32_t has_files;                 /* 1: open() of files in the work directory */
    struct cl_plan_strings modules;     /* whole modules */
    struct cl_plan_strings only;        /* "module.function" */
    struct cl_plan_strings builtins;    /* allow-list, what is denied taken off */
    struct cl_plan_strings syntax_deny; /* classes of CPython's ast */
};

struct cl_plan {
    uint32_t level;             /* enum cl_level */
    uint32_t zygote_namespaces; /* CLONE_NEW* of the zygote */
    uint32_t cell_namespaces;   /* CLONE_NEW* of each cell, beside the zygote's */
    uint32_t root;              /* enum cl_plan_root */
    uint32_t proc;              /* enum cl_plan_proc */
    uint32_t flags;             /* enum cl_plan_flag */

    uint32_t host_uid, host_gid; /* first of the range that is mapped into the zygote */
    uint32_t id_count;           /* 1: only the caller's own ids */

    struct cl_plan_bind *binds;
    uint32_t n_binds;
    struct cl_plan_text *links;
    uint32_t n_links;
    struct cl_plan_text *files;
    uint32_t n_files;
    struct cl_plan_rule *rules;
    uint32_t n_rules;

    struct cl_plan_strings env;     /* "NAME=value", all that there is */
    struct cl_plan_strings preload; /* modules imported in the zygote */
    struct cl_plan_strings paths;   /* directories added to sys.path */
    struct cl_plan_strings audited; /* modules whose import is reported */
    char *work;                     /* the work directory's path, "/work" */
    char *scratch;                  /* the directory for temporary files, "/tmp" */
    char *cwd;                      /* where code starts */

    uint32_t landlock_abi; /* use at most this; 0: no Landlock */
    void *zygote_filter;
    uint32_t zygote_filter_bytes;
    void *cell_filter;
    uint32_t cell_filter_bytes;

    struct cl_plan_guard guard;
    char *profile; /* for hints: "profiles.<this>..." */
};

/* Numbers of one cell.  UINT64_MAX: none. */
struct cl_cell_limits {
    uint64_t memory_bytes;
    uint64_t cpu_ns;
    uint64_t processes, threads, open_files;
    uint64_t file_size_bytes, disk_bytes, inodes;
    uint64_t cpu_share_pct; /* of one processor; held by the cgroup, where there is one */
};

#define CL_PLAN_INIT ((struct cl_plan){.root = CL_ROOT_PRIVATE})

/* Free what a plan owns. */
void cl_plan_fini(struct cl_plan *p);

/* Append the plan's bytes to b; sticky failure. */
void cl_plan_encode(const struct cl_plan *p, struct cl_buf *b);

/* Read them back.  out is written only on success; the caller finis it. */
struct cl_reader;
CL_MUST_CHECK int cl_plan_decode(struct cl_reader *r, struct cl_plan *out,
                                 struct cloche_error *err);

void cl_cell_limits_encode(const struct cl_cell_limits *l, struct cl_buf *b);
void cl_cell_limits_decode(struct cl_reader *r, struct cl_cell_limits *out);

/* Building: each copies its strings; 0, or -1 when out of memory. */
int cl_plan_add_bind(struct cl_plan *p, const char *source, const char *target,
                     uint32_t flags);
int cl_plan_add_link(struct cl_plan *p, const char *path, const char *target);
int cl_plan_add_file(struct cl_plan *p, const char *path, const char *text);
int cl_plan_add_rule(struct cl_plan *p, const char *path, uint32_t access);
int cl_plan_add_string(struct cl_plan_strings *list, const char *text);

#endif
