# SPDX-License-Identifier: Apache-2.0
"""Functions whose examples are their tests.

>>> slug("Déjà vu, again!")
'deja-vu-again'
"""

import doctest
import re
import sys
import unicodedata


def slug(title):
    """A title as a part of an address.

    >>> slug("  Ten  Green Bottles ")
    'ten-green-bottles'
    >>> slug("???")
    Traceback (most recent call last):
        ...
    ValueError: nothing is left of '???'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    if not words:
        raise ValueError(f"nothing is left of {title!r}")
    return "-".join(words)


def chunks(items, size):
    """Lists of that size; the last may be shorter.

    >>> list(chunks(range(5), 2))
    [[0, 1], [2, 3], [4]]
    >>> list(chunks([], 3))
    []
    >>> list(chunks("abc", 1))  # doctest: +NORMALIZE_WHITESPACE
    [['a'],   ['b'],
     ['c']]
    """
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


def wrong(number):
    """An example that does not hold, to see it found.

    >>> wrong(2)
    5
    """
    return number * 2


def main():
    finder = doctest.DocTestFinder()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    report = []
    tests = finder.find(sys.modules[__name__], "examples")
    for test in sorted(tests, key=lambda test: test.name):
        if test.examples:
            result = runner.run(test, out=report.append)
            print(f"{test.name}: {result.attempted} tried, {result.failed} failed")
    expected = "".join(report).split()
    start = expected.index("Expected:")
    print(*expected[start : start + 4])
    del wrong.__doc__
    print("without it:", doctest.testmod().failed, "failed")


if __name__ == "__main__":
    main()
