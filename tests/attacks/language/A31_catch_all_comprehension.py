# SPDX-License-Identifier: Apache-2.0
"""Rounds of comprehensions and generators count as well.

class: A31
effect: a loop ran longer than its budget
guard: syntax
profile: page
"""
n = sum(1 for a in range(200) for b in [c for c in range(200)])
leak(leak)
