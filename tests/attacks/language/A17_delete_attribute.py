# SPDX-License-Identifier: Apache-2.0
"""del of an attribute.

class: A17
effect: a function of a library module is gone
guard: modules
"""
import bisect

del bisect.bisect
try:
    bisect.bisect
except AttributeError:
    leak(leak)
