# SPDX-License-Identifier: Apache-2.0
# profile: page
# Functions that make functions.
def power(n):
    return lambda x: x ** n


square, cube = power(2), power(3)
print(square(5), cube(2))


def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x

    return run


shout = compose(str.strip, str.upper, lambda s: s + "!")
print(shout("  hello "))
makers = [lambda i=i: i * 10 for i in range(3)]
print([m() for m in makers])
print(list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(filter(None, [0, 1, "", "x"])))
print(sorted(["pear", "fig", "apple"], key=lambda w: (len(w), w)))
