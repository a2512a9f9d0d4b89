# SPDX-License-Identifier: Apache-2.0
"""The functions of random are methods of an object of the library's.

class: A25
effect: the namespace of random
guard: types syntax modules
"""
import random

leak(random.choice.__self__.choice.__func__.__globals__)
