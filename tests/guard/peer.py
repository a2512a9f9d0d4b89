# SPDX-License-Identifier: Apache-2.0
"""RestrictedPython, the peer: Debian's package of a suite that this machine need not be of.

    place = fetch(cache)           unpacks python3-restrictedpython below cache, once
    peer.py PLACE FILE             runs FILE by it, as a host that lends it the usual guards

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


def fetch(cache):
    """The directory of the unpacked package, to put before sys.path."""
    import os
    import pathlib
    import tempfile
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vm"))
    import kernels

    place = pathlib.Path(cache) / f"{PACKAGE}-{SUITE}"
    with kernels.locked(pathlib.Path(cache)):
        if not place.exists():
            with tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as name:
                directory = pathlib.Path(name)
                options = kernels.write_configuration(directory, SUITE)
                kernels.output_of(["apt-get", *options, "-q", "update"])
                kernels.output_of(["apt-get", *options, "-q", "download", PACKAGE],
                                  cwd=directory)
                package = next(directory.glob("*.deb"))
                kernels.output_of(["dpkg-deb", "-x", os.fspath(package),
                                   os.fspath(directory / "files")])
                (directory / "version").write_text(package.name.split("_")[1])
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


def run(path):
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
    with open(path, encoding="utf-8") as f:
        source = f.read()
    exec(RestrictedPython.compile_restricted(source, path, "exec"), names)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    run(sys.argv[2])
