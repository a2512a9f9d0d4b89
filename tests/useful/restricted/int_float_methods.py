# SPDX-License-Identifier: Apache-2.0
# profile: page
# Methods and attributes of numbers.
print((37).bit_length(), (37).bit_count(), (255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big"), (6).as_integer_ratio())
print((5).numerator, (5).denominator, (5).real, (5).imag, (5).conjugate())
print((2.5).is_integer(), (4.0).is_integer(), (0.75).as_integer_ratio(), (1.5).hex(), float.fromhex("0x1.8p+1"))
print((2.0).real, (2.0).imag, (2.0).conjugate(), float("nan") != float("nan"), float("-inf") < 0)
z = complex(3, -4)
print(z, abs(z), z.real, z.imag, z.conjugate(), z * 1j, complex("1+2j"))
print(0.1 + 0.2 == 0.3, 1 / 3, 1e308 * 10, 2 ** 100, 10 ** 15 + 0.5)
print(True + True, isinstance(True, int), bool([]), bool("x"), int(True), str(False))
