/* SPDX-License-Identifier: Apache-2.0 */
#include "guard/cost.h"
int
cl_cost_install(void)
{
    return 0;
}
void
cl_cost_begin(uint64_t l)
{
    (void)l;
}
void
cl_cost_end(void)
{
}
