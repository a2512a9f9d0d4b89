# SPDX-License-Identifier: Apache-2.0
"""The peers: Debian's packages, of a suite that this machine need not be of.

    place = fetch(cache, package)  unpacks it below cache, once
    peer.py PLACE FILE [WAY]       runs FILE by RestrictedPython, as a host that lends it the
                                   usual guards; by asteval; by simpleeval

The second is a command for /usr/bin/python3 -I.  The guards are RestrictedPython's own
wherever it has one: safer_getattr, full_write_guard, the unpacking guards; subscripts,
iteration and augmented assignment of names are passed through, as its documents have it;
classes carry the mark that full_write_guard asks for.  Beside its safe_builtins there are
the harmless built-ins that it leaves to the host, and imports of IMPORTS.
"""
import sys

SUITE = "trixie"
PACKAGE = "python3-restrictedpython"
IMPORTS = {"bisect", "collections", "dataclasses", "decimal", "enum", "fractions", "heapq",
           "itertools", "json", "math", "operator", "random", "re", "time"}
MORE = ("all", "any", "dict", "enumerate", "filter", "iter", "list", "map", "max", "min", "next",
        "object", "property", "reversed", "set", "frozenset", "sum", "super", "type",
        "staticmethod", "classmethod")


def fetch(cache, package=PACKAGE):
    """The directory of the unpacked package, to put before sys.path."""
    import os
    import pathlib
    import tempfile
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vm"))
    import kernels

    place = pathlib.Path(cache) / f"{package}-{SUITE}"
    with kernels.locked(pathlib.Path(cache)):
        if not place.exists():
            with tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as name:
                directory = pathlib.Path(name)
                options = kernels.write_configuration(directory, SUITE)
                kernels.output_of(["apt-get", *options, "-q", "update"])
                kernels.output_of(["apt-get", *options, "-q", "download", package],
                                  cwd=directory)
                found = next(directory.glob("*.deb"))
                kernels.output_of(["dpkg-deb", "-x", os.fspath(found),
                                   os.fspath(directory / "files")])
                (directory / "version").write_text(found.name.split("_")[1])
                files = directory / "files/usr/lib/python3/dist-packages"
                (directory / "version").rename(files / "version")
                files.rename(place)
    return place


class Print:
    """What a print statement becomes: RestrictedPython's own only collects."""

    def __init__(self, getattr_=None):
        pass

    def _call_print(self, *values, **options):
        print(*values, **options)


def run_restricted(source, path):
    import builtins
    import operator
    import RestrictedPython
    from RestrictedPython import Eval, Guards

    augmented = {"+=": operator.iadd, "-=": operator.isub, "*=": operator.imul,
                 "/=": operator.itruediv, "//=": operator.ifloordiv, "%=": operator.imod,
                 "**=": operator.ipow, "<<=": operator.ilshift, ">>=": operator.irshift,
                 "&=": operator.iand, "|=": operator.ior, "^=": operator.ixor}

    def metaclass(name, bases, namespace):
        made = type(name, bases, namespace)
        made._guarded_writes = True
        return made

    def load(name, globals=None, locals=None, names=(), level=0):
        if name not in IMPORTS:
            raise ImportError(name)
        return __import__(name, globals, locals, names, level)

    offered = dict(RestrictedPython.safe_globals["__builtins__"], __import__=load,
                   **{name: getattr(builtins, name) for name in MORE})
    names = {
        "__builtins__": offered, "__name__": "__main__", "__metaclass__": metaclass,
        "_getattr_": Guards.safer_getattr, "_write_": Guards.full_write_guard,
        "_getitem_": Eval.default_guarded_getitem, "_getiter_": Eval.default_guarded_getiter,
        "_iter_unpack_sequence_": Guards.guarded_iter_unpack_sequence,
        "_unpack_sequence_": Guards.guarded_unpack_sequence, "_print_": Print,
        "_inplacevar_": lambda op, x, y: augmented[op](x, y),
    }
    exec(RestrictedPython.compile_restricted(source, path, "exec"), names)


def run_asteval(source, path):
    import asteval
    interpreter = asteval.Interpreter(use_numpy=False)
    interpreter(source, show_errors=False, raise_errors=False)
    if interpreter.error:
        sys.exit(": ".join(str(part) for part in interpreter.error[0].get_error()))


def run_simpleeval(source, path):
    import warnings
    import simpleeval
    # It takes assignments, and does not do them: a warning says so.
    warnings.simplefilter("error")
    try:
        simpleeval.EvalWithCompoundTypes().eval(source)
    except (simpleeval.InvalidExpression, Warning) as error:
        sys.exit(str(error))


WAYS = {"restricted": run_restricted, "asteval": run_asteval, "simpleeval": run_simpleeval}

if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as f:
        WAYS[sys.argv[3] if len(sys.argv) > 3 else "restricted"](f.read(), sys.argv[2])
