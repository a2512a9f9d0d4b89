# SPDX-License-Identifier: Apache-2.0
"""Compare two versions of a file, and write the difference as a patch."""

import difflib
from pathlib import Path


def read_lines(name):
    return Path(name).read_text(encoding="utf-8").splitlines(keepends=True)


def main():
    old, new = read_lines("recipe_old.txt"), read_lines("recipe_new.txt")
    patch = list(difflib.unified_diff(old, new, "recipe_old.txt", "recipe_new.txt"))
    print("".join(patch), end="")

    added = sum(line.startswith("+") and not line.startswith("+++") for line in patch)
    removed = sum(line.startswith("-") and not line.startswith("---") for line in patch)
    ratio = difflib.SequenceMatcher(None, old, new).ratio()
    print(f"\n{added} lines added, {removed} removed, {ratio:.0%} alike")

    print("\nWord by word:")
    before, after = "two large eggs".split(), "three small fresh eggs".split()
    matcher = difflib.SequenceMatcher(None, before, after)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        print(f"  {what:8} {' '.join(before[i1:i2])} -> {' '.join(after[j1:j2])}")

    Path("recipe.patch").write_text("".join(patch), encoding="utf-8")
    near = difflib.get_close_matches("flower", ["flour", "butter", "sugar"])
    print("\nDid you mean", *near)


if __name__ == "__main__":
    main()
