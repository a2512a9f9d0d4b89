/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche version`. */
#include <cloche/cloche.h>

#include "cli/args.h"
#include "cli/json.h"
#include "cli/output.h"

int
cli_version_main(struct cli_args *args)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    const int status = cli_args_parse(args, cli_args_none, NULL);

    if (status >= 0) {
        return status;
    }
    if (args->is_json) {
        (void)cl_buf_add_str(&out, "{\"version\": ");
        cli_json_string(&out, cloche_version());
        (void)cl_buf_add_str(&out, "}\n");
    } else {
        (void)cl_buf_printf(&out, "cloche %s\n", cloche_version());
    }
    return cli_print(&out);
}
