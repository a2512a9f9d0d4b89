# SPDX-License-Identifier: Apache-2.0
"""The name __loader__ is in every module.

class: A20
effect: a loader
guard: syntax builtins
"""
leak(__loader__)
