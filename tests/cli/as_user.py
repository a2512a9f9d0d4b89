# SPDX-License-Identifier: Apache-2.0
"""Run a test file as an ordinary user: give up root for good, then run it.

    as_user.py FILE [ARGUMENT...]

Exits with 77, a skip, when the caller is not root (as_self.py runs the file
as an ordinary user then) or when that user cannot reach the program.
"""
import os
import runpy
import sys

NOBODY = 65534


def main():
    if os.geteuid() != 0:
        print("skipped: not root; the other variant is the ordinary user's")
        return 77
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.umask(0o022)
    os.environ["HOME"] = "/nonexistent"
    os.environ.pop("XDG_CONFIG_HOME", None)
    program = os.environ.get("CLOCHE_BIN", "")
    for path in (program, sys.argv[1]):
        if not os.access(path, os.R_OK):
            print(f"skipped: user {NOBODY} cannot read {path}")
            return 77
    sys.argv = sys.argv[1:]
    sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
    runpy.run_path(sys.argv[0], run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
