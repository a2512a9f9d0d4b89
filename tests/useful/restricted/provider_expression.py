# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: a formula of the user's, computed without eval.
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|(\w+)|(.))")


class Parser:
    def __init__(self, text, names):
        self.tokens = [t for t in TOKEN.findall(text) if any(t)]
        self.names = names
        self.at = 0

    def peek(self):
        return self.tokens[self.at][2] if self.at < len(self.tokens) else ""

    def sum(self):
        value = self.product()
        while self.peek() in ("+", "-"):
            op = self.peek()
            self.at += 1
            other = self.product()
            value = value + other if op == "+" else value - other
        return value

    def product(self):
        value = self.atom()
        while self.peek() in ("*", "/"):
            op = self.peek()
            self.at += 1
            other = self.atom()
            value = value * other if op == "*" else value / other
        return value

    def atom(self):
        number, name, sign = self.tokens[self.at]
        self.at += 1
        if sign == "(":
            value = self.sum()
            self.at += 1
            return value
        return float(number) if number else self.names[name]


print(Parser("price * (1 + vat)", {"price": 10, "vat": 0.5}).sum())
print(Parser("2 * 3 + 4 * 5 - 1", {}).sum())
