# SPDX-License-Identifier: Apache-2.0
# profile: page
# The usual last lines of a script.
"""A module with a docstring."""


def main():
    print("started as", __name__)
    return 0


if __name__ == "__main__":
    status = main()
    print("done", status)
