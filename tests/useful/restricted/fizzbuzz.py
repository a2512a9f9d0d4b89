# SPDX-License-Identifier: Apache-2.0
# profile: page
# The exercise that everybody knows.
for n in range(1, 16):
    print("Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or n, end=" ")
print()
