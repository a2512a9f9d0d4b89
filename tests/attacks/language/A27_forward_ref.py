# SPDX-License-Identifier: Apache-2.0
"""A ForwardRef is a text that can be evaluated.

class: A27
effect: open, by code in a text
guard: modules syntax
"""
import typing

typing.ForwardRef("leak(open)")._evaluate({"leak": leak}, {}, recursive_guard=frozenset())
