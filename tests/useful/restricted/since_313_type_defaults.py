# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# since: 3.13
# Type parameters with defaults.
class Box[T = int]:
    def __init__(self, value: T) -> None:
        self.value = value


def call[**P = [int]](*args: P.args, **kwargs: P.kwargs) -> None:
    return None


def many[*Ts = *tuple[int, str]](*values: *Ts) -> int:
    return len(values)


print(Box(1).value, call(1), many(1, "a"))
