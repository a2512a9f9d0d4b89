# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Differences of texts.
import difflib

a, b = "one two three\nx\n".splitlines(True), "one tree\nx\ny\n".splitlines(True)
print("".join(difflib.unified_diff(a, b, "old", "new")), "".join(difflib.context_diff(a, b)), "".join(difflib.ndiff(a, b)), sep="---\n")
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]), round(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), 2))
s = difflib.SequenceMatcher(None, "qabxcd", "abycdf")
print(s.get_opcodes(), s.find_longest_match(0, 6, 0, 6), s.get_matching_blocks()[0], round(s.quick_ratio(), 2), isinstance(s.get_matching_blocks()[0], difflib.Match))
d = list(difflib.Differ().compare(["a\n"], ["b\n"]))
print(d, list(difflib.restore(d, 2)), difflib.IS_LINE_JUNK("#\n"), difflib.IS_CHARACTER_JUNK(" "))
print(list(difflib.diff_bytes(difflib.unified_diff, [b"a\n"], [b"b\n"]))[2:])
