# SPDX-License-Identifier: Apache-2.0
# class: C2
# tries: memory, a little at a time
# level: restricted
# profile: page
kept = []
while True:
    kept.append(["x" * 3000 + str(len(kept))] * 1000)
