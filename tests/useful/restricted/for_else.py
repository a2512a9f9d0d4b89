# SPDX-License-Identifier: Apache-2.0
# profile: page
# for with else, range with all its arguments, nested loops.
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            print(n, "=", d, "*", n // d)
            break
    else:
        print(n, "is prime")
print(list(range(10, 0, -3)), list(range(0)), len(range(1, 100, 7)))
r = range(5, 50, 5)
print(r[2], r[-1], 25 in r, r.index(25), r.count(7), r[1:4], r.start, r.stop, r.step)
for c in reversed("abc"):
    print(c, end="")
print()
