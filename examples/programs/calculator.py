# SPDX-License-Identifier: Apache-2.0
"""A calculator: a tokenizer and a recursive-descent parser, lines from standard input.

    sum      =  product { ("+" | "-") product }
    product  =  factor { ("*" | "/") factor }
    factor   =  "-" factor | atom [ "^" factor ]
    atom     =  number | name [ "(" sum ")" ] | "(" sum ")"
"""

import math
import operator
import re
import sys

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(.))")
FUNCTIONS = {"sqrt": math.sqrt, "sin": math.sin, "abs": abs}
BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


class Calculator:
    def __init__(self, names):
        self.names = names

    def run(self, line):
        self.tokens = [match.groups() for match in TOKEN.finditer(line.strip())][::-1]
        value = self.sum()
        if self.tokens:
            raise SyntaxError(f"unexpected {''.join(filter(None, self.tokens[-1]))!r}")
        return value

    def accept(self, signs):
        """Take the next token if it is one of these signs."""
        if self.tokens and (self.tokens[-1][2] or "end") in signs:
            return self.tokens.pop()[2]
        return None

    def chain(self, part, signs):
        value = part()
        while sign := self.accept(signs):
            value = BINARY[sign](value, part())
        return value

    def sum(self):
        return self.chain(self.product, "+-")

    def product(self):
        return self.chain(self.factor, "*/")

    def factor(self):
        if self.accept("-"):
            return -self.factor()
        value = self.atom()
        return value ** self.factor() if self.accept("^") else value

    def atom(self):
        number, name, sign = self.tokens.pop() if self.tokens else (None, None, "end")
        if number:
            return float(number)
        if name and not self.accept("("):
            return self.names[name]
        if not name and sign != "(":
            raise SyntaxError(f"a value expected, not {sign!r}")
        value = self.sum()
        if not self.accept(")"):
            raise SyntaxError("')' expected")
        return FUNCTIONS[name](value) if name else value


if __name__ == "__main__":
    calculator = Calculator({"pi": math.pi, "e": math.e})
    for text in sys.stdin:
        try:
            print(f"{text.strip()}  ->  {calculator.run(text):.10g}")
        except SyntaxError as error:
            print(f"{text.strip()}  ->  error: {error}")
        except (ArithmeticError, ValueError):
            print(f"{text.strip()}  ->  has no value")
        except KeyError as error:
            print(f"{text.strip()}  ->  unknown name {error}")
