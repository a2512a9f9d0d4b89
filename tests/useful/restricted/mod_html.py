# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Text for pages.
import html

print(html.escape('<a href="x">Tom & Jerry\'s</a>'), html.escape("'q'", quote=False), html.unescape("&lt;p&gt; &amp;amp; &eacute; &#9731;"))
