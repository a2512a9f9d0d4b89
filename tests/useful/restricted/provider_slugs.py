# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: names of pages from titles.
import re
import unicodedata


def slug(title):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


seen = {}
for title in ("Crème brûlée!", "Creme Brulee", "  100% Python & more ", "Ünïcödé"):
    s = slug(title)
    seen[s] = n = seen.get(s, 0) + 1
    print(s if n == 1 else f"{s}-{n}")
