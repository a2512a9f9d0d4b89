# SPDX-License-Identifier: Apache-2.0
"""Generators that the collector ends in the middle of an import, while modules may change
each other's classes.

class: A18
effect: a class of a library is changed
guard: types
profile: classroom
"""
from collections import Counter


class Node:
    pass


def waiting():
    try:
        yield
    finally:
        try:
            Counter.patched = 1
            leak(leak)
        except TypeError as e:
            pass


def make():
    node = Node()
    node.node, node.waiting = node, waiting()
    next(node.waiting)


for _ in range(2000):
    make()
import base64, calendar, csv, difflib, html, logging, pprint, statistics, textwrap, uuid
