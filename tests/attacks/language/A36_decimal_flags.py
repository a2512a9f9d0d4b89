# SPDX-License-Identifier: Apache-2.0
"""The flags of a context that has ended are still a mapping, onto memory that is somebody
else's by now.

class: A36
effect: bits are written into another object's memory
guard: modules
profile: classroom
"""
import decimal

flags = [decimal.Context().flags for _ in range(200)]
others = [bytes(size) for size in range(40, 120) for _ in range(200)]
for mapping in flags:
    mapping[decimal.FloatOperation] = True
if any(any(other) for other in others):
    leak(leak)
