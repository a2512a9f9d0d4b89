/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the launcher process and its channel, in the engine's fields. */
#include "engine/launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/zygote.h"
#include "kernel/abi.h"
#include "kernel/cgroup.h"
#include "kernel/process.h"
#include "wire/channel.h"
#include "wire/frame.h"
#include "wire/message.h"

enum { CHANNEL_FD = 3 };

static int
spawn_with_channel(const char *path, int channel_end, pid_t *pid, struct cloche_error *err)
{
    char parent[16];
    (void)snprintf(parent, sizeof parent, "%d", getpid()); /* fits */
    char name[] = "cloche-launcher";
    char *argv[] = {name, parent, NULL};
    char *env[] = {NULL}; /* nothing of the caller's goes further */
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return cl_fail_nomem(err);
    }
    /* A duplicate at 3 is without close-on-exec.  If it is 3 already, dup2
     * would leave the flag: POSIX says adddup2 of equal numbers clears it.
     * The caller's standard error is not for us to write to, and is not there
     * if the caller closed it. */
    int rc = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    rc = rc ? rc : posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    rc = rc ? rc : posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    rc = rc ? rc : posix_spawn_file_actions_adddup2(&actions, channel_end, CHANNEL_FD);
    rc = rc ? rc : posix_spawn(pid, path, &actions, NULL, argv, env);
    (void)posix_spawn_file_actions_destroy(&actions); /* never fails */
    if (rc != 0) {
        int is_missing = rc == ENOENT || rc == EACCES;
        return cl_fail_sys_as(
            err, is_missing ? CLOCHE_EHOST : CLOCHE_ESYS, rc, "start '%s'%s", path,
            is_missing ? " (is cloche installed, or CLOCHE_HELPER_DIR right?)" : "");
    }
    return 0;
}

/* Two ends, neither where the spawned program's standard streams will be. */
static int
make_channel(int *ours, int *theirs, struct cloche_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        return cl_fail_sys(err, errno, "make the launcher's channel");
    }
    *ours = ends[0];
    *theirs = ends[1];
    if (*theirs < CHANNEL_FD) { /* the caller closed its own */
        int higher = fcntl(*theirs, F_DUPFD_CLOEXEC, CHANNEL_FD);
        if (higher < 0) {
            return cl_fail_sys(err, errno, "make the launcher's channel");
        }
        cl_drop_fd(theirs);
        *theirs = higher;
    }
    return cl_channel_bound(*ours, CL_RECEIVE_MS, CL_SEND_MS, err);
}

/* A caller that reaps all its children, or ignores SIGCHLD, may have been first. */
static int
identify(struct cloche_engine *engine, struct cloche_error *err)
{
    engine->launcher_pidfd = (int)syscall(SYS_pidfd_open, engine->launcher_pid, 0);
    if (engine->launcher_pidfd >= 0) {
        return 0;
    }
    int saved = errno;
    if (saved != ESRCH) { /* unreaped, so the number is still its own */
        (void)kill(engine->launcher_pid, SIGKILL);
        (void)waitpid(engine->launcher_pid, NULL, 0);
    }
    return cl_fail_sys(err, saved, "the launcher");
}

static int
spawn(struct cloche_engine *engine, struct cloche_error *err)
{
    cl_autofree char *path = NULL;
    if (asprintf(&path, "%s/cloche-launcher", engine->helper_dir) < 0) {
        path = NULL;
        return cl_fail_nomem(err);
    }
    cl_autoclose int ours = -1;
    cl_autoclose int theirs = -1;
    if (make_channel(&ours, &theirs, err) < 0 ||
        spawn_with_channel(path, theirs, &engine->launcher_pid, err) < 0) {
        return -1;
    }
    engine->launcher_fd = cl_take_fd(&ours);
    if (identify(engine, err) < 0 ||
        cl_engine_listen(engine, engine->launcher_fd, &engine->launcher_source, err) < 0) {
        return -1;
    }
    return engine->cgroup_fd < 0
               ? 0
               : cl_cgroup_adopt(engine->cgroup_fd, engine->launcher_pid, err);
}

void
cl_launcher_restart(struct cloche_engine *engine)
{
    struct cloche_error err = {0};
    engine->is_launcher_wanted = 0;
    if (spawn(engine, &err) < 0) {
        cl_launcher_stop(engine);
        engine->start_error = err;
    }
    (void)pthread_cond_broadcast(&engine->changed);
}

int
cl_launcher_await(struct cloche_engine *engine, struct cloche_error *err)
{
    uint64_t until = cl_clock_now_ns() + CL_START_TIMEOUT_NS;
    if (engine->launcher_fd < 0) {
        engine->start_error = (struct cloche_error){0};
        engine->is_launcher_wanted = 1;
        cl_engine_wake(engine);
    }
    while (!engine->is_launcher_ready) {
        if (engine->start_error.code != CLOCHE_OK) {
            return cl_fail_as(err, &engine->start_error);
        }
        if (cl_engine_await_change(engine, until) < 0) {
            cl_process_kill(engine->launcher_pidfd);
            return cl_fail(err, CLOCHE_ESYS, "'%s/cloche-launcher' does not answer",
                           engine->helper_dir);
        }
    }
    return 0;
}

int
cl_launcher_start(struct cloche_engine *engine, uint32_t zygote_id,
                  const struct cl_plan *plan, int channel_end, struct cloche_error *err)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(CL_PACKET_MAX);
    size_t start = cl_frame_begin(&b, CL_MSG_START);
    (void)cl_buf_u32(&b, zygote_id); /* sticky */
    cl_plan_encode(plan, &b);
    cl_frame_end(&b, start);
    if (engine->launcher_fd < 0) {
        return cl_fail(err, CLOCHE_ESYS, "the launcher is gone");
    }
    struct cloche_error why = {0};
    if (cl_channel_send_buf(engine->launcher_fd, &b, &channel_end, 1, &why) == 0) {
        return 0;
    }
    if (why.sys == EAGAIN) {
        cl_process_kill(engine->launcher_pidfd); /* it takes nothing: another is started */
    }
    (void)cl_fail_as(err, &why);
    return cl_fail_in(err, "the launcher");
}

/* Why a zygote may have ended before it could say anything.  Without memory the
 * kernel kills it as it is started, or its dynamic loader ends with 127, or it has
 * none left to say what it lacks, and ends with 125; without cloche-zygote.so in
 * it, python3 ends with 2 (src/cell/program.h). */
static const char *
guess(int status)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return WIFSIGNALED(status) || code == 127 || code == 125
               ? ": are its libraries there, and memory and descriptors for them?"
           : code == 2 ? ": was cloche-zygote.so not loaded into python3, for want of "
                         "memory or descriptors, or because it is something else?"
                       : "";
}

static void
zygote_exited(struct cl_zygote *zygote, int status)
{
    struct cloche_error err = {0};
    int has_begun = zygote->state != CL_ZYGOTE_STARTING;
    (void)cl_fail(&err, CLOCHE_ESYS, "the interpreter ended%s (status 0x%x)%s",
                  has_begun ? "" : " before it was ready", (unsigned)status,
                  has_begun ? "" : guess(status));
    cl_zygote_failed(zygote, &err);
}

static void
handle_packet(struct cloche_engine *engine, uint8_t type, struct cl_reader *r, int *fds,
              size_t n_fds)
{
    if (type == CL_MSG_LAUNCHER_READY) {
        engine->is_launcher_ready = 1;
        return;
    }
    uint32_t id = cl_read_u32(r);
    struct cl_zygote *zygote = cl_zygote_find(engine, id);
    if (zygote == NULL) { /* forgotten meanwhile */
        if (n_fds == 1) {
            cl_process_kill(fds[0]);
        }
        return;
    }
    struct cloche_error err = {0};
    switch (type) {
    case CL_MSG_STARTED:
        if (n_fds == 1) {
            cl_zygote_started(zygote, cl_take_fd(&fds[0]));
        }
        break;
    case CL_MSG_NOT_STARTED:
        cl_read_error(r, &err);
        cl_zygote_failed(zygote, &err);
        break;
    case CL_MSG_ZYGOTE_EXITED: zygote_exited(zygote, (int)cl_read_u32(r)); break;
    default: break; /* the table has no other from the launcher */
    }
}

/* It is gone, or is not what it should be.  Its zygotes end with it. */
static void
end(struct cloche_engine *engine, const struct cloche_error *why)
{
    int was_ready = engine->is_launcher_ready;
    int status = cl_launcher_stop(engine);
    struct cloche_error *e = &engine->start_error;
    if (why->code != CLOCHE_OK) {
        *e = *why;
        (void)cl_fail_in(e, "the launcher");
    } else if (was_ready || WIFSIGNALED(status)) {
        (void)cl_fail(e, CLOCHE_ESYS, "the launcher ended (status 0x%x)", (unsigned)status);
    } else {
        (void)cl_fail(e, CLOCHE_EHOST, "'%s/cloche-launcher' ended at once (status 0x%x)",
                      engine->helper_dir, (unsigned)status);
    }
    cl_zygote_all_failed(engine, e);
}

void
cl_launcher_event(struct cloche_engine *engine)
{
    unsigned char packet[2048]; /* the longest that it sends is an error */
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    struct cloche_error err = {0};
    ptrdiff_t n =
        cl_channel_recv(engine->launcher_fd, packet, sizeof packet, fds, &n_fds, &err);
    if (n < 0 && err.sys == EAGAIN) {
        return; /* the event was its predecessor's */
    }
    struct cl_reader r = CL_READER(packet, n > 0 ? n : 0);
    uint32_t len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    enum cl_state state = engine->is_launcher_ready ? CL_STATE_READY : CL_STATE_STARTING;
    if (n < 0 && err.sys == EMFILE) {
        /* STARTED, but its descriptor found no room: without it, no zygote. */
        struct cl_reader lost = CL_READER(packet + CL_FRAME_HEADER, 4);
        struct cl_zygote *zygote = cl_zygote_find(engine, cl_read_u32(&lost));
        if (zygote != NULL) {
            cl_zygote_failed(zygote, &err);
        }
    } else if (n <= 0 || len + 4 != (size_t)n ||
               cl_message_check(type, len, (unsigned)n_fds, CL_FROM_LAUNCHER, state, &err) <
                   0) {
        end(engine, &err);
    } else {
        handle_packet(engine, type, &r, fds, n_fds);
    }
    for (size_t i = 0; i < n_fds; i++) {
        cl_drop_fd(&fds[i]);
    }
    (void)pthread_cond_broadcast(&engine->changed);
}

int
cl_launcher_stop(struct cloche_engine *engine)
{
    siginfo_t info = {0};
    cl_engine_ignore(engine, engine->launcher_fd);
    cl_channel_end(&engine->launcher_fd);
    /* By descriptor: a caller that waits for any child may have reaped it, and
     * its number may be another's.  Killed: it has nothing to tidy up, and what
     * was started in its place might not heed the channel's end. */
    cl_process_kill(engine->launcher_pidfd);
    while (engine->launcher_pidfd >= 0 &&
           waitid(P_PIDFD, (id_t)engine->launcher_pidfd, &info, WEXITED) < 0 &&
           errno == EINTR) {
    }
    cl_drop_fd(&engine->launcher_pidfd);
    engine->launcher_pid = 0;
    engine->is_launcher_ready = 0;
    return info.si_code == CLD_EXITED ? info.si_status << 8 : info.si_status;
}
