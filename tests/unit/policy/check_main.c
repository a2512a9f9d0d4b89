/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library says of policy files, for test_schema.py: a line for each
 * file named, "ok" or "no" and the message.  Without a file, the schema.
 */
#include <stdio.h>

#include <cloche/cloche.h>

int
main(int argc, char **argv)
{
    if (argc < 2) {
        return fputs(cloche_policy_schema(), stdout) < 0;
    }
    for (int i = 1; i < argc; i++) {
        struct cloche_policy *policy = NULL;
        struct cloche_error err = {0};
        if (cloche_policy_load(argv[i], &policy, NULL, &err) == 0) {
            puts("ok");
            cloche_policy_unref(policy);
        } else {
            printf("no %s\n", err.msg);
        }
    }
    return 0;
}
