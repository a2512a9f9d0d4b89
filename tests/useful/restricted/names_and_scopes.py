# SPDX-License-Identifier: Apache-2.0
# profile: page
# Global, nonlocal and local names.
total = 0


def add(n):
    global total
    total += n
    return total


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


add(3)
print(add(4), total)
tick = counter()
tick()
print(tick(), tick(10))
other = counter()
print(other())
x = y = [1]
x.append(2)
print(y)
del x
try:
    print(x)
except NameError as e:
    print("NameError:", e)
