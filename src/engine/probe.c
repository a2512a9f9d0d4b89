/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `doctor`: the launcher tries the kernel's facilities (--probe); what it says
 * is put beside who needs each and what to do when it is missing; last, the
 * default profile runs a program.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cloche/cloche.h>

#include "base/buf.h"
#include "base/own.h"
#include "cloche_paths.h"
#include "cloche_python.h"
#include "engine/run.h"
#include "kernel/cgroup.h"

enum { MAX_FACILITIES = 24, PROBE_OUTPUT_MAX = 16384 };

struct cloche_host {
    struct cloche_facility rows[MAX_FACILITIES];
    char details[MAX_FACILITIES][200];
    size_t count;
    int can_run;
};

static const char userns_remedy[] =
    "allow unprivileged user namespaces: sysctl user.max_user_namespaces above 0, "
    "kernel.unprivileged_userns_clone=1 (Debian), and on Ubuntu 24.04 and newer install "
    "packaging/apparmor/cloche in /etc/apparmor.d and reload AppArmor; in a container, run "
    "it "
    "with a seccomp profile that allows unshare (docker: --security-opt "
    "seccomp=unconfined), or "
    "accept min_assurance: process";

static const struct {
    const char *name, *needed_by, *remedy;
} table[] = {
    {"kernel", "everything", "Linux 5.13 or newer on x86-64 or arm64"},
    {"clone3", "everything", "Linux 5.3 or newer with CONFIG_CHECKPOINT_RESTORE"},
    {"user-namespaces", "assurance 'namespace' at levels restricted, isolated and trusted",
     userns_remedy},
    {"namespaces", "assurance 'namespace' at levels restricted, isolated and trusted",
     userns_remedy},
    {"mounts", "the private root and /work (assurance 'namespace')",
     "Linux 5.12 or newer, and a container that lets a user namespace mount"},
    {"proc", "/proc inside cells at level isolated; without it cells have none",
     "in a container, run it with an unmasked /proc (podman: --security-opt unmask=/proc)"},
    {"landlock", "every level",
     "boot with landlock in lsm= (see /sys/kernel/security/lsm), Linux 5.13 or newer"},
    {"seccomp-notify", "explained denials at every level",
     "Linux 5.0 or newer with CONFIG_SECCOMP_FILTER"},
};

static void
add(struct cloche_host *host, const char *name, int available, const char *detail,
    const char *needed_by, const char *remedy)
{
    if (host->count == MAX_FACILITIES) {
        return;
    }
    char *kept = host->details[host->count];
    (void)snprintf(kept, sizeof host->details[0], "%s", detail); /* may be cut */
    host->rows[host->count++] = (struct cloche_facility){
        .name = name,
        .available = available,
        .detail = kept,
        .needed_by = needed_by,
        .remedy = available == 1 ? "" : remedy,
    };
}

/* Run the launcher with --probe and read all that it prints. */
static int
run_probe(const char *helper_dir, struct cl_buf *out, struct cloche_error *err)
{
    int ends[2];
    pid_t pid = 0;
    cl_autofree char *path = NULL;
    if (asprintf(&path, "%s/cloche-launcher", helper_dir) < 0) {
        path = NULL;
        return cl_fail_nomem(err);
    }
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    cl_autoclose int read_end = ends[0];
    cl_autoclose int write_end = ends[1];
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return cl_fail_nomem(err);
    }
    char name[] = "cloche-launcher";
    char flag[] = "--probe";
    char *argv[] = {name, flag, NULL};
    char *env[] = {NULL};
    int rc = posix_spawn_file_actions_adddup2(&actions, write_end, 1);
    rc = rc ? rc : posix_spawn(&pid, path, &actions, NULL, argv, env);
    (void)posix_spawn_file_actions_destroy(&actions); /* never fails */
    if (rc != 0) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, rc, "start '%s'", path);
    }
    cl_drop_fd(&write_end);
    unsigned char *room;
    ssize_t n = 0;
    while ((room = cl_buf_room(out, 1024)) != NULL &&
           (n = read(read_end, room, 1024)) > 0) {
        out->len += (size_t)n;
    }
    (void)waitpid(pid, NULL, 0); /* what it found is in what it printed */
    return 0;
}

static void
read_probe(struct cloche_host *host, char *text)
{
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        char *name = strsep(&line, "\t");
        char *state = strsep(&line, "\t");
        for (size_t i = 0; state != NULL && i < CL_COUNT(table); i++) {
            if (strcmp(name, table[i].name) == 0) {
                add(host, table[i].name, state[0] == '1', line == NULL ? "" : line,
                    table[i].needed_by, table[i].remedy);
            }
        }
    }
}

/* A directory that was named is tried, as an engine would. */
static void
add_cgroup(struct cloche_host *host, const char *cgroup_dir)
{
    struct cloche_error err = {0};
    char name[64];
    int fd = -1;
    int is_usable =
        cgroup_dir != NULL && cl_cgroup_open(cgroup_dir, (uid_t)-1, &fd, name, &err) == 0;
    if (is_usable) {
        cl_cgroup_close(cgroup_dir, name, fd);
        cl_own_close(&fd);
    }
    add(host, "cgroup-v2-delegation", is_usable, is_usable ? cgroup_dir : err.msg,
        "exact limits of memory and processes for runs of several processes; without it "
        "memory "
        "is held by RLIMIT_DATA for one process and by sampling every 5 ms for several, "
        "and files "
        "in /work and /tmp count by limits.disk alone",
        "run under `systemd-run --user --scope -p Delegate=yes`, or give a delegated "
        "directory "
        "as CLOCHE_CGROUP");
}

/* The proof: a program under the default profile. */
static void
try_run(struct cloche_host *host, const struct cloche_engine_options *options,
        struct cloche_policy *policy)
{
    static const char code[] = "print(6 * 7)";
    struct cloche_engine *engine = NULL;
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    struct cloche_error err = {0};
    struct cloche_request request = {
        .size = sizeof request, .code = code, .code_len = sizeof code - 1};
    char detail[200] = "";
    if (cloche_engine_new(options, policy, &engine, &err) == 0 &&
        cl_run_start_own(engine, &request, &run, &err) == 0 &&
        cloche_run_wait(run, -1, &result, &err) == 0) {
        size_t len = 0;
        const char *printed = cloche_result_output(result, CLOCHE_STDOUT, &len);
        host->can_run = cloche_result_outcome(result) == CLOCHE_OUTCOME_OK && len == 3 &&
                        memcmp(printed, "42\n", 3) == 0;
        (void)snprintf(detail, sizeof detail, "%s: %.150s", cloche_policy_default(policy),
                       host->can_run ? "print(6 * 7) gave 42"
                                     : cloche_result_reason(result));
    } else {
        (void)snprintf(detail, sizeof detail, "%.199s", err.msg);
    }
    add(host, "default-profile", host->can_run, detail, "`cloche run`",
        "provide what is missing above");
    cloche_run_free(run);
    cloche_engine_free(engine);
}

int
cloche_host_probe(const struct cloche_engine_options *options, struct cloche_policy *policy,
                  struct cloche_host **out, struct cloche_error *err)
{
    cl_autobuf struct cl_buf printed = CL_BUF_INIT(PROBE_OUTPUT_MAX);
    struct cloche_host *host = calloc(1, sizeof *host);
    if (host == NULL) {
        return cl_fail_nomem(err);
    }
    const char *helpers = options != NULL ? options->helper_dir : NULL;
    const char *cgroup = options != NULL ? options->cgroup_dir : NULL;
    helpers = helpers != NULL ? helpers : secure_getenv("CLOCHE_HELPER_DIR");
    cgroup = cgroup != NULL ? cgroup : secure_getenv("CLOCHE_CGROUP");
    struct cloche_error why = {0};
    char *text = NULL;
    if (run_probe(helpers != NULL ? helpers : CLOCHE_LIBEXEC_DIR, &printed, &why) == 0) {
        text = cl_buf_take_str(&printed);
    }
    if (text != NULL) {
        read_probe(host, text);
        free(text);
    } else {
        add(host, "helpers", 0, why.msg, "everything",
            "install cloche, or set CLOCHE_HELPER_DIR to where cloche-launcher is");
    }
    add(host, "python",
        access(CLOCHE_PYTHON_STDLIB "/os.py", R_OK) == 0 &&
            (!CLOCHE_PYTHON_IS_PROGRAM || access(CLOCHE_PYTHON_EXECUTABLE, X_OK) == 0),
        "CPython " CLOCHE_PYTHON_VERSION ", " CLOCHE_PYTHON_STDLIB, "every level",
        "install the Python " CLOCHE_PYTHON_VERSION " that cloche was built with");
    add_cgroup(host, cgroup);
    try_run(host, options, policy);
    *out = host;
    return 0;
}

size_t
cloche_host_count(const struct cloche_host *host)
{
    return host->count;
}

const struct cloche_facility *
cloche_host_facility(const struct cloche_host *host, size_t i)
{
    return i < host->count ? &host->rows[i] : NULL;
}

int
cloche_host_can_run(const struct cloche_host *host)
{
    return host->can_run;
}

void
cloche_host_free(struct cloche_host *host)
{
    free(host);
}
