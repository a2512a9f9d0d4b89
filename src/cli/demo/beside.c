/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the run beside the attacks.  Its output comes in the library's thread,
 * which only counts lines. */
#include "cli/demo/beside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/own.h"
#include "cli/demo/program.h"

/* It answers at once; this is for a busy machine. */
enum { ANSWER_S = 5 };

static void
on_output(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct cli_demo_beside *b = ctx;
    const char *text = data;

    (void)pthread_mutex_lock(&b->lock); /* cannot fail: an ordinary mutex */
    if (stream == CLOCHE_STDOUT && len >= 5 && memcmp(text, "well\n", 5) == 0) {
        b->n_well++;
    } else {
        b->n_other++;
    }
    (void)pthread_cond_signal(&b->has_answered);
    (void)pthread_mutex_unlock(&b->lock);
}

/* Wait for the n-th "well".  Returns 0, or -1 when something else came, or
 * nothing. */
static int
wait_for(struct cli_demo_beside *b, unsigned n)
{
    struct timespec end;
    int rc = 0;

    (void)clock_gettime(CLOCK_REALTIME, &end); /* the condition's clock */
    end.tv_sec += ANSWER_S;
    (void)pthread_mutex_lock(&b->lock);
    while (rc == 0 && b->n_well < n && b->n_other == 0) {
        rc = pthread_cond_timedwait(&b->has_answered, &b->lock, &end);
    }
    const int is_well = b->n_well >= n && b->n_other == 0;
    (void)pthread_mutex_unlock(&b->lock);
    return is_well ? 0 : -1;
}

int
cli_demo_beside_start(struct cli_demo_beside *b, struct cloche_engine *engine,
                      const char *secret, struct cli_failure *f)
{
    const struct cli_demo_text *text = cli_demo_part("neighbour");
    int ends[2];

    (void)pthread_mutex_init(&b->lock, NULL); /* cannot fail with default attributes */
    (void)pthread_cond_init(&b->has_answered, NULL);
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return cl_fail_sys(&f->error, errno, "pipe");
    }
    b->output = ends[0];
    b->input = ends[1];
    const struct cloche_request request = {
        .size = sizeof request,
        .profile = "neighbour",
        .code = (const char *)text->text,
        .code_len = text->len,
        .filename = "neighbour.py",
        .stdin_fd = b->output,
        .flags = CLOCHE_RUN_STDIN_FD | CLOCHE_RUN_NO_FILES | CLOCHE_RUN_NO_VALUE,
        .on_output = on_output,
        .ctx = b,
    };
    if (cloche_run_start(engine, &request, &b->run, &f->where, &f->error) != 0) {
        return -1;
    }
    if (dprintf(b->input, "%s\n", secret) < 0 || wait_for(b, 1) != 0) {
        return cl_fail(&f->error, CLOCHE_EINTERNAL,
                       "the run beside the attacks did not start");
    }
    return 0;
}

void
cli_demo_beside_look(struct cli_demo_beside *b, struct cli_demo_effects *effects)
{
    (void)pthread_mutex_lock(&b->lock);
    const unsigned n_well = b->n_well;
    (void)pthread_mutex_unlock(&b->lock);
    if (b->run == NULL) {
        return; /* told before */
    }
    if (write(b->input, "?\n", 2) != 2 || wait_for(b, n_well + 1) != 0) {
        cli_demo_effect(effects, "another run was hurt or ended");
        cloche_run_free(b->run);
        b->run = NULL;
    }
}

void
cli_demo_beside_end(struct cli_demo_beside *b)
{
    cl_drop_fd(&b->input);
    cloche_run_free(b->run);
    b->run = NULL;
    cl_drop_fd(&b->output);
}
