/* SPDX-License-Identifier: Apache-2.0 */
/* The peers that few have: nothing is installed, fetched or started for them.
 * Where one is in $PATH and does not work, its row says why. */
#include "cli/bench/peers.h"

#include <stdlib.h>

#include "cli/bench/spawn.h"

static void
add_python(struct cli_bench_words *w, const char *code)
{
    CLI_BENCH_WORDS_ADD(w, cli_bench_python(), "-I", "-c", code);
}

static int
prepare_nsjail(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    (void)err; /* its first run tells */
    CLI_BENCH_WORDS_ADD(w, "nsjail", "--mode", "o", "--really_quiet", "--chroot", "/",
                        "--");
    add_python(w, code);
    return 0;
}

static int
prepare_sandlock(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    (void)err; /* its first run tells */
    CLI_BENCH_WORDS_ADD(w, "sandlock", "run", "-r", "/usr", "-r", "/lib", "-r", "/lib64",
                        "-r", "/etc", "-r", "/proc", "-r", "/dev", "--");
    add_python(w, code);
    return 0;
}

/* Its box is made once and used again: that is its fast way. */
static int
prepare_isolate(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    static const char *const init[] = {"isolate", "--init", NULL};
    char box[256];
    if (cli_bench_say(init, box, sizeof box, err) != 0) {
        return cl_fail_in(err, "isolate --init");
    }
    CLI_BENCH_WORDS_ADD(w, "isolate", "--run", "--silent", "--");
    add_python(w, code);
    return 0;
}

static void
undo_isolate(void)
{
    static const char *const cleanup[] = {"isolate", "--cleanup", NULL};
    char said[256];
    if (cli_bench_say(cleanup, said, sizeof said, NULL) != 0) {
        return; /* nobody is there to tell, and the next --init takes the box over */
    }
}

/* Any image of that name will do: one is asked for, none is pulled. */
static int
prepare_docker(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    static const char *const ask[] = {"docker", "image", "ls", "--quiet", "python", NULL};
    static char image[80];
    if (cli_bench_say(ask, image, sizeof image, err) != 0) {
        return cl_fail_in(err, "docker image ls");
    }
    if (image[0] == '\0') {
        (void)cl_fail(err, CLOCHE_EHOST,
                      "docker has no image 'python' (docker pull python)");
        return 1;
    }
    CLI_BENCH_WORDS_ADD(w, "docker", "run", "--rm", "--pull", "never", "--network", "none",
                        image, "python3", "-I", "-c", code);
    return 0;
}

static int
prepare_pyodide(const char *code, struct cli_bench_words *w, struct cloche_error *err)
{
    static const char *const ask[] = {"node", "-e", "require.resolve('pyodide')", NULL};
    char said[256];
    if (cli_bench_say(ask, said, sizeof said, NULL) != 0) {
        (void)cl_fail(err, CLOCHE_EHOST,
                      "node finds no module pyodide here or in $NODE_PATH");
        return 1;
    }
    CLI_BENCH_WORDS_ADD(w, "node", "-e",
                        "require('pyodide').loadPyodide({stdout: console.log})"
                        ".then(python => python.runPython(process.argv[1]))",
                        code);
    return 0;
}

const struct cli_bench_command cli_bench_nsjail = {.needs = "nsjail",
                                                   .prepare = prepare_nsjail};
const struct cli_bench_command cli_bench_sandlock = {.needs = "sandlock",
                                                     .prepare = prepare_sandlock};
const struct cli_bench_command cli_bench_isolate = {
    .needs = "isolate", .prepare = prepare_isolate, .undo = undo_isolate};
const struct cli_bench_command cli_bench_docker = {.needs = "docker",
                                                   .prepare = prepare_docker};
const struct cli_bench_command cli_bench_pyodide = {.needs = "node",
                                                    .prepare = prepare_pyodide};
