# SPDX-License-Identifier: Apache-2.0
# profile: page
# yield, generator expressions, next with a default.
def fibonacci(limit):
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


print(list(fibonacci(100)))
g = fibonacci(3)
print(next(g), next(g), next(g), next(g), next(g, "end"))
squares = (n * n for n in range(5) if n % 2 == 0)
print(sum(squares), sum(squares))
print(max(len(w) for w in "the quick brown fox".split()))
try:
    next(g)
except StopIteration:
    print("exhausted")
