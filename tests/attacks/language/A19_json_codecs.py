# SPDX-License-Identifier: Apache-2.0
"""A chain over modules: json, codecs, builtins.

class: A19
effect: open
guard: modules
"""
import json

leak(json.codecs.builtins.open)
