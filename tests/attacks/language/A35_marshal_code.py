# SPDX-License-Identifier: Apache-2.0
"""Code made of bytes that were changed.

class: A35
effect: a code object
guard: builtins
"""
import marshal

data = marshal.dumps(compile("a_name", "x", "eval")).replace(b"a_name", b"leak_n")
leak(marshal.loads(data))
