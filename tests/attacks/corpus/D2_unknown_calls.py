# SPDX-License-Identifier: Apache-2.0
"""Numbers that are no calls, and calls newer than the filter: what must neither end the run
nor be let through.

class: D2
effect: such a call has a result
always: the filter's default is ENOSYS; what no kernel has, has no result without it either
"""
answers = set()
for number in [*range(600, 700), 1023, 4095, 1 << 20]:
    r = sysc(number, 0, 0, 0, 0, 0, 0)
    answers.add(r)
    if r >= 0:
        gain(f"call {number} gave {r}")
print(answers)
if answers - {-errno.ENOSYS, -errno.EPERM}:
    gain(f"answers {answers}")
