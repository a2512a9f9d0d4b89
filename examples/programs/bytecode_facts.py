# SPDX-License-Identifier: Apache-2.0
"""What the compiler made of functions: names, constants, jumps, and tokens."""

import dis
import io
import keyword
import tokenize

RATE = 0.19


def gross(net):
    bonus = 5
    return round(net * (1 + RATE) + bonus, 2)


def adder(n):
    def add(x):
        return x + n

    return add


def squares(limit):
    for n in range(limit):
        yield n * n


def names_read(function):
    """Globals and built-ins that a function looks up."""
    steps = dis.get_instructions(function)
    return sorted({step.argval for step in steps if step.opname.startswith("LOAD_GLOBAL")})


def describe(function):
    code = function.__code__
    kinds = {0x20: "generator", 0x10: "nested", 0x04: "varargs"}
    return {
        "arguments": code.co_varnames[: code.co_argcount],
        "locals": code.co_varnames[code.co_argcount :],
        "free": code.co_freevars,
        "flags": [name for flag, name in kinds.items() if code.co_flags & flag],
    }


def main():
    for function in (gross, adder, adder(3), squares):
        print(function.__name__, describe(function))
    print("reads:", names_read(gross), names_read(squares))
    print("closure:", adder(3).__closure__[0].cell_contents)
    names = [step.opname for step in dis.get_instructions(squares)]
    print(
        "yields:", "YIELD_VALUE" in names, "| loops:", any("JUMP" in name for name in names)
    )
    text = io.StringIO()
    dis.dis(gross, file=text)
    print("readable:", "RATE" in text.getvalue() and "round" in text.getvalue())

    source = "if total >= 10:  # enough\n    print(f'{total}')\n"
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.COMMENT):
            is_keyword = keyword.iskeyword(token.string)
            kind = "KEYWORD" if is_keyword else tokenize.tok_name[token.type]
            if token.start[0] == 1:
                print(f"{kind:8} {token.string!r} at {token.start[1]}")


if __name__ == "__main__":
    main()
