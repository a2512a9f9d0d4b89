# SPDX-License-Identifier: Apache-2.0
"""What `with` can do: undo, nest, silence, redirect, and clean up in order."""

import io
import os
from contextlib import ExitStack, chdir, contextmanager, redirect_stdout, suppress
from pathlib import Path
from tempfile import TemporaryDirectory


class Transaction:
    """Changes to a dictionary that are undone if the block fails."""

    def __init__(self, data):
        self.data = data

    def __enter__(self):
        self.before = dict(self.data)
        return self.data

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            self.data.clear()
            self.data.update(self.before)
            print("undone:", error)
        return kind is ValueError


class Document:
    """Prints elements that are indented by how deep they stand."""

    def __init__(self):
        self.depth = 0

    @contextmanager
    def element(self, name):
        print("  " * self.depth + f"<{name}>")
        self.depth += 1
        try:
            yield self.depth
        finally:
            self.depth -= 1
            print("  " * self.depth + f"</{name}>")


def main():
    accounts = {"ana": 50, "ben": 20}
    with Transaction(accounts) as data:
        data["ana"] -= 80
        if data["ana"] < 0:
            raise ValueError("ana has not enough")
    print(accounts)

    document = Document()
    with document.element("page"), document.element("list") as depth:
        print("depth", depth)
    with suppress(KeyError, ZeroDivisionError):
        print({}["missing"])
    with redirect_stdout(io.StringIO()) as heard:
        print("nobody sees this")
    print("heard:", heard.getvalue().strip().upper())

    with ExitStack() as stack:
        for number in range(3):
            stack.callback(print, "closing", number)
        stack.enter_context(document.element("inner"))
    with TemporaryDirectory() as name, chdir(name):
        Path("here.txt").write_text("x", encoding="utf-8")
        print(os.listdir())
    print("gone:", not Path(name).exists())


if __name__ == "__main__":
    main()
