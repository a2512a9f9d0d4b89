# SPDX-License-Identifier: Apache-2.0
"""The error that was the cause, by names put together.

class: A8
effect: a frame
guard: builtins types
"""
try:
    try:
        {}["x"]
    except KeyError as inner:
        raise ValueError from inner
except ValueError as e:
    at = e
    for name in ("cause", "traceback"):
        at = getattr(at, f"__{name}__")
    leak(getattr(at, "tb" + "_frame"))
