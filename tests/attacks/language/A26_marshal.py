# SPDX-License-Identifier: Apache-2.0
"""marshal makes code out of bytes.

class: A26
effect: a code object
guard: builtins
"""
import marshal

leak(marshal.loads(marshal.dumps(compile("1", "", "eval"))))
