# SPDX-License-Identifier: Apache-2.0
"""Complete words with a trie, weigh them by use, and forgive one typing error."""

from dataclasses import dataclass, field


@dataclass
class Node:
    children: dict = field(default_factory=dict)
    count: int = 0  # how often the word that ends here was used


class Trie:
    def __init__(self, words=()):
        self.root = Node()
        for word in words:
            node = self.root
            for letter in word:
                node = node.children.setdefault(letter, Node())
            node.count += 1

    def _find(self, prefix):
        node = self.root
        for letter in prefix:
            if letter not in node.children:
                return None
            node = node.children[letter]
        return node

    def __contains__(self, word):
        node = self._find(word)
        return node is not None and node.count > 0

    def words(self, prefix=""):
        """Yield (word, count) in dictionary order."""
        start = self._find(prefix)
        stack = [(prefix, start)] if start else []
        while stack:
            word, node = stack.pop()
            if node.count:
                yield word, node.count
            for letter in sorted(node.children, reverse=True):
                stack.append((word + letter, node.children[letter]))

    def complete(self, prefix, limit=3):
        ranked = sorted(self.words(prefix), key=lambda item: (-item[1], item[0]))
        return [word for word, _count in ranked[:limit]]

    def near(self, text, errors=1):
        """Words that differ by so many letters at most, added, dropped or changed."""
        found = set()

        def walk(node, word, rest, errors):
            if errors < 0:
                return
            if not rest and node.count:
                found.add(word)
            walk(node, word, rest[1:], errors - 1 if rest else -1)
            for letter, child in node.children.items():
                walk(child, word + letter, rest[1:], errors - (letter != rest[:1]))
                walk(child, word + letter, rest, errors - 1)

        walk(self.root, "", text, errors)
        return sorted(found)


def main():
    text = """the cart and the car went past the castle while the cat and the carter
    sat in the cart and the cat saw a cup and a cap in the carriage of the castle"""
    trie = Trie(text.split())
    for prefix in ("ca", "cart", "t", "x"):
        print(f"{prefix!r}:", trie.complete(prefix))
    print("car" in trie, "carr" in trie, "" in trie)
    print("near:", trie.near("cat"), trie.near("casle"))
    print("all:", " ".join(f"{word}*{count}" for word, count in trie.words() if count > 1))


if __name__ == "__main__":
    main()
