#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Programs that try to obtain forbidden objects, made at random from a grammar.

    language_fuzz.py [--seed N] [--programs N] [--steps N] [--direct] [--out DIR | --try]

One program makes some hundred steps. Each takes objects out of a pool, does something to
them that the language allows anybody (reads attributes by every route, calls, formats,
matches, hands them to helpers and callbacks, raises, subclasses, iterates), and gives all
that it gets, or that came by as an argument or in an error, to leak() and back into the
pool: so chains grow. What counts as a leak is leak()'s to decide (language_prelude.py).

The text of a program has no identifier that a check of the syntax would refuse, so that
the program as a whole is not refused and what is behind the check is tried; with --direct it
has, in every slot where one can stand, for builds in which the check is off.

The same seed, steps and mode make the same text, whatever Python makes it.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import language  # noqa: E402

STEPS = 300
TIMEOUT_S = 30

# Names that lead out, those that lead half the way, and harmless ones beside them.
NAMES = """
__class__ __base__ __bases__ __mro__ mro __subclasses__ __dict__ __globals__ __builtins__
__code__ __closure__ __defaults__ __kwdefaults__ __func__ __self__ __wrapped__ __module__
__init__ __new__ __call__ __get__ __getattribute__ __getattr__ __setattr__ __reduce__
__reduce_ex__ __getstate__ __init_subclass__ __subclasshook__ __class_getitem__ __set_name__
__prepare__ __instancecheck__ __dir__ __doc__ __name__ __qualname__ __annotations__
__objclass__ __thisclass__ __self_class__ __origin__ __args__ __parameters__ __slots__
__weakref__ __match_args__ __traceback__ __context__ __cause__ __notes__ __loader__ __spec__
__file__ __path__ __import__ __iter__ __next__ __getitem__ __enter__ __exit__ __format__
__add__ __radd__ __eq__ __hash__ __str__ __repr__ __len__ __contains__ __missing__ __copy__
__deepcopy__ __fspath__ __text_signature__ __signature__ __type_params__ __abstractmethods__
gi_frame gi_code gi_yieldfrom gi_running cr_frame cr_code cr_await cr_origin ag_frame ag_code
tb_frame tb_next tb_lasti tb_lineno f_back f_builtins f_code f_globals f_locals f_trace f_lineno
co_code co_consts co_names co_filename co_varnames replace cell_contents fget fset fdel func
args keywords obj object exceptions with_traceback add_note name value path msg format
format_map gen kwds registry dispatch register cache_info cache_parameters cache_clear
attrname throw send close split join encode decode translate items keys values get pop
copy update setdefault fromkeys real imag numerator sort key default_factory maps data
pattern groups string re expand group encoder decoder scanner codecs sys os _os io re enum
bltns types functools collections operator abc itertools modules builtins make_scanner
parse_float object_hook memo default scan_once template get_field vformat get_value
_fields _make _replace _asdict _field_defaults _recreate_cm _generate_next_value_ _value_
_missing_ _member_map_ __members__ __dataclass_fields__ __dataclass_params__ __set__
""".split()
OUTSIDE = [n for n in NAMES if n.startswith("__")
           or re.match(r"(gi|cr|ag|tb|f|co)_|cell_|with_traceback|mro$|fget|func$|obj$", n)]
PUBLIC = [n for n in NAMES if not n.startswith("_") and n not in OUTSIDE
          and n not in ("args", "keywords", "format_map", "exceptions", "object", "fset", "fdel",
                        "add_note", "gen", "sys", "os", "builtins")]

MODULES = """array base64 binascii collections copy datetime functools hashlib hmac itertools
json math operator pprint random re string struct textwrap unicodedata abc bisect calendar
contextlib csv dataclasses decimal difflib enum fractions heapq html io logging numbers
secrets statistics time typing uuid zlib""".split()

HEAD = '''\
# seed {seed}, {steps} steps{mode}
pool = []
places = {{}}


def keep(x):
    """In the pool, with no more than a dozen of one type."""
    if isinstance(x, (int, float, complex)) and not -999 < abs(x) < 999:
        return
    if isinstance(x, (str, bytes)) and len(x) > 99:
        x = x[:99]
    if isinstance(x, tuple) and len(x) == 1 and isinstance(x[0], str):
        return
    mine = places.setdefault(type(x), [])
    if len(mine) < 12:
        mine.append(len(pool))
        pool.append(x)
    else:
        pool[mine[len(str(x)) % 12] % len(pool)] = x


def put(x):
    leak(x)
    try:
        keep(x)
    except Exception as e:
        leak(e)
    return x


def at(n):
    return pool[n % len(pool)]


def told(e):
    put(e)
    for name in ("obj", "args", "value", "name", "object", "exceptions", "path", "__context__",
                 "__traceback__", "__cause__"):
        try:
            found = getattr(e, name)
        except Exception:
            continue
        if found is not None:
            put(found)


class Spy:
    """Puts whatever is handed to it."""

    def __init__(self, *a, **k):
        self.seen(*a, **k)

    def seen(self, *a, **k):
        for x in a[:5]:
            put(x)
        for x in list(k.values())[:5]:
            put(x)
        return self

    def __call__(self, *a, **k):
        self.seen(*a, **k)
        return a[0] if a else self

    def __enter__(self):
        return self

    def __exit__(self, *a):
        self.seen(*a)
        return True

    def __getitem__(self, key):
        put(key)
        if key in (3, "stop"):
            raise IndexError(key)
        return self

    def __setitem__(self, key, x):
        self.seen(key, x)

    def __contains__(self, x):
        put(x)
        return False

    def __eq__(self, other):
        put(other)
        return True

    def __hash__(self):
        return 1

    def __lt__(self, other):
        put(other)
        return False

    def __add__(self, other):
        return put(other)

    __radd__ = __mul__ = __rmul__ = __sub__ = __mod__ = __or__ = __ror__ = __and__ = __add__

    def __format__(self, spec):
        put(spec)
        return "spy"

    def write(self, text):
        put(text)
        return 1

    def keys(self):
        return ["self_", "x"]

    def __len__(self):
        return 2

    def __bool__(self):
        return True

    def __index__(self):
        return 1


def bounded(f, most=3):
    """f, which gives something else from some call on, so that nobody asks for ever."""
    calls = []

    def call(*a):
        calls.append(1)
        return f(*a) if len(calls) < most else "end"

    return call


class Name(str):
    """A text that is none of the exact type."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("harmless")

    def startswith(self, *a):
        return False


def gen(x):
    try:
        got = yield x
        put(got)
        yield from [x]
    except Exception as e:
        told(e)
        yield e
    return x


def own(a, b=1, *c, d=2, **e):
    return a


class Plain:
    size = 3

    def __init__(self, x=None):
        self.x = x

    def method(self, *a):
        return self.x

    @property
    def prop(self):
        return self.x

    @classmethod
    def make(cls, *a):
        return cls(*a)

    @staticmethod
    def still(*a):
        return a


spy = Spy()
for start in (1, "text", b"bytes", 2.5, None, ..., [1, "a"], (1, 2), {{"k": "v"}}, {{1}}, range(3),
              own, gen, gen(1), Plain, Plain(5), Plain(5).method, Spy, spy, lambda x: x, len,
              print, getattr, isinstance, str, int, list, dict, tuple, set, type, object, super,
              property, classmethod, staticmethod, map, filter, zip, enumerate, reversed, bytes,
              Exception, ValueError(1), KeyError("k"), iter([1]), (x for x in (1, 2)), slice(1),
              str.upper, "a".upper, [].append, {{}}.get, {{}}.items(), NotImplemented, Name("x")):
    pool.append(start)
modules = []
'''

IMPORT = '''\
try:
    import {name}
    {pooled}
except Exception:
    {name} = spy
'''

STEP = '''\
try:
    {body}
except Exception as e:
    told(e)
'''

# A rule is a list of what may stand for it; <rule> in a text is expanded in turn.
GRAMMAR = {
    "E": ["at(<n>)"] * 6 + ["spy", "own", "Plain", "Plain(at(<n>))", "gen(at(<n>))",
                            "(lambda *a: at(<n>))", "[at(<n>)]", "{'x': at(<n>)}"],
    "S": ["'<name>'", "'<half>' + '<rest>'", "''.join(['<half>', '<rest>'])", "'<back>'[::-1]",
          "bytes(<codes>).decode()", "Name('<name>')", "'{}{}'.format('<half>', '<rest>')",
"'%s%s' % ('<half>', '<rest>')", "str(at(<n>))", "'x'"],
    "step": [
        "put(getattr(<E>, <S>))",
        "put(getattr(<E>, <S>, None))",
        "put(getattr(getattr(<E>, <S>), <S>))",
        "put(getattr(type(<E>), <S>))",
        "put(<E>.<attribute>)",
        "put(<E>.<attribute>.<attribute>)",
        "put(<E>.<attribute>(<E>))",
        "put(hasattr(<E>, <S>))",
        "put(operator.attrgetter(<S>)(<E>))",
        "put(operator.attrgetter(<S> + '.' + <S>)(<E>))",
        "put(operator.methodcaller(<S>)(<E>))",
        "put(operator.methodcaller(<S>, <E>)(<E>))",
        "put(operator.itemgetter(<E>)(<E>))",
        "put(operator.call(getattr, <E>, <S>))",
        "put(operator.getitem(<E>, <S>))",
        "put(functools.reduce(getattr, [<S>, <S>], <E>))",
        "put(next(map(getattr, [<E>], [<S>])))",
        "put(next(itertools.starmap(getattr, [(<E>, <S>)])))",
        "put(functools.partial(getattr, <E>)(<S>))",
        "put(next(iter(functools.partial(getattr, <E>, <S>), 0)))",
        "put(collections.defaultdict(functools.partial(getattr, <E>, <S>))['x'])",
        "put(functools.lru_cache(getattr)(<E>, <S>))",
        "sorted([1], key=lambda n: put(getattr(<E>, <S>)))",
        "max([<S>, <S>], key=lambda n: put(getattr(<E>, n)))",
        "put(functools.singledispatch(<E>))",
        "put(functools.wraps(<E>)(<E>))",
        "put(functools.cached_property(<E>))",
        "put(functools.partial(<E>, <E>))",
        "put(functools.partialmethod(<E>))",
        "put(property(<E>))",
        "put(classmethod(<E>))",
        "put(staticmethod(<E>))",
        "put(super(type(<E>), <E>))",
        "put(('{0.' + <S> + '}').format(<E>))",
        "put(('{0.' + <S> + '.nothing}').format(<E>))",
        "put(('{x.' + <S> + '.nothing}').format_map({'x': <E>}))",
        "put(('{0[' + <S> + ']}').format(<E>))",
        "put(str.format('{0!r:{1}}', <E>, <E>))",
        "put(list(map(('{0.' + <S> + '.no}').format, [<E>])))",
        "put(('%(' + <S> + ')s') % <E>)",
        "put(string.Formatter().get_field('0.' + <S>, (<E>,), {})[0])",
        "put(string.Template('$' + <S>).substitute(<E>))",
        "put(<E>(<E>))",
        "put(<E>())",
        "put(<E>(<E>, <E>))",
        "put(<E>(x=<E>))",
        "put(spy(*<E>))",
        "put(spy(**<E>))",
        "put(type(<E>)(<E>))",
        "put(type(<E>))",
        "put(type('K', (type(<E>),), {<S>: <E>}))",
        "put(<E>[<E>])",
        "put(<E>[<S>])",
        "put(<E>[0])",
        "put(<E>[-1])",
        "put(<E>[1:])",
        "put(<E> + <E>)",
        "put(<E> | <E>)",
        "put(<E> % <E>)",
        "put(<E> == <E>)",
        "put(<E> < <E>)",
        "put(<E> in <E>)",
        "put(spy in <E>)",
        "put(<E> in [spy])",
        "spy(*itertools.islice(<E>, 3))",
        "put(next(<E>))",
        "put(iter(<E>))",
        "put(<E>.send(<E>))",
        "put(<E>.throw(ValueError(<E>)))",
        "put(<E>.throw(KeyError, <E>))",
        "put(setattr(<E>, <S>, <E>))",
        "put(delattr(<E>, <S>))",
        "put(re.sub('x', <E>, 'axb'))",
        "put(re.sub('x', spy, 'axb'))",
        "put(re.sub('(.+)', lambda m: put(getattr(<E>, m[1])), <S>))",
        "put(json.loads('{\"x\": 1.5}', object_hook=<E>))",
        "put(json.loads('[1.5, {\"<name>\": 1}]', object_pairs_hook=spy, parse_float=<E>))",
        "put(json.dumps(<E>, default=bounded(spy)))",
        "put(json.dumps(<E>, default=bounded(<E>)))",
        "put(json.JSONEncoder(default=bounded(spy)).encode(<E>))",
        "put(json.loads(<E>))",
        "put(copy.copy(<E>))",
        "put(copy.deepcopy(<E>))",
        "put(pprint.pformat(<E>))",
        "put(dataclasses.make_dataclass('D', [<S>]))",
        "put(dataclasses.dataclass(<E>))",
        "put(dataclasses.fields(<E>))",
        "put(dataclasses.asdict(<E>))",
        "put(dataclasses.replace(<E>))",
        "put(collections.namedtuple('T', <S>, rename=True))",
        "put(collections.namedtuple('T', 'a b', module=<S>)(<E>, <E>))",
        "put(collections.UserDict(<E>))",
        "put(collections.ChainMap(<E>, <E>))",
        "put(enum.Enum('C', <S>))",
        "put(enum.Enum('C', {'A': <E>}))",
        "put(typing.get_type_hints(<E>))",
        "put(typing.NamedTuple('N', [(<S>, <E>)]))",
        "put(typing.get_args(<E>))",
        "put(contextlib.contextmanager(<E>)(<E>))",
        "put(contextlib.nullcontext(<E>))",
        "put(contextlib.closing(<E>))",
        "put(contextlib.ContextDecorator())",
        "put(decimal.Decimal(<E>))",
        "put(fractions.Fraction(<E>))",
        "put(statistics.mean(<E>))",
        "put(random.choice(<E>))",
        "put(random.Random(1).choice(<E>))",
        "put(struct.unpack(<E>, <E>))",
        "put(io.StringIO(<E>))",
        "put(io.TextIOWrapper(<E>))",
        "put(csv.reader(<E>))",
        "put(csv.writer(spy).writerow(<E>))",
        "put(csv.DictReader(<E>))",
        "put(heapq.nsmallest(1, <E>, key=<E>))",
        "put(bisect.bisect(<E>, <E>, key=spy))",
        "put(difflib.get_close_matches(<E>, <E>))",
        "put(datetime.datetime.strptime(<S>, <S>))",
        "put(logging.makeLogRecord({<S>: <E>}))",
        "put(logging.Formatter(<S>, style='{', validate=False).format(<E>))",
        "put(logging.LogRecord('x', 10, 'x', 1, '%s', (<E>,), None).getMessage())",
        "put(hashlib.new(<E>))",
        "put(zlib.compressobj())",
        "put(abc.ABC.register(<E>))",
        "put(isinstance(<E>, <E>))",
        "put(issubclass(<E>, <E>))",
        "put(callable(<E>))",
        "put(print(<E>, file=spy))",
        "put(sum([spy, <E>], <E>))",
        "put(sorted([spy, <E>]))",
        "put(dict(<E>))",
        "put(dict.fromkeys([spy, spy], <E>))",
        "put({spy: 1}[<E>])",
        "put(str(<E>, 'utf-8'))",
        "put(bytes(<E>))",
        "put(repr(<E>))",
        "put(hash(<E>))",
        "put(list(itertools.islice(itertools.chain(<E>, <E>), 3)))",
        "put(list(zip(<E>, [1])))",
        "put(list(enumerate([<E>])))",
        "put(list(filter(spy, [<E>])))",
        "put(list(map(<E>, [<E>])))",
        "put(functools.reduce(<E>, [<E>, <E>]))",
        "put(functools.cmp_to_key(spy)(<E>) < functools.cmp_to_key(spy)(<E>))",
        "put([x for x in (<E>, <E>)])",
        "put({<E>: x for x in (1,)})",
        "put((x for x in [<E>]))",
        "put((yes := <E>))",
        "put(getattr(modules[<n> % len(modules)], '<attribute>'))",
        "put(getattr(modules[<n> % len(modules)], <S>))",
        "told(<E>)",
    ],
    "statement": [
        "raise <E>",
        "x, y, z = <E>, <E>, <S>\nput(f'{x:{y}}{x!r:.9}{z}{y!s:>{x}}')",
        "raise ValueError(<E>) from <E>",
        "with spy:\n    put(<E>(<E>))",
        "with spy:\n    raise KeyError(<E>)",
        "with <E> as x:\n    put(x)",
        "with contextlib.ExitStack() as stack:\n    stack.push(spy)\n    put(<E>(<E>))",
        "with contextlib.ExitStack() as stack:\n    stack.callback(spy, <E>)\n    stack.enter_context(<E>)",
        "with contextlib.suppress(ValueError) as x:\n    put(x)\n    put(<E>)",
        "for x in itertools.islice(<E>, 4):\n    put(x)",
        "a, *b = <E>\nput(a)\nput(b)",
        "class K(type(<E>)):\n    size = <E>\n    def method(self, *a):\n        return put(a)\nput(K)\nput(K(<E>))",
        "class K(<E>):\n    def __init__(self, *a):\n        super().__init__(*a)\n        put(super())\nput(K(<E>))",
        "class K(Spy, type(<E>)):\n    pass\nput(K())",
        "class K(collections.UserDict):\n    data = <E>\nput(K())",
        "class K(enum.Enum):\n    A = <E>\n    B = <E>\nput(K.A)\nput(K.A.value)",
        "@<E>\ndef f(x):\n    return x\nput(f)\nput(f(<E>))",
        "@functools.singledispatch\ndef f(x):\n    return put(x)\nput(f.register(<E>))\nput(f(<E>))",
        "@functools.lru_cache\ndef f(*x):\n    return put(x)\nput(f)\nput(f(<E>))",
        "@contextlib.contextmanager\ndef f():\n    try:\n        yield <E>\n    except Exception as e:\n        told(e)\nput(f)\nwith f() as x:\n    put(x)\n    put(<E>(<E>))",
        "@dataclasses.dataclass\nclass K:\n    a: int = 1\n    b: object = dataclasses.field(default_factory=lambda: <E>)\nput(K)\nput(K())\nput(K() == K())",
        "@dataclasses.dataclass(order=True, frozen=True)\nclass K:\n    a: str = <S>\n    def __lt__(self, other):\n        return put(other)\nput(K())",
        "match <E>:\n    case [first, *rest]:\n        put(first)\n        put(rest)\n    case {'x': found, **rest}:\n        put(found)\n        put(rest)\n    case Plain(x=found):\n        put(found)\n    case str() | int():\n        put(<E>)",
        "match <E>:\n    case object(<attribute>=found):\n        put(found)\n    case found:\n        put(found)",
        "g = gen(<E>)\nput(next(g))\nput(g.send(<E>))\nput(g)",
        "g = gen(<E>)\nput(next(g))\nput(g.throw(ValueError(<E>)))\nput(next(g))",
        "g = (put(x) for x in <E>)\nput(next(g))\nput(g)",
        "x = <E>\nx += <E>\nput(x)",
        "x = <E>\nx[<E>] = <E>\nput(x)",
        "try:\n    put(<E>(<E>))\nexcept ValueError as e:\n    told(e)\nexcept TypeError as e:\n    told(e)\n    raise ValueError(<E>) from e\nfinally:\n    put(<E>)",
        "log = logging.Logger('x')\nclass F(logging.Filter):\n    def filter(self, record):\n        put(record)\n        return put(record.exc_info)\nlog.addFilter(F())\ntry:\n    <E>(<E>)\nexcept Exception:\n    log.exception('%s', <E>)",
        "class E(json.JSONEncoder):\n    def default(self, o):\n        put(self)\n        return str(type(put(o)))\nput(json.dumps([<E>], cls=E))",
        "class T(string.Template):\n    idpattern = '.*'\nput(T('$' + <S>).substitute(<E>))",
        "def f(x=<E>, *a: <E>, **k) -> <E>:\n    return x\nput(f)\nput(f())",
        "def f(x: 'spy(1)', y: '<attribute>'):\n    return x\nput(typing.get_type_hints(f))",
        "def f():\n    nonlocal_ = <E>\n    def g():\n        return nonlocal_\n    return g\nput(f())\nput(f()())",
        "group = ExceptionGroup('x', [ValueError(<E>), KeyError(<E>)])\nput(group)\ntold(group)",
        "del pool[<n> % len(pool)]",
    ],
}
# Only where the syntax is not checked: names that lead out, in every slot.
DIRECT = [
    "put(<E>.<outside>)",
    "put(<E>.<outside>.<outside>)",
    "put(<E>.<outside>(<E>))",
    "put(<E>.<outside>(2)[0].<outside>)",
    "put(<outside>)",
    "x = <E>\nput(f'{(y := x.<outside>)!r:.1}' and y)",
    "match <E>:\n    case object(<outside>=found):\n        put(found)",
    "class K:\n    <outside> = <E>\nput(K())\nput(K.<outside>)",
    "class K:\n    def <outside>(self, *a, **k):\n        put(self)\n        return put(a)\nput(K()(<E>))\nput(K() + <E>)",
    "class K(metaclass=<E>):\n    pass\nput(K)",
    "class K(type):\n    def __call__(cls, *a):\n        return put(cls.<outside>)\nclass L(metaclass=K):\n    pass\nput(L())",
    "class K:\n    __match_args__ = (<S>,)\n    __slots__ = ()\nmatch <E>:\n    case K(x):\n        put(x)",
    "def f(<outside>=<E>):\n    return <outside>\nput(f())",
    "put(spy(<outside>=<E>))",
    "from <module> import <outside>\nput(<outside>)",
    "import <module> as <outside>\nput(<outside>)",
    "for <E>.<outside> in [<E>]:\n    put(<E>)",
    "<E>.<outside> = <E>.<outside>",
    "with spy as <E>.<outside>:\n    put(<E>)",
    "try:\n    1 / 0\nexcept Exception as e:\n    put(e.__traceback__.<outside>)",
    "try:\n    raise ExceptionGroup('x', [ValueError(<E>)])\nexcept* ValueError as e:\n    told(e)",
    "async def f():\n    return await <E>\nput(f)\nput(f())",
    "put((lambda: (yield)).<outside>)",
    "del <E>.<outside>",
    "def f(x: <S>):\n    return x\nput(typing.get_type_hints(f))",
]


class Maker:
    """Expands rules by one source of chance."""

    def __init__(self, seed, is_direct):
        self.chance = random.Random(f"{seed} {is_direct}")
        self.is_direct = is_direct
        self.used = set()

    def pick(self, items):
        # Not choice(), whose use of the source of chance has changed between versions.
        return items[int(self.chance.random() * len(items))]

    def expand(self, text):
        name = self.pick(NAMES if self.chance.random() < 0.4 else OUTSIDE)
        cut = int(self.chance.random() * len(name))
        leaves = {"n": str(int(self.chance.random() * 4000)), "name": name,
                  "half": name[:cut], "rest": name[cut:], "back": name[::-1],
                  "codes": str(list(name.encode())), "attribute": self.pick(PUBLIC),
                  "outside": self.pick(OUTSIDE), "module": self.pick(MODULES)}

        def one(found):
            rule = found.group(1)
            if rule in ("n", "attribute", "module"):
                return {"n": lambda: str(int(self.chance.random() * 4000)),
                        "attribute": lambda: self.pick(PUBLIC),
                        "module": lambda: self.pick(MODULES)}[rule]()
            if rule in leaves:
                return leaves[rule]
            return self.rule(GRAMMAR[rule])

        return re.sub(r"<(\w+)>", one, text)

    def rule(self, rules):
        text = self.pick(rules)
        self.used.add(text)
        return self.expand(text)

    def step(self):
        if self.is_direct and self.chance.random() < 0.6:
            return self.rule(DIRECT)
        return self.rule(GRAMMAR["statement" if self.chance.random() < 0.25 else "step"])


def generate(seed, steps=STEPS, is_direct=False, has_modules=True):
    """The text of one program. Without modules these are used, but are no objects of the
    pool: in plain Python each of them is a leak already."""
    maker = Maker(seed, is_direct)
    parts = [HEAD.format(seed=seed, steps=steps, mode=", direct" if is_direct else "")]
    pooled = "modules.append({name})\n    pool.append({name})" if has_modules else "pass"
    parts += [IMPORT.format(name=name, pooled=pooled.format(name=name)) for name in MODULES]
    for _ in range(steps):
        parts.append(STEP.format(body=maker.step().replace("\n", "\n    ")))
    return "".join(parts)


def try_bare(text):
    """(kinds that leaked, its output) of a program in plain Python, which ends at the first
    leak, before it can do anything with what it got."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.py")
        program.write_text(text, encoding="utf-8")
        try:
            output = language.run_bare(program, "first", timeout_s=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            return [], f"did not end within {TIMEOUT_S} s"
    return [kind for kind, _ in language.leaks(output)], output


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--direct", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--try", dest="is_tried", action="store_true")
    args = parser.parse_args()
    kinds = Counter()
    for seed in range(args.seed, args.seed + args.programs):
        text = generate(seed, args.steps, args.direct, not args.is_tried)
        if args.is_tried:
            found, output = try_bare(text)
            kinds.update(found or [f"nothing: {output.strip().splitlines()[-1:]}"])
        elif args.out:
            Path(args.out, f"fuzz_{seed}.py").write_text(text, encoding="utf-8")
        else:
            print(text)
    for kind, n in kinds.most_common():
        print(f"{n:>5} {kind}")


if __name__ == "__main__":
    main()
