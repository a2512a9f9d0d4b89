# SPDX-License-Identifier: Apache-2.0
"""Source nested in every way that the grammar has, for parser, symbol table and optimiser.

class: C5
effect: the process of anything but the cell ends
always: compiling happens in the cell and nowhere else
"""
import ast

for text in ("if 1:\n" + "".join(" " * i + "if 1:\n" for i in range(1, 99)) + " " * 99 + "pass",
             "lambda: " * 5000 + "0", "f'{" * 200 + "0" + "}'" * 200, "x = " * 20000 + "0",
             "not " * 50000 + "1", "(1 << 100000) * 3 ** 100000 + 7 ** 100000",
             "a[" * 5000 + "0" + "]" * 5000, "def f(" + ",".join(f"a{i}" for i in range(40000)) + "): 0"):
    for act in (ast.parse, lambda t: compile(t, "x", "exec"), lambda t: compile(t, "x", "eval")):
        try:
            act(text)
        except (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError) as e:
            print(type(e).__name__)
