# SPDX-License-Identifier: Apache-2.0
"""What the suite's tests use of unittest, in Python that level `restricted` has.

A part of each program that slices.py makes, cut down to what the program needs; never
imported.  Like the real one in what it asserts, not in what it says.
"""
import contextlib
import re

PASSED = "passed"


class SkipTest(Exception):
    """The test has not been run."""


def skip(reason):
    def decorate(_item):
        def skipped(*_args, **_kwargs):
            raise SkipTest(reason)
        return skipped
    return decorate


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return skip(reason) if not condition else lambda item: item


def expectedFailure(_item):
    return skip("it is known to fail")(_item)


class _Raises:
    """What assertRaises() gives where it is called with exceptions alone."""

    def __init__(self, expected, pattern=None):
        self.expected = expected
        self.pattern = pattern
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            raise AssertionError(f"{self.expected!r} was not raised")
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        if self.pattern is not None and not re.search(self.pattern, str(value)):
            raise AssertionError(f"{self.pattern!r} is not in {str(value)!r}")
        return True

    def call(self, args, kwargs):
        if not args:
            return self
        with self:
            args[0](*args[1:], **kwargs)
        return None


class _Untold(contextlib.AbstractContextManager):
    """What subTest() gives: the first that fails ends the test."""

    def __exit__(self, kind, value, tb):
        return False


def _fail(message, msg):
    raise AssertionError(message if msg is None else f"{message}: {msg}")


class TestCase:
    """One test, by the name of its method."""

    failureException = AssertionError
    longMessage = True
    maxDiff = None

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        pass

    def setUp(self):
        pass

    def tearDown(self):
        pass

    def id(self):
        return f"{type(self).__name__}.{self._testMethodName}"

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, manager):
        value = manager.__enter__()
        self.addCleanup(lambda: manager.__exit__(None, None, None))
        return value

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def addTypeEqualityFunc(self, kind, function):
        pass

    def subTest(self, msg=None, **params):
        return _Untold()

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def assertRaises(self, expected, *args, **kwargs):
        return _Raises(expected).call(args, kwargs)

    def assertRaisesRegex(self, expected, pattern, *args, **kwargs):
        return _Raises(expected, pattern).call(args, kwargs)

    def assertEqual(self, first, second, msg=None):
        if not first == second:
            _fail(f"{first!r} != {second!r}", msg)

    assertSequenceEqual = assertEqual
    assertListEqual = assertEqual
    assertTupleEqual = assertEqual
    assertSetEqual = assertEqual
    assertDictEqual = assertEqual
    assertMultiLineEqual = assertEqual

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            _fail(f"{first!r} == {second!r}", msg)

    def assertTrue(self, value, msg=None):
        if not value:
            _fail(f"{value!r} is not true", msg)

    def assertFalse(self, value, msg=None):
        if value:
            _fail(f"{value!r} is not false", msg)

    def assertIs(self, first, second, msg=None):
        if first is not second:
            _fail(f"{first!r} is not {second!r}", msg)

    def assertIsNot(self, first, second, msg=None):
        if first is second:
            _fail(f"unexpectedly {first!r}", msg)

    def assertIsNone(self, value, msg=None):
        if value is not None:
            _fail(f"{value!r} is not None", msg)

    def assertIsNotNone(self, value, msg=None):
        if value is None:
            _fail("unexpectedly None", msg)

    def assertIn(self, member, container, msg=None):
        if member not in container:
            _fail(f"{member!r} not in {container!r}", msg)

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            _fail(f"{member!r} in {container!r}", msg)

    def assertIsInstance(self, value, kind, msg=None):
        if not isinstance(value, kind):
            _fail(f"{value!r} is not an instance of {kind!r}", msg)

    def assertNotIsInstance(self, value, kind, msg=None):
        if isinstance(value, kind):
            _fail(f"{value!r} is an instance of {kind!r}", msg)

    def assertLess(self, first, second, msg=None):
        if not first < second:
            _fail(f"{first!r} not less than {second!r}", msg)

    def assertLessEqual(self, first, second, msg=None):
        if not first <= second:
            _fail(f"{first!r} not less than or equal to {second!r}", msg)

    def assertGreater(self, first, second, msg=None):
        if not first > second:
            _fail(f"{first!r} not greater than {second!r}", msg)

    def assertGreaterEqual(self, first, second, msg=None):
        if not first >= second:
            _fail(f"{first!r} not greater than or equal to {second!r}", msg)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        difference = abs(first - second)
        if delta is not None:
            is_near = difference <= delta
        else:
            is_near = round(difference, 7 if places is None else places) == 0
        if not is_near:
            _fail(f"{first!r} is not nearly {second!r}", msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        difference = abs(first - second)
        if delta is not None:
            is_near = difference <= delta
        else:
            is_near = round(difference, 7 if places is None else places) == 0
        if first == second or is_near:
            _fail(f"{first!r} is nearly {second!r}", msg)

    def assertRegex(self, text, pattern, msg=None):
        if not re.search(pattern, text):
            _fail(f"{pattern!r} is not in {text!r}", msg)

    def assertNotRegex(self, text, pattern, msg=None):
        if re.search(pattern, text):
            _fail(f"{pattern!r} is in {text!r}", msg)

    def assertCountEqual(self, first, second, msg=None):
        left = list(second)
        for item in first:
            if item not in left:
                _fail(f"{item!r} is there more often than in {second!r}", msg)
            left.remove(item)
        if left:
            _fail(f"{left!r} are missing", msg)


def run_one(kind, method, name):
    """Run one test; say whether it passed as the last line of output."""
    try:
        case = kind(name)  # or what skip() made of a class
        kind.setUpClass()
        case.setUp()
        try:
            method(case)
        finally:
            case.tearDown()
            case.doCleanups()
        kind.tearDownClass()
    except SkipTest as reason:
        print(f"\nskipped: {reason}")
    else:
        print("\n" + PASSED)
