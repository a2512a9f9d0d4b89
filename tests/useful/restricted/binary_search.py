# SPDX-License-Identifier: Apache-2.0
# profile: page
# Searching in a sorted list.
def search(a, x):
    low, high = 0, len(a)
    while low < high:
        mid = (low + high) // 2
        if a[mid] < x:
            low = mid + 1
        else:
            high = mid
    return low if low < len(a) and a[low] == x else -1


squares = [n * n for n in range(100)]
print(search(squares, 49), search(squares, 50), search(squares, 9801), search([], 1))
