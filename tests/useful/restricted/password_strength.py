# SPDX-License-Identifier: Apache-2.0
# profile: page
# How good a password is, and why not.
import re

RULES = [(r".{10,}", "ten characters"), (r"[a-z]", "a small letter"), (r"[A-Z]", "a capital"), (r"\d", "a digit"), (r"[^\w\s]", "a sign")]


def rate(password):
    missing = [what for pattern, what in RULES if not re.search(pattern, password)]
    return "good" if not missing else "needs " + ", ".join(missing)


for p in ("secret", "LongEnough1", "L0ng-Enough!"):
    print(p, "->", rate(p))
