# SPDX-License-Identifier: Apache-2.0
"""`cloche policy`."""
import json
import unittest

from support import CliTest, validate

GOOD = """version: 1
default: mine
profiles:
  mine:
    extends: isolated
    limits: {wall: 5s}
"""

BAD = """version: 1
profiles:
  mine:
    extends: isolated
    bogus: 1
"""


class Check(CliTest):
    def test_a_valid_file(self):
        done = self.check(0, "policy", "check", self.write("p.yaml", GOOD))
        self.assertRegex(done.stdout.decode(), r"/p\.yaml: ok \(1 profile\)\n$")
        self.assertEqual(done.stderr, b"")

    def test_a_mistake_has_its_place(self):
        done = self.check(1, "policy", "check", self.write("p.yaml", BAD))
        self.assertRegex(done.stdout.decode(), r"/p\.yaml:5:5: .*bogus")

    def test_several_files(self):
        good, bad = self.write("good.yaml", GOOD), self.write("bad.yaml", BAD)
        done = self.check(1, "policy", "check", good, bad, "nowhere.yaml", good)
        lines = done.stdout.decode().splitlines()
        self.assertEqual(len(lines), 4)
        self.assertIn("ok", lines[0])
        self.assertIn("bogus", lines[1])
        self.assertIn("nowhere.yaml", lines[2])
        self.assertIn("ok", lines[3])

    def test_without_a_file_the_one_in_use_is_checked(self):
        self.assertEqual(self.check(0, "policy", "check").stdout,
                         b"the built-in profiles: ok\n")
        path = self.write("p.yaml", BAD)
        self.check(1, "policy", "check", env={"CLOCHE_POLICY": path})

    def test_as_json(self):
        good, bad = self.write("good.yaml", GOOD), self.write("bad.yaml", BAD)
        done = self.check(1, "policy", "check", "--json", good, bad)
        rows = json.loads(done.stdout)["files"]
        self.assertEqual([(row["file"], row["ok"], row["profiles"]) for row in rows],
                         [(good, True, 1), (bad, False, 0)])
        self.assertIsNone(rows[0]["error"])
        validate({"error": rows[1]["error"]}, "failure")
        self.assertEqual((rows[1]["error"]["line"], rows[1]["error"]["column"]), (5, 5))
        self.assertIn("bogus", rows[1]["error"]["key"])
        self.assertIsNone(json.loads(self.check(0, "policy", "check", "--json").stdout)
                          ["files"][0]["file"])


class Explain(CliTest):
    def test_the_default_or_a_named_profile(self):
        # Not all of it is the same twice: users for cells are taken as they are free.
        def first(*words):
            return self.check(0, "policy", "explain", *words).stdout.splitlines()[0]
        path = self.write("p.yaml", GOOD)
        self.assertIn(b"isolated", first())
        self.assertEqual(first(), first("isolated"))
        self.assertIn(b"judge", first("judge"))
        self.assertIn(b"mine", first("--policy", path))

    def test_as_json(self):
        done = self.check(0, "policy", "explain", "--json", "judge")
        self.assertTrue(done.stdout.endswith(b"}\n"))
        self.assertIsInstance(json.loads(done.stdout), dict)

    def test_an_unknown_profile_suggests_one(self):
        self.assertIn(b"'judge'", self.check(2, "policy", "explain", "jugde").stderr)
        error = self.failure("policy", "explain", "--json", "jugde")
        self.assertEqual(error["code"], "EINPUT")

    def test_a_policy_with_a_mistake(self):
        error = self.failure("policy", "explain", "--json", "--policy",
                             self.write("p.yaml", BAD))
        self.assertEqual((error["line"], error["column"]), (5, 5))
        self.assertTrue(error["file"].endswith("p.yaml"))


class Diff(CliTest):
    def test_of_the_same(self):
        self.assertEqual(self.check(0, "policy", "diff", "judge", "judge").stdout, b"")

    def test_of_two(self):
        done = self.check(1, "policy", "diff", "isolated", "judge")
        self.assertIn(b"limits.", done.stdout)

    def test_of_two_files(self):
        old = self.write("old.yaml", GOOD)
        new = self.write("new.yaml", GOOD.replace("5s", "7s"))
        self.check(0, "policy", "diff", f"{old}:mine", f"{old}:mine")
        done = self.check(1, "policy", "diff", f"{old}:mine", f"{new}:mine")
        self.assertIn(b"limits.wall", done.stdout)
        self.check(1, "policy", "diff", "isolated", f"{new}:mine")
        self.check(1, "policy", "diff", "--policy", new, "isolated", "mine")

    def test_as_json(self):
        done = self.check(0, "policy", "diff", "--json", "judge", "judge")
        self.assertEqual(json.loads(done.stdout), {"same": True, "differences": []})
        done = self.check(1, "policy", "diff", "--json", "isolated", "judge")
        self.assertFalse(json.loads(done.stdout)["same"])
        self.assertGreater(len(json.loads(done.stdout)["differences"]), 0)

    def test_of_what_is_not_there(self):
        self.check(2, "policy", "diff", "nonsense", "judge")
        self.check(2, "policy", "diff", "nowhere.yaml:judge", "judge")
        self.failure("policy", "diff", "--json", "judge", "x:")
        self.failure("policy", "diff", "--json", "judge")


class Schema(CliTest):
    def test_is_a_schema(self):
        schema = json.loads(self.check(0, "policy", "schema").stdout)
        from support import jsonschema
        jsonschema().Draft202012Validator.check_schema(schema)


if __name__ == "__main__":
    unittest.main()
