# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Exact decimal numbers.
import decimal
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP, Decimal, getcontext, localcontext

print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / Decimal(7), Decimal("1.10") * 3, Decimal(2) ** 10, Decimal("7") // 2, Decimal(7) % 3, -Decimal("1.5"), abs(Decimal(-2)))
for mode in (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP):
    print(mode, Decimal("2.675").quantize(Decimal("0.01"), rounding=mode), Decimal("-2.5").to_integral_value(rounding=mode))
getcontext().prec = 6
print(Decimal(1) / 3, getcontext().prec)
with localcontext() as c:
    c.prec = 3
    print(Decimal(2).sqrt(), c.divide(1, 3))
d = Decimal("-12.3400")
print(d.as_tuple(), d.normalize(), d.adjusted(), d.is_signed(), d.to_eng_string(), d.copy_abs(), d.compare(Decimal(1)), Decimal(100).log10(), Decimal(1).exp(), Decimal(10).ln(), d.as_integer_ratio(), f"{Decimal('1234567.891'):,.2f}", int(d), float(d), round(d, 1))
print(Decimal("NaN").is_nan(), Decimal("Infinity").is_infinite(), Decimal(3).max(5), Decimal(3).min(5), Decimal(2).fma(3, 4), Decimal.from_float(0.5), Decimal(3.5) == 3.5, Decimal("1e3"), sum([Decimal("0.1")] * 3))
for act in (lambda: Decimal(1) / 0, lambda: Decimal("x"), lambda: Decimal("NaN") > 1):
    try:
        act()
    except (decimal.DivisionByZero, decimal.InvalidOperation) as e:
        print(type(e).__name__)
ctx = decimal.Context(prec=4, rounding=ROUND_UP)
print(ctx.create_decimal("1.23456"), ctx.add(Decimal("1.11111"), 1), ctx.sqrt(2), decimal.BasicContext.prec, decimal.ExtendedContext.prec, decimal.DefaultContext.prec, isinstance(d.as_tuple(), decimal.DecimalTuple))
decimal.setcontext(decimal.Context(prec=10, traps=[decimal.Inexact]))
try:
    Decimal(1) / 3
except decimal.Inexact as e:
    print("inexact")
signals = (decimal.Clamped, decimal.DivisionByZero, decimal.FloatOperation, decimal.Overflow, decimal.Rounded, decimal.Subnormal, decimal.Underflow, decimal.ConversionSyntax, decimal.DivisionImpossible, decimal.DivisionUndefined, decimal.InvalidContext)
print(all(issubclass(s, decimal.DecimalException) for s in signals), decimal.MAX_EMAX, decimal.MIN_EMIN, decimal.MIN_ETINY)
