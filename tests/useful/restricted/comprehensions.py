# SPDX-License-Identifier: Apache-2.0
# profile: page
# Comprehensions of every kind.
words = "one two three four five six".split()
print([w.upper() for w in words if "o" in w])
print({len(w): w for w in words})
print(sorted({w[0] for w in words}))
print([(x, y) for x in range(3) for y in range(x)])
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)])
print([n for n in range(50) if n % 2 if n % 3 == 0])
print({k: [v for v in range(k)] for k in range(4)})
print(any(n > 4 for n in [1, 5]), all(n for n in [1, 0]))
print([y := 1, y ** 2], [last := n for n in range(4)], last)
print(["even" if n % 2 == 0 else "odd" for n in range(3)])
