# SPDX-License-Identifier: Apache-2.0
# profile: page
# Words of the same letters.
words = "listen silent enlist google elbow below tab bat".split()
groups = {}
for w in words:
    groups.setdefault("".join(sorted(w)), []).append(w)
print([g for g in groups.values() if len(g) > 1])
