/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The strings of a policy: what is a name, a directory, a host, and which of
 * two such strings says more.
 */
#ifndef CL_POLICY_ITEM_H
#define CL_POLICY_ITEM_H

#include <stddef.h>

enum cl_item {
    CL_ITEM_MODULE,      /* json, os.path */
    CL_ITEM_OFFERED,     /* a module that level restricted offers */
    CL_ITEM_FUNCTION,    /* add */
    CL_ITEM_BUILTIN,     /* a name of CPython's builtins */
    CL_ITEM_NODE,        /* a class of CPython's ast */
    CL_ITEM_HOST_NAME,   /* document.title */
    CL_ITEM_ENV,         /* LANG */
    CL_ITEM_DIR,         /* /srv/data; normalised */
    CL_ITEM_FILE,        /* ops.pub, keys/ops.pub, /etc/cloche/ops.pub */
    CL_ITEM_HOST,        /* a pattern of host.h; in lower case */
    CL_ITEM_REQUIREMENT, /* pandas>=2,<3 */
    CL_ITEM_PROFILE,     /* lesson, lesson-2 */
};

enum { CL_ITEM_MAX = 4096 }; /* bytes of an item, with its NUL */

/*
 * cl_item_read - check an item and write its one normal form to out.
 *
 * Returns NULL, or what is wrong with it: "has '..' in it".
 */
const char *cl_item_read(enum cl_item item, const char *text, char out[CL_ITEM_MAX]);

/* "an absolute directory such as /srv/data" */
const char *cl_item_expected(enum cl_item item);

/* The known name that is nearest, or NULL. */
const char *cl_item_nearest(enum cl_item item, const char *text);

/*
 * cl_item_meet - what both a and b allow, as an item: for directories the
 * deeper one, for hosts the narrower, else the same string.  Both are in
 * normal form.  Returns 0 when there is nothing.
 */
int cl_item_meet(enum cl_item item, const char *a, const char *b, char out[CL_ITEM_MAX]);

/*
 * cl_item_wider - the i-th of the items that are wider than text: for
 * directories those above it, for hosts every pattern that includes it.
 * Returns 0 when there is none left.
 */
int cl_item_wider(enum cl_item item, const char *text, size_t i, char out[CL_ITEM_MAX]);

#endif
