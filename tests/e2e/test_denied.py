# SPDX-License-Identifier: Apache-2.0
"""What is refused: by which layer and rule, at which line, and how to allow it."""
import unittest

from cells import CellTest

# Code whose third line is refused; the layer, and part of what was tried.
DENIED = (
    ("socket.socket(socket.AF_INET)", "seccomp", "socket(AF_INET, SOCK_STREAM)"),
    ("socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)", "seccomp", "socket(AF_INET6"),
    ("socket.create_connection(('192.0.2.1', 80), 1)", "seccomp", "socket(AF_INET"),
    ("open('/etc/new', 'w')", "mount", "'/etc/new' (EROFS)"),
    ("os.mkdir('/usr/new')", "mount", "'/usr/new' (EROFS)"),
    ("os.chroot('/')", "seccomp", "chroot"),
)
# Calls that end a run at once: shaped only like attacks.
ENDED = (
    ("libc.unshare(0x10000000)", "unshare(CLONE_NEWUSER)"),
    ("libc.mount(b'x', b'/', b'tmpfs', 0, 0)", "mount"),
    ("libc.ptrace(0, 0, 0, 0)", "ptrace(PTRACE_TRACEME)"),
)
HEAD = "import ctypes, os, socket\nlibc = ctypes.CDLL(None)\n"


class Denied(CellTest):
    def denial(self, r, layer, what):
        for d in r["denials"]:
            if d["layer"] == layer and what in d["what"]:
                return d
        self.fail(f"no denial of {what!r} by {layer}: {r['denials']}")

    def test_acts_that_end_a_run_because_nobody_caught_them(self):
        for code, layer, what in DENIED:
            with self.subTest(code=code):
                r = self.run_code(HEAD + code + "\nprint('after')\n")
                self.assertEqual(r["outcome"], "denied", r["reason"])
                self.assertIn(f"refused at line 3 by {layer}", r["reason"])
                d = self.denial(r, layer, what)
                self.assertEqual((d["line"], d["count"]), (3, 1))
                self.assertEqual(r["hint"], d["hint"])
                self.assertEqual((r["stdout"], r["error"]["line"]), ("", 3))

    def test_the_same_acts_survived(self):
        for code, layer, what in DENIED:
            with self.subTest(code=code):
                r = self.run_code(f"{HEAD}try: {code}\nexcept OSError: print('caught')\n")
                self.assert_ok(r, "caught\n")
                self.denial(r, layer, what)
                self.assertIsNone(r["hint"])

    def test_calls_that_end_a_run_at_once(self):
        for code, what in ENDED:
            with self.subTest(code=code):
                r = self.run_code(
                    f"{HEAD}print('on', flush=True)\n{code}\nprint('after')\n"
                )
                self.assertEqual(r["outcome"], "denied", r["reason"])
                self.assertIn(what, r["reason"])
                self.assertEqual(r["stdout"], "on\n")
                self.denial(r, "seccomp", what)
                self.assertIsNone(r["hint"])

    def test_the_key_that_would_allow_it(self):
        r = self.run_code("import socket\nsocket.socket()\n")
        d = self.denial(r, "seccomp", "socket")
        self.assertEqual(d["rule"], "network.mode")
        self.assertEqual(d["hint"], "set profiles.test.network.mode (now none)")

    def test_repeated_acts_are_counted(self):
        r = self.run_code(
            "import socket\nfor _ in range(5):\n    try: socket.socket()\n"
            "    except OSError: pass\n"
        )
        self.assert_ok(r)
        self.assertEqual(self.denial(r, "seccomp", "socket")["count"], 5)

    def test_patience_ends(self):
        code = (
            "import socket\nn = 0\nwhile True:\n    n += 1\n    print(n, flush=True)\n"
            "    try: socket.socket()\n    except OSError: pass\n"
        )
        r = self.run_code(code, profile={"on_violation": {"deny": True, "kill_after": 3}})
        self.assertEqual(r["outcome"], "denied", r["reason"])
        self.assertEqual(r["stdout"], "1\n2\n3\n")

    def test_a_flood_of_refused_calls_ends(self):
        code = (
            "import socket\nwhile True:\n    try: socket.socket()\n"
            "    except OSError: pass\n"
        )
        r = self.run_code(code, limits={"wall": "5s"})
        self.assertIn(r["outcome"], ("denied", "wall_limit"))

    def test_an_unrelated_permission_error_is_the_codes_own(self):
        r = self.run_code("raise PermissionError('mine')")
        self.assertEqual((r["outcome"], r["denials"]), ("user_error", []))

    def test_what_is_not_there_is_not_denied(self):
        for path in (
            "/etc/shadow",
            "/root",
            "/home",
            "/proc/1/environ",
            "/sys/kernel",
            "/dev/mem",
            "/var/log",
            "/run",
        ):
            with self.subTest(path=path):
                r = self.run_code(f"import os\nprint(os.path.exists({path!r}))")
                self.assertIn(
                    (r["outcome"], r["stdout"]), (("ok", "False\n"), ("ok", "True\n"))
                )
                r = self.run_code(f"open({path!r}, 'rb').read()")
                self.assertIn(r["outcome"], ("user_error", "denied"))

    def test_a_very_long_path(self):
        r = self.run_code(
            "try: open('/usr/' + 'x' * 250 + '/' + 'y' * 250, 'w')\n"
            "except OSError: print('caught')\n"
            "try: open('/usr/' + 'é' * 120, 'w')\nexcept OSError: print('caught')\n"
        )
        self.assert_ok(r, "caught\ncaught\n")

    def test_hostile_paths(self):
        r = self.run_code(
            "for p in ['/usr/a\\nb', '/usr/\\x1b[31m', '/usr/\\udcff', '/usr/\"']:\n"
            "    try: open(p, 'w')\n    except OSError: pass\n"
        )
        self.assert_ok(r)
        for d in r["denials"]:
            self.assertNotRegex(d["what"], "[\\x00-\\x1f]")


if __name__ == "__main__":
    unittest.main()
