# SPDX-License-Identifier: Apache-2.0
"""A relative import, from a package that the name __package__ says.

class: A20
effect: the module json.decoder
guard: syntax
"""
__package__ = "json"
from . import decoder

leak(decoder)
