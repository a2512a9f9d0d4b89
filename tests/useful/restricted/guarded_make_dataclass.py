# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Dataclasses made at run time, from plain names.
from dataclasses import field, make_dataclass

Point = make_dataclass("Point", ["x", ("y", int), ("z", int, field(default=0))])
print(Point(1, 2), Point(1, 2) == Point(1, 2, 0))
