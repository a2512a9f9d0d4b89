# SPDX-License-Identifier: Apache-2.0
"""Complex numbers at work: a fast Fourier transform, and fast multiplication."""

import cmath
import math


def fft(values, sign=-1):
    """Cooley and Tukey's transform; the length is a power of two."""
    n = len(values)
    if n == 1:
        return list(values)
    even, odd = fft(values[::2], sign), fft(values[1::2], sign)
    turned = [cmath.exp(sign * 2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [e + t for e, t in zip(even, turned)] + [e - t for e, t in zip(even, turned)]


def multiply(a, b):
    """The product of two whole numbers, digit lists convolved by transforms."""
    x, y = [int(d) for d in reversed(str(a))], [int(d) for d in reversed(str(b))]
    n = 1 << (len(x) + len(y)).bit_length()
    fx, fy = fft(x + [0] * (n - len(x))), fft(y + [0] * (n - len(y)))
    product = fft([p * q for p, q in zip(fx, fy)], +1)
    return sum(round(value.real / n) * 10**place for place, value in enumerate(product))


def quadratic(a, b, c):
    root = cmath.sqrt(b * b - 4 * a * c)
    return (-b + root) / (2 * a), (-b - root) / (2 * a)


def main():
    n = 64
    signal = [
        math.sin(2 * math.pi * 5 * t / n) + 0.5 * math.cos(2 * math.pi * 12 * t / n) + 0.25
        for t in range(n)
    ]
    spectrum = fft(signal)
    print("frequencies in the signal:")
    for k in range(n // 2):
        strength = abs(spectrum[k]) * (1 if k == 0 else 2) / n
        if strength > 1e-9:
            # Angles near zero may come out as -0: rounded to a multiple of one degree.
            phase = round(math.degrees(cmath.phase(spectrum[k]))) + 0
            print(f"  {k:2}: strength {strength:.3f}, phase {phase} degrees")
    back = [value.real / n for value in fft(spectrum, +1)]
    same = all(math.isclose(a, b, abs_tol=1e-12) for a, b in zip(signal, back))
    print("there and back:", same)

    a, b = 31415926535897932384626, 27182818284590452353602
    print(multiply(a, b), multiply(a, b) == a * b)
    print("x*x + 2x + 5 = 0:", *quadratic(1, 2, 5))
    roots = (2 * cmath.exp(2j * cmath.pi * k / 3) for k in range(3))
    print("cube roots of 8:", *(f"{root:.3f}" for root in roots))


if __name__ == "__main__":
    main()
