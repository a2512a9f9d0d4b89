# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Sorted lists.
import bisect

marks = [50, 65, 75, 90]
grades = "FDCBA"
print([grades[bisect.bisect(marks, m)] for m in (10, 50, 64, 75, 99)])
print(bisect.bisect_left(marks, 65), bisect.bisect_right(marks, 65))
bisect.insort(marks, 70)
bisect.insort_left(marks, 65)
bisect.insort_right(marks, 90)
print(marks)
people = [("ann", 3), ("bo", 7)]
bisect.insort(people, ("cy", 5), key=lambda p: p[1])
print(people, bisect.bisect_left(people, 5, key=lambda p: p[1]))
