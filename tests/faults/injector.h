/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the Nth system call of one of cloche's processes fail, once.
 *
 * injector_run traces a child of the calling process and all below it, tells
 * them apart by how they came about, and counts their system calls.  The child
 * runs the test and says when which call is to fail, through memory that both
 * have.  The call is not made: it returns the errno.
 *
 * It also keeps account of the calls that confine (ids, namespaces, mounts,
 * capabilities, limits, Landlock, seccomp).  Code in a cell makes a mark
 * (INJECTOR_MARK as Python); then every such call that succeeded for the cell
 * and its zygote in an undisturbed run must have succeeded for these too.
 */
#ifndef FAULTS_INJECTOR_H
#define FAULTS_INJECTOR_H

/* Whose calls.  A launcher's child is SETUP until it has become a zygote. */
enum injector_role {
    INJECTOR_BROKER, /* the process with the library, all of its threads */
    INJECTOR_LAUNCHER,
    INJECTOR_SETUP,
    INJECTOR_ZYGOTE,
    INJECTOR_INIT,
    INJECTOR_CELL, /* until it waits for its job */
    INJECTOR_ROLES,
};

/* Python that the tracer notices. */
#define INJECTOR_MARK                                                                      \
    "try: __import__('os').lseek(24301, 24301, 0)\n"                                       \
    "except OSError: pass\n"

/*
 * Fork, call test(ctx) in the child, and trace until it ends.  The calling
 * process must have no other children.  Returns the child's exit status, 255 if
 * it did not exit by itself.
 */
int injector_run(int (*test)(void *ctx), void *ctx);

/* In the child: the at-th call (from 1) of a role that is made from now on
 * fails, with the first or the second (0, 1) errno that is plausible for it;
 * 0: none, calls are only counted. */
void injector_arm(enum injector_role role, unsigned at, int which);

/* In the child: no call fails from now on.  Returns whether one has failed. */
int injector_disarm(void);

/* In the child, after injector_disarm: what failed, such as "openat: EMFILE". */
const char *injector_what(void);

/* In the child: how many calls of a role were made since injector_arm. */
unsigned injector_count(enum injector_role role);

/* In the child: take the next mark as that of an undisturbed run. */
void injector_learn(void);

/* In the child: marks so far, and what was missing at one of them ("": nothing). */
unsigned injector_marks(void);
const char *injector_missing(void);

/* For messages. */
const char *injector_role_name(enum injector_role role);

#endif
