# SPDX-License-Identifier: Apache-2.0
# profile: page
# Conditions, chained comparisons, conditional expressions.
def grade(points):
    if not 0 <= points <= 100:
        return "?"
    if points >= 90:
        return "A"
    elif points >= 75:
        return "B"
    elif points >= 50:
        return "C"
    else:
        return "F"


print([grade(p) for p in (95, 80, 60, 10, 101)])
x = 5
print("odd" if x % 2 else "even", 1 < x < 10 < 20, x == 5 != 6)
print(0 or "default", "" or None or [], 1 and 2, [] and 3)
print(3 in [1, 2, 3], "z" not in "abc", None is None, [] is not [])
