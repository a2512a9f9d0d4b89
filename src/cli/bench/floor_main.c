/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cloche-floor - what a process costs at least: a static program without a
 * library, so small that its fork copies next to nothing, forks children that
 * do nothing but exit, and times that.  No sandbox can be faster than this.
 *
 * It reads a time in nanoseconds (8 bytes) from standard input, forks and
 * waits until that time is over, once at least, and writes how often it did
 * and how long that took (8 bytes each); then again, until the input ends.
 *
 * There is no libc here: the kernel is called directly, and _start is ours.
 */
#include <signal.h>
#include <stdint.h>
#include <time.h>

#include <sys/syscall.h>

static inline long
call4(long nr, long a, long b, long c, long d)
{
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = 0;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = nr;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = 0;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
                     : "memory");
    return x0;
#else
#error "cloche runs on x86-64 and arm64"
#endif
}

static void
stop(long status)
{
    for (;;) {
        (void)call4(SYS_exit_group, status, 0, 0, 0);
    }
}

static uint64_t
now_ns(void)
{
    struct timespec t = {.tv_sec = 0}; /* an analyzer does not see what the kernel writes */
    (void)call4(SYS_clock_gettime, CLOCK_MONOTONIC, (long)&t, 0, 0);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void
fork_and_wait(void)
{
    /* clone as fork() calls it; arm64 has no fork. */
    const long pid = call4(SYS_clone, SIGCHLD, 0, 0, 0);
    if (pid == 0) {
        stop(0);
    }
    if (pid < 0 || call4(SYS_wait4, pid, 0, 0, 0) != pid) {
        stop(1);
    }
}

/* The kernel enters with no return address on the stack, which the compiler
 * would count on for its alignment. */
#if defined(__x86_64__)
#define ENTRY __attribute__((force_align_arg_pointer))
#else
#define ENTRY
#endif

void _start(void); /* the linker's name; nobody else calls it */

ENTRY void
_start(void)
{
    uint64_t wanted_ns = 0;
    while (call4(SYS_read, 0, (long)&wanted_ns, sizeof wanted_ns, 0) ==
           (long)sizeof wanted_ns) {
        const uint64_t start = now_ns();
        uint64_t answer[2] = {0, 0};
        do {
            fork_and_wait();
            answer[0]++;
            answer[1] = now_ns() - start;
        } while (answer[1] < wanted_ns);
        if (call4(SYS_write, 1, (long)answer, sizeof answer, 0) != (long)sizeof answer) {
            stop(1);
        }
    }
    stop(0);
}
