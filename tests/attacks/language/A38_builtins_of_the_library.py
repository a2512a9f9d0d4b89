# SPDX-License-Identifier: Apache-2.0
"""So does a library's function.

class: A38
effect: the namespace builtins
guard: syntax types modules
"""
import textwrap

leak(textwrap.dedent.__builtins__["open"])
leak(textwrap.dedent.__globals__["__builtins__"]["eval"])
