/* SPDX-License-Identifier: Apache-2.0 */
/* The command lines of what we are compared with.  Each gives the code an
 * interpreter of its own, the strongest isolation that it is sold with, and no
 * more options than that needs. */
#include "cli/bench/peers.h"

#include <limits.h>
#include <unistd.h>

#include "cloche_python.h" /* generated: CLOCHE_PYTHON_EXECUTABLE */

const char *
cli_bench_python(void)
{
    return CLOCHE_PYTHON_EXECUTABLE;
}

static int
prepare_bare(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    (void)err; /* there is nothing to fail */
    CLI_BENCH_WORDS_ADD(w, cli_bench_python(), "-I", "-c", code);
    return 0;
}

static int
prepare_bare_pass(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    (void)code; /* less than any code */
    (void)err;  /* there is nothing to fail */
    CLI_BENCH_WORDS_ADD(w, cli_bench_python(), "-I", "-S", "-c", "pass");
    return 0;
}

static int
prepare_true(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    (void)code; /* none */
    (void)err;  /* there is nothing to fail */
    CLI_BENCH_WORDS_ADD(w, "/bin/true");
    return 0;
}

static int
prepare_bubblewrap(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    CLI_BENCH_WORDS_ADD(w, "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/",
                        "/", "--proc", "/proc", "--dev", "/dev");
    return prepare_bare(code, w, err);
}

static int
prepare_cloche(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    static char self[PATH_MAX];
    const ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0) {
        return cl_fail(err, CLOCHE_ESYS, "cannot tell which program this is");
    }
    self[n] = '\0';
    CLI_BENCH_WORDS_ADD(w, self, "run", "-c", code);
    return 0;
}

const struct cli_bench_command cli_bench_bare = {.prepare = prepare_bare};
const struct cli_bench_command cli_bench_bare_pass = {.prepare = prepare_bare_pass};
const struct cli_bench_command cli_bench_true = {.prepare = prepare_true};
const struct cli_bench_command cli_bench_cloche = {.prepare = prepare_cloche};
const struct cli_bench_command cli_bench_bubblewrap = {.needs = "bwrap",
                                                       .prepare = prepare_bubblewrap};
