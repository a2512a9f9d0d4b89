# SPDX-License-Identifier: Apache-2.0
"""The machine's file system: an initramfs of the host's own files.

    CACHE/base-<key>.cpio   Python, its shared libraries, BusyBox; made once
    + the tree and command  what changes between two runs; made every time

The kernel unpacks archives that lie one after the other, so the second is only
appended.  Neither is compressed: unpacking that, emulated, takes longer than
reading more.
"""

import hashlib
import os
import re
import shlex
import shutil
import stat
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from kernels import locked
from machine import END, START, Missing

PYTHON = Path("/usr/bin/python3")
BUSYBOX = Path("/bin/busybox")
MERGED = ("bin", "sbin", "lib", "lib64")  # links into /usr
# Of the standard library: what no test here imports, and most of its size.
LEFT_OUT = {"config-3", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "tests",
            "tkinter", "turtledemo"}  # fmt: skip
TREE = ("docs", "examples", "packaging", "profiles", "tests", "tools")  # of the repository
GUEST_TREE = "src"


class Archive:
    """A cpio archive ("newc"), in which everything belongs to root."""

    def __init__(self, out):
        self.out = out
        self.count = 0
        self.directories = set()

    def _entry(self, name, mode, data=b"", mtime=0, device=(0, 0)):
        self.count += 1
        encoded = os.fsencode(name) + b"\0"
        fields = (self.count, mode, 0, 0, 1, int(mtime), len(data), 0, 0, *device,
                  len(encoded), 0)  # fmt: skip
        head = b"070701" + b"".join(b"%08x" % field for field in fields) + encoded
        self.out.write(head + b"\0" * (-len(head) % 4))
        self.out.write(data + b"\0" * (-len(data) % 4))

    def directory(self, name, mode=0o755):
        name = name.strip("/")
        if name and name not in self.directories:
            self.directory(os.path.dirname(name))
            self.directories.add(name)
            self._entry(name, stat.S_IFDIR | mode)

    def root(self):
        """The root itself, which anybody could write to if it were not said."""
        self._entry(".", stat.S_IFDIR | 0o755)

    def link(self, name, target):
        self.directory(os.path.dirname(name))
        self._entry(name.strip("/"), stat.S_IFLNK | 0o777, os.fsencode(target))

    def device(self, name, major, minor):
        self.directory(os.path.dirname(name))
        self._entry(name.strip("/"), stat.S_IFCHR | 0o600, device=(major, minor))

    def text(self, name, text, mode=0o644):
        self.directory(os.path.dirname(name))
        self._entry(name.strip("/"), stat.S_IFREG | mode, text.encode())

    def file(self, name, source):
        """A file's content, time and permission to execute; links are followed."""
        self.directory(os.path.dirname(name))
        found = os.stat(source)
        mode = 0o755 if found.st_mode & stat.S_IXUSR else 0o644
        data = Path(source).read_bytes()
        self._entry(name.strip("/"), stat.S_IFREG | mode, data, found.st_mtime)

    def tree(self, name, source, left_out=frozenset()):
        self.directory(name)
        for path in files_below(source, left_out):
            self.file(os.path.join(name, os.path.relpath(path, source)), path)

    def close(self):
        self._entry("TRAILER!!!", 0)
        # The next archive begins at a multiple of four.
        self.out.write(b"\0" * (-self.out.tell() % 512))


def files_below(top, left_out=frozenset()):
    """Every file in a directory, in order, without the parts left out."""
    for directory, names, files in os.walk(top):
        names[:] = sorted(
            name for name in names if name not in left_out and name.rsplit(".")[0] not in left_out
        )
        for name in sorted(files):
            path = os.path.join(directory, name)
            if os.path.isfile(path):
                yield path


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def libraries_of(programs):
    """Every shared library that the programs load, by the path they look at."""
    found = subprocess.run(["ldd", *map(os.fspath, programs)], capture_output=True, text=True,
                           check=False).stdout  # fmt: skip
    lacking = re.search(r"^\s*(\S+) => not found", found, re.MULTILINE)
    if lacking:
        raise Missing(f"the library {lacking[1]}, which a program of the image needs")
    paths = set(re.findall(r"(?:=> |^\s+)(/\S+) \(0x", found, re.MULTILINE))
    # Loaded on demand, when a thread ends.
    return sorted(paths | {os.path.join(os.path.dirname(path), "libgcc_s.so.1")
                           for path in paths if os.path.basename(path) == "libc.so.6"})  # fmt: skip


def in_usr(path):
    """Where the path is on a system whose /lib is a link into /usr."""
    first = path.strip("/").split("/")[0]
    return "/usr" + path if first in MERGED else path


def base_key(stdlib, libraries):
    """Changes with whatever the base archive is made from."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in [PYTHON, BUSYBOX, *libraries, *files_below(stdlib, LEFT_OUT)]:
        found = os.stat(path)
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def write_base(out, stdlib, libraries):
    archive = Archive(out)
    archive.root()
    for name in MERGED:
        archive.directory(f"usr/{name}")
        archive.link(name, f"usr/{name}")
    archive.device("dev/console", 5, 1)
    archive.file("usr/bin/busybox", BUSYBOX)
    archive.link("usr/bin/sh", "busybox")
    archive.file("usr/bin/" + PYTHON.resolve().name, PYTHON.resolve())
    archive.link(os.fspath(PYTHON), PYTHON.resolve().name)
    archive.tree(os.fspath(stdlib), stdlib, LEFT_OUT)
    for path in libraries:
        archive.file(in_usr(path), path)
    if os.path.isdir("/usr/share/zoneinfo"):
        archive.tree("usr/share/zoneinfo", "/usr/share/zoneinfo", {"posix", "right"})
    archive.text("etc/passwd", "root:x:0:0::/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n")
    archive.text("etc/group", "root:x:0:\nuser:x:1000:\n")
    archive.text("etc/hosts", "127.0.0.1 localhost\n")
    for name in ("proc", "sys", "run", "tmp", "root", "mnt"):
        archive.directory(name)
    archive.close()


def base(cache, stdlib, libraries):
    """The base archive, from the cache or made now."""
    path = cache / f"base-{base_key(stdlib, libraries)}.cpio"
    with locked(cache):
        if not path.exists():
            for old in cache.glob("base-*"):
                old.unlink()
            unfinished = path.with_suffix(".new")
            with open(unfinished, "wb") as out:
                write_base(out, stdlib, libraries)
            unfinished.rename(path)
    return path


def write_tree(out, repo, build, programs, command):
    archive = Archive(out)
    archive.text("init", (Path(__file__).parent / "guest" / "init").read_text(), 0o755)
    archive.text(
        "job",
        f"cd /{GUEST_TREE} || exit 125\n"
        f"export CLOCHE_BIN=/{GUEST_TREE}/build/bin/cloche\n"
        f"export CLOCHE_HELPER_DIR=/{GUEST_TREE}/build/bin\n"
        f"echo {START.decode()}\n"
        f"( exec {shlex.join(command)} )\n"
        f"echo; echo {END.decode()}$?\n",
    )
    for name in TREE:
        if (repo / name).is_dir():
            archive.tree(f"{GUEST_TREE}/{name}", repo / name, {"__pycache__"})
    for path in programs:
        archive.file(f"{GUEST_TREE}/build/{path.relative_to(build)}", path)
    archive.close()


def build(repo, build_dir, cache, command):
    """An image that runs the command; the caller removes it."""
    for path in (PYTHON, BUSYBOX, build_dir / "bin" / "cloche"):
        if not path.exists():
            raise Missing(f"needs {path}")
    stdlib = Path(sysconfig.get_path("stdlib", vars={"installed_base": "/usr", "base": "/usr"}))
    programs = [Path(path) for top in ("bin", "lib", "tests") for path in files_below(build_dir / top)
                if os.access(path, os.X_OK) and is_elf(path)]  # fmt: skip
    extensions = [path for path in files_below(stdlib / "lib-dynload")]
    libraries = libraries_of([PYTHON.resolve(), *extensions, *programs])
    prepared = base(cache, stdlib, libraries)
    handle, name = tempfile.mkstemp(prefix="image-", dir=cache)
    with open(handle, "wb") as out:
        with open(prepared, "rb") as source:
            shutil.copyfileobj(source, out)
        write_tree(out, repo, build_dir, programs, command)
    return Path(name)
