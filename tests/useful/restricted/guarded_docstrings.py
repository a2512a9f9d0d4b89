# SPDX-License-Identifier: Apache-2.0
# profile: page
# Docstrings, read by the program itself.
def area(r):
    """Area of a circle."""
    return 3.14 * r * r


class Shape:
    """Something with an outline."""

    def draw(self):
        """Show it."""


print(area.__doc__, Shape.__doc__, Shape.draw.__doc__, len.__name__)
