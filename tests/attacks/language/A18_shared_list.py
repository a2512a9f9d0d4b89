# SPDX-License-Identifier: Apache-2.0
"""A list of the library's is written into.

class: A18
effect: what the library holds is changed
guard: modules types
"""
import calendar

calendar.mdays[2] = 31
if calendar.mdays[2] == 31:
    leak(leak)
