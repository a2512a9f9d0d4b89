# SPDX-License-Identifier: Apache-2.0
# profile: page
# Numbers of cards.
def is_valid(number):
    digits = [int(c) for c in number if c.isdigit()][::-1]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return total % 10 == 0


print(is_valid("4539 1488 0343 6467"), is_valid("8273 1232 7352 0569"))
