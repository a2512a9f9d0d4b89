# SPDX-License-Identifier: Apache-2.0
"""Read numbers; on a bad one leave with a message, and with the handlers run."""

import atexit
import sys


@atexit.register
def goodbye():
    print("closing the books")


def total(lines):
    amount = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            amount += int(line)
        except ValueError:
            # A text instead of a number: Python writes it to stderr and ends with 1.
            sys.exit(f"line {number}: {line.strip()!r} is not a whole number")
    return amount


def main():
    try:
        print("total:", total(sys.stdin))
    finally:
        print("the finally block ran")


if __name__ == "__main__":
    main()
