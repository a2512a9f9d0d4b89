# SPDX-License-Identifier: Apache-2.0
# profile: page
# while with else, break and continue.
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
k = 0
while True:
    k += 1
    if k % 2:
        continue
    if k > 6:
        break
    print(k, end=" ")
print()
divisor = 2
while divisor * divisor <= 97:
    if 97 % divisor == 0:
        print("not prime")
        break
    divisor += 1
else:
    print("97 is prime")
