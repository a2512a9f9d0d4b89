# SPDX-License-Identifier: Apache-2.0
"""language_prelude.py CANARY SHA256 ATTACK [first]: run an attack on the language with all of
Python, and say what it leaked. With `first`, end at the first leak that is more than a step towards
one, before anything is done with it.

Owns leak(), as plain Python has it. A build with the test switch has one of its own in C,
which decides by the same table:

    canary      leak itself: the attack says that code ran, or a text was seen, that must not
    module      any module
    frame, traceback, code, cell
    importer    loaders, finders, specs, and their classes
    namespace   the dictionary of a module, or one that has __builtins__; sys.modules
    function    a builtin function or method that opens, evaluates, imports or reflects
    type        a type by which functions, code, modules, frames are made
    classes     a list of classes in which one of the above can be found

To be called with anything else is no effect. What is leaked is used here: the file CANARY,
whose text has that digest, is read by nothing but it; "NOT READ" is said where that fails.
"held" instead of "read" is said of kinds for which it would be a long way.
"""

import builtins
import hashlib
import importlib.machinery
import io
import posix
import sys
import types

HELD = {"canary", "code", "cell", "traceback"}
TYPES = (types.FunctionType, types.CodeType, types.ModuleType, types.FrameType,
         types.CellType, types.TracebackType)
REFLECTING = ("__subclasses__", "__getattribute__", "__setattr__", "__delattr__",
              "__reduce__", "__reduce_ex__", "__dir__", "mro")
BUILTIN = (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType,
           types.MethodWrapperType, types.ClassMethodDescriptorType)
NAMED = ("open", "eval", "exec", "compile", "__import__", "globals", "locals", "vars", "dir",
         "breakpoint", "__build_class__")
CALLABLE = {id(getattr(builtins, name)) for name in NAMED}
CALLABLE |= {id(f) for f in vars(posix).values() if isinstance(f, types.BuiltinFunctionType)}
IMPORTERS = ("_frozen_importlib", "_frozen_importlib_external", "importlib", "zipimport")


def is_importer(obj):
    kind = obj if isinstance(obj, type) else type(obj)
    return kind.__module__.startswith(IMPORTERS) and not kind.__name__.endswith("Lock")


def kind_of(obj):
    """What is leaked, or None where that is nothing."""
    if obj is leak:
        return "canary"
    for name, kind in (("module", types.ModuleType), ("frame", types.FrameType),
                       ("traceback", types.TracebackType), ("code", types.CodeType),
                       ("cell", types.CellType)):
        if isinstance(obj, kind):
            return name
    if is_importer(obj):
        return "importer"
    if isinstance(obj, dict):
        modules = [vars(m) for m in list(sys.modules.values()) if hasattr(m, "__dict__")]
        if obj is sys.modules or "__builtins__" in obj or any(obj is m for m in modules):
            return "namespace"
    if isinstance(obj, BUILTIN) and (id(obj) in CALLABLE or obj.__name__ in REFLECTING):
        return "function"
    if isinstance(obj, type) and obj in TYPES:
        return "type"
    if isinstance(obj, (list, tuple)) and any(isinstance(c, type) and is_importer(c)
                                              for c in obj):
        return "classes"
    return None


def opener(space):
    """What reads files, of what a namespace holds."""
    if space is sys.modules:
        return space["builtins"].open
    found = space.get("__builtins__", space)
    found = vars(found) if isinstance(found, types.ModuleType) else found
    return found.get("open") or found["__loader__"]


def read_by_function(call, path):
    if call is io.open:
        with call(path, encoding="utf-8") as file:
            return file.read()
    if call is posix.open:
        with io.open(call(path, posix.O_RDONLY), encoding="utf-8") as file:
            return file.read()
    if call is eval:
        return call("open(path).read()", {"path": path})
    if call is exec:
        said = {"path": path}
        call("text = open(path).read()", said)
        return said["text"]
    if call is compile:
        said = {"path": path, "__builtins__": builtins}
        types.FunctionType(call("text = open(path).read()", "", "exec"), said)()
        return said["text"]
    if call is __import__:
        return read(call("builtins"), path)
    if call in (globals, locals, vars, dir, __build_class__, breakpoint):
        return read(vars(sys.modules[call.__module__]), path)
    if getattr(call, "__module__", None) == "posix":
        return read(sys.modules["posix"], path)
    # What reflects is used on the classes that there are.
    return read(type.__subclasses__(object), path)


def read(obj, path):
    """The canary's text, by what was leaked."""
    kind = kind_of(obj)
    if kind == "module":
        return read(opener(vars(obj)), path)
    if kind == "namespace":
        return read(opener(obj), path)
    if kind == "frame":
        return read(obj.f_builtins["open"], path)
    if kind == "classes":
        return read(next(c for c in obj if is_importer(c)), path)
    if kind == "importer":
        loader = getattr(obj, "loader", obj)
        if not isinstance(loader, type) and hasattr(loader, "get_data"):
            return loader.get_data(path).decode()
        return read(importlib.machinery.BuiltinImporter.load_module("builtins"), path)
    if kind == "type":
        made = types.FunctionType((lambda p: open(p).read()).__code__, {"open": open})
        return made(path)
    return read_by_function(obj, path)


def is_canary(obj):
    """Was the canary read by what was leaked?"""
    try:
        text = read(obj, CANARY)
    except OSError as e:
        print("by", kind_of(obj), e)
        return False
    return hashlib.sha256(text.encode()).hexdigest() == DIGEST


def leak(obj):
    kind = kind_of(obj)
    if kind is None:
        if not FIRST:
            print("kept:", type(obj).__name__, flush=True)
    elif kind in HELD:
        print("LEAKED", kind, "held", flush=True)
    else:
        print("LEAKED", kind, "read" if is_canary(obj) else "NOT READ", flush=True)
    if FIRST and kind not in (None, "code", "cell", "traceback"):
        posix._exit(0)


def main():
    global CANARY, DIGEST, FIRST
    CANARY, DIGEST, attack = sys.argv[1:4]
    FIRST = sys.argv[4:] == ["first"]
    with open(attack, "rb") as file:
        source = file.read()
    builtins.leak = leak
    module = types.ModuleType("__main__")
    module.__loader__ = importlib.machinery.SourceFileLoader("__main__", attack)
    module.__file__ = attack
    module.__builtins__ = builtins
    sys.modules["__main__"] = module
    del sys.argv[1:]
    exec(compile(source, attack, "exec", dont_inherit=True), vars(module))


if __name__ == "__main__":
    main()
