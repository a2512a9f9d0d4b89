# SPDX-License-Identifier: Apache-2.0
# does: a page's script: check a form, make the totals
# profile: page
# prints: 3 items, 47.60 with tax; zip code: not five digits
import json
import re

form = json.loads('{"zip": "1234", "items": [["pen", 4, 2.5], ["ink", 2, 8], ["pad", 2, 7]]}')
problems = [] if re.fullmatch(r"\d{5}", form["zip"]) else ["zip code: not five digits"]
net = sum(count * price for name, count, price in form["items"])
print(f"{len(form['items'])} items, {net * 1.19:.2f} with tax;", ", ".join(problems))
