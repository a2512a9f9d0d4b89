# SPDX-License-Identifier: Apache-2.0
"""typing has sys, collections, functools, types.

class: A19
effect: the module sys
guard: modules
"""
import typing

leak(typing.sys)
leak(typing.types)
