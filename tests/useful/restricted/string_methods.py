# SPDX-License-Identifier: Apache-2.0
# profile: page
# Everything a string can do: changing case, searching, cutting, joining.
s = "Hello, World"
print(s.upper(), s.lower(), s.swapcase(), s.title(), "abc".capitalize(), "Straße".casefold())
print(s.find("o"), s.rfind("o"), s.find("z"), s.index("W"), s.rindex("l"), s.count("l"))
print(s.startswith("Hell"), s.startswith(("x", "H")), s.endswith("ld"), s.endswith("d", 3))
print(s.replace("l", "L", 2), "a,b,,c".split(","), " a  b ".split(), "a b c".split(None, 1), "a.b.c".rsplit(".", 1))
print("k=v=w".partition("="), "k=v=w".rpartition("="), "one\ntwo\r\nthree".splitlines(), "x\n".splitlines(True))
print("-".join(["a", "b"]), "  x ".strip(), "xxaxx".strip("x"), "  x".lstrip(), "x..".rstrip("."))
print("ab".center(8, "*"), "ab".ljust(5) + "|", "ab".rjust(5), "42".zfill(5), "a\tb".expandtabs(4))
print("prefix-name".removeprefix("prefix-"), "name.py".removesuffix(".py"))
print("abc".isalpha(), "123".isdigit(), "a1".isalnum(), " ".isspace(), "A".isupper(), "a".islower(), "Ab".istitle())
print("½".isnumeric(), "²".isdecimal(), "name_1".isidentifier(), "é".isascii(), "a\n".isprintable())
table = str.maketrans("abc", "xyz", "d")
print("abcd".translate(table), "abc".translate({97: None, 98: "B"}), str.maketrans({"a": "1"}))
print("é".encode("utf-8"), "abc".encode("ascii"), "é".encode("latin-1"), "a" * 3 + "b", "b" in "abc", "a" < "b")
