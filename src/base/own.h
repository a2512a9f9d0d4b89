/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cleanup at scope end.  Set at declaration, handed over with an explicit
 * take:
 *
 *     cl_autoclose int fd = open(...);
 *     ...
 *     out->fd = cl_take_fd(&fd);
 *
 * A cleanup runs when the variable's scope ends, by return, break or goto;
 * it does not run on longjmp or _exit.
 */
#ifndef CL_BASE_OWN_H
#define CL_BASE_OWN_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void
cl_own_free(void *p)
{
    free(*(void **)p);
}

static inline void
cl_own_close(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* never retried: the number may be somebody else's by then */
    }
}

static inline void
cl_own_fclose(FILE **f)
{
    if (*f != NULL) {
        (void)fclose(*f); /* only for files that were read; writers check it themselves */
    }
}

static inline int
cl_take_fd(int *fd)
{
    int taken = *fd;
    *fd = -1;
    return taken;
}

/* Close what is there, and leave -1. */
static inline void
cl_drop_fd(int *fd)
{
    cl_own_close(fd);
    *fd = -1;
}

static inline void *
cl_take_ptr_(void *p)
{
    void *taken = *(void **)p;
    *(void **)p = NULL;
    return taken;
}

#define cl_autofree __attribute__((cleanup(cl_own_free)))
#define cl_autoclose __attribute__((cleanup(cl_own_close)))
#define cl_autofclose __attribute__((cleanup(cl_own_fclose)))
#define cl_take_ptr(p) ((__typeof__(*(p)))cl_take_ptr_(p))

#define CL_COUNT(a) (sizeof(a) / sizeof((a)[0]))

#endif
