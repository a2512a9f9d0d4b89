# SPDX-License-Identifier: Apache-2.0
"""One operation of the interpreter that takes minutes: no count of operations sees it.

class: C1
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
print(len(str(7 ** (7 ** 9))))
