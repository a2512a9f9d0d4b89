/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CL_CLI_RUN_VERDICT_H
#define CL_CLI_RUN_VERDICT_H

#include <cloche/cloche.h>

#include "cli/run/sink.h"

/*
 * cli_verdict_tell - tell on standard error how a run ended: its traceback,
 * what was refused (when that ended it, or is_verbose), and the verdict in one
 * line.  A signature that does not count is told of, and with is_verbose one
 * that does.  Nothing else when it ended well.
 */
void cli_verdict_tell(const struct cloche_result *result, int is_verbose,
                      struct cli_sink *sink);

#endif
