/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls as no library makes them, for attacks that Python loads by
 * ctypes: through the 32-bit gate, and with all 64 bits of every argument.
 * Knows nothing of what is called.
 */
long cl_attack_int80(unsigned nr, unsigned a, unsigned b, unsigned c);
long cl_attack_syscall(unsigned long nr, unsigned long a, unsigned long b, unsigned long c,
                       unsigned long d);

enum { NO_SUCH_DOOR = -38 };

long
cl_attack_int80(unsigned nr, unsigned a, unsigned b, unsigned c)
{
#if defined(__x86_64__)
    int result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(nr), "b"(a), "c"(b), "d"(c)
                     : "memory", "r8", "r9", "r10", "r11");
    return result;
#else
    (void)nr, (void)a, (void)b, (void)c;
    return NO_SUCH_DOOR;
#endif
}

long
cl_attack_syscall(unsigned long nr, unsigned long a, unsigned long b, unsigned long c,
                  unsigned long d)
{
#if defined(__x86_64__)
    long result;
    register unsigned long r10 __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
#else
    (void)nr, (void)a, (void)b, (void)c, (void)d;
    return NO_SUCH_DOOR;
#endif
}
