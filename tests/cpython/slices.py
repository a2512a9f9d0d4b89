# SPDX-License-Identifier: Apache-2.0
"""Tests of CPython's suite as programs of their own.

A test method becomes a program that needs no unittest: of its file, the top-level
statements that it needs; of its class and that class's bases, the members that it needs;
before them what it needs of other files of the suite, and of standin/, which takes the
place of unittest, of test.support and of the constants of sys; and a call of the method at
the end.  Nothing here runs any of it.

A test that needs what no program of its own can have is a Left, with the reason.
"""
import ast
import copy
import dis
import functools
import importlib
import pathlib
import tokenize

HERE = pathlib.Path(__file__).resolve().parent
STANDINS = {"unittest": "unittest.py", "sys": "sys.py", "test.support": "support.py",
            "test.support.hashlib_helper": "support.py",
            "test.support.warnings_helper": "support.py"}
PURE_SUPPORT = ("test.support.numbers", "test.support.testcase")
FIXTURES = ("setUpClass", "setUp", "tearDown", "doCleanups", "tearDownClass", "__init__")
LOADS = {"LOAD_NAME", "LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}


class Left(Exception):
    """Why a test is no program."""


def is_ours(module):
    """Is it of the suite, and so a part of programs and not imported by them?"""
    return module.split(".")[0] in ("test", "unittest") or module == "sys"


# ---- what a piece of code uses ----------------------------------------------------


def _globals_of(code):
    names = {i.argval for i in dis.get_instructions(code) if i.opname in LOADS}
    for const in code.co_consts:
        if hasattr(const, "co_code"):
            names |= _globals_of(const)
    return names


def globals_of(node, class_name=None):
    """The names of the module's that a statement uses, as CPython compiles it."""
    if class_name is not None:  # private names are mangled by the class
        node = ast.ClassDef(name=class_name, bases=[], keywords=[], body=[node],
                            decorator_list=[], type_params=[])
    module = ast.fix_missing_locations(ast.Module(body=[node], type_ignores=[]))
    try:
        return _globals_of(compile(module, "<slice>", "exec", dont_inherit=True))
    except SyntaxError as e:
        raise Left(f"is no statement by itself: {e.msg}") from e


class _Chains(ast.NodeVisitor):
    """Dotted names, attributes and words of a piece of code."""

    def __init__(self):
        self.chains, self.attrs = set(), set()

    def visit_Attribute(self, node):
        self.attrs.add(node.attr)
        parts, at = [node.attr], node.value
        while isinstance(at, ast.Attribute):
            self.attrs.add(at.attr)
            parts.append(at.attr)
            at = at.value
        if isinstance(at, ast.Name):
            self.chains.add((at.id, *reversed(parts)))
        else:
            self.visit(at)

    def visit_Name(self, node):
        self.chains.add((node.id,))

    def visit_Constant(self, node):
        if isinstance(node.value, str) and node.value.isidentifier():
            self.attrs.add(node.value)  # getattr(self, "name")


def chains_of(node):
    found = _Chains()
    found.visit(node)
    return found


class Use:
    """What a statement or a member of a class needs."""

    def __init__(self, node, class_name=None):
        found = chains_of(node)
        names = globals_of(node, class_name)
        self.attrs = found.attrs
        self.chains = {c for c in found.chains if c[0] in names}
        self.chains |= {(n,) for n in names - {c[0] for c in self.chains}}
        for inner in ast.walk(node):
            forbid_internals(inner)
        self.links = {}  # name within -> what it is imported from
        for inner in ast.walk(node):
            if isinstance(inner, (ast.Import, ast.ImportFrom)) and inner is not node:
                self.links.update(links_of(inner))
        self.linked = {c for c in found.chains if c[0] in self.links}


def forbid_internals(node):
    """What CPython is tested by from inside is of no program."""
    names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
    names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    for name in names:
        if name.startswith(("_test", "xx")):
            raise Left(f"needs {name}")


def links_of(node):
    """{name: (module, attribute or None)} of an import of what is ours."""
    if isinstance(node, ast.Import):
        return {(a.asname or a.name.split(".")[0]):
                (a.name if a.asname else a.name.split(".")[0], None)
                for a in node.names if is_ours(a.name)}
    if node.level or not is_ours(node.module or ""):
        return {}
    return {a.asname or a.name: (node.module, a.name) for a in node.names if a.name != "*"}


# ---- a file of the suite ----------------------------------------------------------


class Unit:
    """One top-level statement, or one name of an import."""

    def __init__(self, node, binds, links=None):
        self.node, self.binds, self.links = node, binds, links or {}
        self.texts = {}

    @functools.cached_property
    def use(self):
        return Use(self.node)

    @functools.cached_property
    def head_use(self):
        """Of a class, without what is in it."""
        return Use(head_of(self.node))

    @property
    def is_class(self):
        return isinstance(self.node, ast.ClassDef)


class Member:
    """One statement in the body of a class that is cut down."""

    def __init__(self, node, class_name):
        self.node, self.class_name = node, class_name
        self.binds = bound_by(node)
        self.texts = {}

    @functools.cached_property
    def use(self):
        return Use(self.node, self.class_name)


def bound_by(node):
    """The names that a statement binds where it stands."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    names = set()
    todo = [node]
    while todo:
        at = todo.pop()
        if isinstance(at, ast.Name) and isinstance(at.ctx, (ast.Store, ast.Del)):
            names.add(at.id)
        elif isinstance(at, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(at.name)
            continue
        elif isinstance(at, (ast.Import, ast.ImportFrom)):
            names |= {a.asname or a.name.split(".")[0] for a in at.names}
        elif isinstance(at, ast.ExceptHandler) and at.name:
            names.add(at.name)
        if not isinstance(at, (ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp,
                               ast.DictComp)):
            todo += ast.iter_child_nodes(at)
    return names


def is_main_guard(node):
    return isinstance(node, ast.If) and any(
        isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(node.test))


def fresh_module(node):
    """(name, module, is it the one without C?) of NAME = import_fresh_module(MODULE)."""
    call = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(call, ast.Call) or not call.args or len(node.targets) != 1:
        return None
    func, of, to = call.func, call.args[0], node.targets[0]
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name not in ("import_fresh_module", "import_module") or not isinstance(of, ast.Constant):
        return None
    if not isinstance(to, ast.Name):
        return None
    return to.id, of.value, any(k.arg == "blocked" for k in call.keywords)


class Module:
    """One file, as statements and who binds what."""

    def __init__(self, name, path):
        self.name, self.path = name, path
        with tokenize.open(path) as f:
            self.source = f.read()
        self.lines = self.source.splitlines(keepends=True)
        self.units = []
        self.future = []
        for node in ast.parse(self.source).body:
            self._take(node)
        self.defs = {}
        for unit in self.units:
            for bound in unit.binds:
                self.defs.setdefault(bound, []).append(unit)

    def _take(self, node):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self._take_import(node)
        elif fresh_module(node):
            self._take_fresh(node)
        elif not (is_main_guard(node) or (isinstance(node, ast.Expr)
                                          and isinstance(node.value, ast.Constant))):
            self.units.append(Unit(node, bound_by(node)))

    def _take_fresh(self, node):
        name, module, is_without_c = fresh_module(node)
        if is_without_c:
            self.units.append(Unit(None, {name}))
            return
        alias = ast.alias(name=module, asname=name)
        self.units.append(Unit(ast.copy_location(ast.Import(names=[alias]), node), {name}))

    def _take_import(self, node):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            self.future.append(node)
            return
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            names = star_names(node.module)
            links = {n: (node.module, n) for n in names} if is_ours(node.module) else {}
            self.units.append(Unit(node, names, links))
            return
        for alias in node.names:
            one = ast.copy_location(
                ast.Import(names=[alias]) if isinstance(node, ast.Import)
                else ast.ImportFrom(module=node.module, names=[alias], level=node.level), node)
            bound = alias.asname or alias.name.split(".")[0]
            self.units.append(Unit(one, {bound}, links_of(one)))

    def classes(self, name):
        """The class of that name; None where it is none or there are several."""
        units = [u for u in self.defs.get(name, ()) if u.node is not None]
        return units[0] if len(units) == 1 and units[0].is_class else None

    def follow_ups(self, bound):
        """Statements that bind nothing and change what is bound here."""
        for unit in self.units:
            if unit.node is not None and not unit.binds and isinstance(
                    unit.node, (ast.Expr, ast.Assign, ast.For, ast.Delete)):
                names = {c[0] for c in unit.use.chains} & set(self.defs)
                local = {n for n in names if any(
                    u.node is None or not isinstance(u.node, (ast.Import, ast.ImportFrom))
                    for u in self.defs[n])}
                if local and local <= bound:
                    yield unit


def star_names(module):
    if is_ours(module):
        return {n for n in load(module).defs if not n.startswith("_")}
    real = importlib.import_module(module)
    return set(getattr(real, "__all__", None) or [n for n in dir(real) if n[0] != "_"])


SUITE = None  # the suite's directory: set by whoever uses this


@functools.cache
def load(name):
    """The module of that name: a stand-in, or a file of the suite."""
    if name in STANDINS:
        return Module(name, HERE / "standin" / STANDINS[name])
    parts = name.split(".")
    is_support = parts[:2] == ["test", "support"] and name not in PURE_SUPPORT
    if parts[0] != "test" or len(parts) == 1 or is_support:
        raise Left(f"needs {name}")
    path = SUITE.joinpath(*parts[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    try:
        return Module(name, path)
    except (FileNotFoundError, SyntaxError) as e:
        raise Left(f"needs {name}") from e


def is_module(name):
    try:
        load(name)
    except Left:
        return False
    return True


# ---- classes and their bases ------------------------------------------------------


def resolve(module, chain):
    """Where a dotted name of a module leads: (module, name of a top-level class), or None."""
    for _ in range(10):
        units = module.defs.get(chain[0], ())
        if len(chain) == 1 and module.classes(chain[0]):
            return module, chain[0]
        link = next((u.links[chain[0]] for u in units if chain[0] in u.links), None)
        if link is None:
            return None
        target, rest = link_target(link, chain[1:])
        if not rest or not is_module(target):
            return None
        module, chain = load(target), rest
    return None


def link_target(link, rest):
    """(module, what of it) for a linked name and the attributes after it."""
    name, attribute = link
    rest = ((attribute,) if attribute else ()) + tuple(rest)
    while rest and (name == "test" or is_module(f"{name}.{rest[0]}")):
        name, rest = f"{name}.{rest[0]}", rest[1:]
    return name, rest


@functools.cache
def line_of(module_name, class_name):
    """The bases of a class of the suite in CPython's order, itself first, as pairs; those
    that are not of the suite are left out."""
    module = load(module_name)
    unit = module.classes(class_name)
    lines, heads = [], []
    for base in unit.node.bases:
        chain = max(chains_of(base).chains, key=len, default=None)
        found = resolve(module, chain) if chain and isinstance(
            base, (ast.Name, ast.Attribute)) else None
        if found:
            pair = (found[0].name, found[1])
            lines.append(list(line_of(*pair)))
            heads.append(pair)
    return ((module_name, class_name), *merge([*lines, heads]))


def merge(lines):
    """C3."""
    lines = [list(line) for line in lines if line]
    while lines:
        head = next((line[0] for line in lines
                     if not any(line[0] in other[1:] for other in lines)), lines[0][0])
        yield head
        lines = [rest for line in lines if (rest := [c for c in line if c != head])]


@functools.cache
def members(module_name, class_name):
    node = load(module_name).classes(class_name).node
    return [Member(n, class_name) for n in node.body
            if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]


def tests(module):
    """(class, method) of each test of a file."""
    for unit in module.units:
        if not unit.is_class:
            continue
        name = unit.node.name
        if module.classes(name) is None:
            continue
        line = line_of(module.name, name)
        if ("unittest", "TestCase") not in line:
            continue
        seen = {}
        for pair in line:
            for member in members(*pair):
                for bound in member.binds:
                    seen.setdefault(bound, member)
        for bound, member in seen.items():
            if bound.startswith("test") and isinstance(
                    member.node, (ast.FunctionDef, ast.Assign)):
                if not (isinstance(member.node, ast.Assign)
                        and isinstance(member.node.value, ast.Constant)):
                    yield name, bound


# ---- a program --------------------------------------------------------------------


class _Relink(ast.NodeTransformer):
    """Imports of what is ours, as assignments; and in a linked module, `global`."""

    def __init__(self, is_linked, has_sys, is_member):
        self.is_linked, self.has_sys, self.is_member = is_linked, has_sys, is_member

    def _imported(self, node):
        links = links_of(node)
        if not links or (self.has_sys and "sys" in dict(links.values())):
            return node
        return [ast.copy_location(n, node) for n in link_statements(links)]

    visit_Import = visit_ImportFrom = _imported

    def visit_Attribute(self, node):
        """self.__class__ of the test itself, who has nothing to hide, as the guard would have it."""
        self.generic_visit(node)
        if (self.is_member and node.attr == "__class__" and isinstance(node.value, ast.Name)
                and node.value.id == "self" and isinstance(node.ctx, ast.Load)):
            return ast.copy_location(ast.Call(
                func=ast.Name(id="type", ctx=ast.Load()), args=[node.value], keywords=[]), node)
        return node

    def visit_ClassDef(self, node):
        node.bases = [self.visit(base) for base in node.bases]
        before, self.is_member = self.is_member, False
        node.body = [each for inner in node.body for each in as_list(self.visit(inner))]
        self.is_member = before
        return node

    def visit_Global(self, node):
        return ast.copy_location(ast.Nonlocal(names=node.names), node) if self.is_linked else node


def as_list(nodes):
    return nodes if isinstance(nodes, list) else [nodes]


def variable(module):
    return "_linked_" + module.replace(".", "_")


def link_statements(links):
    for name, link in links.items():
        module, rest = link_target(link, ())
        value = ".".join([variable(module), *rest])
        yield ast.parse(f"{name} = {value}").body[0]


class Program:
    """The closure of what one test needs, and its text."""

    def __init__(self, module, class_name, method):
        self.module, self.class_name, self.method = module, class_name, method
        self.units = {}  # module name -> units that are in
        self.namespace = {}  # module name -> names that others take of it
        self.attrs = set(FIXTURES) | {method}
        self.kept = {pair: set() for pair in line_of(module.name, class_name)}
        self.order = []  # linked modules
        self.has_sys = False
        self._take_name(module, (class_name,))
        self._take_linked("unittest", ("run_one",))
        self._close()

    # -- what is in

    def _close(self):
        while True:
            before = (len(self.attrs), sum(map(len, self.units.values())),
                      sum(map(len, self.kept.values())))
            for pair, kept in self.kept.items():
                module = load(pair[0])
                for member in members(*pair):
                    if member not in kept and self._wants(member):
                        kept.add(member)
                        self._take_use(module, member.use)
            for name in list(self.units):
                module = load(name)
                bound = {b for u in self.units[name] for b in u.binds}
                for unit in module.follow_ups(bound):
                    self._take_unit(module, unit)
            if before == (len(self.attrs), sum(map(len, self.units.values())),
                          sum(map(len, self.kept.values()))):
                return

    def _wants(self, member):
        mangled = f"_{member.class_name.lstrip('_')}"
        if not member.binds:
            return True
        if any(b in self.attrs or (b.startswith("__") and mangled + b in self.attrs)
               for b in member.binds):
            return True
        return any(b.startswith("__") and b.endswith("__") for b in member.binds)

    def _take_use(self, module, use):
        self.attrs |= use.attrs
        for chain in use.chains:
            self._take_name(module, chain)
        for chain in use.linked:
            self._take_link(use.links[chain[0]], chain[1:])
        for link in use.links.values():
            self._take_link(link, ())
        # A class body's names are its own before they are the module's.
        self.attrs |= {c[0] for c in use.chains}

    def _take_name(self, module, chain):
        for unit in module.defs.get(chain[0], ()):
            if unit.node is None:
                raise Left("is of the variant without C, which nothing imports")
            link = unit.links.get(chain[0])
            if link:
                self._take_link(link, chain[1:])
            self._take_unit(module, unit)

    def _take_unit(self, module, unit):
        mine = self.units.setdefault(module.name, set())
        if unit in mine:
            return
        mine.add(unit)
        if unit.links:
            return
        if unit.is_class and (module.name, unit.node.name) in self.kept:
            self._take_use(module, unit.head_use)
        else:
            self._take_use(module, unit.use)

    def _take_link(self, link, rest):
        name, rest = link_target(link, rest)
        if name == "test" and rest:
            raise Left(f"needs test.{rest[0]}")
        if name == "sys" and rest and rest[0] not in load("sys").defs:
            self.has_sys = True  # it imports sys, which is refused
        else:
            self._take_linked(name, rest)

    def _take_linked(self, name, rest):
        if name == "test":
            return  # its modules are asked for by themselves
        module = load(name)
        names = self.namespace.setdefault(name, set())
        if rest and rest[0] not in names:
            if rest[0] not in module.defs:
                raise Left(f"needs {name}.{rest[0]}")
            names.add(rest[0])
            self._take_name(module, rest)
        if name in self.order:
            return
        self.order.append(name)

    # -- text

    def text(self):
        """The program.  Raises Left as making it does."""
        parts = [ast.unparse(n) + "\n" for n in self.module.future]
        done = []
        for name in self.order:
            self._write_linked(name, parts, done)
        own = self._in_order(self.module.name)
        if any(link_target(link, ())[0] == "test" for u in own for link in u.links.values()):
            self._write_package(parts, done)
        for unit in own:
            self._write(self.module, unit, 0, parts)
        if "import random\n" in parts:
            parts.append("random.seed(1)\n")  # the same numbers bare and in a cell
        parts.append(f"{variable('unittest')}.run_one({self.class_name}, "
                     f"lambda case: case.{self.method}(), {self.method!r})\n")
        return "".join(parts)

    def _write_linked(self, name, parts, done):
        """A module of ours, as a function that makes it: its names are in nobody's way."""
        if name in done:
            return
        done.append(name)
        units, body = self._in_order(name), []
        for unit in units:
            for link in unit.links.values() or self._links_in(unit):
                target = link_target(link, ())[0]
                if target == "test":
                    self._write_package(parts, done)
                else:
                    self._write_linked(target, parts, done)
            self._write(load(name), unit, 1, body)
        space = variable(name)
        names = sorted(self.namespace.get(name, ()))
        parts += [f"def _make{space}():\n", *body, f"    class {space}:\n        pass\n",
                  *(f"    {space}.{each} = {each}\n" for each in names),
                  f"    return {space}\n", f"{space} = _make{space}()\n"]

    def _write_package(self, parts, done):
        """import test.a: what is asked for of the package."""
        space = variable("test")
        if space in done:
            return
        done.append(space)
        parts.append(f"class {space}:\n    pass\n")
        for name in self.order:
            if name.startswith("test.") and name.count(".") == 1:
                self._write_linked(name, parts, done)
                parts.append(f"{space}.{name[5:]} = {variable(name)}\n")

    def _links_in(self, unit):
        return [] if self._is_cut(self.module, unit) else unit.use.links.values()

    def _is_cut(self, module, unit):
        return unit.is_class and (module.name, unit.node.name) in self.kept

    def _in_order(self, name):
        mine = self.units.get(name, set())
        return [u for u in load(name).units if u in mine]

    def _write(self, module, unit, depth, parts):
        if unit.links and not (self.has_sys and "sys" in dict(unit.links.values())):
            used = {n: link for n, link in unit.links.items()
                    if link[1] is None or link[1] in self.namespace.get(link[0], ())
                    or is_module(f"{link[0]}.{link[1]}")}
            indent = " " * 4 * depth
            parts += [f"{indent}{ast.unparse(n)}\n" for n in link_statements(used)]
        elif not self._is_cut(module, unit):
            parts.append(self._text_of(unit, depth > 0, depth))
        else:
            pair = (module.name, unit.node.name)
            parts.append(head_text(unit, depth))
            for member in members(*pair):
                if member in self.kept[pair]:
                    parts.append(self._text_of(member, depth > 0, depth + 1))
            parts.append(" " * 4 * (depth + 1) + "pass\n")

    def _text_of(self, holder, is_linked, depth):
        key = (is_linked, self.has_sys, depth)
        if key not in holder.texts:
            node = holder.node
            if any(isinstance(n, (ast.Import, ast.ImportFrom, ast.Global))
                   or getattr(n, "attr", None) == "__class__" for n in ast.walk(node)):
                relink = _Relink(is_linked, self.has_sys, isinstance(holder, Member))
                node = relink.visit(copy.deepcopy(node))
            holder.texts[key] = indented(node, depth)
        return holder.texts[key]


def indented(node, depth):
    """The text of a statement within so many others."""
    for _ in range(depth):
        node = ast.ClassDef(name="_", bases=[], keywords=[], body=[node], decorator_list=[],
                            type_params=[])
    text = ast.unparse(ast.fix_missing_locations(node))
    for _ in range(depth):
        text = text.partition("class _:\n")[2]
    return text.strip("\n") + "\n"


def head_of(node):
    return ast.copy_location(ast.ClassDef(
        name=node.name, bases=node.bases, keywords=node.keywords, body=[ast.Pass()],
        decorator_list=node.decorator_list, type_params=getattr(node, "type_params", [])), node)


def head_text(unit, depth):
    """A class statement without what is in it."""
    return indented(head_of(unit.node), depth).rpartition("pass")[0].rstrip(" ")
