# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# since: 3.12
# f-strings with the same quotes inside, and with comments.
table = {"a": [1, 2]}
print(f"{table["a"][0]} {", ".join(f"{n:>{n + 1}}" for n in table["a"])}")
print(f"{
    sum(table["a"])  # a comment
}")
