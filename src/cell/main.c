/* SPDX-License-Identifier: Apache-2.0 */
/* cloche-zygote as a program of its own, linked to libpython. */
#include "cell/zygote.h"

int
main(void)
{
    return cl_zygote_main();
}
