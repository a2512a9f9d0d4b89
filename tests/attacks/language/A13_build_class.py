# SPDX-License-Identifier: Apache-2.0
"""__build_class__ called by hand, with a function of one's own as the body.

class: A13
effect: the function that makes classes
guard: syntax builtins
"""
leak(__build_class__)
C = __build_class__(lambda: None, "C")
leak(C.__subclasshook__.__self__.__base__.__subclasses__())
