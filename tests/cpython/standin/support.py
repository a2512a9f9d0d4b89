# SPDX-License-Identifier: Apache-2.0
"""What of test.support and its helpers is pure, in Python that level `restricted` has.

A part of each program that slices.py makes, cut down to what the program needs; never
imported.  What is not here has no sense without a process, files or other modules.
"""
import contextlib
import io

verbose = False
use_resources = []
max_memuse = 0
is_jython = False
is_emscripten = False
is_wasi = False
is_android = False
is_apple = False
has_fork_support = False
Py_GIL_DISABLED = False
Py_DEBUG = False
MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True
MAX_Py_ssize_t = 2**63 - 1
_2G = 2**31
_4G = 2**32
_1G = 2**30
_1M = 2**20
LOOPBACK_TIMEOUT = 5.0
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 300.0


class _Skipped(Exception):
    """As unittest.SkipTest; what a decorator of this level turns a test into."""


def _skip(_function):
    def skipped(*_args, **_kwargs):
        raise _Skipped("it needs a resource")
    return skipped


def _same(item):
    return item


cpython_only = _same
requires_IEEE_754 = _same
requires_docstrings = _same
requires_debug_ranges = lambda reason="": _same
requires_zlib = lambda reason="": _same
skip_if_buggy_ucrt_strfptime = _same
has_strftime_extensions = True
no_tracing = _same
refcount_test = _same


def impl_detail(msg=None, **guards):
    return _same


def check_impl_detail(**guards):
    return guards.get("cpython", not guards or not any(guards.values()))


def skip_if_sanitizer(reason=None, *, address=False, memory=False, ub=False, thread=False):
    return _same


def check_sanitizer(*, address=False, memory=False, ub=False, thread=False):
    return False


def skip_if_pgo_task(item):
    return item


def is_resource_enabled(resource):
    return False


def requires_resource(resource):
    return _skip


def bigmemtest(size, memuse, dry_run=True):
    return _skip


def bigaddrspacetest(_function):
    return _skip(_function)


def run_with_locale(category, *locales):
    return _skip


def requires_hashdigest(digestname, openssl=None, usedforsecurity=True):
    return _same


class TestFailed(Exception):
    """What old helpers raise."""


def gc_collect():
    pass


def sortdict(mapping):
    return "{%s}" % ", ".join("%r: %r" % pair for pair in sorted(mapping.items()))


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    with testcase.assertRaisesRegex(SyntaxError, errtext) as cm:
        compile(statement, "<test string>", "exec")
    err = cm.exception
    testcase.assertIsNotNone(err.lineno)
    if lineno is not None:
        testcase.assertEqual(err.lineno, lineno)
    testcase.assertIsNotNone(err.offset)
    if offset is not None:
        testcase.assertEqual(err.offset, offset)


@contextlib.contextmanager
def captured_stdout():
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        yield stream


@contextlib.contextmanager
def captured_stderr():
    stream = io.StringIO()
    with contextlib.redirect_stderr(stream):
        yield stream


def captured_output(stream_name):
    return captured_stdout() if stream_name == "stdout" else captured_stderr()


@contextlib.contextmanager
def check_warnings(*filters, quiet=True):
    yield []


@contextlib.contextmanager
def swap_attr(obj, attr, new_val):
    had = hasattr(obj, attr)
    old = getattr(obj, attr, None)
    setattr(obj, attr, new_val)
    try:
        yield old
    finally:
        if had:
            setattr(obj, attr, old)
        else:
            delattr(obj, attr)


@contextlib.contextmanager
def swap_item(obj, item, new_val):
    had = item in obj
    old = obj.get(item)
    obj[item] = new_val
    try:
        yield old
    finally:
        if had:
            obj[item] = old
        else:
            del obj[item]


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    with testcase.assertRaisesRegex(TypeError, "cannot create"):
        tp(*args, **kwds)


def control_characters_c0():
    return [chr(c) for c in range(0x00, 0x20)] + ["\x7F"]


def subTests(arg_names, arg_values, /, *, _do_cleanups=False):
    single = isinstance(arg_names, str) and len(arg_names.replace(",", " ").split()) == 1
    if isinstance(arg_names, str):
        arg_names = arg_names.replace(",", " ").split()

    def decorator(func):
        def wrapper(self, /, *args, **kwargs):
            for values in arg_values:
                given = (values,) if single else values
                func(self, *args, **kwargs, **dict(zip(arg_names, given)))
        return wrapper
    return decorator


class _ALWAYS_EQ:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


ALWAYS_EQ = _ALWAYS_EQ()


class _NEVER_EQ:
    """Equal to nothing."""

    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


NEVER_EQ = _NEVER_EQ()


class _LARGEST:
    """Greater than everything but itself."""

    def __eq__(self, other):
        return isinstance(other, _LARGEST)

    def __lt__(self, other):
        return False

    def __le__(self, other):
        return isinstance(other, _LARGEST)

    def __gt__(self, other):
        return not isinstance(other, _LARGEST)

    def __ge__(self, other):
        return True


LARGEST = _LARGEST()


class _SMALLEST:
    """Less than everything but itself."""

    def __eq__(self, other):
        return isinstance(other, _SMALLEST)

    def __lt__(self, other):
        return not isinstance(other, _SMALLEST)

    def __le__(self, other):
        return True

    def __gt__(self, other):
        return False

    def __ge__(self, other):
        return isinstance(other, _SMALLEST)


SMALLEST = _SMALLEST()
