# SPDX-License-Identifier: Apache-2.0
"""A program with a bug: the exception reaches the top, with its traceback."""


class EmptyBasket(Exception):
    """Nothing was bought."""


def average(prices):
    return sum(prices) / len(prices)


def summary(baskets):
    for name, prices in baskets.items():
        try:
            print(f"{name}: {average(prices):.2f}")
        except ZeroDivisionError as error:
            raise EmptyBasket(f"{name} bought nothing") from error


if __name__ == "__main__":
    print("averages")
    try:
        summary({"ana": [2.5, 3.5], "ben": [1], "cy": []})
    finally:
        print("(this is still printed)")
    print("this is not")
