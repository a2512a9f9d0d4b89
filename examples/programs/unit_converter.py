# SPDX-License-Identifier: Apache-2.0
"""A command line with subcommands, options and checks, by argparse."""

import argparse

TO_METRES = {
    "mm": 0.001,
    "cm": 0.01,
    "m": 1.0,
    "km": 1000.0,
    "in": 0.0254,
    "ft": 0.3048,
    "mi": 1609.344,
}
TEMPERATURES = {"C": (1.0, 0.0), "F": (5 / 9, -160 / 9), "K": (1.0, -273.15)}


def positive(text):
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return value


def build_parser():
    parser = argparse.ArgumentParser(prog="convert", description=__doc__)
    parser.add_argument("-d", "--digits", type=int, default=2)
    parser.add_argument("-v", "--verbose", action="count", default=0)
    commands = parser.add_subparsers(dest="command", required=True)

    length = commands.add_parser("length")
    length.add_argument("values", type=positive, nargs="+")
    length.add_argument("--from", dest="source", choices=TO_METRES, default="m")
    length.add_argument("--to", dest="target", choices=TO_METRES, default="ft")
    length.set_defaults(run=convert_length)

    heat = commands.add_parser("heat")
    heat.add_argument("values", type=float, nargs="+")
    heat.add_argument("--from", dest="source", choices=TEMPERATURES, default="C")
    heat.add_argument("--to", dest="target", choices=TEMPERATURES, default="F")
    heat.set_defaults(run=convert_heat)
    return parser


def convert_length(value, source, target):
    return value * TO_METRES[source] / TO_METRES[target]


def convert_heat(value, source, target):
    factor, offset = TEMPERATURES[source]
    celsius = value * factor + offset
    factor, offset = TEMPERATURES[target]
    return (celsius - offset) / factor


def main(arguments=None):
    options = build_parser().parse_args(arguments)
    if options.verbose:
        print(f"{options.command}: {options.source} to {options.target}")
    for value in options.values:
        result = options.run(value, options.source, options.target)
        print(f"{value:g} {options.source} = {result:.{options.digits}f} {options.target}")


if __name__ == "__main__":
    main()
    main(["--digits", "1", "heat", "--from", "F", "--to", "K", "--", "-40", "212"])
