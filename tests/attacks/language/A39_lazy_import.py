# SPDX-License-Identifier: Apache-2.0
"""A function of the library imports when it is called; what it imported can be had then.

class: A39
effect: a module that nothing imported by name
guard: modules
"""
import datetime
import random

datetime.datetime.strptime("2024", "%Y")
leak(random._os.sys.modules["_strptime"])
