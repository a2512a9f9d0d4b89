# SPDX-License-Identifier: Apache-2.0
# profile: page
# Flags and the rest of the syntax.
import re

print(re.findall(r"^\w+", "one two\nthree", re.M), re.findall("a.b", "a\nb", re.S), re.findall("AB", "ab", re.I), re.findall(r"\w", "é", re.A), re.search(r"""
    (\d{3})  # first
    -
    (\d{4})  # second
""", "call 555-1234", re.X).groups())
print(re.MULTILINE == re.M, re.DOTALL == re.S, re.IGNORECASE == re.I, re.ASCII == re.A, re.VERBOSE == re.X, re.UNICODE == re.U, re.LOCALE == re.L, re.NOFLAG == 0, isinstance(re.I | re.M, re.RegexFlag))
print(re.findall(r"(?<=\$)\d+", "$5 6 $7"), re.findall(r"\b\w(?!x)", "ab ax"), re.findall(r"(?:ab)+?", "ababab"), re.sub(r"(?i)HELLO", "bye", "Hello"), re.findall(r"(a)|b", "ab"), re.search(r"(\w)\1", "hello").group(), re.split(r"\W+", "a, b; c"))
print(re.findall(rb"\d", b"a1b2"), re.match(r"(?P<q>['\"]).*?(?P=q)", "'it' x").group(), re.findall(r"x{2,3}", "xxxxx"), re.findall("[^a-c]", "abcd"))
