# SPDX-License-Identifier: Apache-2.0
# profile: page
# Operators as functions.
import operator as op

a, b = 12, 5
print([f(a, b) for f in (op.add, op.sub, op.mul, op.truediv, op.floordiv, op.mod, op.pow, op.and_, op.or_, op.xor, op.lshift, op.rshift)])
print([f(a, b) for f in (op.lt, op.le, op.eq, op.ne, op.ge, op.gt)], op.is_(a, a), op.is_not(a, b))
print([f(a) for f in (op.neg, op.pos, op.abs, op.inv, op.invert, op.not_, op.truth, op.index)])
print(op.concat([1], [2]), op.contains("abc", "b"), op.countOf([1, 2, 1], 1), op.indexOf("abc", "c"), op.getitem([1, 2], 0), op.length_hint(iter([1, 2])))
d = {"k": 1}
op.setitem(d, "m", 2)
op.delitem(d, "k")
print(d, op.iadd([1], [2]), op.isub(5, 1), op.imul(2, 3), op.itruediv(6, 4), op.ifloordiv(7, 2), op.imod(7, 4), op.ipow(2, 3))
print(op.iand(6, 3), op.ior(6, 1), op.ixor(6, 3), op.ilshift(1, 3), op.irshift(8, 2), op.iconcat("a", "b"), op.call(max, 3, 9))


class M:
    def __matmul__(self, other):
        return "matmul"

    def __imatmul__(self, other):
        return "imatmul"


print(op.matmul(M(), 1), op.imatmul(M(), 1))
rows = [("b", 2), ("a", 3), ("c", 1)]
print(sorted(rows, key=op.itemgetter(1)), op.itemgetter(0, 1)("xyz"), list(map(op.itemgetter(0), rows)))
