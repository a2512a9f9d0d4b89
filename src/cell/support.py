# SPDX-License-Identifier: Apache-2.0
"""What a cell needs of Python: rich displays and error reports.

Run once in the zygote (or, in a one-shot engine, in the cell when it is first
needed) in a namespace of its own.  It comes before user code, but user code
can reach and change what it imports: nothing here is trusted by the broker.
"""
import sys

_MIME = (
    ("_repr_html_", "text/html"),
    ("_repr_markdown_", "text/markdown"),
    ("_repr_svg_", "image/svg+xml"),
    ("_repr_png_", "image/png"),
    ("_repr_jpeg_", "image/jpeg"),
    ("_repr_latex_", "text/latex"),
    ("_repr_json_", "application/json"),
)


def _is_users(name, filename):
    """Whether a frame's file is the code's own: also what it gave to exec()."""
    if name == filename or name.startswith("/work/"):
        return True
    return name.startswith("<") and not name.startswith(("<frozen ", "<cloche"))


def _user_frames(tb, filename):
    while tb is not None:
        if _is_users(tb.tb_frame.f_code.co_filename, filename):
            yield tb
        tb = tb.tb_next


def _strip(exc, filename, seen):
    """Leave only the user's frames in an exception and those it came from."""
    if exc is None or id(exc) in seen or len(seen) > 64:
        return
    seen.add(id(exc))
    kept = list(_user_frames(exc.__traceback__, filename))
    head = None
    for tb in reversed(kept):
        tb.tb_next = head
        head = tb
    exc.__traceback__ = head
    _strip(exc.__cause__, filename, seen)
    _strip(exc.__context__, filename, seen)


def _suggestion(exc):
    """". Did you mean: 'x'?", which before 3.12 only the C code knows."""
    if sys.version_info >= (3, 12) or not isinstance(exc, (AttributeError, NameError)):
        return ""
    import io

    saved, sys.stderr = sys.stderr, io.StringIO()
    try:
        sys.__excepthook__(type(exc), exc, exc.__traceback__)
        last = sys.stderr.getvalue().rstrip("\n").rpartition("\n")[2]
    finally:
        sys.stderr = saved
    at = last.rfind(". Did you mean: ")
    return last[at:] if at >= 0 else ""


def _add_text(exc, filename, loader):
    """The line of a SyntaxError that the compiler looked for in a file."""
    if isinstance(exc, SyntaxError) and exc.filename == filename and not exc.text:
        lines = loader.get_lines()
        if exc.lineno and exc.lineno <= len(lines):
            exc.text = lines[exc.lineno - 1]


def report(exc, filename, loader):
    """(type, message, line, column, [(line, function, source)], text)"""
    import traceback

    loader.cache_lines()
    _add_text(exc, filename, loader)
    _strip(exc, filename, set())
    lines, frames = [], []
    told = traceback.TracebackException(type(exc), exc, exc.__traceback__, compact=True)
    for part in told.format():
        lines.append(part)
    if suggestion := _suggestion(exc):
        lines[-1] = lines[-1].rstrip("\n") + suggestion + "\n"
    line = column = 0
    for frame in told.stack:
        frames.append((frame.lineno or 0, frame.name, frame.line or ""))
        line = frame.lineno or 0
        column = (frame.colno + 1) if getattr(frame, "colno", None) is not None else 0
    if isinstance(exc, SyntaxError) and exc.filename == filename:
        line, column = exc.lineno or line, exc.offset or column
        if not frames:
            frames.append((line, "<module>", (exc.text or "").strip()))
    cls = type(exc)
    name = cls.__qualname__
    if cls.__module__ not in ("builtins", "__main__"):
        name = cls.__module__ + "." + name
    try:
        # str() of a SyntaxError repeats the place, which has fields of its own.
        message = str(exc.msg if isinstance(exc, SyntaxError) and exc.msg else exc)
    except Exception:
        message = "<message could not be made>"
    return name, message, line, column, frames, "".join(lines)


def bundle(obj):
    """An object's rich forms: {mime type: str or bytes}, or None."""
    cls = type(obj)
    forms = {}
    if hasattr(cls, "_repr_mimebundle_"):
        made = obj._repr_mimebundle_()
        if isinstance(made, tuple):
            made = made[0]
        forms.update(made or {})
    else:
        for method, mime in _MIME:
            if hasattr(cls, method):
                made = getattr(obj, method)()
                if isinstance(made, tuple):
                    made = made[0]
                if made is not None:
                    forms[mime] = made
    if not forms and cls.__module__.startswith("matplotlib.") and hasattr(obj, "savefig"):
        forms["image/png"] = _png(obj)
    if not forms:
        return None
    clean = {}
    for mime, data in forms.items():
        if isinstance(data, (bytes, bytearray)):
            clean[str(mime)] = bytes(data)
        elif isinstance(data, str):
            clean[str(mime)] = data
        else:
            import json

            clean[str(mime)] = json.dumps(data)
    clean.setdefault("text/plain", repr(obj))
    return clean


def _png(figure):
    import io

    out = io.BytesIO()
    figure.savefig(out, format="png", bbox_inches="tight")
    return out.getvalue()


def figures():
    """The open matplotlib figures, as bundles; closes them."""
    plt = sys.modules.get("matplotlib.pyplot")
    if plt is None:
        return []
    made = []
    for number in plt.get_fignums():
        figure = plt.figure(number)
        made.append({"image/png": _png(figure), "text/plain": repr(figure)})
    plt.close("all")
    return made


class _LinecacheLoader:
    """linecache, which can get the run's source: there is no file to find it in."""

    def __init__(self, real, source):
        self._real, self._source = real, source

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__loader__ = module.__spec__.loader = self._real
        self._real.exec_module(module)
        self._source.serve_linecache()


def find_linecache(loader):
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("linecache")
    if spec is not None:
        spec.loader = _LinecacheLoader(spec.loader, loader)
    return spec


_BACKEND = """
from matplotlib.backends.backend_agg import FigureCanvasAgg, FigureManagerBase
import cloche
FigureCanvas = FigureCanvasAgg
FigureManager = FigureManagerBase

def show(*args, **kwargs):
    cloche._show_figures()
"""


class _FigureBackend:
    """The matplotlib backend whose show() makes displays (MPLBACKEND names it)."""

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        exec(compile(_BACKEND, "<cloche_figures>", "exec"), module.__dict__)


def find_backend(name):
    from importlib.machinery import ModuleSpec

    return ModuleSpec(name, _FigureBackend)


def renewers():
    """What each cell must call for entropy of its own, where it was preloaded.

    `secrets`, `uuid4` and `os.urandom` ask the kernel each time, and what is settled
    here is the same in all cells by right: nothing was drawn yet.
    """
    modules = sys.modules
    calls = []
    if "tempfile" in modules:
        modules["tempfile"]._name_sequence = None
    if "uuid" in modules:
        modules["uuid"]._last_timestamp = None
    if "random" in modules:
        import _random

        generator = modules["random"]._inst
        generator.gauss_next = None
        calls.append(_random.Random.seed.__get__(generator))
    if "_ssl" in modules:
        calls.append(_renew_ssl)
    if "numpy.random" in modules:
        calls.append(modules["numpy.random"].seed)
    if "multiprocessing.process" in modules:
        calls.append(_renew_authkey)
    return calls


def _renew_ssl():
    import os

    sys.modules["_ssl"].RAND_add(os.urandom(32), 32.0)


def _renew_authkey():
    import os

    process = sys.modules["multiprocessing.process"]
    process.current_process()._config["authkey"] = process.AuthenticationString(
        os.urandom(32))
