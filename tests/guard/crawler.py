# SPDX-License-Identifier: Apache-2.0
#
# Runs in a restricted cell, after a line of the test's own that makes SEEDS, the built-ins
# and facades by name.  It takes every attribute, item and element of what it can reach,
# calls what can be called, and asks the oracle about each object.  The first forbidden one
# ends it.  Every form here is one that restricted code may use.
PER_TYPE = 40  # instances of one type whose insides are looked at
PER_CALL = 2  # results of one type that one function gives
PER_METHOD = 3  # instances of which one method is called
MOST = 400_000  # objects

PLAIN = (int, str, bytes, float, bool, complex, type(None))
seen = {}
groups = {}
queue = []
captured = []
count = [0, 0]


def look(path, thing, key=None):
    count[0] += 1
    kind = leak_kind(thing)
    if kind is not None:
        print("\nLEAK", kind, type(thing).__name__, path)
        raise SystemExit(3)
    if isinstance(thing, PLAIN) or id(thing) in seen or len(seen) > MOST:
        return
    seen[id(thing)] = thing
    if not isinstance(thing, type):
        is_method = key is not None and callable(thing)
        group = key if is_method else type(thing)
        known = groups.get(group, 0)
        groups[group] = known + 1
        if known >= (PER_METHOD if is_method else PER_TYPE):
            return
    queue.append((path, thing))


def hook(*args, **kwargs):
    captured.append(args)
    captured.append(kwargs)
    return args[0] if args else None


class Spy:
    """Says yes to everything, and keeps what it is given."""

    def __init__(self, *args, **kwargs):
        hook(*args, **kwargs)

    def __call__(self, *args, **kwargs):
        return hook(*args, **kwargs)

    def __getattr__(self, name):
        captured.append(name)
        if name.startswith("__"):
            raise AttributeError(name)
        return hook

    def __setattr__(self, name, value):
        hook(name, value)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        hook(*args)
        return True

    def __iter__(self):
        return iter([1, 2])

    def __len__(self):
        return 2

    def __getitem__(self, key):
        captured.append(key)
        return key

    def __setitem__(self, key, value):
        hook(key, value)

    def __contains__(self, key):
        captured.append(key)
        return False

    def __eq__(self, other):
        captured.append(other)
        return True

    def __lt__(self, other):
        captured.append(other)
        return True

    def __hash__(self):
        return 7

    def __add__(self, other):
        captured.append(other)
        return other

    def __radd__(self, other):
        captured.append(other)
        return other

    def __format__(self, spec):
        captured.append(spec)
        return "spy"

    def __repr__(self):
        return "Spy()"

    def __get__(self, instance, owner):
        hook(instance, owner)
        return hook

    def __set_name__(self, owner, name):
        hook(owner, name)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        captured.append(memo)
        return self

    def __init_subclass__(cls, **kwargs):
        hook(cls, **kwargs)

    def write(self, text):
        captured.append(text)
        return len(text)

    def read(self, *args):
        return "{}"

    def emit(self, record):
        captured.append(record)


class Child(Spy):
    descriptor = Spy()

    @property
    def lazy(self):
        return 1

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def still():
        return 2


def produce():
    got = yield 1
    captured.append(got)
    try:
        yield 2
    except Exception as error:
        captured.append(error)
    yield 3


def failures():
    """Exceptions of many kinds, with causes and contexts."""
    tries = [lambda: 1 / 0, lambda: [].x, lambda: {}["k"], lambda: int("x"), lambda: [][1],
             lambda: nothing_of_this_name, lambda: "x".encode("ascii").decode("utf-16"),
             lambda: "\u20ac".encode("ascii"), lambda: next(iter([])), lambda: (lambda: 1)(2)]
    for f in tries:
        try:
            f()
        except Exception as error:
            yield error
            try:
                raise RuntimeError("outer") from error
            except RuntimeError as outer:
                yield outer
    for make in (ExceptionGroup("g", [ValueError(1)]), StopIteration(5), SystemExit(4)):
        yield make


def with_exit():
    with Spy():
        raise ValueError("seen by __exit__")


def more_seeds():
    """What has to be made by a statement."""
    yield "generator", produce()
    yield "genexp", (x for x in [1])
    yield "function", hook
    yield "lambda", lambda x, *y, z=1, **w: x
    yield "method", Child().make
    yield "spy", Spy()
    yield "child", Child
    yield "class", Spy
    for error in failures():
        yield "error " + type(error).__name__, error
    made = SEEDS
    if "dataclasses" in made:
        D = made["dataclasses"].make_dataclass("D", ["a", ("b", int, 3)])
        yield "dataclass", D
        yield "dataclass instance", D(1)
    if "enum" in made:
        class Color(made["enum"].Enum):
            RED = 1
        class Bits(made["enum"].Flag):
            A = 1
            B = 2
        yield "enum", Color
        yield "flag", Bits.A | Bits.B
    if "collections" in made:
        P = made["collections"].namedtuple("P", "x y")
        yield "namedtuple", P
        yield "namedtuple instance", P(1, 2)
    if "typing" in made:
        T = made["typing"].TypeVar("T")
        class Box(made["typing"].Generic[T]):
            pass
        class Row(made["typing"].NamedTuple):
            x: int
            y: "str" = "z"
        class Keys(made["typing"].TypedDict):
            a: int
        class Can(made["typing"].Protocol):
            def go(self): ...
        for thing in (T, Box, Box[int], Row, Row(1), Keys, Can,
                      made["typing"].List["x.y"], made["typing"].Optional["Spy"]):
            yield "typing", thing
    if "abc" in made:
        class Base(made["abc"].ABC):
            @made["abc"].abstractmethod
            def f(self): ...
        class Real(Base):
            def f(self): ...
        yield "abc", Base
        yield "abc instance", Real()
    if "logging" in made:
        log = made["logging"]
        class Handler(log.Handler):
            def emit(self, record):
                captured.append(record)
                captured.append(self.format(record))
        logger = log.getLogger("crawler")
        logger.addHandler(Handler())
        logger.addHandler(log.StreamHandler(Spy()))
        yield "logger", logger
        yield "stream handler", log.StreamHandler()
        try:
            1 / 0
        except ZeroDivisionError:
            logger.exception("x %s", 1, stack_info=True)
    if "contextlib" in made:
        @made["contextlib"].contextmanager
        def manager():
            try:
                yield 1
            except Exception as error:
                captured.append(error)
        yield "contextmanager", manager
        with manager():
            raise KeyError("in a manager")
        stack = made["contextlib"].ExitStack()
        stack.push(Spy())
        stack.callback(hook, 1)
        yield "exitstack", stack
        yield "redirect", made["contextlib"].redirect_stdout(made["io"].StringIO())
    if "functools" in made:
        f = made["functools"]
        class Cached:
            @f.cached_property
            def value(self):
                return 1
            @f.singledispatchmethod
            def on(self, x):
                return x
            part = f.partialmethod(hook, 1)
        yield "cached", Cached
        yield "cached instance", Cached()
        yield "lru", f.lru_cache(hook)
        yield "partial", f.partial(hook, 1, a=2)
        yield "dispatch", f.singledispatch(hook)
        yield "wraps", f.wraps(hook)(lambda: 1)
    with_exit()


# They end the run, wait, or fill the output.
NEVER = ("exit", "quit", "input", "print", "sleep", "leak", "disable", "acquire",
         "_acquire_restore", "prcal", "prmonth", "prweek", "pryear", "_dump_registry",
         "_randbelow", "_randbelow_with_getrandbits", "_randbelow_without_getrandbits")


def arguments():
    """What a function may be called with: one list of tuples, made anew."""
    values = [0, 1, 3, -1, "a", "x y", "", b"ab", 1.5, [3, 1, 2], (1, 2), {"a": 1}, {1, 2},
              hook, Spy(), Spy, int, range(3), produce(), None, True, object(),
              ValueError("v"), "a,b\n1,2", "{0.x}", "%s", ["a b", "c"], [("a", 1)],
              SEEDS["io"].StringIO("a\n1") if "io" in SEEDS else "io"]
    few = [1, "a", [3, 1, 2], hook, Spy(), int, {"a": 1}, b"ab"]
    every = [()]
    every.extend([(v,) for v in values])
    every.extend([(a, b) for a in few for b in few])
    every.extend([(hook, [1, 2], 0), ("a", "b", "ab"), (1, 2, 3), ("X", (), {}),
                  ("X", ["a"], {}), (Spy(), "x", 1), ("a", hook, "ba")])
    return every


def call(path, f):
    if path.rpartition(".")[2] in NEVER:
        return
    kept = {}
    for args in arguments():
        count[1] += 1
        try:
            result = f(*args)
        except Exception as error:
            result = error
        kind = type(result)
        kept[kind] = kept.get(kind, 0) + 1
        if kept[kind] <= PER_CALL:
            look(path + "(" + ", ".join([type(a).__name__ for a in args]) + ")", result)


def iterate(path, thing):
    try:
        iterator = iter(thing)
    except Exception:
        return
    look(path + ".iter", iterator)
    for step in range(12):
        try:
            item = next(iterator)
        except Exception as error:
            look(path + ".next", error)
            break
        look(path + "[iter %d]" % step, item)
    for key in (0, "a", int, slice(0, 2)):
        try:
            look(path + "[%s]" % (key,), thing[key])
        except Exception as error:
            look(path + "[]", error)


def open_up(path, thing):
    for name in leak_names(thing):
        try:
            value = getattr(thing, name)
        except Exception as error:
            look(path + "." + name, error)
            continue
        owner = thing if isinstance(thing, type) else type(thing)
        look(path + "." + name, value, (owner, name))
    if isinstance(thing, dict):
        for key in list(thing)[:64]:
            look(path + ".key", key)
            look(path + "[...]", thing[key])
    elif isinstance(thing, (list, tuple, set, frozenset)):
        for item in list(thing)[:64]:
            look(path + "[...]", item)
    else:
        iterate(path, thing)
    if callable(thing):
        call(path, thing)


for name in SEEDS:
    look(name, SEEDS[name])
for name, thing in more_seeds():
    look(name, thing)
at = 0
while at < len(queue):
    path, thing = queue[at]
    at = at + 1
    if len(path) < 160:
        open_up(path, thing)
    while captured:
        look(path + " captured", captured.pop())
print("\nCRAWLED", count[0], "objects", count[1], "calls", len(groups), "groups")
