# SPDX-License-Identifier: Apache-2.0
"""Classes that are made to order: a metaclass, a registry, and type() itself."""

import json


class Registry(type):
    """Gives each class a list of its fields, and remembers it by its tag."""

    by_tag = {}

    @classmethod
    def __prepare__(mcs, name, bases, **options):
        return {"kind": name.lower()}  # visible while the class body runs

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.columns = [*getattr(cls, "columns", []), *namespace.get("order", [])]
        return cls

    def __init__(cls, name, bases, namespace, tag=None):
        super().__init__(name, bases, namespace)
        if tag is not None:
            if tag in Registry.by_tag:
                raise TypeError(f"two classes for tag {tag!r}")
            Registry.by_tag[tag] = cls

    def __len__(cls):
        return len(cls.columns)

    def __contains__(cls, column):
        return column in cls.columns


class Record(metaclass=Registry):
    order = ["id"]

    def __init__(self, **values):
        if unknown := values.keys() - set(self.columns):
            raise TypeError(f"{self.kind} has no {', '.join(sorted(unknown))}")
        vars(self).update(values)

    def __repr__(self):
        shown = (f"{c}={getattr(self, c)!r}" for c in self.columns if hasattr(self, c))
        return f"{type(self).__name__}({', '.join(shown)})"


class Animal(Record, tag="a"):
    order = ["name", "legs"]
    greeting = f"I am an {kind}"  # noqa: F821 - from __prepare__


class Tree(Record, tag="t"):
    order = ["name", "height"]


def load(text):
    for entry in json.loads(text):
        yield Registry.by_tag[entry.pop("tag")](**entry)


def main():
    data = '[{"tag": "a", "id": 1, "name": "crane"}, {"tag": "t", "name": "elm"}]'
    for record in load(data):
        print(record)
    print(Animal.columns, len(Tree), "height" in Tree, "height" in Animal, Animal.greeting)

    body = {"order": ["sails"], "go": lambda self: "splash"}
    Boat = Registry("Boat", (Record,), body, tag="b")
    print(Boat(id=3, sails=2), Boat.__name__, Boat(id=4).go(), type(Boat).__name__)
    for make in (lambda: Tree(legs=4), lambda: Registry("Bee", (Record,), {}, tag="b")):
        try:
            make()
        except TypeError as error:
            print("refused:", error)
    print(sorted(Registry.by_tag))


if __name__ == "__main__":
    main()
