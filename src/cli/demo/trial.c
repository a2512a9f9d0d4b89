/* SPDX-License-Identifier: Apache-2.0 */
/* Owns one run.  Must not know what an attack is for, nor how it is judged. */
#include "cli/demo/trial.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/demo/bare.h"
#include "cli/run/interrupt.h"

enum {
    LOOK_MS = 3,
    LONGEST_MS = 20000, /* far above limits.wall: what takes longer, cloche does not end */
};

static int
start(struct cli_demo_trial *t, struct cloche_engine *engine, const char *told,
      const struct cl_buf *code, struct cli_failure *f)
{
    char profile[32];
    char file[64];
    const char *const argv[] = {told, NULL};
    const int is_attack = told != NULL;
    const struct cli_demo_text *sales = cli_demo_part("sales");
    const struct cloche_input_file input = {
        cli_demo_field(t->text, "file", file, sizeof file), sales->text, sales->len};

    (void)cli_demo_field(t->text, "profile", profile, sizeof profile);
    const struct cloche_request request = {
        .size = sizeof request,
        .profile = t->is_again          ? "brief"
                   : profile[0] != '\0' ? profile
                   : is_attack          ? "attack"
                                        : "useful",
        .code = (const char *)code->data,
        .code_len = code->len,
        .filename = t->text->name,
        .argv = argv,
        .stdin_fd = -1,
        .files = &input,
        .n_files = file[0] != '\0',
    };
    return cloche_run_start(engine, &request, &t->run, &f->where, &f->error);
}

/* Until it has ended. */
static int
attend(struct cli_demo_trial *t, struct cli_demo_watch *watch, uint64_t started_ns,
       struct cli_failure *f)
{
    int is_over = 0;
    int ended_fd = cloche_run_fd(t->run);
    if (ended_fd < 0) {
        return cl_fail_sys(&f->error, errno, "wait for the run");
    }
    while (!is_over) {
        /* The interrupt's descriptor stays readable, and is heard once. */
        struct pollfd p[2] = {{.fd = ended_fd, .events = POLLIN},
                              {.fd = cli_interrupt_fd(), .events = POLLIN}};
        if (poll(p, t->is_cancelled ? 1 : 2, LOOK_MS) < 0 && errno != EINTR) {
            return cl_fail_sys(&f->error, errno, "poll");
        }
        is_over = p[0].revents != 0;
        if (!t->is_cancelled && p[1].revents != 0) {
            t->is_cancelled = 1;
            cloche_run_cancel(t->run);
        }
        if (!t->is_endless && cl_clock_now_ns() - started_ns > LONGEST_MS * CL_NS_PER_MS) {
            t->is_endless = 1;
            cloche_run_cancel(t->run);
        }
        if (watch != NULL) {
            cli_demo_watch_look(watch);
        }
    }
    return cloche_run_wait(t->run, -1, &t->result, &f->error);
}

int
cli_demo_trial_run(struct cli_demo_trial *t, struct cloche_engine *engine, const char *told,
                   struct cli_demo_watch *watch, struct cli_failure *f)
{
    cl_autobuf struct cl_buf code = CL_BUF_INIT(1 << 20);
    const uint64_t started_ns = cl_clock_now_ns();

    if (told != NULL) {
        cli_demo_code(t->text, &code);
    } else {
        (void)cl_buf_add(&code, t->text->text, t->text->len); /* sticky */
    }
    if (code.has_failed) {
        return cl_fail_nomem(&f->error);
    }
    int rc = 0;
    if (cli_demo_bare_is_on()) {
        t->bare = CL_BUF_INIT(1 << 20);
        rc = cli_demo_bare_run(&code, told, watch, &t->bare, f);
    } else {
        rc = start(t, engine, told, &code, f) == 0 ? attend(t, watch, started_ns, f) : -1;
    }
    t->ns = cl_clock_now_ns() - started_ns;
    return rc;
}

void
cli_demo_trial_fini(struct cli_demo_trial *t)
{
    cloche_run_free(t->run);
    cl_buf_fini(&t->bare);
    *t = (struct cli_demo_trial){.text = t->text};
}

const char *
cli_demo_trial_output(const struct cli_demo_trial *t, enum cloche_stream stream,
                      size_t *len)
{
    if (t->result != NULL) {
        return cloche_result_output(t->result, stream, len);
    }
    *len = stream == CLOCHE_STDOUT ? t->bare.len : 0;
    return *len > 0 ? (const char *)t->bare.data : "";
}
