# SPDX-License-Identifier: Apache-2.0
"""A function of a library module knows that module's globals.

class: A1
effect: the namespace of a library module
guard: syntax types modules
"""
import json

leak(json.dumps.__globals__)
