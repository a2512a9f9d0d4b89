# SPDX-License-Identifier: Apache-2.0
"""What is different on a terminal."""
import os
import unittest

from support import CliTest, Terminal, binary

# What code writes, and what is to be seen of it.  The terminal itself makes
# "\r\n" of "\n".
SHOWN = (
    (b"plain\n", b"plain\r\n"),
    (b"tab\there\n", b"tab\there\r\n"),
    (b"\x1b[2J\x1b]0;title\x07\n", b"^[[2J^[]0;title^G\r\n"),
    (b"safe\rEVIL\n", b"safe^MEVIL\r\n"),
    (b"dos\r\n", b"dos\r\r\n"),
    (b"\r", b"^M"),
    (b"\x00\x08\x0b\x0c\x7f\n", b"^@^H^K^L^?\r\n"),
    ("\u00e9 \u65e5 \U0001f600\n".encode(), "\u00e9 \u65e5 \U0001f600\r\n".encode()),
    ("\u009b31m\n".encode(), rb"\u009b31m" b"\r\n"),
    (b"\x9b31m\n", rb"\x9b31m" b"\r\n"),
    ("\u202eevil\u2066\u200f\n".encode(), rb"\u202eevil\u2066\u200f" b"\r\n"),
    ("\u2028\u061c\U000e0041\n".encode(), rb"\u2028\u061c\U000e0041" b"\r\n"),
    (b"\xc3\n", rb"\xc3" b"\r\n"),
    (b"\xc0\xaf\xe0\x80\xaf\n", rb"\xc0\xaf\xe0\x80\xaf" b"\r\n"),
    (b"\xed\xa0\x80\n", rb"\xed\xa0\x80" b"\r\n"),
    (b"\xf4\x90\x80\x80\n", rb"\xf4\x90\x80\x80" b"\r\n"),
    (b"\xe2\x82", rb"\xe2\x82"),
    (b"\xe2\x1b\n", rb"\xe2" b"^[\r\n"),
)


class OnTerminal(CliTest):
    def terminal(self, *words, env=None, **given):
        terminal = Terminal([binary(), *words], self.dir, self.env(**(env or {})), **given)
        self.addCleanup(terminal.close)
        return terminal

    def seen(self, *words, status=0, env=None):
        terminal = self.terminal(*words, env=env)
        self.assertEqual(terminal.wait(), status, terminal.seen)
        return terminal.seen


class Visible(OnTerminal):
    def test_control_sequences_are_made_visible(self):
        for written, shown in SHOWN:
            with self.subTest(written=written):
                code = f"import sys; sys.stdout.buffer.write({written!r})"
                self.assertEqual(self.seen("run", "-c", code), shown)

    def test_on_standard_error_too(self):
        self.assertEqual(
            self.seen("run", "-c", "import sys; sys.stderr.buffer.write(b'\\x1b[1m\\n')"),
            b"^[[1m\r\n")

    def test_a_character_cut_in_two_is_whole(self):
        code = ("import sys, time\nfor b in b'\\xe6\\x97\\xa5\\n':\n"
                "    sys.stdout.buffer.write(bytes([b])); sys.stdout.buffer.flush()\n"
                "    time.sleep(0.01)\n")
        self.assertEqual(self.seen("run", "-c", code), "\u65e5\r\n".encode())

    def test_raw_lets_them_pass(self):
        self.assertEqual(self.seen("run", "--raw", "-c", "print('\\x1b[1m\\rx')"),
                         b"\x1b[1m\rx\r\n")

    def test_a_traceback_is_no_way_around(self):
        seen = self.seen("run", "-c", "raise ValueError('\\x1b[2J\\rgone')", status=1)
        self.assertNotIn(b"\x1b[2J", seen)
        self.assertIn(b"ValueError: ^[[2J^Mgone", seen)

    def test_each_stream_is_judged_alone(self):
        read, write = os.pipe()
        terminal = self.terminal("run", "-c", "import sys\nprint('\\x1bo')\n"
                                 "print('\\x1be', file=sys.stderr)", stderr=write)
        os.close(write)
        self.assertEqual(terminal.wait(), 0)
        with open(read, "rb") as err:
            self.assertEqual(err.read(), b"\x1be\n")
        self.assertEqual(terminal.seen, b"^[o\r\n")


class Colour(OnTerminal):
    words = ("run", "-t", "100ms", "-c", "while True: pass")

    def test_on_a_terminal(self):
        self.assertIn(b"\x1b[1;31mwall_limit\x1b[0m", self.seen(*self.words, status=124))

    def test_not_with_no_color(self):
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": None}):
            with self.subTest(env=env):
                self.assertNotIn(b"\x1b", self.seen(*self.words, status=124, env=env))

    def test_an_empty_no_color_means_nothing(self):
        self.assertIn(b"\x1b[", self.seen(*self.words, status=124, env={"NO_COLOR": ""}))


class Typing(OnTerminal):
    def test_input_is_interactive(self):
        terminal = self.terminal("run", "-c", "print('hello ' + input('name? '))")
        terminal.read_until(b"name? ")
        terminal.type(b"you\n")
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.seen.endswith(b"hello you\r\n"), terminal.seen)

    def test_the_end_of_input_is_typed(self):
        terminal = self.terminal("run", "-c", "import sys; print('?', flush=True)\n"
                                 "print(len(sys.stdin.read()))")
        terminal.read_until(b"?\r\n")
        terminal.type(b"ab\n\x04")
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.seen.endswith(b"3\r\n"), terminal.seen)

    def test_nothing_to_run_is_told(self):
        self.assertIn(b"nothing to run", self.seen("run", status=2))

    def test_code_can_be_typed(self):
        terminal = self.terminal("run", "-")
        terminal.type(b"print(6 * 7)\n\x04")
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.seen.endswith(b"42\r\n"), terminal.seen)

    def test_the_code_sees_no_terminal(self):
        self.assertEqual(self.seen("run", "-c", "import os\n"
                                   "print([os.isatty(fd) for fd in (0, 1, 2)])"),
                         b"[False, False, False]\r\n")

    def test_a_verdict_begins_its_own_line(self):
        seen = self.seen("run", "-t", "100ms", "-c",
                         "print('x', end='', flush=True)\nwhile True: pass",
                         status=124, env={"NO_COLOR": "1"})
        self.assertTrue(seen.startswith(b"x\r\ncloche: wall_limit"), seen)


if __name__ == "__main__":
    unittest.main()
