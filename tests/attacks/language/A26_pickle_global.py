# SPDX-License-Identifier: Apache-2.0
"""A pickle names what it wants.

class: A26
effect: open
guard: builtins
"""
import pickle

leak(pickle.loads(b"cbuiltins\nopen\n."))
