# SPDX-License-Identifier: Apache-2.0
"""doctest executes what docstrings say.

class: A27
effect: open, by code in a text
guard: builtins
"""
"""
>>> leak(open)
"""
import doctest

test = doctest.DocTestParser().get_doctest(">>> leak(open)\n", {"leak": leak}, "x", None, 0)
out = []
doctest.DocTestRunner(verbose=False).run(test, out=out.append)
print("".join(out))
