# SPDX-License-Identifier: Apache-2.0
"""Programs under the Python that runs this, without cloche: each in a fork of this process.

    bare.py MODULE...

    stdin   one JSON string a line: a program
    stdout  one JSON string a line: what it printed, and how it ended where that was not well

The modules are imported before.
"""
import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import traceback
import types

CPU_S = 10
WALL_S = 20
MEMORY_BYTES = 2 << 30
MOST_OUTPUT_BYTES = 1 << 20


def become(text, out):
    """In the child: the program, and never back."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_S)
    null = os.open(os.devnull, os.O_RDWR)
    for to, fd in ((0, null), (1, out), (2, out)):
        os.dup2(fd, to)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    sys.argv = ["<string>"]
    try:
        exec(compile(text, "<string>", "exec", dont_inherit=True), main.__dict__)
    except BaseException:  # the program's
        traceback.print_exc()
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    os._exit(0)


def run(text):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            become(text, writer)
        finally:
            os._exit(1)
    os.close(writer)
    said = b""
    while part := os.read(reader, 65536):
        said = (said + part)[-MOST_OUTPUT_BYTES:]
    os.close(reader)
    status = os.waitpid(pid, 0)[1]
    return said.decode(errors="replace") + (f"\nended by {status}" if status else "")


def main():
    for module in sys.argv[1:]:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
