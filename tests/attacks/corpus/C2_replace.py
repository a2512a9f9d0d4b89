# SPDX-License-Identifier: Apache-2.0
"""Text that grows by the square: replace, join, expandtabs.

class: C2
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
text = "a" * (1 << 16)
for act in (lambda: text.replace("a", text), lambda: text.join([text] * (1 << 12)),
            lambda: ("\t" * 4096).expandtabs(1 << 20)):
    try:
        print(len(act()))
    except MemoryError as e:
        print(repr(e))
time.sleep(0.02)
