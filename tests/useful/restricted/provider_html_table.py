# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: a table for a mail, safely escaped.
from html import escape

rows = [("Tea & milk", 2, "<b>hot</b>"), ('Cake "L"', 1, "")]
cells = "\n".join("<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in row) + "</tr>" for row in rows)
print(f"<table>\n{cells}\n</table>")
