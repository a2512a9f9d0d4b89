/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/own.h"
#include "wire/channel.h"
#include "wire/message.h"

static int
open_pair(int type, int ends[2])
{
    return socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends);
}

static void
descriptors_arrive_open_and_close_on_exec(void **state)
{
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    char bytes[16];
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET, ends), 0);
    const int sent[] = {0, 1, 2};
    assert_int_equal(cl_channel_send(ends[0], "hello", 5, sent, 3, NULL), 0);
    assert_int_equal(cl_channel_recv(ends[1], bytes, sizeof bytes, got, &n_got, NULL), 5);
    assert_memory_equal(bytes, "hello", 5);
    assert_int_equal(n_got, 3);
    for (size_t i = 0; i < n_got; i++) {
        assert_int_equal(fcntl(got[i], F_GETFD), FD_CLOEXEC);
        (void)close(got[i]);
    }
    (void)close(ends[0]);
    assert_int_equal(cl_channel_recv(ends[1], bytes, sizeof bytes, got, &n_got, NULL), 0);
    (void)close(ends[1]);
}

/* The lowest free descriptor: it moves when one leaks. */
static int
next_descriptor(void)
{
    int fd = dup(0);
    (void)close(fd);
    return fd;
}

static void
a_cut_packet_is_an_error_and_leaks_no_descriptor(void **state)
{
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    char bytes[4];
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET, ends), 0);
    const int before = next_descriptor();
    const int sent[] = {0, 1};
    assert_int_equal(cl_channel_send(ends[0], "hello", 5, sent, 2, NULL), 0);
    assert_int_equal(cl_channel_recv(ends[1], bytes, sizeof bytes, got, &n_got, &err), -1);
    assert_int_equal(n_got, 0);
    assert_int_equal(err.code, CLOCHE_EINTERNAL);
    assert_int_equal(next_descriptor(), before);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void
more_descriptors_than_the_maximum_are_refused(void **state)
{
    int ends[2];
    int many[CL_MAX_FDS + 1] = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET, ends), 0);
    assert_int_equal(cl_channel_send(ends[0], "x", 1, many, CL_MAX_FDS + 1, NULL), -1);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void
a_peer_that_is_gone_is_an_error_and_no_signal(void **state)
{
    int ends[2];
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_STREAM, ends), 0);
    (void)close(ends[1]);
    assert_int_equal(cl_channel_send(ends[0], "x", 1, NULL, 0, &err), -1);
    assert_int_equal(err.sys, EPIPE);
    (void)close(ends[0]);
}

static void
nothing_there_is_told_from_the_end(void **state)
{
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    char byte;
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET | SOCK_NONBLOCK, ends), 0);
    assert_int_equal(cl_channel_recv(ends[1], &byte, 1, got, &n_got, &err), -1);
    assert_int_equal(err.sys, EAGAIN);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void
a_peer_that_left_something_unread_has_ended(void **state)
{
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    char byte = 'x';
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET, ends), 0);
    assert_int_equal(cl_channel_send(ends[1], &byte, 1, NULL, 0, NULL), 0);
    (void)close(ends[0]);
    assert_int_equal(cl_channel_recv(ends[1], &byte, 1, got, &n_got, &err), 0);
    (void)close(ends[1]);
}

static void
a_bounded_channel_waits_for_no_peer(void **state)
{
    static char much[1 << 20];
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_STREAM, ends), 0);
    assert_int_equal(cl_channel_bound(ends[0], 10, 10, &err), 0);
    assert_int_equal(cl_channel_recv(ends[0], much, 1, got, &n_got, &err), -1);
    assert_int_equal(err.sys, EAGAIN);
    assert_int_equal(cl_channel_send(ends[0], much, sizeof much, NULL, 0, &err), -1);
    assert_int_equal(err.sys, EAGAIN);
    (void)close(ends[0]);
    (void)close(ends[1]);
    assert_int_equal(cl_channel_bound(-1, 10, 10, &err), -1);
}

static void
an_ended_channel_has_ended_for_its_peer_whoever_has_a_copy(void **state)
{
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    char byte;
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET, ends), 0);
    int copy = dup(ends[0]);
    cl_channel_end(&ends[0]);
    assert_int_equal(ends[0], -1);
    assert_int_equal(cl_channel_recv(ends[1], &byte, 1, got, &n_got, NULL), 0);
    cl_channel_end(&ends[0]); /* nothing */
    (void)close(copy);
    (void)close(ends[1]);
}

static void
descriptors_without_room_are_an_error_and_the_bytes_are_there(void **state)
{
    struct rlimit limit;
    struct rlimit few;
    int ends[2];
    int got[CL_MAX_FDS];
    size_t n_got = 0;
    char byte = 'x';
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(open_pair(SOCK_SEQPACKET, ends), 0);
    assert_int_equal(cl_channel_send(ends[0], &byte, 1, ends, 2, NULL), 0);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    few = limit;
    few.rlim_cur = (rlim_t)ends[1] + 1;
    byte = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    ptrdiff_t n = cl_channel_recv(ends[1], &byte, 1, got, &n_got, &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_int_equal(n, -1);
    assert_int_equal(err.sys, EMFILE);
    assert_int_equal(err.code, CLOCHE_ESYS);
    assert_int_equal(n_got, 0);
    assert_int_equal(byte, 'x');
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void
a_failed_buffer_is_not_sent(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(2);
    int ends[2];
    char byte;
    (void)state;
    assert_int_equal(open_pair(SOCK_STREAM, ends), 0);
    (void)cl_buf_add_str(&b, "long");
    assert_int_equal(cl_channel_send_buf(ends[0], &b, NULL, 0, NULL), -1);
    assert_int_equal(recv(ends[1], &byte, 1, MSG_DONTWAIT), -1);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(descriptors_arrive_open_and_close_on_exec),
        cmocka_unit_test(a_cut_packet_is_an_error_and_leaks_no_descriptor),
        cmocka_unit_test(more_descriptors_than_the_maximum_are_refused),
        cmocka_unit_test(a_peer_that_is_gone_is_an_error_and_no_signal),
        cmocka_unit_test(nothing_there_is_told_from_the_end),
        cmocka_unit_test(a_peer_that_left_something_unread_has_ended),
        cmocka_unit_test(a_bounded_channel_waits_for_no_peer),
        cmocka_unit_test(an_ended_channel_has_ended_for_its_peer_whoever_has_a_copy),
        cmocka_unit_test(descriptors_without_room_are_an_error_and_the_bytes_are_there),
        cmocka_unit_test(a_failed_buffer_is_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
