# SPDX-License-Identifier: Apache-2.0
# profile: page
# print with every option.
print()
print("a", 1, None, True, [1], sep="-")
print("no newline", end="")
print(" | same line")
print(*range(5), sep=", ", end=".\n")
print("x", "y", sep="")
print("flush", flush=True)
print(1, 2, sep=None, end=None)
print("tab\tend", "quote'\"", "back\\slash", r"raw\n", "\u00e9", "\N{SNOWMAN}", "\x41")
