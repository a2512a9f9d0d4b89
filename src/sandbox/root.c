/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What code sees of files: what its interpreter needs, what the profile
 * grants, and its own directories; nothing else exists.  Landlock rules repeat
 * it, so that neither relies on the other.
 */
#include "sandbox/root.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "cloche_python.h" /* generated: where that Python keeps its files */

enum { READ = CL_ACCESS_READ, RUN = CL_ACCESS_READ | CL_ACCESS_EXECUTE };
enum { READ_WRITE = CL_ACCESS_READ | CL_ACCESS_WRITE };

/* Directories and files of the host that are in every private root.  With
 * processes they may be executed too (the dynamic loader is among them). */
static const char *const interpreter_paths[] = {
    CLOCHE_PYTHON_STDLIB,
    CLOCHE_PYTHON_LIBDIR,
    CLOCHE_PYTHON_MULTIARCH_LIBDIR,
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/etc/alternatives", /* BLAS on Debian is a link through here */
    "/etc/localtime",
    "/usr/share/zoneinfo",
};

static const char *const merged_links[] = {"/lib", "/lib64", "/bin", "/sbin"};

static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random",
                                      "/dev/urandom"};

/*
 * Not written to: a shared, writable mapping of /dev/zero is memory that no
 * limit but a cgroup's counts, whatever the filter says of mmap.
 */
static uint32_t
device_access(const char *path)
{
    return strcmp(path, "/dev/zero") == 0 ? CL_ACCESS_READ : CL_ACCESS_DEVICE;
}

/* trusted: what the host's programs need to run at all; the rest by grant. */
static const char *const system_paths[] = {
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib64",
    "/lib32",
    "/etc",
    "/opt",
    "/proc",
    "/sys/fs/cgroup",
    "/sys/devices/system",
    "/run/systemd/resolve",
};

static const char passwd[] = "root:x:0:0:root:/:/usr/sbin/nologin\n"
                             "cell:x:1000:1000:cell:/work:/usr/sbin/nologin\n"
                             "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n";
static const char group[] = "root:x:0:\ncell:x:1000:\nnogroup:x:65534:\n";

static int
already_bound(const struct cl_plan *p, const char *path)
{
    for (uint32_t i = 0; i < p->n_binds; i++) {
        size_t len = strlen(p->binds[i].target);
        if (strncmp(path, p->binds[i].target, len) == 0 &&
            (path[len] == '\0' || path[len] == '/')) {
            return 1;
        }
    }
    return 0;
}

/* Bind a path of the host at its own place, and allow it in Landlock. */
static int
add_path(struct cl_plan *p, const char *path, uint32_t bind_flags, uint32_t access)
{
    if (path[0] == '\0' || already_bound(p, path)) {
        return 0;
    }
    if (cl_plan_add_bind(p, path, path, bind_flags) < 0) {
        return -1;
    }
    return cl_plan_add_rule(p, path, access);
}

static int
add_interpreter(struct cl_plan *p)
{
    uint32_t access = p->flags & CL_PLAN_PROCESSES ? RUN : READ;
    for (size_t i = 0; i < CL_COUNT(interpreter_paths); i++) {
        if (add_path(p, interpreter_paths[i], CL_BIND_OPTIONAL, access) < 0) {
            return -1;
        }
    }
    if ((p->flags & CL_PLAN_PROCESSES) &&
        (add_path(p, "/usr/bin", CL_BIND_OPTIONAL, RUN) < 0 ||
         add_path(p, CLOCHE_PYTHON_BINDIR, CL_BIND_OPTIONAL, RUN) < 0)) {
        return -1;
    }
    for (size_t i = 0; i < CL_COUNT(devices); i++) {
        if (add_path(p, devices[i], CL_BIND_DEVICE | CL_BIND_WRITABLE | CL_BIND_NOEXEC,
                     device_access(devices[i])) < 0) {
            return -1;
        }
    }
    return 0;
}

/* /lib and friends: links into /usr on a merged system, else directories. */
static int
add_merged_links(struct cl_plan *p)
{
    for (size_t i = 0; i < CL_COUNT(merged_links); i++) {
        char target[256];
        ssize_t n = readlink(merged_links[i], target, sizeof target - 1);
        int rc = 0;
        if (n > 0) {
            target[n] = '\0';
            rc = cl_plan_add_link(p, merged_links[i], target);
        } else if (errno == EINVAL && i < 2) { /* not a link: libraries in it */
            rc = add_path(p, merged_links[i], CL_BIND_OPTIONAL,
                          p->flags & CL_PLAN_PROCESSES ? RUN : READ);
        }
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

static int
add_small_files(struct cl_plan *p)
{
    const struct {
        const char *path, *text;
    } rows[] = {
        {"/etc/passwd", passwd},
        {"/etc/group", group},
        {"/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n"},
        {"/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (cl_plan_add_file(p, rows[i].path, rows[i].text) < 0 ||
            cl_plan_add_rule(p, rows[i].path, READ) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
add_grants(struct cl_plan *p, const struct cl_effective *e, struct cloche_error *err)
{
    const struct {
        const struct cl_names *names;
        uint32_t bind_flags, access;
        const char *key;
    } rows[] = {
        {&e->files.read, 0, e->level == CL_LEVEL_TRUSTED ? RUN : READ, "files.read"},
        {&e->files.write, CL_BIND_WRITABLE, RUN | CL_ACCESS_WRITE, "files.write"},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        for (size_t k = 0; k < rows[i].names->count; k++) {
            const char *path = rows[i].names->item[k];
            if (access(path, F_OK) < 0) {
                return cl_fail_sys_as(err, CLOCHE_EHOST, errno, "profiles.%s.%s: '%s'",
                                      e->profile, rows[i].key, path);
            }
            if (cl_plan_add_bind(p, path, path, rows[i].bind_flags) < 0 ||
                cl_plan_add_rule(p, path, rows[i].access) < 0) {
                return cl_fail_nomem(err);
            }
        }
    }
    if (e->python.packages_path != NULL &&
        add_path(p, e->python.packages_path, 0, READ) < 0) {
        return cl_fail_nomem(err);
    }
    return 0;
}

static int
add_env(struct cl_plan *p, const char *name, const char *value)
{
    size_t len = strlen(name);
    for (uint32_t i = 0; i < p->env.count; i++) {
        if (strncmp(p->env.item[i], name, len) == 0 && p->env.item[i][len] == '=') {
            cl_autofree char *text = NULL;
            if (asprintf(&text, "%s=%s", name, value) < 0) {
                text = NULL;
                return -1;
            }
            free(p->env.item[i]);
            p->env.item[i] = cl_take_ptr(&text);
            return 0;
        }
    }
    cl_autofree char *text = NULL;
    if (asprintf(&text, "%s=%s", name, value) < 0) {
        text = NULL;
        return -1;
    }
    return cl_plan_add_string(&p->env, text);
}

static int
add_environment(struct cl_plan *p, const struct cl_effective *e)
{
    const char *home = p->flags & CL_PLAN_WORK ? p->work : "/";
    const struct {
        const char *name, *value;
    } rows[] = {
        {"PATH", "/usr/bin:/bin"},
        {"HOME", home},
        {"USER", "cell"},
        {"LOGNAME", "cell"},
        {"LANG", "C.UTF-8"},
        {"TMPDIR", p->scratch},
        {"MPLBACKEND", "module://cloche_figures"},
        {"MPLCONFIGDIR", p->scratch},
        /* Threads made by a preloaded library do not live through a fork. */
        {"OPENBLAS_NUM_THREADS", "1"},
        {"OMP_NUM_THREADS", "1"},
        {"MKL_NUM_THREADS", "1"},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (add_env(p, rows[i].name, rows[i].value) < 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < e->env_pass.count; i++) {
        const char *value = getenv(e->env_pass.item[i]);
        if (value != NULL && add_env(p, e->env_pass.item[i], value) < 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < e->env_set.count; i++) {
        if (add_env(p, e->env_set.item[i].key, e->env_set.item[i].value) < 0) {
            return -1;
        }
    }
    return 0;
}

/* trusted: the caller's directory, where it was granted; else the private one. */
static int
choose_cwd(struct cl_plan *p, const struct cl_effective *e)
{
    const struct cl_names *grants[] = {&e->files.read, &e->files.write};
    cl_autofree char *here = p->root == CL_ROOT_HOST ? getcwd(NULL, 0) : NULL;
    for (size_t i = 0; here != NULL && i < CL_COUNT(grants); i++) {
        for (size_t k = 0; k < grants[i]->count; k++) {
            size_t len = strlen(grants[i]->item[k]);
            if (strncmp(here, grants[i]->item[k], len) == 0 &&
                (here[len] == '\0' || here[len] == '/')) {
                p->cwd = cl_take_ptr(&here);
                return 0;
            }
        }
    }
    p->cwd = strdup(p->flags & CL_PLAN_WORK ? p->work : "/");
    return p->cwd == NULL ? -1 : 0;
}

/* The run's own directories, in Landlock's words. */
static int
add_own_rules(struct cl_plan *p)
{
    int rc = 0;
    if (p->flags & CL_PLAN_WORK) {
        uint32_t access =
            READ_WRITE | (p->flags & CL_PLAN_PROCESSES ? CL_ACCESS_EXECUTE : 0);
        rc |= cl_plan_add_rule(p, p->work, access);
        rc |= cl_plan_add_rule(p, p->scratch, access);
    }
    if ((p->flags & CL_PLAN_PROCESSES) && p->root == CL_ROOT_PRIVATE) {
        rc |= cl_plan_add_rule(p, "/dev/shm", READ_WRITE);
    }
    if (p->proc != CL_PROC_NONE) {
        rc |= cl_plan_add_rule(p, "/proc", READ);
    }
    return rc;
}

static int
add_private_root(struct cl_plan *p)
{
    /* All directories of the private root may be listed: it has nothing else. */
    return cl_plan_add_rule(p, "/", CL_ACCESS_LIST) < 0 || add_interpreter(p) < 0 ||
                   add_merged_links(p) < 0 || add_small_files(p) < 0
               ? -1
               : 0;
}

/* trusted, and assurance `process`: rules over the host's own files. */
static int
add_host_rules(struct cl_plan *p, const struct cl_effective *e)
{
    if (e->level == CL_LEVEL_TRUSTED) {
        for (size_t i = 0; i < CL_COUNT(system_paths); i++) {
            if (cl_plan_add_rule(p, system_paths[i], RUN) < 0) {
                return -1;
            }
        }
    } else {
        for (size_t i = 0; i < CL_COUNT(interpreter_paths); i++) {
            if (interpreter_paths[i][0] != '\0' &&
                cl_plan_add_rule(p, interpreter_paths[i], READ) < 0) {
                return -1;
            }
        }
    }
    for (size_t i = 0; i < CL_COUNT(devices); i++) {
        if (cl_plan_add_rule(p, devices[i], device_access(devices[i])) < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_sandbox_root(struct cl_plan *p, const struct cl_effective *e, struct cloche_error *err)
{
    p->work = strdup(p->root == CL_ROOT_PRIVATE ? "/work" : "/tmp");
    p->scratch = strdup("/tmp");
    if (p->work == NULL || p->scratch == NULL) {
        return cl_fail_nomem(err);
    }
    int rc = p->root == CL_ROOT_PRIVATE ? add_private_root(p) : add_host_rules(p, e);
    if (rc < 0 || add_own_rules(p) < 0 || add_environment(p, e) < 0 ||
        choose_cwd(p, e) < 0) {
        return cl_fail_nomem(err);
    }
    return add_grants(p, e, err);
}
