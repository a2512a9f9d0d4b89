# SPDX-License-Identifier: Apache-2.0
# profile: page
# Letters of a text.
text = "The Quick Brown Fox"
print(sum(c in "aeiou" for c in text.lower()), [w[::-1] for w in text.split()], "".join(c.lower() if c.isupper() else c.upper() for c in text))
print({c: text.count(c) for c in sorted(set(text.lower())) if c != " " and text.lower().count(c) > 1})
