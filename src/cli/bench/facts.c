/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what the host says of itself. */
#include "cli/bench/facts.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sys/utsname.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "cli/bench/peers.h"
#include "cli/json.h"
#include "cli/visible.h"
#include "cloche_python.h" /* generated: CLOCHE_PYTHON_VERSION */

/* Those that we may use, which can be fewer than there are. */
static unsigned
n_cpus(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

/* "" where the kernel does not name it (arm64). */
static void
cpu_name(char *out, size_t size)
{
    cl_autofclose FILE *f = fopen("/proc/cpuinfo", "re");
    char line[256];
    out[0] = '\0';
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            (void)snprintf(out, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
            return;
        }
    }
}

void
cli_bench_facts_text(uint64_t rounds, struct cl_buf *out)
{
    struct utsname host;
    char name[128];
    cpu_name(name, sizeof name);
    if (uname(&host) != 0) {
        memset(&host, 0, sizeof host);
    }
    (void)cl_buf_printf(out, "cloche %s, Python %s (%s), %s %s %s, %u x ", cloche_version(),
                        CLOCHE_PYTHON_VERSION, cli_bench_python(), host.sysname,
                        host.release, host.machine, n_cpus());
    cli_visible_line(name[0] == '\0' ? host.machine : name, out);
    (void)cl_buf_printf(out, ", %s, %" PRIu64 " round%s\n",
                        geteuid() == 0 ? "root" : "ordinary user", rounds,
                        rounds == 1 ? "" : "s");
}

void
cli_bench_facts_json(uint64_t rounds, struct cl_buf *out)
{
    struct utsname host;
    char name[128];
    cpu_name(name, sizeof name);
    if (uname(&host) != 0) {
        memset(&host, 0, sizeof host);
    }
    (void)cl_buf_add_str(out, "\"cloche\": ");
    cli_json_string(out, cloche_version());
    (void)cl_buf_add_str(out, ", \"python\": ");
    cli_json_string(out, CLOCHE_PYTHON_VERSION);
    (void)cl_buf_add_str(out, ", \"kernel\": ");
    cli_json_string(out, host.release);
    (void)cl_buf_add_str(out, ", \"machine\": ");
    cli_json_string(out, host.machine);
    (void)cl_buf_add_str(out, ", \"cpu\": ");
    cli_json_string_or_null(out, name);
    (void)cl_buf_printf(out, ", \"cpus\": %u, \"is_root\": %s, \"rounds\": %" PRIu64,
                        n_cpus(), geteuid() == 0 ? "true" : "false", rounds);
}
