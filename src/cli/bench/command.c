/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a command over and over.  Every run's output and exit status are looked
 * at, so that a figure is a figure of what it says. */
#include "cli/bench/command.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/sysinfo.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/own.h"
#include "cli/bench/spawn.h"

enum { MAX_AT_ONCE = 512, READ_BYTES = 64 << 10 };

/* One run of the command. */
struct flight {
    struct cli_bench_child child;
    struct cl_buf output;
    uint64_t start_ns;
};

struct state {
    const struct cli_bench_subject *subject;
    struct cli_bench_words words;
    int channel_fd;
    int in_fd;
    int err_fd;
    struct flight *flight; /* max_flights of them */
    size_t max_flights;
    unsigned long long launched;
};

void
cli_bench_words_add(struct cli_bench_words *words, const char *const *more, size_t n)
{
    if (words->n + n >= CLI_BENCH_WORDS) {
        abort();
    }
    memcpy(&words->word[words->n], more, n * sizeof *more);
    words->n += n;
}

static void
command_close(void *state)
{
    struct state *s = state;
    const struct cli_bench_command *command = s->subject->arg;
    cli_bench_end_all();
    if (command->undo != NULL) {
        command->undo();
    }
    for (size_t i = 0; s->flight != NULL && i < s->max_flights; i++) {
        cl_drop_fd(&s->flight[i].child.out_fd);
        cl_buf_fini(&s->flight[i].output);
    }
    free(s->flight);
    cl_drop_fd(&s->in_fd);
    cl_drop_fd(&s->err_fd);
    free(s);
}

/* What is given to it, as a file that is read from its beginning each time. */
static int
open_input(struct state *s, struct cloche_error *err)
{
    const struct cli_bench_program *p = s->subject->program;
    if (p->input == NULL) {
        return 0;
    }
    s->in_fd = memfd_create("cloche-bench-input", MFD_CLOEXEC);
    if (s->in_fd < 0 || write(s->in_fd, p->input, p->input_len) != (ssize_t)p->input_len) {
        return cl_fail_sys(err, errno, "make its standard input");
    }
    return 0;
}

static int
open_files(struct state *s, struct cloche_error *err)
{
    const unsigned cpus = s->subject->cpus > 0 ? s->subject->cpus : (unsigned)get_nprocs();
    const size_t wanted = 2 * (size_t)cpus;

    s->max_flights = wanted < MAX_AT_ONCE ? wanted : MAX_AT_ONCE;
    s->flight = calloc(s->max_flights, sizeof *s->flight);
    if (s->flight == NULL) {
        return cl_fail_nomem(err);
    }
    for (size_t i = 0; i < s->max_flights; i++) {
        s->flight[i] = (struct flight){.child.out_fd = -1, .output = CL_BUF_INIT(4 << 20)};
    }
    s->err_fd = cli_bench_err_file(err);
    return s->err_fd < 0 ? -1 : open_input(s, err);
}

static int
launch(struct state *s, struct flight *f, struct cloche_error *err)
{
    cl_buf_clear(&f->output);
    if (s->in_fd >= 0 && lseek(s->in_fd, 0, SEEK_SET) != 0) {
        return cl_fail_sys(err, errno, "rewind its standard input");
    }
    (void)snprintf(s->words.serial, sizeof s->words.serial, "bench-%llu", ++s->launched);
    f->start_ns = cl_clock_now_ns();
    return cli_bench_spawn(s->words.word, s->in_fd, s->err_fd, &f->child, err);
}

/* Read what there is.  1 when there will be no more. */
static int
take_output(struct flight *f, struct cloche_error *err)
{
    unsigned char *room = cl_buf_room(&f->output, READ_BYTES);
    if (room == NULL) {
        return cl_fail(err, CLOCHE_ESYS, "it prints far more than it should");
    }
    const ssize_t n = read(f->child.out_fd, room, READ_BYTES);
    if (n < 0) {
        return errno == EINTR ? 0 : cl_fail_sys(err, errno, "read what it prints");
    }
    f->output.len += (size_t)n;
    return n == 0;
}

/* Its time, once its output is at an end. */
static int
land(struct state *s, struct flight *f, uint64_t *took_ns, struct cloche_error *err)
{
    const struct cli_bench_program *p = s->subject->program;
    if (cli_bench_reap(&f->child, s->err_fd, err) != 0) {
        return -1;
    }
    *took_ns = cl_clock_now_ns() - f->start_ns;
    if (p->output != NULL) {
        return f->output.len == p->output_len &&
                       memcmp(f->output.data, p->output, p->output_len) == 0
                   ? 0
                   : cl_fail(err, CLOCHE_ESYS,
                             "it printed %zu bytes that are not the "
                             "%zu it should",
                             f->output.len, p->output_len);
    }
    char text[32] = "";
    if (f->output.len > 0) {
        memcpy(text, f->output.data, f->output.len < 31 ? f->output.len : 31);
    }
    *took_ns = strtoull(text, NULL, 10);
    return *took_ns > 0 ? 0 : cl_fail(err, CLOCHE_ESYS, "it printed no time");
}

/* Wait for output of one of n.  -1 too when it is time to end. */
static int
await(struct state *s, struct pollfd *p, size_t n, struct cloche_error *err)
{
    p[n] = (struct pollfd){.fd = s->channel_fd};
    for (size_t i = 0; i < n; i++) {
        p[i] = (struct pollfd){.fd = s->flight[i].child.out_fd, .events = POLLIN};
    }
    while (poll(p, n + 1, -1) < 0) {
        if (errno != EINTR) {
            return cl_fail_sys(err, errno, "poll");
        }
    }
    return p[n].revents == 0 ? 0 : cl_fail(err, CLOCHE_ESYS, "it was ended");
}

static int
command_once(void *state, struct cli_bench_figures *out, struct cloche_error *err)
{
    struct state *s = state;
    struct flight *f = &s->flight[0];
    struct pollfd p[2];
    int is_over = 0;

    if (ftruncate(s->err_fd, 0) != 0 || launch(s, f, err) != 0) {
        return -1;
    }
    while (is_over == 0) {
        is_over = await(s, p, 1, err) != 0 ? -1 : take_output(f, err);
    }
    return is_over < 0 ? -1 : land(s, f, &out->value[0], err);
}

/* Start as many as there may be at once.  Returns how many that were, or -1. */
static int
fill_air(struct state *s, uint64_t most, struct cloche_error *err)
{
    int n = 0;
    for (size_t i = 0; i < s->max_flights && (uint64_t)n < most; i++) {
        if (s->flight[i].child.out_fd < 0) {
            if (launch(s, &s->flight[i], err) != 0) {
                return -1;
            }
            n++;
        }
    }
    return n;
}

/* Wait until something comes of any of them.  Returns how many are over, or -1. */
static int
await_landings(struct state *s, struct cloche_error *err)
{
    struct pollfd p[MAX_AT_ONCE + 1];
    uint64_t ignored = 0;
    int n = 0;
    if (await(s, p, s->max_flights, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < s->max_flights; i++) {
        const int is_over = p[i].revents == 0 ? 0 : take_output(&s->flight[i], err);
        if (is_over < 0 || (is_over > 0 && land(s, &s->flight[i], &ignored, err) != 0)) {
            return -1;
        }
        n += is_over;
    }
    return n;
}

/* Keep as many going as there may be, until the time is over or so many were
 * started; then see the last of them home. */
static int
keep_going(struct state *s, uint64_t until_ns, uint64_t times,
           struct cli_bench_figures *out, struct cloche_error *err)
{
    uint64_t started = 0;
    uint64_t over = 0;
    for (;;) {
        if (started < times && cl_clock_now_ns() < until_ns) {
            const int n = fill_air(s, times - started, err);
            if (n < 0) {
                return -1;
            }
            started += (uint64_t)n;
        }
        if (started == over) {
            break;
        }
        const int n = await_landings(s, err);
        if (n < 0) {
            return -1;
        }
        over += (uint64_t)n;
    }
    out->value[0] = started;
    return 0;
}

static int
command_during(void *state, uint64_t amount, struct cli_bench_figures *out,
               struct cloche_error *err)
{
    const uint64_t start = cl_clock_now_ns();
    const int rc = keep_going(state, start + amount, UINT64_MAX, out, err);
    out->value[1] = cl_clock_now_ns() - start;
    out->value[2] = CLI_BENCH_NONE;
    return rc;
}

static int
command_times(void *state, uint64_t amount, struct cli_bench_figures *out,
              struct cloche_error *err)
{
    const uint64_t start = cl_clock_now_ns();
    const int rc = keep_going(state, UINT64_MAX, amount, out, err);
    out->value[1] = cl_clock_now_ns() - start;
    out->value[2] = CLI_BENCH_NONE;
    return rc;
}

/* It is run once before it is believed, so that what does not work here says
 * so before anything is measured. */
static int
command_open(const struct cli_bench_subject *subject, int channel_fd, void **state,
             struct cloche_error *err)
{
    const struct cli_bench_command *command = subject->arg;
    struct cli_bench_figures ignored;
    struct state *s = calloc(1, sizeof *s);

    if (s == NULL) {
        return cl_fail_nomem(err);
    }
    *s = (struct state){
        .subject = subject, .channel_fd = channel_fd, .in_fd = -1, .err_fd = -1};
    *state = s;
    if (command->needs != NULL && !cli_bench_is_in_path(command->needs)) {
        (void)cl_fail(err, CLOCHE_EHOST, "%s is not in $PATH", command->needs);
        return 1;
    }
    cli_bench_adopt();
    const int rc = command->prepare(subject->program->code, &s->words, err);
    if (rc != 0) {
        return rc;
    }
    return open_files(s, err) != 0 ? -1 : command_once(s, &ignored, err);
}

const struct cli_bench_kind cli_bench_command = {
    .open = command_open,
    .once = command_once,
    .during = command_during,
    .times = command_times,
    .close = command_close,
};
