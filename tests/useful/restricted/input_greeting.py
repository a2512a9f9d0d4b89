# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Reading answers.
name = input("What is your name? ")
age = int(input("How old are you? "))
print()
print(f"Hello {name}, next year you are {age + 1}.")
numbers = [int(n) for n in input().split()]
print(sum(numbers))
try:
    input("more? ")
except EOFError:
    print("\nno more")
