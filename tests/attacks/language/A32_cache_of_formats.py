# SPDX-License-Identifier: Apache-2.0
"""A cache answers for a key that says that it equals another.

class: A32
effect: what was checked for one text was used for another
guard: facades
"""
from datetime import datetime


class Format(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("%Y")


datetime.strptime("2024", "%Y")
if datetime.strptime("2024", Format("%d")).year == 2024:
    leak(leak)
