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

#include "base/own.h"
#include "engine/zygote.h"
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
     * would leave the flag: POSIX says adddup2 of equal numbers clears it. */
    int rc = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    rc = rc ? rc : posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    rc = rc ? rc : posix_spawn_file_actions_adddup2(&actions, channel_end, CHANNEL_FD);
    rc = rc ? rc : posix_spawn(pid, path, &actions, NULL, argv, env);
    (void)posix_spawn_file_actions_destroy(&actions); /* never fails */
    if (rc != 0) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, rc,
                              "start '%s' (is cloche installed, or CLOCHE_HELPER_DIR right?)",
                              path);
    }
    return 0;
}

int
cl_launcher_spawn(struct cloche_engine *engine, struct cloche_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        return cl_fail_sys(err, errno, "make the launcher's channel");
    }
    cl_autoclose int ours = ends[0];
    cl_autoclose int theirs = ends[1];
    cl_autofree char *path = NULL;
    if (asprintf(&path, "%s/cloche-launcher", engine->helper_dir) < 0) {
        path = NULL;
        return cl_fail_nomem(err);
    }
    if (spawn_with_channel(path, theirs, &engine->launcher_pid, err) < 0) {
        return -1;
    }
    engine->launcher_fd = ours;
    if (cl_engine_listen(engine, ours, &engine->launcher_source, err) < 0) {
        engine->launcher_fd = -1;
        return -1;
    }
    (void)cl_take_fd(&ours);
    return 0;
}

int
cl_launcher_start(struct cloche_engine *engine, uint32_t zygote_id, const struct cl_plan *plan,
                  int channel_end, struct cloche_error *err)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(CL_PACKET_MAX);
    size_t start = cl_frame_begin(&b, CL_MSG_START);
    (void)cl_buf_u32(&b, zygote_id); /* sticky */
    cl_plan_encode(plan, &b);
    cl_frame_end(&b, start);
    if (engine->launcher_fd < 0) {
        return cl_fail(err, CLOCHE_ESYS, "the launcher is gone");
    }
    return cl_channel_send_buf(engine->launcher_fd, &b, &channel_end, 1, err);
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
    if (zygote == NULL) {
        return; /* forgotten meanwhile */
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
    case CL_MSG_ZYGOTE_EXITED:
        (void)cl_fail(&err, CLOCHE_ESYS, "the interpreter ended (status 0x%x)", cl_read_u32(r));
        cl_zygote_failed(zygote, &err);
        break;
    default: break; /* the table has no other from the launcher */
    }
}

void
cl_launcher_event(struct cloche_engine *engine)
{
    cl_autofree unsigned char *packet = malloc(CL_PACKET_MAX);
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    struct cloche_error err = {0};
    ptrdiff_t n = packet == NULL ? -1
                                 : cl_channel_recv(engine->launcher_fd, packet, CL_PACKET_MAX, fds,
                                                   &n_fds, &err);
    struct cl_reader r = CL_READER(packet, n > 0 ? n : 0);
    uint32_t len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    enum cl_state state = engine->is_launcher_ready ? CL_STATE_READY : CL_STATE_STARTING;
    if (n <= 0 ||
        cl_message_check(type, len, (unsigned)n_fds, CL_FROM_LAUNCHER, state, &err) < 0) {
        cl_drop_fd(&engine->launcher_fd); /* closing ends it, and with it all zygotes */
        if (engine->start_error.code == CLOCHE_OK) {
            (void)cl_fail(&engine->start_error, CLOCHE_ESYS, "the launcher ended: %s", err.msg);
        }
        cl_zygote_all_failed(engine, &engine->start_error);
    } else {
        handle_packet(engine, type, &r, fds, n_fds);
    }
    for (size_t i = 0; i < n_fds; i++) {
        cl_drop_fd(&fds[i]);
    }
    (void)pthread_cond_broadcast(&engine->changed);
}

void
cl_launcher_stop(struct cloche_engine *engine)
{
    cl_drop_fd(&engine->launcher_fd);
    if (engine->launcher_pid > 0) {
        while (waitpid(engine->launcher_pid, NULL, 0) < 0 && errno == EINTR) {
        }
        engine->launcher_pid = 0;
    }
}
