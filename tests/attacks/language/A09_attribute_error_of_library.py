# SPDX-License-Identifier: Apache-2.0
"""An AttributeError of the library's own code names an object of the library's.

class: A9
effect: a module
guard: types modules
"""
import json

try:
    json.nothing
except AttributeError as e:
    leak(e.obj)
