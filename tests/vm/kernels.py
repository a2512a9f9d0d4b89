# SPDX-License-Identifier: Apache-2.0
"""Debian's cloud kernels, from the mirror that this machine uses itself.

Owns CACHE/<suite>/vmlinuz.  The package is fetched with an apt configuration of
its own, so that the host's sources and packages stay as they are: nothing is
installed, only unpacked.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from machine import Missing

PACKAGE = "linux-image-cloud-amd64"  # depends on the newest version's package
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


@contextlib.contextmanager
def locked(cache):
    """One at a time makes what the cache lacks."""
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def output_of(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["nothing was said"]
        raise Missing(f"{command[0]} {command[-1]}: {last[0]}")
    return done.stdout


def mirror():
    """The address of Debian's archive in this machine's own sources."""
    columns = ("CREATED_BY", "ORIGIN", "COMPONENT", "RELEASE", "REPO_URI")
    targets = output_of(
        ["apt-get", "indextargets", "--format", "|".join(f"$({c})" for c in columns)]
    )
    for line in targets.splitlines():
        kind, origin, component, release, uri = line.split("|", 4)
        # Security and the like are archives of their own, without every suite.
        is_main = component == "main" and "-" not in release
        if kind == "Packages" and origin == "Debian" and is_main:
            return uri
    raise Missing("a kernel is fetched from Debian's archive, which no apt source here names")


def write_configuration(directory, suite):
    """An apt that knows this suite and nothing else; the options that select it."""
    for name in ("parts", "state/lists/partial", "cache/archives/partial"):
        (directory / name).mkdir(parents=True)
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    sources = directory / "sources.list"
    sources.write_text(f"deb {signed}{mirror()} {suite} main\n", encoding="utf-8")
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": directory / "parts",
        "Dir::Etc::preferencesparts": directory / "parts",
        "Dir::State": directory / "state",
        "Dir::State::status": "/dev/null",
        "Dir::Cache": directory / "cache",
        "APT::Architecture": "amd64",
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
    }
    return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]


def download(directory, suite):
    """The suite's newest kernel package; its path."""
    options = write_configuration(directory, suite)
    output_of(["apt-get", *options, "-q", "update"])
    depends = output_of(["apt-cache", *options, "depends", PACKAGE])
    names = [line.split()[-1] for line in depends.splitlines() if "Depends: linux-" in line]
    if not names:
        raise Missing(f"{suite} has no {PACKAGE}")
    output_of(["apt-get", *options, "-q", "download", names[0]], cwd=directory)
    return next(directory.glob("*.deb"))


def fetch(suite, cache):
    """The path of the suite's kernel, which is fetched when the cache has none."""
    kernel = cache / suite / "vmlinuz"
    for tool in ("apt-get", "dpkg-deb"):
        if not kernel.exists() and shutil.which(tool) is None:
            raise Missing(f"needs {tool}, to fetch Debian's kernel of {suite}")
    with locked(cache):
        if kernel.exists():
            return kernel
        print(f"vm: fetching Debian's kernel of {suite}", flush=True)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as name:
            directory = Path(name)
            package = download(directory, suite)
            output_of(["dpkg-deb", "-x", os.fspath(package), os.fspath(directory / "files")])
            kernel.parent.mkdir(exist_ok=True)
            found = next((directory / "files" / "boot").glob("vmlinuz-*"))
            found.rename(kernel)
    return kernel
