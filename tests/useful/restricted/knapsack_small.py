# SPDX-License-Identifier: Apache-2.0
# profile: page
# What to take along.
items = [("map", 9, 150), ("compass", 13, 35), ("water", 23, 200), ("sandwich", 10, 160), ("cheese", 4, 30)]


def best(capacity):
    table = {0: (0, ())}
    for name, weight, value in items:
        for w, (v, names) in list(table.items()):
            if w + weight <= capacity:
                now = (v + value, names + (name,))
                table[w + weight] = max(table.get(w + weight, (0, ())), now)
    return max(table.values())


print(best(30), best(45))
