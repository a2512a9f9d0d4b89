# SPDX-License-Identifier: Apache-2.0
# does: count words in a text
# prints: the 5, of 3, night 2
import collections
import re

text = """It was the best of nights, it was the worst of nights: the night of the
moth, the bell and a lamp, a night without end."""
counts = collections.Counter(re.findall(r"[a-z]+", text.lower()))
print(", ".join(f"{word} {counts[word]}" for word in ("the", "of", "night")))
