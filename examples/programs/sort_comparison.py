# SPDX-License-Identifier: Apache-2.0
"""Compare sorting methods by the comparisons they need, not by the clock."""

import random


class Counted:
    """A value that counts how often it is compared."""

    comparisons = 0

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Counted.comparisons += 1
        return self.value < other.value


def insertion(items):
    items = list(items)
    for index in range(1, len(items)):
        while index > 0 and items[index] < items[index - 1]:
            items[index - 1], items[index] = items[index], items[index - 1]
            index -= 1
    return items


def merge(items):
    if len(items) < 2:
        return list(items)
    middle = len(items) // 2
    left, right = merge(items[:middle]), merge(items[middle:])
    merged, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]


def heap(items):
    def sink(at, end):
        while (child := 2 * at + 1) < end:
            if child + 1 < end and items[child] < items[child + 1]:
                child += 1
            if not items[at] < items[child]:
                return
            items[at], items[child] = items[child], items[at]
            at = child

    items = list(items)
    for at in reversed(range(len(items) // 2)):
        sink(at, len(items))
    for end in reversed(range(1, len(items))):
        items[0], items[end] = items[end], items[0]
        sink(0, end)
    return items


def main():
    rng = random.Random(4)
    up, down = range(200), range(200, 0, -1)
    inputs = {"random": rng.sample(up, 200), "up": up, "down": down, "equal": [7] * 200}
    print(f"{'':10}" + "".join(f"{name:>10}" for name in inputs))
    for method in (insertion, merge, heap):
        row = ""
        for values in inputs.values():
            Counted.comparisons = 0
            result = method([Counted(value) for value in values])
            assert [item.value for item in result] == sorted(values)
            row += f"{Counted.comparisons:>10}"
        print(f"{method.__name__:10}{row}")


if __name__ == "__main__":
    main()
