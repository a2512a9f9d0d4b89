/* SPDX-License-Identifier: Apache-2.0 */
/* bare.h - the attacks without any cell: a test's switch, which shows that the
 * demonstration sees effects.  A release build does not contain it. */
#ifndef CL_CLI_DEMO_BARE_H
#define CL_CLI_DEMO_BARE_H

#include "base/buf.h"
#include "cli/demo/watch.h"
#include "cli/failure.h"

/* Is $CLOCHE_DEMO_BARE set, in a build with CLOCHE_ABLATION?  Else 0. */
int cli_demo_bare_is_on(void);

/* The layers that $CLOCHE_ABLATE switches off in such a build, or "all" when
 * the attacks run bare; "" otherwise.  Lent. */
const char *cli_demo_layers_off(void);

/* Run code by /usr/bin/python3 as we are; what it prints is appended to out. */
int cli_demo_bare_run(const struct cl_buf *code, const char *told,
                      struct cli_demo_watch *watch, struct cl_buf *out,
                      struct cli_failure *f);

#endif
