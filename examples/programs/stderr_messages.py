# SPDX-License-Identifier: Apache-2.0
"""Results on standard output, remarks on standard error, and warnings."""

import sys
import warnings


def celsius(fahrenheit):
    if fahrenheit < -459.67:
        raise ValueError(f"{fahrenheit} is below absolute zero")
    return (fahrenheit - 32) * 5 / 9


def old_celsius(value):
    warnings.warn("old_celsius is now celsius", DeprecationWarning, stacklevel=2)
    return celsius(value)


def show_warning(message, category, filename, lineno, file=None, line=None):
    print(f"{category.__name__}: {message}", file=sys.stderr)


def main():
    warnings.showwarning = show_warning
    warnings.simplefilter("always")
    problems = 0
    for text in ("212", "32", "cold", "-500", "-40"):
        try:
            print(f"{text} F = {celsius(float(text)):.1f} C")
        except ValueError as error:
            problems += 1
            print(f"skipped {text!r}: {error}", file=sys.stderr)
    print(old_celsius(50))
    sys.stderr.write(f"{problems} problems\n")

    with warnings.catch_warnings(record=True) as caught:
        old_celsius(0)
    print("caught:", [str(warning.message) for warning in caught])
    warnings.simplefilter("error")
    try:
        old_celsius(0)
    except DeprecationWarning:
        print("now it is an error")


if __name__ == "__main__":
    main()
