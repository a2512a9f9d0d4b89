# SPDX-License-Identifier: Apache-2.0
"""Files in (--file) and out (--out), and that nothing else is written."""
import os
import stat
import unittest

from support import CliTest


class In(CliTest):
    def test_takes_the_last_part_of_the_path_as_name(self):
        path = self.write("deep/data.csv", "a,b\n")
        for flag in ("--file", "-f"):
            self.assertEqual(self.check(0, "run", flag, path, "-c",
                                        "print(open('/work/data.csv').read())").stdout,
                             b"a,b\n\n")

    def test_takes_a_name(self):
        path = self.write("data.csv", "x")
        self.assertEqual(self.check(0, "run", "--file", f"in/other={path}", "-c",
                                    "print(open('/work/in/other').read())").stdout, b"x\n")

    def test_takes_several_and_binary_ones(self):
        every = bytes(range(256)) * 3000
        one, two = self.write("one", every), self.write("two", b"")
        code = ("import hashlib\n"
                "print(hashlib.sha256(open('one', 'rb').read()).hexdigest())\n"
                "print(open('two').read() == '')\n")
        import hashlib
        self.assertEqual(self.check(0, "run", "-f", one, "-f", two, "-c", code).stdout,
                         f"{hashlib.sha256(every).hexdigest()}\nTrue\n".encode())

    def test_the_original_is_not_changed(self):
        path = self.write("data.txt", "before")
        self.check(0, "run", "-f", path, "-c", "open('data.txt', 'w').write('after')")
        with open(path, encoding="utf-8") as f:
            self.assertEqual(f.read(), "before")

    def test_names_outside_work_are_refused(self):
        path = self.write("data", "x")
        for name in ("../up", "/etc/passwd", "a/../../b", ".", "..", "a//b", "x" * 300):
            with self.subTest(name=name):
                error = self.failure("run", "--json", "-f", f"{name}={path}", "-c", "1")
                self.assertEqual(error["code"], "EINPUT")

    def test_a_file_that_cannot_be_read(self):
        self.assertIn(b"'nowhere'", self.check(2, "run", "-f", "nowhere", "-c", "1").stderr)
        self.assertIn(b"directory", self.check(2, "run", "-f", "/etc", "-c", "1").stderr)
        self.assertIn(b"1GiB", self.check(2, "run", "-f", self.sparse("big", 2 << 30),
                                          "-c", "1").stderr)

    def sparse(self, name, size):
        path = self.dir / name
        with open(path, "wb") as f:
            f.truncate(size)
        return str(path)


class Out(CliTest):
    def saved(self):
        top = self.dir / "out"
        return {str(path.relative_to(top)): path.read_bytes()
                for path in top.rglob("*") if path.is_file()}

    def test_receives_what_was_created_and_changed(self):
        kept, changed = self.write("kept", "same"), self.write("changed", "old")
        for flag in ("--out", "-o"):
            with self.subTest(flag=flag):
                self.check(0, "run", "-f", kept, "-f", changed, flag, "out", "-c",
                           "import os\nopen('new', 'wb').write(bytes(range(256)))\n"
                           "open('changed', 'w').write('new')\n"
                           "os.makedirs('a/b')\nopen('a/b/c', 'w').write('deep')\n")
                self.assertEqual(self.saved(), {"new": bytes(range(256)), "changed": b"new",
                                                "a/b/c": b"deep"})

    def test_lists_them_as_json(self):
        result = self.result("-o", "out", "-c", "open('f', 'w').write('hello')")
        self.assertEqual([(f["path"], f["size"], f["op"]) for f in result["files"]],
                         [("f", 5, "created")])
        self.assertEqual(self.saved(), {"f": b"hello"})

    def test_is_made_even_when_there_is_nothing_to_save(self):
        self.check(0, "run", "-o", "out", "-c", "1")
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_is_filled_also_when_the_run_failed(self):
        self.check(1, "run", "-o", "out", "-c", "open('f', 'w').write('x'); 1/0")
        self.assertEqual(self.saved(), {"f": b"x"})

    def test_replaces_files_of_the_same_name(self):
        self.write("out/f", "a much longer text than the new one")
        self.check(0, "run", "-o", "out", "-c", "open('f', 'w').write('new')")
        self.assertEqual(self.saved(), {"f": b"new"})

    def test_tells_what_it_saved_when_asked(self):
        done = self.check(0, "run", "-v", "-o", "out", "-c", "open('f', 'w').write('abc')")
        self.assertIn(b"cloche: saved 'out/f' (3 bytes)\n", done.stderr)

    def test_saved_files_are_plain(self):
        self.check(0, "run", "-o", "out", "-c",
                   "import os\nopen('f', 'w').write('x'); os.chmod('f', 0o4777)")
        mode = os.stat(self.dir / "out" / "f").st_mode
        self.assertTrue(stat.S_ISREG(mode))
        self.assertEqual(mode & 0o7111, 0)

    def test_a_directory_that_cannot_be_made_is_told_before_the_run(self):
        self.write("file", "x")
        for path in ("file", "file/out", "no/such/out"):
            with self.subTest(path=path):
                done = self.check(2, "run", "-o", path, "-c", "print('ran')")
                self.assertEqual(done.stdout, b"")
                self.assertIn(path.encode(), done.stderr)


class OutIsSafe(CliTest):
    """Directories prepared so that a careless writer would leave them."""

    def setUp(self):
        super().setUp()
        self.victim = self.home / "victim"
        self.victim.mkdir()
        (self.victim / "f").write_text("precious")
        self.out = self.dir / "out"
        self.out.mkdir()

    def precious(self):
        self.assertEqual(sorted(os.listdir(self.victim)), ["f"])
        self.assertEqual((self.victim / "f").read_text(), "precious")

    def test_a_link_in_place_of_the_file_is_replaced_not_followed(self):
        (self.out / "f").symlink_to(self.victim / "f")
        self.check(0, "run", "-o", "out", "-c", "open('f', 'w').write('evil')")
        self.precious()
        self.assertFalse((self.out / "f").is_symlink())
        self.assertEqual((self.out / "f").read_text(), "evil")

    def test_a_hard_link_in_place_of_the_file_is_replaced_not_written(self):
        os.link(self.victim / "f", self.out / "f")
        self.check(0, "run", "-o", "out", "-c", "open('f', 'w').write('evil')")
        self.precious()
        self.assertEqual((self.out / "f").read_text(), "evil")

    def test_a_link_in_place_of_a_directory_is_refused(self):
        (self.out / "d").symlink_to(self.victim)
        done = self.check(125, "run", "-o", "out", "-c",
                          "import os; os.mkdir('d'); open('d/f', 'w').write('evil')")
        self.precious()
        self.assertIn(b"cannot save 'd/f' in 'out'", done.stderr)

    def test_links_that_the_code_makes_are_not_saved(self):
        self.check(0, "run", "-o", "out", "-c",
                   f"import os\nos.symlink('{self.victim}', 'd')\n"
                   f"os.symlink('{self.victim}/f', 'f')\nos.symlink('/etc/passwd', 'p')\n"
                   "open('real', 'w').write('x')\n")
        self.precious()
        self.assertEqual(os.listdir(self.out), ["real"])

    def test_a_directory_in_place_of_the_file_is_told_and_the_rest_is_saved(self):
        (self.out / "a").mkdir()
        done = self.check(125, "run", "-o", "out", "-c",
                          "open('a', 'w').write('x'); open('b', 'w').write('y')")
        self.assertIn(b"cannot save 'a' in 'out'", done.stderr)
        self.assertEqual((self.out / "b").read_text(), "y")
        self.assertEqual(sorted(os.listdir(self.out)), ["a", "b"])

    def test_odd_names_are_kept_as_they_are_and_shown_harmlessly(self):
        name = "-rf $(x) 'q' \u202e\u00e9"
        done = self.check(0, "run", "-v", "-o", "out", "-c",
                          f"open({name!r}, 'w').write('x')")
        self.assertEqual(os.listdir(self.out), [name])
        self.assertIn("'out/-rf $(x) 'q' \\u202e\u00e9'".encode(), done.stderr)

    def test_names_with_control_characters_are_left_out(self):
        self.check(0, "run", "-o", "out", "-c",
                   "for name in ('a\\nb', '\\x1b[2J', 'plain'):\n"
                   "    open(name, 'w').write('x')\n")
        self.assertEqual(os.listdir(self.out), ["plain"])


if __name__ == "__main__":
    unittest.main()
