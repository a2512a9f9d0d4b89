# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# contextmanager and its kin.
import contextlib
from contextlib import AbstractContextManager, ContextDecorator, ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress
import io


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as e:
        print("handled", e)
    finally:
        print(f"</{name}>")


with tag("a") as a, tag("b"):
    print(a)
    raise ValueError("inside")
with suppress(KeyError, IndexError):
    {}["x"]
    print("never")


@tag("deco")
def work():
    print("working")


work()


class Thing:
    def close(self):
        print("closed")


with closing(Thing()), nullcontext(5) as five:
    print(five)
with ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in "xy"]
    stack.callback(print, "callback", sep="")
    print(names)
text = io.StringIO()
with redirect_stdout(text):
    print("hidden")
print(repr(text.getvalue()))


class Timer(ContextDecorator):
    def __enter__(self):
        print("start")
        return self

    def __exit__(self, *exc):
        print("stop")
        return False


@Timer()
def timed():
    return 42


print(timed(), issubclass(Timer, AbstractContextManager))
errors = io.StringIO()
with contextlib.redirect_stderr(errors):
    print("out")
