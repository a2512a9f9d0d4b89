# SPDX-License-Identifier: Apache-2.0
"""A module's specification and loader.

class: A20
effect: a loader
guard: syntax modules
"""
import json

leak(json.__spec__)
leak(json.__loader__)
