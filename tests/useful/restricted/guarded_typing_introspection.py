# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# What type hints say, of plain annotations.
import typing


def f(a: int, b: "str" = "x") -> list[int]: ...


print(typing.get_type_hints(f), typing.ForwardRef("int"), typing.get_overloads(f))
