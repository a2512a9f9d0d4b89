#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The guard inside other versions of CPython than this build's.

    other_pythons.py SOURCE BUILD VERSION TEST...

Builds cloche, with the ablation switch, against each CPython 3.11 to 3.13 beside VERSION that
pkg-config knows (python-3.N-embed), or that $CLOCHE_OTHER_PYTHONS names: directories with a
python3-embed.pc, with colons between them. Each in a directory of its own below BUILD, where it
stays for the next time. Then each TEST runs with it.

Exit: 0 all passed, 1 one failed, 77 there is no other Python.
"""

import os
import pathlib
import subprocess
import sys

MINORS = range(11, 14)
TARGETS = ("cloche", "cloche-launcher", "cloche-zygote")


def ask(*args, path=None):
    """What pkg-config says, or None."""
    env = dict(os.environ) if path is None else {**os.environ, "PKG_CONFIG_PATH": str(path)}
    done = subprocess.run(["pkg-config", *args], capture_output=True, text=True, env=env)
    return done.stdout.strip() if done.returncode == 0 else None


def known(build):
    """{minor: a directory with its python3-embed.pc}"""
    found = {}
    for minor in MINORS:
        folder = ask("--variable=pcfiledir", f"python-3.{minor}-embed")
        if folder:
            link = build / f"pkgconfig-3.{minor}" / "python3-embed.pc"
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(pathlib.Path(folder, f"python-3.{minor}-embed.pc"))
            found[minor] = link.parent
    for folder in filter(None, os.environ.get("CLOCHE_OTHER_PYTHONS", "").split(":")):
        version = ask("--modversion", "python3-embed", path=folder)
        if version is None:
            raise SystemExit(f"{folder}: no python3-embed.pc")
        found[int(version.split(".")[1])] = pathlib.Path(folder)
    return found


def make(source, build, folder):
    """Configure and build; the directory of the programs."""
    env = {**os.environ, "PKG_CONFIG_PATH": str(folder)}
    subprocess.run(["cmake", "-S", source, "-B", build, "-G", "Ninja",
                    "-DCMAKE_BUILD_TYPE=Debug", "-DCLOCHE_ABLATION=ON",
                    "-DCLOCHE_PYTHON_LINK=shared"], check=True, env=env, capture_output=True)
    subprocess.run(["cmake", "--build", build, "--target", *TARGETS], check=True, env=env,
                   stdout=subprocess.DEVNULL)
    return build / "bin"


def passes(test, programs):
    env = {**os.environ, "CLOCHE_BIN": str(programs / "cloche"),
           "CLOCHE_HELPER_DIR": str(programs), "CLOCHE_TEST_ABLATION": "1"}
    return subprocess.run([sys.executable, "-B", test], env=env).returncode == 0


def main(source, build, version, *tests):
    build = pathlib.Path(build)
    build.mkdir(parents=True, exist_ok=True)
    own = int(version.split(".")[1])
    others = {m: f for m, f in known(build).items() if m != own and m in MINORS}
    if not others:
        print("no other CPython 3.11 to 3.13 that can be embedded (see CLOCHE_OTHER_PYTHONS)")
        return 77
    failed = []
    for minor, folder in sorted(others.items()):
        programs = make(source, build / f"python-3.{minor}", folder)
        for test in tests:
            print(f"CPython 3.{minor}: {pathlib.Path(test).name}", flush=True)
            if not passes(test, programs):
                failed.append(f"CPython 3.{minor}: {test}")
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
