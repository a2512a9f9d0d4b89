# SPDX-License-Identifier: Apache-2.0
# profile: page
# f-strings with every form of specification.
name, n, x = "Ada", 1234567, 3.14159
print(f"{name} {name!r} {name!s} {'é'!a} {n:,} {n:_} {x:.2f} {x:8.3f}|{x:<8.1f}|{x:^8.1f}|{x:>8.1f}|")
print(f"{n:d} {n:x} {n:X} {n:#x} {n:o} {n:#b} {n:e} {255:08b} {-5:+d} {5:+d} {5: d} {-5:=6d}")
print(f"{0.1234:%} {0.1234:.1%} {1e10:g} {1e-7:G} {x:.3} {float('inf'):f} {65:c}")
width, places = 10, 2
print(f"{x:{width}.{places}f}|{name:*^{width}}|{name:>{width}}|{name:.2}|")
print(f"{n = } {x=:.1f} {name=} {{braces}} {'nested ' + f'{n:,}'}")
print(f"{[i * i for i in range(4)]} {({'k': 1})['k']} {(lambda v: v + 1)(1)} {n if n > 5 else x}")
print(f"""{name}
  over lines {1 + 1}""")
print(rf"\d{n}", F"{True} {None} {...}", f"{1.5:010.3f} {10**20:,}", f"{'a' 'b'}" f"{1}")
print(f"{3+4j:.1f} {b'raw'} {1_000:>+9,d}")
