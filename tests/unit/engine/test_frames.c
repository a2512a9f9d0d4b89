/* SPDX-License-Identifier: Apache-2.0 */
/* A cell's frames as they come: in pieces, together, and to a reader with other things to
 * do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/own.h"
#include "engine/frames.h"
#include "engine/zygote.h"
#include "policy/effective.h"
#include "wire/frame.h"

/* A run whose cell is the other end of a socket. */
struct fixture {
    struct cl_effective effective;
    struct cloche_engine engine;
    struct cl_zygote zygote;
    struct cl_cell cell;
    struct cloche_run run;
    int cell_end;
};

static void
begin(struct fixture *f)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    *f = (struct fixture){.cell_end = ends[1]};
    f->effective.limit[CL_LIMIT_RESULT] = 1 << 20;
    f->cell = (struct cl_cell){.channel_fd = ends[0],
                               .state = CL_STATE_RUNNING,
                               .zygote = &f->zygote,
                               .pidfd = -1,
                               .init_pidfd = -1,
                               .leaf_fd = -1};
    cl_ears_init(&f->cell.ears);
    f->zygote.engine = &f->engine;
    assert_int_equal(pthread_mutex_init(&f->engine.lock, NULL), 0);
    f->run.cell = &f->cell;
    assert_int_equal(cl_result_init(&f->run.result, NULL), 0);
    f->run.result.effective = &f->effective;
}

static void
end(struct fixture *f)
{
    f->run.result.effective = NULL;
    cl_result_fini(&f->run.result);
    cl_own_close(&f->cell.channel_fd);
    cl_own_close(&f->cell_end);
}

/* Frames of DISPLAYs with so many bytes each. */
static void
send_displays(const struct fixture *f, const size_t *sizes, size_t count)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(1 << 20);
    static const char bytes[4096];
    for (size_t i = 0; i < count; i++) {
        size_t start = cl_frame_begin(&b, CL_MSG_DISPLAY);
        assert_int_equal(cl_buf_add(&b, bytes, sizes[i]), 0);
        cl_frame_end(&b, start);
    }
    assert_int_equal(send(f->cell_end, b.data, b.len, 0), (ssize_t)b.len);
}

/* The socket tells only of what is still in it: whatever was taken out must be read to
 * its end, though it be more than was asked for. */
static void
nothing_is_left_that_the_socket_does_not_tell_of(void **state)
{
    (void)state;
    for (size_t first = 1; first <= 1500; first += 7) {
        for (size_t most = 1; most <= first + 40; most += 97) {
            struct fixture f;
            char byte;
            begin(&f);
            size_t sizes[] = {first, 20, 20};
            send_displays(&f, sizes, CL_COUNT(sizes));
            for (int turn = 0;
                 recv(f.cell.channel_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1; turn++) {
                assert_true(turn < 2000); /* each takes something */
                cl_run_read_channel(&f.run, most);
            }
            assert_int_equal(f.run.result.n_displays, CL_COUNT(sizes));
            assert_int_equal(f.run.result.display_bytes[0], first);
            assert_int_equal(f.run.stop, CL_STOP_NONE);
            end(&f);
        }
    }
}

/* One byte at a time, and frames that begin in the middle of what is read. */
static void
frames_come_in_any_pieces(void **state)
{
    static const unsigned char frames[] = {6, 0, 0, 0, CL_MSG_DISPLAY, 1, 2, 3, 4, 5,
                                           3, 0, 0, 0, CL_MSG_DISPLAY, 6, 7};
    (void)state;
    for (size_t piece = 1; piece <= sizeof frames; piece++) {
        struct fixture f;
        begin(&f);
        for (size_t at = 0; at < sizeof frames; at += piece) {
            size_t n = sizeof frames - at < piece ? sizeof frames - at : piece;
            assert_int_equal(send(f.cell_end, frames + at, n, 0), (ssize_t)n);
            cl_run_read_channel(&f.run, SIZE_MAX);
        }
        assert_int_equal(f.run.result.n_displays, 2);
        assert_memory_equal(f.run.result.displays[0], "\1\2\3\4\5", 5);
        assert_memory_equal(f.run.result.displays[1], "\6\7", 2);
        end(&f);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_that_the_socket_does_not_tell_of),
        cmocka_unit_test(frames_come_in_any_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
