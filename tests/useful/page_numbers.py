# SPDX-License-Identifier: Apache-2.0
"""page_numbers.py PROGRAM: what a program takes of profile page's numbers, as JSON on the
last line of stderr: rounds of all its loops, peak of Python's memory in bytes. A run deeper
than RECURSION below its first line ends in RecursionError.

Not the guard's own count: a plain one, so that the corpus can be checked without a guard.
"""

import ast
import builtins
import io
import json
import sys
import tracemalloc

import guarded

RECURSION = 100


class Counted(ast.NodeTransformer):
    """Loops that tell of each round."""

    def call(self, name, node):
        return ast.Call(ast.Name(name, ast.Load()), [node], [])

    def visit_While(self, node):
        self.generic_visit(node)
        tick = self.call("count_round__", ast.Constant(True))
        node.test = ast.BoolOp(ast.And(), [node.test, tick])
        return node

    def visit_For(self, node):
        self.generic_visit(node)
        node.iter = self.call("count_rounds__", node.iter)
        return node

    visit_comprehension = visit_For


def main():
    rounds = 0

    def count_round(value):
        nonlocal rounds
        rounds += 1
        return value

    def count_rounds(items):
        for item in items:
            yield count_round(item)

    builtins.count_round__ = count_round
    builtins.count_rounds__ = count_rounds
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        tree = ast.fix_missing_locations(Counted().visit(ast.parse(file.read())))
    code = compile(tree, path, "exec")
    for name in sorted(guarded.allowed("page", "modules")):
        __import__(name)
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.setrecursionlimit(RECURSION + 1)
    tracemalloc.start()
    exec(code, {"__name__": "__main__", "__builtins__": builtins})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(json.dumps({"rounds": rounds, "peak": peak}), file=sys.stderr)


main()
