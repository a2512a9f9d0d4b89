# SPDX-License-Identifier: Apache-2.0
# profile: page
# Positions of a class pattern, by __match_args__.
class Move:
    __match_args__ = ("dx", "dy")

    def __init__(self, dx, dy):
        self.dx, self.dy = dx, dy


def go(m):
    match m:
        case Move(0, 0):
            return "stay"
        case Move(0, dy):
            return f"vertical {dy}"
        case Move(dx, dy=0):
            return f"horizontal {dx}"
        case Move(dx, dy):
            return f"{dx}:{dy}"


print([go(m) for m in (Move(0, 0), Move(0, 2), Move(3, 0), Move(1, 1))])
