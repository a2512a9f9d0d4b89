# SPDX-License-Identifier: Apache-2.0
"""A name from bytes.

class: A2
effect: one's own namespace
guard: builtins types
"""
import base64


def f():
    pass


leak(getattr(f, base64.b64decode(b"X19nbG9iYWxzX18=").decode()))
