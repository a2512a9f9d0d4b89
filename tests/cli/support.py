# SPDX-License-Identifier: Apache-2.0
"""What the tests of the command line share: a clean place to run it in, and
the schema of its results.

CLOCHE_BIN names the program and CLOCHE_HELPER_DIR the directory of its
helpers; ctest sets both.
"""
import json
import os
import pathlib
import pty
import select
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MANUALS = SOURCE / "docs" / "man"
SCHEMA = json.loads((SOURCE / "docs" / "result.schema.json").read_text())

# Nothing here takes a second on an idle machine; this is for a busy one.
PATIENCE_S = 30


def binary():
    path = os.environ.get("CLOCHE_BIN")
    if path is None:
        raise unittest.SkipTest("CLOCHE_BIN is not set: run through ctest")
    return path


def zygote_file():
    """What lies beside cloche-launcher: an object for python3, or a program."""
    place = pathlib.Path(os.environ["CLOCHE_HELPER_DIR"])
    names = ("cloche-zygote.so", "cloche-zygote")
    return next(name for name in names if (place / name).exists())


def jsonschema():
    try:
        import jsonschema as module
    except ImportError:
        raise unittest.SkipTest("python3-jsonschema is not installed") from None
    return module


def validate(value, part=None):
    """Check value against the schema of results, or of one of its parts."""
    module = jsonschema()
    schema = SCHEMA
    if part is not None:
        schema = {"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{part}"}
    module.Draft202012Validator(schema).validate(value)


class CliTest(unittest.TestCase):
    """A test with an empty home and an empty current directory."""

    maxDiff = None

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="cloche-cli-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.dir = self.home / "here"
        self.dir.mkdir()

    def env(self, **more):
        kept = ("PATH", "CLOCHE_HELPER_DIR", "CLOCHE_CGROUP", "ASAN_OPTIONS",
                "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE")
        env = {key: os.environ[key] for key in kept if key in os.environ}
        env.update(HOME=str(self.home), TERM="xterm", LC_ALL="C.UTF-8")
        env.update(more)
        return {key: value for key, value in env.items() if value is not None}

    def write(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return str(path)

    def start(self, *args, env=None, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        process = subprocess.Popen([binary(), *args], cwd=self.dir,
                                   env=self.env(**(env or {})), **options)
        self.addCleanup(self._end, process)
        return process

    @staticmethod
    def _end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()

    def cloche(self, *args, input=b"", env=None, **options):
        """Run it to its end; returncode, stdout and stderr as bytes."""
        if isinstance(input, str):
            input = input.encode()
        return subprocess.run([binary(), *args], cwd=self.dir, input=input,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=self.env(**(env or {})), timeout=PATIENCE_S, **options)

    def check(self, status, *args, **options):
        """Run it and expect an exit status."""
        done = self.cloche(*args, **options)
        self.assertEqual(done.returncode, status,
                         f"{args}\nstdout: {done.stdout!r}\nstderr: {done.stderr!r}")
        return done

    def result(self, *args, **options):
        """The result of `run --json`, validated; its exit status is in .status."""
        done = self.cloche("run", "--json", *args, **options)
        self.assertEqual(done.stdout.count(b"\n"), 1, done.stderr)
        self.assertTrue(done.stdout.endswith(b"\n"))
        value = json.loads(done.stdout)
        self.assertNotIn("error", {} if "outcome" in value else value, done.stdout)
        validate(value)
        return Result(value, done.returncode)

    def failure(self, *args, status=2, **options):
        """The {"error": ...} of a command with --json, validated."""
        done = self.cloche(*args, **options)
        self.assertEqual(done.returncode, status, (args, done.stdout, done.stderr))
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.count(b"\n"), 1)
        value = json.loads(done.stdout)
        validate(value, "failure")
        return value["error"]


class Result(dict):
    def __init__(self, value, status):
        super().__init__(value)
        self.status = status


class Terminal:
    """A program on a terminal of its own, of which it is the foreground."""

    def __init__(self, argv, cwd, env, stdin=None, stdout=None, stderr=None):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(cwd)
                for number, given in ((0, stdin), (1, stdout), (2, stderr)):
                    if given is not None:
                        os.dup2(given, number)
                os.execve(argv[0], argv, env)
            finally:
                os._exit(99)
        self.seen = b""
        self.status = None

    def read_until(self, text, timeout=PATIENCE_S):
        """Read until text is seen (None: until the end).  All that was seen."""
        deadline = time.monotonic() + timeout
        while text is None or text not in self.seen:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise AssertionError(f"{text!r} did not come; seen: {self.seen!r}")
            try:
                piece = os.read(self.fd, 65536)
            except OSError:  # EIO: the other side is closed
                piece = b""
            if not piece:
                if text is None:
                    break
                raise AssertionError(f"{text!r} did not come; seen: {self.seen!r}")
            self.seen += piece
        return self.seen

    def type(self, text):
        os.write(self.fd, text)

    def wait(self):
        self.read_until(None)
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = -signal.SIGKILL
        os.close(self.fd)


def options_in_help(text):
    """The options that a --help shows: {"--out": "DIR", "-o": "DIR", ...}."""
    found = {}
    options = text.split("Options:\n", 1)[1].split("\n\n", 1)[0]
    for line in options.splitlines():
        words = line[2:27].split()
        names = [word.rstrip(",") for word in words if word.startswith("-")]
        value = " ".join(word for word in words if not word.startswith("-"))
        for name in names:
            found[name] = value
    return found
