# SPDX-License-Identifier: Apache-2.0
# profile: page
# Bytes, their methods, and the changeable kind.
b = b"hello \x00\xff"
print(b, len(b), b[0], b[:5], b.hex(), bytes.fromhex("de ad"), b.hex(" ", 2), bytes(3), bytes([65, 66]))
print(b"a,b".split(b","), b"-".join([b"x", b"y"]), b"abc".upper(), b"ABC".lower(), b" x ".strip(), b"abc".find(b"c"))
print(b"abc".replace(b"b", b"--"), b"abc".startswith(b"a"), b"abc".endswith(b"c"), b"aXb".partition(b"X"), b"a\nb".splitlines())
print(b"caf\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"\xff".decode("utf-8", "replace"), b"ab".decode("ascii"))
ba = bytearray(b"abc")
ba[0] = 122
ba.append(33)
ba.extend(b"??")
ba += b"."
print(ba, ba.pop(), ba.count(b"?"), bytes(ba), ba.decode())
del ba[1]
ba.insert(0, 65)
ba.reverse()
ba.remove(33)
print(ba, ba[::-1], ba.copy() == ba, 65 in ba)
ba.clear()
print(ba, b"ab" + b"c", b"ab" * 2, b"a" < b"b", b"x".ljust(3, b"."), b"x".rjust(3), b"x".center(3, b"-"), b"7".zfill(3))
print(b"abc".isalpha(), b"1".isdigit(), b"a1".isalnum(), b" ".isspace(), b"A".isupper(), b"a".islower(), b"Ab".istitle(), b"a".isascii())
print(b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"x=y".rpartition(b"="), b"pre-x".removeprefix(b"pre-"), b"x.y".removesuffix(b".y"))
print(b"ab ab".rfind(b"ab"), b"abab".index(b"b"), b"abab".rindex(b"b"), b"a b".rsplit(None, 1), b"hi You".title(), b"hi".capitalize(), b"aB".swapcase(), b"a\tb".expandtabs(2), b"  x".lstrip(), b"x  ".rstrip())
