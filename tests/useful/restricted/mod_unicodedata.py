# SPDX-License-Identifier: Apache-2.0
# profile: page
# What characters are.
import unicodedata as u

for c in "aÉ5½€ß":
    print(c, u.name(c), u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c), u.mirrored(c), repr(u.decomposition(c)))
print(u.lookup("SNOWMAN"), u.decimal("5"), u.digit("²"), u.numeric("½"), u.name("\n", "no name"), u.is_normalized("NFC", "é"))
print(len(u.normalize("NFD", "é")), u.normalize("NFKC", "ﬁ①"), u.normalize("NFC", "e\u0301") == "é", len(u.unidata_version) > 3)
plain = "".join(c for c in u.normalize("NFD", "Crème Brûlée") if not u.combining(c))
print(plain)
