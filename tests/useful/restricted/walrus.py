# SPDX-License-Identifier: Apache-2.0
# profile: page
# Assignment expressions.
data = [3, 1, 4, 1, 5, 9, 2, 6]
if (n := len(data)) > 5:
    print("long:", n)
queue = list(data)
while (item := queue.pop()) != 4:
    print(item, end=" ")
print()
print([half for x in data if (half := x // 2) > 1])
print((total := 0), [total := total + x for x in data], total)
