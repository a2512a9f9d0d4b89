# SPDX-License-Identifier: Apache-2.0
# profile: page
# Every built-in exception can be named, raised and caught.
plain = [
    ArithmeticError, AssertionError, AttributeError, BlockingIOError, BrokenPipeError, BufferError,
    BytesWarning, ChildProcessError, ConnectionAbortedError, ConnectionError,
    ConnectionRefusedError, ConnectionResetError, DeprecationWarning, EOFError, EncodingWarning,
    EnvironmentError, Exception, FileExistsError, FileNotFoundError, FloatingPointError,
    FutureWarning, IOError, ImportError, ImportWarning, IndentationError, IndexError,
    InterruptedError, IsADirectoryError, KeyError, LookupError, MemoryError, ModuleNotFoundError,
    NameError, NotADirectoryError, NotImplementedError, OSError, OverflowError,
    PendingDeprecationWarning, PermissionError, ProcessLookupError, RecursionError,
    ReferenceError, ResourceWarning, RuntimeError, RuntimeWarning, StopAsyncIteration,
    StopIteration, SyntaxError, SyntaxWarning, SystemError, TabError, TimeoutError, TypeError,
    UnboundLocalError, UnicodeError, UnicodeWarning, UserWarning, ValueError, Warning,
    ZeroDivisionError]
for kind in plain:
    try:
        raise kind("why")
    except kind as e:
        print(type(e).__name__, isinstance(e, Exception), str(e)[:8])
print(issubclass(GeneratorExit, BaseException), issubclass(KeyboardInterrupt, Exception))
print(issubclass(SystemExit, BaseException), issubclass(UnicodeTranslateError, UnicodeError))
for act in (lambda: "é".encode("ascii"), lambda: b"\xff".decode()):
    try:
        act()
    except (UnicodeEncodeError, UnicodeDecodeError) as e:
        print(type(e).__name__, e)
print(NotImplemented is NotImplemented, Ellipsis is ...)
