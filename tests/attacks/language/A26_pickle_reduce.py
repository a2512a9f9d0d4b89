# SPDX-License-Identifier: Apache-2.0
"""A pickle calls what it names.

class: A26
effect: the module posix
guard: builtins
"""
import pickle

leak(pickle.loads(b"cbuiltins\n__import__\n(S'posix'\ntR."))
