# SPDX-License-Identifier: Apache-2.0
# profile: page
# Text in columns.
import textwrap

text = "The quick brown fox jumps over the lazy dog and runs away from everybody."
print(textwrap.fill(text, 30))
print(textwrap.wrap(text, 40), textwrap.shorten(text, 30), textwrap.shorten(text, 25, placeholder="..."))
print(textwrap.indent("a\nb\n\nc", "> "), textwrap.indent("a\nb", "# ", lambda line: "b" in line))
print(textwrap.dedent("""\
    if x:
        y
    z"""))
w = textwrap.TextWrapper(width=20, initial_indent="* ", subsequent_indent="  ", break_long_words=False)
print(w.fill(text), w.wrap("short"), sep="\n")
