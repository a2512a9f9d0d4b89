/* SPDX-License-Identifier: Apache-2.0 */
/* The engine that the tests of one program share.  Include it last, once. */
#ifndef CL_TEST_LIBRARY_GROUP_H
#define CL_TEST_LIBRARY_GROUP_H

#include "support.h"

enum { GROUP_SECONDS = 240 };

static struct cloche_engine *engine;

static int
set_up(void **state)
{
    (void)state;
    watchdog(GROUP_SECONDS);
    engine = engine_new();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    cloche_engine_free(engine);
    return 0;
}

#endif
