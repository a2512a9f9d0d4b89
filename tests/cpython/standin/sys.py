# SPDX-License-Identifier: Apache-2.0
"""The constants of sys that tests read.  Level `restricted` has no sys: a test that reads
something else of it keeps its `import sys`, and is refused.

A part of each program that slices.py makes; never imported.
"""
import types

maxsize = 2**63 - 1
maxunicode = 0x10FFFF
byteorder = "little"
platform = "linux"
float_repr_style = "short"
float_info = types.SimpleNamespace(
    max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308,
    min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53,
    epsilon=2.220446049250313e-16, radix=2, rounds=1)
hash_info = types.SimpleNamespace(
    width=64, modulus=2**61 - 1, inf=314159, nan=0, imag=1000003, algorithm="siphash13",
    hash_bits=64, seed_bits=128, cutoff=0)
int_info = types.SimpleNamespace(
    bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300,
    str_digits_check_threshold=640)
flags = types.SimpleNamespace(
    bytes_warning=0, optimize=0, dev_mode=False, utf8_mode=0, safe_path=False)
