# SPDX-License-Identifier: Apache-2.0
"""inspect reads what attributes hide.

class: A3
effect: the namespace of a module, a frame
guard: modules builtins
"""
import inspect

leak(inspect.getattr_static(inspect, "sys"))
leak(inspect.currentframe())
