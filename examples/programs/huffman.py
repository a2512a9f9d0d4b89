# SPDX-License-Identifier: Apache-2.0
"""Huffman's code: build it, pack a text with it into bits, and unpack it again."""

import heapq
from collections import Counter
from itertools import count

TEXT = """she sells sea shells by the sea shore; the shells she sells are sea shells, she is
sure, for if she sells sea shells by the sea shore, then she sells sea shore shells"""


def build_tree(text):
    """A tree of nested pairs with letters as leaves.  Ties are broken by age."""
    age = count()
    heap = [(n, next(age), letter) for letter, n in sorted(Counter(text).items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        n1, _, left = heapq.heappop(heap)
        n2, _, right = heapq.heappop(heap)
        heapq.heappush(heap, (n1 + n2, next(age), (left, right)))
    return heap[0][2]


def codes(tree, prefix=""):
    if isinstance(tree, str):
        return {tree: prefix or "0"}
    left, right = tree
    return codes(left, prefix + "0") | codes(right, prefix + "1")


def pack(text, table):
    """A byte that says how many bits of the last one are padding, and the bits."""
    bits = "".join(table[letter] for letter in text)
    padding = -len(bits) % 8
    bits += "0" * padding
    return bytes([padding]) + int("1" + bits, 2).to_bytes(len(bits) // 8 + 1, "big")[1:]


def unpack(data, tree):
    bits = "".join(f"{byte:08b}" for byte in data[1:])
    bits = bits[: len(bits) - data[0]]
    letters, node = [], tree
    for bit in bits:
        node = node[int(bit)]
        if isinstance(node, str):
            letters.append(node)
            node = tree
    return "".join(letters)


def main():
    tree = build_tree(TEXT)
    table = codes(tree)
    packed = pack(TEXT, table)
    assert unpack(packed, tree) == TEXT

    usage = Counter(TEXT)
    for letter in sorted(table, key=lambda letter: (len(table[letter]), letter))[:8]:
        print(f"{letter!r:5} {usage[letter]:3} times  {table[letter]}")
    print(f"{len(TEXT)} bytes became {len(packed)}")
    prefix_free = (
        a == b or not b.startswith(a) for a in table.values() for b in table.values()
    )
    print("no code starts another:", all(prefix_free))
    # The order of ties is fixed, and so are the bits.
    print("starts with:", packed[:12].hex(" "))


if __name__ == "__main__":
    main()
