# SPDX-License-Identifier: Apache-2.0
# profile: page
# Every function of re.
import re

text = "Ann: 12, Bob: 7; Cy:30"
print(re.findall(r"(\w+):\s*(\d+)", text), re.search(r"\d+", text).group(), re.match(r"Ann", text).span(), re.fullmatch(r"\w+", "word") is not None)
print(re.sub(r"\d+", lambda m: str(int(m.group()) * 2), text), re.subn(r"\s", "", text), re.split(r"[,;]\s*", text), re.split(r"(-)", "a-b", maxsplit=1))
print([m.start() for m in re.finditer("[A-Z]", text)], re.escape("a.b*c"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub(r"(?P<x>a)", r"[\g<x>]", "banana"))
p = re.compile(r"(?P<key>\w+)\s*=\s*(?P<value>[^,]*)", re.IGNORECASE)
m = p.search("x, Name = Ann, y")
print(m.group("key"), m["value"], m.groups(), m.groupdict(), m.start("key"), m.end(), m.lastgroup, m.lastindex, m.expand(r"\g<value>:\1"), m.string[:2], m.pos, m.endpos)
print(p.pattern, p.groups, dict(p.groupindex), p.flags & re.I == re.I, p.match("a=1").group(0), p.findall("a=1,b=2"), p.split("a=1"), p.sub("-", "a=1, b=2"), p.subn("-", "a=1"), p.fullmatch("k=v").groups("none"))
print(isinstance(p, re.Pattern), isinstance(m, re.Match), re.purge())
try:
    re.compile("(")
except re.error as e:
    print("error:", e.msg, e.pos)
