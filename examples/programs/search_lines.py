# SPDX-License-Identifier: Apache-2.0
"""Search files as grep does: options and names in sys.argv, the answer in the status.

    search_lines [-i] [-n] [-v] [-c] PATTERN FILE...

Ends with 0 if a line was found, 1 if none was, 2 if it could not be tried.
"""

import getopt
import re
import sys


def matching(path, pattern, inverted):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if bool(pattern.search(line)) != inverted:
                yield number, line.rstrip("\n")


def main(arguments):
    try:
        options, names = getopt.gnu_getopt(arguments, "invc")
    except getopt.GetoptError as error:
        print(f"search_lines: {error}", file=sys.stderr)
        return 2
    flags = {option for option, _value in options}
    if len(names) < 2:
        print("search_lines: a pattern and a file expected", file=sys.stderr)
        return 2

    pattern = re.compile(names[0], re.IGNORECASE if "-i" in flags else 0)
    found = failed = False
    for name in names[1:]:
        try:
            lines = list(matching(name, pattern, "-v" in flags))
        except OSError as error:
            print(f"search_lines: {name}: {error.strerror}", file=sys.stderr)
            failed = True
            continue
        found |= bool(lines)
        prefix = f"{name}:" if len(names) > 2 else ""
        if "-c" in flags:
            print(f"{prefix}{len(lines)}")
            continue
        for number, line in lines:
            print(prefix + (f"{number}:" if "-n" in flags else "") + line)
    return 2 if failed else 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
