# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Sentences, words and letters of a text.
import re
import statistics
import textwrap

text = "Dogs bark. Cats sleep all day long! Do birds sing? Yes, they do."
sentences = [s.strip() for s in re.split(r"[.!?]", text) if s.strip()]
words = re.findall(r"\w+", text.lower())
print(len(sentences), len(words), statistics.mean(map(len, words)), max(words, key=len), sorted(set(words))[:4])
print(textwrap.fill(text, 24))
