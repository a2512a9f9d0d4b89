# SPDX-License-Identifier: Apache-2.0
"""A package's modules are its attributes.

class: A19
effect: the module json.decoder
guard: modules builtins
"""
import json.decoder
from json import scanner

leak(json.decoder)
leak(scanner)
