# SPDX-License-Identifier: Apache-2.0
"""A class of the library is given another method.

class: A18
effect: the library calls code of one's own
guard: modules
"""
import json

json.JSONDecoder.decode = lambda self, s: leak(leak)
json.loads("1")
