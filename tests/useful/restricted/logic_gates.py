# SPDX-License-Identifier: Apache-2.0
# profile: page
# Truth tables.
gates = {"and": lambda a, b: a and b, "or": lambda a, b: a or b, "xor": lambda a, b: a ^ b, "nand": lambda a, b: not (a and b)}
for name, gate in gates.items():
    print(f"{name:>5}", *(int(gate(a, b)) for a in (False, True) for b in (False, True)))


def add(a, b):
    return gates["xor"](a, b), gates["and"](a, b)


print([add(a, b) for a in (0, 1) for b in (0, 1)])
