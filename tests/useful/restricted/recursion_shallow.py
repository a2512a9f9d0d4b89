# SPDX-License-Identifier: Apache-2.0
# profile: page
# Recursion well below a hundred calls.
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)


def flatten(tree):
    for item in tree:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(factorial(20))
moves = []
hanoi(4, "A", "B", "C", moves)
print(len(moves), " ".join(moves[:5]))
print(list(flatten([1, [2, [3, [4]], 5], [[]], 6])))
