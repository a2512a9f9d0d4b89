/* SPDX-License-Identifier: Apache-2.0 */
/* What a request becomes: the frames that its cell will be sent.  Checked before a cell
 * is taken for it. */
#include "engine/request.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "base/units.h"
#include "engine/files.h"
#include "engine/zygote.h"
#include "wire/frame.h"
#include "wire/job.h"

enum { NAME_PART_MAX = 255, MAX_ARGS = 4096, MAX_INPUT_FILES = 4096 };

/* A name that stays beneath /work: relative, no empty, "." or ".." part. */
static int
check_file_name(const char *name, struct cloche_error *err)
{
    const char *part = name;
    if (name[0] == '\0' || strlen(name) > 4000) {
        return cl_fail(err, CLOCHE_EINPUT, "an input file's name is empty or too long");
    }
    for (;;) {
        size_t len = strcspn(part, "/");
        if (len == 0 || len > NAME_PART_MAX || (len == 1 && part[0] == '.') ||
            (len == 2 && part[0] == '.' && part[1] == '.')) {
            return cl_fail(
                err, CLOCHE_EINPUT,
                "input file '%.100s': expected a relative path without '.' and '..'", name);
        }
        if (part[len] == '\0') {
            return 0;
        }
        part += len + 1;
    }
}

/* Do the input files fit?  Told here, before anything is started, and not by
 * a cell that fails at its first write. */
static int
check_room(const struct cl_effective *e, const struct cloche_request *q,
           struct cloche_error *err)
{
    enum { PAGE = 4096, OWN_INODES = 3 /* of the file system, /work and /tmp */ };
    char size[CL_UNITS_MAX];
    char limit[CL_LIMIT_TEXT];
    uint64_t disk = 0;
    for (size_t i = 0; i < q->n_files; i++) {
        uint64_t len = q->files[i].len;
        if (len > e->limit[CL_LIMIT_FILE_SIZE]) {
            return cl_fail(
                err, CLOCHE_ELIMIT, "input file '%.100s' has %s; limits.file_size is %s",
                q->files[i].name, cl_units_show_size(len, size),
                cl_limit_format(CL_LIMIT_FILE_SIZE, e->limit[CL_LIMIT_FILE_SIZE], limit));
        }
        disk += (len + PAGE - 1) / PAGE * PAGE;
        if (disk > e->limit[CL_LIMIT_DISK]) {
            return cl_fail(err, CLOCHE_ELIMIT,
                           "the input files up to '%.100s' need %s; limits.disk is %s",
                           q->files[i].name, cl_units_show_size(disk, size),
                           cl_limit_format(CL_LIMIT_DISK, e->limit[CL_LIMIT_DISK], limit));
        }
    }
    if (q->n_files + OWN_INODES > e->limit[CL_LIMIT_INODES]) {
        return cl_fail(err, CLOCHE_ELIMIT,
                       "%zu input files, and %d inodes besides; limits.inodes is %s",
                       q->n_files, OWN_INODES,
                       cl_limit_format(CL_LIMIT_INODES, e->limit[CL_LIMIT_INODES], limit));
    }
    return 0;
}

static int
add_input_files(struct cloche_run *run, const struct cloche_request *q,
                struct cloche_error *err)
{
    if (q->n_files == 0) {
        return 0;
    }
    if (run->result.effective->files.work == CL_WORK_NONE) {
        return cl_fail(err, CLOCHE_EDENIED,
                       "profile '%s' grants no files, so none can be placed in /work; set "
                       "profiles.%s.files.work: private",
                       run->result.effective->profile, run->result.effective->profile);
    }
    if (q->n_files > MAX_INPUT_FILES) {
        return cl_fail(err, CLOCHE_ELIMIT, "%zu input files, at most %d", q->n_files,
                       MAX_INPUT_FILES);
    }
    if (check_room(run->result.effective, q, err) < 0) {
        return -1;
    }
    run->inputs = calloc(q->n_files, sizeof *run->inputs);
    if (run->inputs == NULL) {
        return cl_fail_nomem(err);
    }
    for (size_t i = 0; i < q->n_files; i++) {
        const struct cloche_input_file *f = &q->files[i];
        if (check_file_name(f->name, err) < 0) {
            return -1;
        }
        run->inputs[i].path = strdup(f->name);
        run->n_inputs = i + 1;
        cl_files_hash(f->data, f->len, run->inputs[i].sha256);
        size_t sent = 0;
        do {
            size_t n = f->len - sent > CL_CHUNK_MAX ? CL_CHUNK_MAX : f->len - sent;
            size_t start = cl_frame_begin(&run->job, CL_MSG_INPUT_FILE);
            (void)cl_put_str(&run->job, f->name); /* sticky */
            (void)cl_put_bytes(&run->job, (const char *)f->data + sent, n);
            cl_frame_end(&run->job, start);
            sent += n;
        } while (sent < f->len);
        if (run->inputs[i].path == NULL) {
            return cl_fail_nomem(err);
        }
    }
    return 0;
}

static int
add_job(struct cloche_run *run, const struct cloche_request *q, struct cloche_error *err)
{
    const struct cl_effective *e = run->result.effective;
    uint32_t count = 0;
    uint32_t flags = run->flags & CLOCHE_RUN_RESULT_VARIABLE ? CL_JOB_RESULT_VARIABLE
                     : run->flags & CLOCHE_RUN_NO_VALUE      ? 0
                                                             : CL_JOB_VALUE;
    flags |= run->flags & CLOCHE_RUN_NO_VARIABLES ? CL_JOB_NO_VARIABLES : 0;
    flags |= run->scan != NULL ? CL_JOB_SCAN : 0;
    const char *filename = q->filename != NULL ? q->filename : "<string>";
    while (q->argv != NULL && q->argv[count] != NULL) {
        if (++count > MAX_ARGS) {
            return cl_fail(err, CLOCHE_ELIMIT, "more than %d arguments", MAX_ARGS);
        }
    }
    if (strlen(filename) > 4000) {
        return cl_fail(err, CLOCHE_EINPUT, "the file name is longer than 4000 bytes");
    }
    uint64_t recursion = e->limit[CL_LIMIT_RECURSION];
    size_t start = cl_frame_begin(&run->job, CL_MSG_JOB);
    (void)cl_buf_u32(&run->job, flags); /* sticky, as all of these */
    (void)cl_buf_u32(&run->job, recursion > 1000000000 ? 0 : (uint32_t)recursion);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_RESULT]);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_HEAP]);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_LOOP_ITERATIONS]);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_MEMORY]);
    (void)cl_put_str(&run->job, filename);
    (void)cl_buf_u32(&run->job, count);
    for (uint32_t i = 0; i < count; i++) {
        (void)cl_put_str(&run->job, q->argv[i]);
    }
    (void)cl_put_bytes(&run->job, q->code, q->code_len);
    cl_frame_end(&run->job, start);
    return run->job.has_failed ? cl_fail(err, CLOCHE_ELIMIT,
                                         "code, arguments and files together are too large")
                               : 0;
}

/*
 * A descriptor of our own for the caller's: two runs may be lent the same.  What can keep a
 * reader waiting is opened anew, if it can be, so that reads of ours do not wait, and
 * those of the caller's do as before: somebody else may have taken what we were told of.
 * (A socket is read without waiting as it is.)
 */
static int
own_source(int fd)
{
    struct stat st;
    char path[32];
    int is_pipe = fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
    if (is_pipe || isatty(fd)) {
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd); /* fits */
        int own = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (own >= 0) {
            return own;
        }
    }
    return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static int
take_input(struct cloche_run *run, const struct cloche_request *q, struct cloche_error *err)
{
    if (run->flags & CLOCHE_RUN_STDIN_FD) {
        run->stdin_source_fd = own_source(q->stdin_fd);
        return run->stdin_source_fd >= 0 ? 0
               : errno == EBADF ? cl_fail_sys_as(err, CLOCHE_EINPUT, errno, "stdin_fd")
                                : cl_fail_sys(err, errno, "stdin_fd");
    }
    if (q->stdin_len > 0 && cl_buf_add(&run->stdin_data, q->stdin_data, q->stdin_len) < 0) {
        return cl_fail(err, CLOCHE_ELIMIT, "standard input of %zu bytes is too large",
                       q->stdin_len);
    }
    return 0;
}

/* Too much source is a verdict, not an error: it is the code that is at fault. */
static int
is_source_too_large(struct cloche_run *run, const struct cloche_request *q)
{
    struct cloche_result *r = &run->result;
    char limit[CL_LIMIT_TEXT];
    uint64_t most = r->effective->limit[CL_LIMIT_SOURCE];
    r->source_bytes = q->code_len;
    if (q->code_len <= most) {
        return 0;
    }
    r->outcome = CLOCHE_OUTCOME_SOURCE_LIMIT;
    r->hit |= 1u << CL_LIMIT_SOURCE;
    (void)snprintf(r->reason, sizeof r->reason,
                   "the source has %zu bytes; limits.source is %s", q->code_len,
                   cl_limit_format(CL_LIMIT_SOURCE, most, limit));
    (void)snprintf(r->hint, sizeof r->hint, "raise profiles.%s.limits.source (now %s)",
                   r->effective->profile, limit);
    cl_run_end_unstarted(run);
    return 1;
}

int
cl_request_prepare(struct cloche_run *run, const struct cloche_request *q,
                   const struct cl_zygote *zygote, struct cloche_error *err)
{
    struct cloche_result *r = &run->result;
    r->assurance = zygote->sandbox.assurance;
    r->layers = zygote->sandbox.layers;
    memcpy(r->notes, zygote->sandbox.notes, sizeof r->notes);
    cl_capture_init(&r->capture, r->effective->limit[CL_LIMIT_OUTPUT],
                    (run->flags & CLOCHE_RUN_DISCARD_OUTPUT) != 0);
    if (is_source_too_large(run, q)) {
        return 0;
    }
    return add_input_files(run, q, err) < 0 || add_job(run, q, err) < 0 ||
                   take_input(run, q, err) < 0
               ? -1
               : 0;
}
