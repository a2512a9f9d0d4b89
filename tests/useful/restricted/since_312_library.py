# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# since: 3.12
# What the library has had since 3.12.
import calendar
import csv
import io
import itertools
import math
import random
import typing

months = [calendar.JANUARY, calendar.FEBRUARY, calendar.MARCH, calendar.APRIL, calendar.MAY, calendar.JUNE, calendar.JULY, calendar.AUGUST, calendar.SEPTEMBER, calendar.OCTOBER, calendar.NOVEMBER, calendar.DECEMBER]
print(sum(months), calendar.Month.MAY == 5, calendar.Day.MONDAY == 0, list(itertools.batched("abcde", 2)), math.sumprod([1, 2], [3, 4]))
random.seed(1)
print(0 <= random.binomialvariate(5, 0.5) <= 5)
out = io.StringIO()
csv.writer(out, quoting=csv.QUOTE_STRINGS, lineterminator="\n").writerow(["a", 1, None])
csv.writer(out, quoting=csv.QUOTE_NOTNULL, lineterminator="\n").writerow(["a", 1, None])
print(out.getvalue())


class A:
    def f(self): ...


class B(A):
    @typing.override
    def f(self): ...


print(B().f())
