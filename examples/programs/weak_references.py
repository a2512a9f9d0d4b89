# SPDX-License-Identifier: Apache-2.0
"""Who keeps what alive: weak references, finalizers, and the garbage collector."""

import gc
import weakref


class Node:
    def __init__(self, name):
        self.name, self.children, self._parent = name, [], None

    def add(self, child):
        self.children.append(child)
        child._parent = weakref.ref(self)  # upwards weakly: no cycle
        return child

    @property
    def parent(self):
        return self._parent() if self._parent else None

    def __repr__(self):
        return f"<{self.name}>"


class Ring:
    """Refers to itself, so that counting references alone never frees it."""

    def __init__(self):
        self.me = self


class Bell:
    def __init__(self):
        self.listeners = weakref.WeakSet()

    def ring(self):
        return sorted(listener.name for listener in self.listeners)


def main():
    gc.disable()  # now only gc.collect() frees cycles
    root = Node("root")
    leaf = root.add(Node("leaf"))
    print(leaf.parent, root.children)
    del root
    print("the parent is gone:", leaf.parent)

    images = weakref.WeakValueDictionary()
    images["a"] = image = Node("image")
    print("cached:", list(images), end=" ")
    del image
    print("and then:", list(images))

    node = other = Node("node")
    weakref.finalize(node, print, "finalizer: the node was freed")
    del node
    print("still there:", other)
    del other

    ring = Ring()
    watch = weakref.ref(ring, lambda ref: print("the ring is being freed"))
    del ring
    print("in its cycle:", watch() is not None)
    print("collected some:", gc.collect() > 0, watch())

    bell = Bell()
    ana, ben = Node("ana"), Node("ben")
    bell.listeners.update((ana, ben))
    print(bell.ring(), end=" ")
    del ana
    print(bell.ring())

    notes = weakref.WeakKeyDictionary({ben: "likes jazz"})
    method = weakref.WeakMethod(bell.ring)
    print(notes[ben], method()(), gc.is_tracked([]), gc.is_tracked(1))
    gc.enable()


if __name__ == "__main__":
    main()
