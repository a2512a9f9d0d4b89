# SPDX-License-Identifier: Apache-2.0
"""warnings has the module sys, and shows lines of any file.

class: A28
effect: the module sys
guard: builtins
"""
import warnings

leak(warnings.sys)
