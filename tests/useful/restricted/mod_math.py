# SPDX-License-Identifier: Apache-2.0
# profile: page
# Every function of math.
import math

r = lambda v: round(v, 6)
print(math.ceil(1.2), math.floor(-1.2), math.trunc(-1.7), math.comb(5, 2), math.perm(5, 2), math.factorial(10), math.gcd(12, 18, 27), math.lcm(4, 6), math.isqrt(17))
print(r(math.sqrt(2)), r(math.cbrt(27)), r(math.exp(1)), r(math.exp2(3)), r(math.expm1(1e-5)), r(math.log(10)), r(math.log(8, 2)), math.log2(8), math.log10(1000), r(math.log1p(0.5)), math.pow(2, 0.5) == 2 ** 0.5)
print([r(f(0.5)) for f in (math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.sinh, math.cosh, math.tanh, math.asinh, math.atanh)], r(math.acosh(2)), r(math.atan2(1, -1)))
print(math.degrees(math.pi), r(math.radians(180)), math.hypot(3, 4), math.dist([0, 0], [3, 4]), math.fsum([0.1] * 10), math.prod([2, 3, 4]), math.fmod(-7, 3), math.remainder(7, 4))
print(math.copysign(3, -0.0), math.fabs(-2), math.frexp(8.0), math.ldexp(0.5, 4), math.modf(2.25), math.isclose(0.1 + 0.2, 0.3), math.isfinite(1), math.isinf(math.inf), math.isnan(math.nan))
print(r(math.erf(0.5)), r(math.erfc(0.5)), r(math.gamma(5)), r(math.lgamma(5)), r(math.e), r(math.tau), math.nextafter(1, 2) > 1, math.ulp(1.0) == 2 ** -52)
for f, x in ((math.sqrt, -1), (math.log, 0), (math.factorial, -1), (math.exp, 1000)):
    try:
        f(x)
    except (ValueError, OverflowError) as e:
        print(type(e).__name__)
