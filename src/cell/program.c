/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cloche-zygote.so: the zygote inside the distribution's own python3.
 *
 * Debian and others build that program with optimisations that their libpython
 * has not, and export the C API from it.  The dynamic loader loads this object
 * before the program starts; here its start goes by, and the zygote's main takes
 * the place of Python's.  By the C library's own start, and not by a constructor:
 * that would run inside the loader, before the C library has set up the main
 * thread's end, and its return would start Python after all.
 *
 * Python runs our main or none.  Where the loader does not load the object (it
 * only warns), Python gets an argument that it refuses; see program.h.  What names
 * the object to the loader is gone before the first line of anybody else's.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cell/program.h"
#include "cell/zygote.h"

typedef int main_function(int argc, char **argv, char **envp);
typedef int start_function(main_function *, int argc, char **argv, void (*init)(void),
                           void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

/* The C library's name, by which the program's first instructions find it. */
__attribute__((visibility("default")))
start_function cl_program_start __asm__("__libc_start_main");

/* What is ours goes, also from the bytes that /proc/self/environ shows; what the
 * plan has to preload stays. */
static void
clean_environment(char **envp)
{
    static const char ours[] = CL_PROGRAM_PRELOAD CL_PROGRAM_OBJECT_PATH;
    const size_t name = sizeof CL_PROGRAM_PRELOAD - 1;
    size_t count = 0;
    while (envp[count] != NULL) {
        count++;
    }
    if (count < 2 || strcmp(envp[count - 2], CL_PROGRAM_BIND) != 0 ||
        strncmp(envp[count - 1], ours, sizeof ours - 1) != 0) {
        return; /* started by hand: the zygote says so */
    }
    char *text = envp[count - 1];
    size_t len = strlen(text);
    size_t rest = text[sizeof ours - 1] == ':' ? len - sizeof ours : 0;
    memset(envp[count - 2], 0, sizeof CL_PROGRAM_BIND);
    memmove(text + name, text + sizeof ours, rest);
    memset(rest > 0 ? text + name + rest : text, 0, len - (rest > 0 ? name + rest : 0));
    envp[count - 2] = rest > 0 ? text : NULL;
    envp[count - 1] = NULL;
}

static int
zygote_main(int argc, char **argv, char **envp)
{
    (void)argc;
    (void)argv;
    (void)envp;
    return cl_zygote_main();
}

int
cl_program_start(main_function *python_main, int argc, char **argv, void (*init)(void),
                 void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    void *found = dlsym(RTLD_NEXT, "__libc_start_main");
    start_function *start = NULL;
    (void)python_main; /* never called */
    _Static_assert(sizeof start == sizeof found, "POSIX: dlsym finds functions too");
    memcpy(&start, &found, sizeof start);
    clean_environment(argv + argc + 1);
    (void)close(CL_PROGRAM_OBJECT_FD); /* not open: started by hand */
    if (start == NULL) {
        static const char why[] = "cloche-zygote.so: an unknown C library\n";
        ssize_t n = write(2, why, sizeof why - 1);
        (void)n;
        _exit(125);
    }
    return start(zygote_main, argc, argv, init, fini, rtld_fini, stack_end);
}
