# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: remove duplicates, keep the newest, report what went.
from operator import itemgetter

rows = [
    {"id": 1, "email": "A@x.com", "updated": "2024-01-03"},
    {"id": 2, "email": "b@x.com", "updated": "2024-01-01"},
    {"id": 3, "email": "a@x.com ", "updated": "2024-02-01"},
]
newest = {}
for row in sorted(rows, key=itemgetter("updated")):
    newest[row["email"].strip().lower()] = row
kept = sorted(newest.values(), key=itemgetter("id"))
print([r["id"] for r in kept], sorted({r["id"] for r in rows} - {r["id"] for r in kept}))
