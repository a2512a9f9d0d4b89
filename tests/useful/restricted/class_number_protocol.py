# SPDX-License-Identifier: Apache-2.0
# profile: page
# The rest of the numeric methods.
class Mod7:
    def __init__(self, n):
        self.n = n % 7

    def __repr__(self):
        return f"{self.n}(7)"

    def __int__(self):
        return self.n

    def __float__(self):
        return float(self.n)

    def __index__(self):
        return self.n

    def __complex__(self):
        return complex(self.n)

    def __round__(self, digits=0):
        return self.n

    def __pow__(self, k):
        return Mod7(self.n ** k)

    def __radd__(self, other):
        return Mod7(other + self.n)

    def __rsub__(self, other):
        return Mod7(other - self.n)

    def __floordiv__(self, other):
        return Mod7(self.n // other)

    def __mod__(self, other):
        return self.n % other

    def __divmod__(self, other):
        return divmod(self.n, other)

    def __and__(self, other):
        return Mod7(self.n & other)

    def __or__(self, other):
        return Mod7(self.n | other)

    def __xor__(self, other):
        return Mod7(self.n ^ other)

    def __lshift__(self, k):
        return Mod7(self.n << k)

    def __rshift__(self, k):
        return Mod7(self.n >> k)

    def __invert__(self):
        return Mod7(-self.n)

    def __pos__(self):
        return self

    def __trunc__(self):
        return self.n

    def __floor__(self):
        return self.n

    def __ceil__(self):
        return self.n


m = Mod7(12)
print(int(m), float(m), complex(m), [10, 20, 30, 40, 50, 60][m], round(m), m ** 2, 3 + m, 3 - m, m // 2)
print(m % 2, divmod(m, 2), m & 4, m | 2, m ^ 1, m << 1, m >> 1, ~m, +m)
print(sum([Mod7(3)], 2), "abcdefg"[Mod7(8)])
