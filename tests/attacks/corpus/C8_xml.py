# SPDX-License-Identifier: Apache-2.0
"""Entities that contain each other: a billion of them.

class: C8
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
import xml.etree.ElementTree as tree

names = "abcdefghij"
text = "<!DOCTYPE x [<!ENTITY a \"" + "ha" * 50 + "\">"
for i in range(1, len(names)):
    text += f"<!ENTITY {names[i]} \"" + f"&{names[i - 1]};" * 10 + "\">"
try:
    tree.fromstring(text + "]><x>&j;</x>")
except (MemoryError, tree.ParseError) as e:
    print(repr(e)[:100])
time.sleep(0.02)
