# SPDX-License-Identifier: Apache-2.0
# profile: page
# A turtle, without a screen: where it ends.
import math

x = y = heading = 0.0
path = []
for turn, steps in ((90, 3), (-90, 4), (45, math.sqrt(2)), (180, 1)):
    heading += turn
    x += steps * math.cos(math.radians(heading))
    y += steps * math.sin(math.radians(heading))
    path.append((round(x, 2) + 0, round(y, 2) + 0))
print(path, round(math.dist((0, 0), (x, y)), 3))
