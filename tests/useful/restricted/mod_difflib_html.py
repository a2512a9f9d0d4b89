# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Differences as a table of HTML.
import difflib

table = difflib.HtmlDiff().make_table(["same", "old"], ["same", "new"])
print("<table" in table, table.count("<tr>"))
page = difflib.HtmlDiff(tabsize=4, wrapcolumn=20).make_file(["a"], ["b"], "left", "right")
print("<title>" in page, "left" in page)
