# SPDX-License-Identifier: Apache-2.0
"""Work on Python's own syntax trees: fold constants, find names that nobody uses."""

import ast

SOURCE = """
import os, json
from math import sqrt as root

SECONDS = 60 * 60 * 24

def used(a, b=2, *rest):
    for x in rest:
        if x > a and x < b or not x:
            return x
    return root(a) + SECONDS * (2 + 3)

def unused(n):
    while n:
        n -= 1
    return json.dumps("text" + "more")

print(used(1, -(-3)))
"""


class Folder(ast.NodeTransformer):
    """Works out arithmetic on constants."""

    OPERATORS = {ast.Add: lambda a, b: a + b, ast.Mult: lambda a, b: a * b,
                 ast.Sub: lambda a, b: a - b}  # fmt: skip

    def visit_BinOp(self, node):
        self.generic_visit(node)
        function = self.OPERATORS.get(type(node.op))
        match node:
            case ast.BinOp(ast.Constant(left), _, ast.Constant(right)) if function:
                return ast.copy_location(ast.Constant(function(left, right)), node)
        return node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            return ast.copy_location(ast.Constant(-node.operand.value), node)
        return node


def names(tree, context):
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in found if isinstance(node.ctx, context)}


def main():
    tree = ast.parse(SOURCE)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    read = names(tree, ast.Load)
    print("unused:", sorted(imported - read), sorted(functions - read))

    folded = ast.fix_missing_locations(Folder().visit(tree))
    print(ast.unparse(folded))
    exec(compile(folded, "<folded>", "exec"), {})
    print(ast.literal_eval("{'a': [1, (2, None)], 'b': -3.5}"))
    for text in ("__import__('os')", "1 +"):
        try:
            ast.literal_eval(text)
        except (ValueError, SyntaxError) as error:
            print("refused:", text, type(error).__name__)


if __name__ == "__main__":
    main()
