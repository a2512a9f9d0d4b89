# SPDX-License-Identifier: Apache-2.0
"""Library code that runs for restricted code: it is no way round the guard, and what it
does for ordinary programs it still does."""
import unittest

import tables
from restricted import RestrictedTest

ALL = {"modules": {"allow": tables.modules()},
       "builtins": {"allow": ["getattr", "setattr", "dir", "id"]}}
FREE = {"heap": "none", "loop_iterations": "none", "recursion": 1000}


class LibraryTest(RestrictedTest):
    def prints(self, code, *lines):
        value = self.ok(code, python=ALL, limits=FREE)
        self.assertEqual(value["stdout"].splitlines(), list(lines))
        return value


class Meanwhile(LibraryTest):
    """The guard opens its gates for what it does itself; not for code that runs meanwhile."""

    def test_a_hook_that_dir_calls(self):
        self.prints("""
            import enum

            class Colour(enum.Enum):
                RED = 1

            class Hook:
                __slots__ = ()

                def __getattr__(self, name):
                    if name == "__dict__":
                        try:
                            Colour._convert_("Made", "os", lambda name: name == "sys")
                            print("converted")
                        except AttributeError as e:
                            print(e)
                        try:
                            [].nothing
                        except AttributeError as e:
                            print(hasattr_obj(e))
                    raise AttributeError(name)

            def hasattr_obj(error):
                return getattr(error, "obj", "no obj")

            dir(Hook())
        """, "_convert_ is not available here", "no obj")

    def test_the_end_of_a_generator(self):
        self.prints("""
            import enum, functools

            class Colour(enum.Enum):
                RED = 1

            def waiting():
                try:
                    yield
                finally:
                    try:
                        Colour._convert_("Made", "os", lambda name: name == "sys")
                        print("converted")
                    except AttributeError as e:
                        print(e)

            def f():
                pass

            def g():
                "text"

            f.__doc__ = waiting()
            next(f.__doc__)
            functools.wraps(g)(f)
            print(f.__doc__)
        """.replace("f.__doc__ = waiting()\n            next(f.__doc__)",
                    "held = waiting()\n            next(held)\n            "
                    "setattr(f, '__doc__', held)\n            del held"),
            "_convert_ is not available here", "text")


    def test_the_collector_in_an_import(self):
        self.prints("""
            from collections import Counter

            class Node:
                pass

            said = set()

            def waiting():
                try:
                    yield
                finally:
                    try:
                        Counter.patched = 1
                        said.add("patched")
                    except TypeError as e:
                        said.add(str(e))

            for _ in range(2000):
                node = Node()
                node.node, node.waiting = node, waiting()
                next(node.waiting)
            import calendar, csv, difflib, logging, pprint, statistics, textwrap, uuid
            del node
            print(*said)
        """, "cannot set 'patched' attribute of immutable type 'Counter'")


    def test_a_module_that_is_imported_by_a_function(self):
        self.prints("""
            print("bücher.example".encode("idna"), b"xn--bcher-kva".decode("idna"))
        """, "b'xn--bcher-kva.example' bücher")


class Memory(LibraryTest):
    def test_a_struct_that_nobody_initialised(self):
        self.prints("""
            import struct

            class Header(struct.Struct):
                def __init__(self):
                    super().__init__("<HI")

            raw = struct.Struct.__new__(struct.Struct)
            print(raw.size, raw.pack(), raw.unpack(b""), raw.pack_into(bytearray(8), 0))
            try:
                raw.pack_into(bytearray(8))
            except struct.error as e:
                print("refused")
            print(Header().size, Header().pack(1, 2))
        """, "0 b'' () None", "refused", "6 b'\\x01\\x00\\x02\\x00\\x00\\x00'")

    def test_a_static_method_that_has_nothing_to_call(self):
        self.prints("""
            import abc

            class Own(staticmethod):
                pass

            for cls in (staticmethod, abc.abstractstaticmethod, Own):
                raw = cls.__new__(cls)
                for use in (raw, lambda: sorted([1], key=raw), lambda: list(map(raw, [1]))):
                    try:
                        use()
                    except RuntimeError as e:
                        print(e)
            print(staticmethod(len)([1, 2]), staticmethod(sorted)([2, 1], reverse=True))
            """, *["uninitialized staticmethod object"] * 9, "2 [2, 1]")


class Bases(LibraryTest):
    def test_private_classes_are_none(self):
        value = self.prints("""
            import contextlib, typing

            class Stand:
                def __getattr__(self, name):
                    if name == "__mro_entries__":
                        return lambda bases: (type(typing.get_args(typing.List["X"])[0]),)
                    raise AttributeError(name)

            def plain():
                class A(type(typing.get_args(typing.List["X"])[0]), _root=True): pass

            def by_hook():
                class A(Stand(), _root=True): pass

            def generator():
                class A(type(contextlib.contextmanager(lambda: (yield))())): pass

            for f in (plain, by_hook, generator):
                try:
                    f()
                    print("made")
                except TypeError as e:
                    print(e)
        """, *(f"a class cannot be made of '{name}' here: its module keeps it to itself"
               for name in ("ForwardRef", "ForwardRef", "_GeneratorContextManager")))
        self.assertEqual([d["what"] for d in value["denials"]],
                         ["private class ForwardRef", "private class ForwardRef",
                          "private class _GeneratorContextManager"])

    def test_every_class_on_offer_is_one(self):
        """Each that Python itself lets be derived from, by its row."""
        rows = tables.rows()
        lines = ["import abc, enum", "made = refused = 0"]
        for module in tables.modules():
            lines.append(f"import {module}")
            lines += [f"try:\n    import {module}\n    base = {module}.{name}\n"
                      "    if isinstance(base, type):\n        class A(base): pass\n"
                      "        made += 1\n"
                      "except (AttributeError, TypeError, ValueError) as e:\n"
                      f"    if 'to itself' in str(e): print({module!r}, {name!r}, e)\n"
                      for name in rows[module]]
        lines.append("print(made > 100)")
        value = self.ok("\n".join(lines), python=ALL, limits=FREE)
        self.assertEqual(value["stdout"], "True\n")


class Copies(LibraryTest):
    def test_of_objects_with_slots(self):
        self.prints("""
            import copy
            from dataclasses import dataclass

            class Point:
                __slots__ = ("x", "y")

            @dataclass(slots=True)
            class Pair:
                left: list
                right: int = 2

            p = Point()
            p.x, p.y = [1], 2
            shallow, deep = copy.copy(p), copy.deepcopy(p)
            print(shallow.x is p.x, deep.x is p.x, deep.x, deep.y)
            pair = Pair([1])
            print(copy.deepcopy(pair), copy.copy(pair) == pair)
        """, "True False [1] 2", "Pair(left=[1], right=2) True")

    def test_of_what_has_parts_of_each_kind(self):
        self.prints("""
            import collections, copy, datetime, decimal, fractions, functools, re

            class Both(list):
                def method(self):
                    return self.tag

            class Wrong(Exception):
                pass

            both = Both([[1]])
            both.tag = "t"
            made = copy.deepcopy(both)
            made[0].append(2)
            print(both, made, made.tag)
            error = Wrong("a", 1)
            error.more = [1]
            print(copy.deepcopy(error).args, copy.copy(error).more)
            bound = copy.deepcopy(both.method)
            both.tag = "u"
            print(bound())
            for x in (collections.OrderedDict(a=[1]), collections.Counter("aab"),
                      collections.defaultdict(list, a=[1]), collections.deque([[1]], 3),
                      fractions.Fraction(1, 3), decimal.Decimal("1.5"), re.compile("a"),
                      datetime.date(2020, 1, 2), functools.partial(int, base=2)):
                y = copy.deepcopy(x)
                print(type(x) is type(y), str(x) == str(y))
            print(copy.copy(str.upper)("a"), copy.deepcopy([str.upper])[0]("b"))
        """, "[[1]] [[1, 2]] t", "('a', 1) [1]", "t", *["True True"] * 9, "A B")

    def test_recursive(self):
        self.prints("""
            import copy

            class Node:
                pass

            a = Node()
            a.me, a.list = a, [a]
            b = copy.deepcopy(a)
            print(b.me is b, b.list[0] is b, b is a)
        """, "True True False")


class Lent(LibraryTest):
    """Memory that C code goes on using while code of the program runs."""

    def test_items_of_an_array(self):
        self.prints("""
            import array

            class Item:
                def __init__(self, of): self.of = of
                def __index__(self):
                    del self.of[:]
                    return 65

            def made(): return array.array("q", [1] * 1000)

            a = made()
            try:
                a[500] = Item(a)
            except IndexError as e:
                print(e)
            a = made()
            a.append(Item(a))
            print(a)
            a = made()
            a.insert(500, Item(a))
            print(a)
            a = made()
            a.extend(Item(a) for _ in range(2))
            print(a)
            a = made()
            a.fromlist([Item(a)])
            print(a)
            b = array.array("d", [1, 2.5])
            b[0] = 3
            b[1:] = array.array("d", [4])
            b.extend([5, True])
            print(b, array.array("u", "abc"))
            for wrong in (lambda: a.append("x"), lambda: a.append(1.5), lambda: b.append("x"),
                          lambda: a.insert(1), lambda: a.fromlist((1,)), lambda: a.extend(b)):
                try:
                    wrong()
                    print("no error")
                except TypeError as e:
                    print("TypeError")
        """, "array assignment index out of range", "array('q', [65])", "array('q', [65])",
                    "array('q', [65, 65])", "array('q', [65])",
                    "array('d', [3.0, 4.0, 5.0, 1.0]) array('u', 'abc')", *["TypeError"] * 6)

    def test_flags_of_a_context_that_ended(self):
        self.prints("""
            from decimal import Context, Decimal, Inexact

            class Own(Context):
                pass

            context = Own(prec=3)
            flags, traps = context.flags, context.traps
            context.divide(Decimal(1), Decimal(3))
            del context
            others = [bytes(size) for size in range(40, 120) for _ in range(50)]
            print(flags[Inexact], traps[Inexact], len(flags))
            flags[Inexact], traps[Inexact] = False, True
            print(flags[Inexact], traps[Inexact], any(map(any, others)))
            print(type(flags)()[Inexact])
        """, "True False 9", "False True False", "False")

    def test_streams_of_ones_own_below_a_reader(self):
        self.prints("""
            import io

            class Raw(io.RawIOBase):
                def readable(self): return True
                def readinto(self, view): return 0

            class Reader(io.BufferedReader):
                def __init__(self, raw): super().__init__(raw)

            for f in (lambda: io.BufferedReader(Raw()), lambda: io.BufferedReader(raw=Raw()),
                      lambda: Reader(Raw())):
                try:
                    f()
                except TypeError as e:
                    print(e)
            print(io.BufferedReader(io.BytesIO(b"abc"), 2).read(),
                  Reader(io.BytesIO(b"d")).read(), io.TextIOWrapper(io.BytesIO(b"e")).read())
        """, "_io.BufferedReader takes an io.BytesIO here, not 'Raw'",
                    "_io.BufferedReader takes an io.BytesIO here, not 'Raw'",
                    "Reader takes an io.BytesIO here, not 'Raw'", "b'abc' b'd' e")


class Descriptors(LibraryTest):
    """What stands for an attribute in a class can be called, too, and is held to the same."""

    def test_the_precision_of_a_context(self):
        refused = "a precision of more than 100000 digits is not available here"
        self.prints("""
            import decimal
            from decimal import Context

            class Own(Context):
                def __init__(self): super().__init__(prec=10 ** 8)

            context = decimal.getcontext()
            prec = Context.prec
            for f in (lambda: prec.__set__(context, 10 ** 8),
                      lambda: Context.__init__(context, prec=10 ** 8),
                      lambda: Context.__init__(context, 10 ** 8), Own,
                      lambda: setattr(context, "prec", 10 ** 8)):
                try:
                    f()
                    print("no error")
                except ValueError as e:
                    print(e)
            print(context.prec, prec.__get__(context))
            Context.__init__(context, prec=5)
            print(context.prec)
        """, *[refused] * 5, "28 28", "5")

    def test_the_name_of_a_field(self):
        self.prints("""
            from dataclasses import Field, asdict, dataclass, fields

            @dataclass
            class A:
                x: int = 1

            name, field = Field.name, fields(A)[0]
            for f in (lambda: name.__set__(field, "__class__"), lambda: name.__delete__(field),
                      lambda: setattr(field, "name", "y")):
                try:
                    f()
                    print("no error")
                except AttributeError as e:
                    print(e)
            print(field.name, name.__get__(field), asdict(A()))
        """, *["the name of a field cannot be changed"] * 3, "x x {'x': 1}")


class Methods(LibraryTest):
    def test_pprint_knows_the_classes_that_it_shows(self):
        self.prints("""
            import collections, pprint
            pprint.pprint(collections.Counter({"a": 2, "b": 1}), width=10)
            pprint.pprint(collections.UserList([1, 2]))
            pprint.pprint(collections.ChainMap({1: 2}))
        """, "Counter({'a': 2,", "         'b': 1})", "[1, 2]", "ChainMap({1: 2})")

    def test_flags(self):
        self.prints("""
            import enum

            class Colour(enum.Flag):
                RED = 1
                GREEN = 2

            class Mode(enum.IntFlag):
                R = 4
                W = 2

            Made = enum.Flag("Made", "A B")
            print(Colour.RED | Colour.GREEN, ~Colour.RED, Colour.RED & Colour.GREEN)
            print(Mode.R | 2, 2 | Mode.R, Made.A | Made.B, Colour.__or__(Colour.RED, Colour.GREEN))
            try:
                Colour.__or__(Colour, Colour.RED)
            except TypeError as e:
                print(e)
        """, "Colour.RED|GREEN Colour.GREEN Colour(0)", "6 6 Made.A|B Colour.RED|GREEN",
                    "method '__or__' of 'Colour' needs an instance of it, not EnumType")

    def test_dispatch(self):
        self.prints("""
            import functools

            @functools.singledispatch
            def f(x):
                return "other"

            @f.register
            def _(x: int):
                return "int"

            class A:
                @functools.singledispatchmethod
                def m(self, x):
                    return "other"

                @m.register(int)
                def _(self, x):
                    return "int"

            print(f(1), f(""), f.dispatch(bool)(1), A().m(1), A().m(""))
            f._clear_cache()
            try:
                f.dispatch(1)
            except TypeError as e:
                print(e)
        """, "int other int int other", "dispatch() takes a class, not 'int'")

    def test_statistics_of_classes(self):
        self.prints("""
            import abc, statistics

            class Number:
                def is_finite(self): return False
                def __radd__(self, other): return self
                def __truediv__(self, other): return Abstract

            class Abstract(abc.ABC): pass

            class Plain:
                @staticmethod
                def as_integer_ratio(): return (Number(), None)

            try:
                print(statistics.mean([Plain]))
            except TypeError as e:
                print(e)
            print(statistics.mean([1, 2, 3]), statistics.mean([1, 2.5]))
        """, "there are no statistics of classes", "2 1.75")


if __name__ == "__main__":
    unittest.main()
