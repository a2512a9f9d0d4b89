# SPDX-License-Identifier: Apache-2.0
"""End by an exception whose text is larger than any message may be.

class: C16
effect: the broker grows
always: texts are cut in the cell and bounded in the broker
"""
raise KeyError("x" * (12 << 20))
