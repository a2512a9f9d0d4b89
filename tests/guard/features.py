# SPDX-License-Identifier: Apache-2.0
"""The table of docs/COMPARISON.md on what each takes: small programs, by level restricted
and by the peers that Debian 13 has.

    CLOCHE_BIN=build/bin/cloche /usr/bin/python3 tests/guard/features.py --cache DIR

"yes": it ran without an error.  peer.py has how each peer is set up.
"""
import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import peer

PYTHON = "/usr/bin/python3"
FEATURES = (
    ("an expression", "1 + 2 * 3"),
    ("f-string", "f'{7:>3}'"),
    ("list comprehension", "[x * 2 for x in [1, 2]]"),
    ("generator expression", "list(x for x in [1, 2])"),
    ("lambda", "(lambda x: x + 1)(2)"),
    ("walrus", "[y := 1, y]"),
    ("assignment, `for`, `while`", "n = 3\nfor i in [1]:\n    n = n + i\nwhile n:\n    n = n - 1"),
    ("augmented assignment of a name", "x = 1\nx += 1"),
    ("augmented assignment of an item", "x = [1]\nx[0] += 1"),
    ("unpacking with a star", "a, *b = [1, 2, 3]"),
    ("annotated assignment", "x: int = 1"),
    ("`def`, closure, `nonlocal`",
     "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n = n + 1\n        return n\n"
     "    return g\nf()()"),
    ("decorator", "def d(f):\n    return f\n@d\ndef g():\n    return 1\ng()"),
    ("generator with `yield`", "def g():\n    yield 1\nx = [i for i in g()]"),
    ("`try`, `except`, `raise from`",
     "try:\n    try:\n        1 / 0\n    except ZeroDivisionError as e:\n"
     "        raise ValueError('x') from e\nexcept ValueError:\n    pass"),
    ("`except*`", "try:\n    1 / 0\nexcept* ZeroDivisionError:\n    pass"),
    ("`class` with methods and inheritance",
     "class A:\n    def f(self):\n        return 1\nclass B(A):\n    def f(self):\n"
     "        return super().f() + 1\nB().f()"),
    ("`__init__`, `__add__`, `__enter__`",
     "class A:\n    def __init__(self, x):\n        self.x = x\n    def __add__(self, y):\n"
     "        return A(self.x + y.x)\n(A(1) + A(2)).x"),
    ("`with`",
     "class A:\n    def __enter__(self):\n        return self\n"
     "    def __exit__(self, *x):\n        return True\nwith A():\n    1 / 0"),
    ("`@dataclass`", "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\nA(1)"),
    ("`match` on values, sequences, mappings",
     "match [1, {'a': 2}]:\n    case [1, {'a': x}]:\n        pass"),
    ("`match` on classes of one's own or built in", "match 1:\n    case int():\n        pass"),
    ("`async def`", "async def f():\n    pass"),
    ("`import math`", "import math\nmath.pi"),
    ("`import os`", "import os"),
    ("a name with one underscore", "_x = 1"),
    ("`x.__class__`", "(1).__class__"),
    ("`str.format`", "'{}'.format(1)"),
    ("`getattr` of a plain name", "getattr('x', 'upper')()"),
    ("`eval`", "eval('1')"),
    ("`type(x)`", "type(1)"),
)
PEERS = {"RestrictedPython": ("python3-restrictedpython", "restricted"),
         "asteval": ("python3-asteval", "asteval"),
         "simpleeval": ("python3-simpleeval", "simpleeval")}


def is_taken(command):
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--cache", required=True)
    cache = options.parse_args().cache
    places = {name: (peer.fetch(cache, package), way) for name, (package, way) in PEERS.items()}
    titles = ["classroom"] + [f"{name} {(place / 'version').read_text()}"
                              for name, (place, _) in places.items()]
    print("| | " + " | ".join(titles) + " |")
    print("|---" * (len(titles) + 1) + "|")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "feature.py"
        for title, code in FEATURES:
            path.write_text(code)
            done = is_taken([os.environ["CLOCHE_BIN"], "run", "--json", "-p", "classroom",
                             str(path)])
            row = [json.loads(done.stdout)["outcome"] == "ok"]
            row += [is_taken([PYTHON, "-I", peer.__file__, str(place), str(path), way]).returncode
                    == 0 for place, way in places.values()]
            print(f"| {title} | " + " | ".join("yes" if taken else "no" for taken in row) + " |")


if __name__ == "__main__":
    main()
