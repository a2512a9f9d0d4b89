# SPDX-License-Identifier: Apache-2.0
"""`cloche sign` and `cloche verify`, with Debian's minisign on the other side;
and what `cloche run` makes of signatures."""
import base64
import json
import os
import shutil
import signal
import stat
import subprocess
import unittest

from support import CliTest, Terminal, binary

CODE = b"print('signed')\n"


def needs_minisign():
    path = shutil.which("minisign")
    if path is None:
        if os.environ.get("CI"):
            raise AssertionError("minisign is not installed")
        raise unittest.SkipTest("minisign is not installed")
    return path


class SignTest(CliTest):
    def setUp(self):
        super().setUp()
        self.write("x.py", CODE)

    def generate(self, name="ops"):
        """A key pair without a passphrase; its id."""
        done = self.check(0, "sign", "-G", "-W", "-s", f"{name}.key", "-p", f"{name}.pub",
                          "--json")
        return json.loads(done.stdout)["key_id"]

    def read(self, name):
        return (self.dir / name).read_bytes()

    def minisign(self, *args, input=b"", status=0):
        done = subprocess.run([needs_minisign(), *args], cwd=self.dir, input=input,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=self.env(), timeout=60)
        self.assertEqual(done.returncode, status, (args, done.stdout, done.stderr))
        return done


class Keys(SignTest):
    def test_a_key_pair_is_made(self):
        done = self.check(0, "sign", "--generate", "--no-passphrase", "--secret", "ops.key",
                          "--public", "ops.pub")
        lines = done.stdout.decode().splitlines()
        key_id = lines[0].split()[1]
        self.assertRegex(key_id, "^[0-9A-F]{16}$")
        comment, key = self.read("ops.pub").decode().splitlines()
        self.assertEqual(comment, f"untrusted comment: minisign public key {key_id}")
        self.assertEqual(lines[-1], key)
        blob = base64.b64decode(key)
        self.assertEqual((blob[:2], len(blob)), (b"Ed", 42))
        self.assertEqual(blob[9:1:-1].hex().upper(), key_id)

    def test_as_json(self):
        value = json.loads(self.check(0, "sign", "-G", "-W", "-s", "a.key", "-p", "a.pub",
                                      "--json").stdout)
        self.assertEqual((value["secret"], value["public"]), ("a.key", "a.pub"))
        self.assertEqual(self.read("a.pub").decode().splitlines()[1], value["public_key"])

    def test_the_secret_key_is_its_owners_alone(self):
        self.write("ops.key", "of everybody\n")
        os.chmod(self.dir / "ops.key", 0o666)
        self.check(0, "sign", "-G", "-W", "-f", "-s", "ops.key", "-p", "ops.pub")
        self.assertEqual(stat.S_IMODE(os.stat(self.dir / "ops.key").st_mode), 0o600)
        self.generate("other")
        self.assertEqual(stat.S_IMODE(os.stat(self.dir / "other.key").st_mode), 0o600)

    def test_two_keys_differ(self):
        self.assertNotEqual(self.generate("a"), self.generate("b"))
        self.assertNotEqual(self.read("a.key"), self.read("b.key"))

    def test_keys_that_are_there_stay(self):
        self.generate()
        before = self.read("ops.key"), self.read("ops.pub")
        error = self.failure("sign", "-G", "-W", "-s", "ops.key", "-p", "new.pub", "--json")
        self.assertEqual(error["file"], "ops.key")
        error = self.failure("sign", "-G", "-W", "-s", "new.key", "-p", "ops.pub", "--json")
        self.assertEqual(error["file"], "ops.pub")
        self.assertEqual(before, (self.read("ops.key"), self.read("ops.pub")))
        self.assertFalse((self.dir / "new.key").exists())
        self.assertFalse((self.dir / "new.pub").exists())

    def test_half_a_pair_is_not_left(self):
        self.check(2, "sign", "-G", "-W", "-s", "ops.key", "-p", "nowhere/ops.pub")
        self.assertFalse((self.dir / "ops.key").exists())

    def test_the_usual_places_are_minisigns(self):
        self.check(0, "sign", "-G", "-W")
        self.assertTrue((self.home / ".minisign" / "minisign.key").exists())
        self.assertTrue((self.dir / "minisign.pub").exists())
        self.check(0, "sign", "x.py")
        self.check(0, "verify", "x.py")
        keys = self.home / "keys"
        env = {"MINISIGN_CONFIG_DIR": str(keys)}
        self.check(2, "sign", "x.py", env=env)
        self.check(0, "sign", "-G", "-W", "-p", "other.pub", env=env)
        self.assertTrue((keys / "minisign.key").exists())

    def test_an_empty_passphrase_is_refused(self):
        for given in (b"", b"\n"):
            self.check(2, "sign", "-G", "-s", "a.key", "-p", "a.pub", input=given)
            self.assertFalse((self.dir / "a.key").exists())

    def test_options_of_the_other_thing_are_refused(self):
        for words in (("-G", "x.py"), ("-G", "-x", "f"), ("-G", "-t", "c"), ("-G", "-c", "c"),
                      ("-W", "x.py"), ("-f", "x.py"), ("-p", "f", "x.py"), (),
                      ("-x", "f", "x.py", "y.py"), ("-c", "a\nb", "x.py"),
                      ("-G", "-W", "--passphrase-fd", "3"), ("--passphrase-fd", "x", "x.py")):
            with self.subTest(words=words):
                self.check(2, "sign", *words)


class Signatures(SignTest):
    def test_what_is_signed_is_verified(self):
        key_id = self.generate()
        done = self.check(0, "sign", "-s", "ops.key", "x.py")
        self.assertEqual(done.stdout, f"x.py.minisig: signed by key {key_id}\n".encode())
        done = self.check(0, "verify", "-p", "ops.pub", "x.py")
        first, second = done.stdout.decode().splitlines()
        self.assertEqual(first, f"x.py: ok, signed by key {key_id}")
        self.assertRegex(second, "^trusted comment: timestamp:[0-9]+\tfile:x.py\thashed$")

    def test_as_json(self):
        key_id = self.generate()
        value = json.loads(self.check(0, "sign", "--json", "-s", "ops.key", "-t", "for now",
                                      "x.py").stdout)
        self.assertEqual(value, {"files": [{
            "file": "x.py", "signature": "x.py.minisig", "key_id": key_id,
            "trusted_comment": "for now"}]})
        value = json.loads(self.check(0, "verify", "--json", "-p", "ops.pub", "x.py").stdout)
        self.assertEqual(value, {"files": [{
            "file": "x.py", "ok": True, "key_id": key_id, "prehashed": True,
            "trusted_comment": "for now", "reason": None}]})

    def test_several_files(self):
        self.generate()
        self.write("y.py", b"")
        done = self.check(0, "sign", "-s", "ops.key", "x.py", "y.py")
        self.assertEqual(len(done.stdout.splitlines()), 2)
        self.check(0, "verify", "-p", "ops.pub", "x.py", "y.py")
        self.write("y.py", b"\n")
        done = self.check(1, "verify", "-p", "ops.pub", "x.py", "y.py")
        self.assertIn(b"x.py: ok", done.stdout)
        self.assertIn(b"y.py: NOT ok", done.stdout)

    def test_names_and_comments_of_ones_own(self):
        self.generate()
        self.check(0, "sign", "-s", "ops.key", "-x", "sig", "-t", "tr\u00fcsted", "-c",
                   "untrusted", "x.py")
        self.assertTrue(self.read("sig").startswith(b"untrusted comment: untrusted\n"))
        done = self.check(0, "verify", "-p", "ops.pub", "--signature=sig", "x.py")
        self.assertIn("trusted comment: tr\u00fcsted\n".encode(), done.stdout)

    def test_the_key_itself(self):
        self.generate()
        self.check(0, "sign", "-s", "ops.key", "x.py")
        key = self.read("ops.pub").decode().splitlines()[1]
        self.check(0, "verify", "-P", key, "x.py")
        self.check(2, "verify", "-P", key[:-1], "x.py")
        self.check(2, "verify", "-P", key, "-p", "ops.pub", "x.py")

    def test_every_changed_byte_is_found(self):
        self.generate()
        self.check(0, "sign", "-s", "ops.key", "x.py")
        good = self.read("x.py.minisig")
        for at in range(0, len(CODE), 3):
            changed = bytearray(CODE)
            changed[at] ^= 1
            self.write("x.py", bytes(changed))
            done = self.check(1, "verify", "-p", "ops.pub", "x.py")
            self.assertIn(b"does not match", done.stdout)
        self.write("x.py", CODE)
        lines = good.splitlines(keepends=True)
        for number, status, words in ((1, 1, b"NOT ok"), (2, 1, b"trusted comment was changed"),
                                      (3, 1, b"trusted comment was changed")):
            line = bytearray(lines[number])
            at = 20 if number != 2 else len(b"trusted comment: ")
            line[at] = ord("A") if line[at] != ord("A") else ord("B")
            self.write("x.py.minisig", b"".join(lines[:number]) + bytes(line)
                       + b"".join(lines[number + 1:]))
            done = self.check(status, "verify", "-p", "ops.pub", "x.py")
            self.assertIn(words, done.stdout)

    def test_another_key_is_named(self):
        first, second = self.generate("a"), self.generate("b")
        self.check(0, "sign", "-s", "a.key", "x.py")
        done = self.check(1, "verify", "-p", "b.pub", "x.py")
        self.assertEqual(done.stdout.decode(), f"x.py: NOT ok: it is signed by key {first}, "
                                               f"and not by {second}\n")

    def test_quietly(self):
        self.generate()
        self.check(0, "sign", "-s", "ops.key", "x.py")
        self.assertEqual(self.check(0, "verify", "-q", "-p", "ops.pub", "x.py").stdout, b"")
        self.write("x.py", b"")
        self.assertEqual(self.check(1, "verify", "-q", "-p", "ops.pub", "x.py").stdout, b"")

    def test_files_that_are_not_there_or_none(self):
        self.generate()
        self.write("not.minisig", "hello\n")
        for words, name in (
            (("sign", "-s", "none.key", "x.py"), "none.key"),
            (("sign", "-s", "ops.pub", "x.py"), "ops.pub"),
            (("sign", "-s", "ops.key", "none.py"), "none.py"),
            (("sign", "-s", "ops.key", "-x", "nowhere/sig", "x.py"), "nowhere/sig"),
            (("verify", "-p", "ops.pub", "x.py"), "x.py.minisig"),
            (("verify", "-p", "ops.pub", "-x", "not.minisig", "x.py"), "not.minisig"),
            (("verify", "-p", "ops.key", "-x", "not.minisig", "x.py"), "ops.key"),
            (("verify", "-p", "none.pub", "x.py"), "none.pub"),
        ):
            with self.subTest(words=words):
                error = self.failure(*words, "--json")
                self.assertEqual((error["code"], error["file"]), ("EINPUT", name))

    def test_names_of_files_cannot_break_out_of_the_comment(self):
        self.generate()
        name = "a\nb\x1b[2J.py"
        self.write(name, CODE)
        done = self.check(0, "sign", "-s", "ops.key", name)
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertEqual(len(self.read(name + ".minisig").splitlines()), 4)
        self.check(0, "verify", "-p", "ops.pub", name)


class Passphrases(SignTest):
    def terminal(self, *words):
        terminal = Terminal([binary(), *words], self.dir, self.env())
        self.addCleanup(terminal.close)
        return terminal

    def test_with_a_passphrase_in_both_directions(self):
        """One test: each step costs a GiB and a second or two."""
        made = self.terminal("sign", "-G", "-s", "ops.key", "-p", "ops.pub")
        made.read_until(b"New passphrase: ")
        made.type(b"correct horse\n")
        made.read_until(b"The same again: ")
        made.type(b"correct horse\n")
        self.assertEqual(made.wait(), 0, made.seen)
        self.assertNotIn(b"horse", made.seen)
        self.assertIn(b"minisign encrypted secret key", self.read("ops.key"))

        self.minisign("-S", "-s", "ops.key", "-m", "x.py", input=b"correct horse\n")
        self.check(0, "verify", "-p", "ops.pub", "x.py")
        os.unlink(self.dir / "x.py.minisig")

        done = self.check(2, "sign", "-s", "ops.key", "--passphrase-fd", "99", "x.py")
        self.assertIn(b"read the passphrase: Bad file descriptor", done.stderr)
        done = self.check(2, "sign", "-s", "ops.key", "x.py", input=b"wrong horse\n")
        self.assertIn(b"wrong passphrase", done.stderr)
        self.assertFalse((self.dir / "x.py.minisig").exists())

        given, told = os.pipe()
        os.write(told, b"correct horse\n")
        os.close(told)
        self.check(0, "sign", "-s", "ops.key", "--passphrase-fd", str(given), "x.py",
                   pass_fds=(given,))
        os.close(given)
        self.minisign("-V", "-p", "ops.pub", "-m", "x.py")

    def test_a_key_of_minisign_with_a_passphrase(self):
        self.minisign("-G", "-s", "mini.key", "-p", "mini.pub", input=b"pw\npw\n")
        self.check(0, "sign", "-s", "mini.key", "x.py", input=b"pw\n")
        self.minisign("-V", "-p", "mini.pub", "-m", "x.py")

    def test_two_that_differ_make_no_key(self):
        made = self.terminal("sign", "-G", "-s", "ops.key", "-p", "ops.pub")
        made.read_until(b"New passphrase: ")
        made.type(b"one\n")
        made.read_until(b"The same again: ")
        made.type(b"another\n")
        self.assertEqual(made.wait(), 2)
        self.assertIn(b"differ", made.seen)
        self.assertFalse((self.dir / "ops.key").exists())

    def test_an_interrupt_finds_the_terminal_as_it_was(self):
        made = self.terminal("sign", "-G", "-s", "ops.key", "-p", "ops.pub")
        made.read_until(b"New passphrase: ")
        made.type(b"\x03")
        self.assertEqual(made.wait(), -signal.SIGINT)
        self.assertFalse((self.dir / "ops.key").exists())


class Interoperation(SignTest):
    def test_minisign_verifies_what_cloche_signs(self):
        self.generate()
        for name, content in (("x.py", CODE), ("empty", b""), ("large", os.urandom(1 << 20))):
            self.write(name, content)
            self.check(0, "sign", "-s", "ops.key", "-t", f"of {name}", name)
            done = self.minisign("-V", "-H", "-p", "ops.pub", "-m", name)
            self.assertIn(f"Trusted comment: of {name}\n".encode(), done.stdout)
        self.write("x.py", CODE + b"#")
        self.minisign("-V", "-p", "ops.pub", "-m", "x.py", status=1)

    def test_minisign_signs_with_a_key_of_cloche(self):
        self.generate()
        for kind in ((), ("-l",)):
            self.minisign("-S", *kind, "-s", "ops.key", "-m", "x.py")
            done = self.check(0, "verify", "--json", "-p", "ops.pub", "x.py")
            self.assertEqual(json.loads(done.stdout)["files"][0]["prehashed"], not kind)

    def test_cloche_signs_with_a_key_of_minisign(self):
        self.minisign("-G", "-W", "-s", "mini.key", "-p", "mini.pub")
        self.check(0, "sign", "-s", "mini.key", "x.py")
        self.minisign("-V", "-p", "mini.pub", "-m", "x.py")
        self.check(0, "verify", "-p", "mini.pub", "x.py")

    def test_cloche_verifies_what_minisign_signs(self):
        self.minisign("-G", "-W", "-s", "mini.key", "-p", "mini.pub")
        for kind in ((), ("-l",)):
            for content in (CODE, b"", os.urandom(1 << 20)):
                self.write("f", content)
                self.minisign("-S", *kind, "-s", "mini.key", "-t", "by hand", "-m", "f")
                done = self.check(0, "verify", "-p", "mini.pub", "f")
                self.assertIn(b"trusted comment: by hand\n", done.stdout)
                self.write("f", content + b"\0")
                self.check(1, "verify", "-p", "mini.pub", "f")

    def test_both_name_a_key_by_the_same_id(self):
        key_id = self.generate()
        done = self.minisign("-R", "-s", "ops.key", "-p", "again.pub")
        self.assertEqual(done.stderr, b"")
        # It leaves zeros at the front out.
        self.assertIn(f"minisign public key {key_id.lstrip('0')}\n".encode(),
                      self.read("again.pub"))
        self.assertEqual(self.read("again.pub").splitlines()[1],
                         self.read("ops.pub").splitlines()[1])


POLICY = """version: 1
default: may
profiles:
  must: {extends: isolated, signature: {required: true, keys: [ops.pub]}}
  may: {extends: isolated, signature: {keys: [ops.pub]}}
  over: {extends: isolated, signature: {required: true,
         keys: [{file: ops.pub, until: 2020-01-01}]}}
  then: {extends: isolated, signature: {required: true,
         keys: [{file: ops.pub, until: "9999-12-31T23:59:59Z"}]}}
"""


class Runs(SignTest):
    def setUp(self):
        super().setUp()
        self.id = self.generate("ops")
        self.other = self.generate("other")
        self.policy = self.write("policy.yaml", POLICY)

    def sign(self, key="ops", *more):
        self.check(0, "sign", "-s", f"{key}.key", "-t", "for a test", *more, "x.py")

    def run_in(self, profile, *words):
        return self.result("--policy", self.policy, "-p", profile, *words)

    def refused(self, profile, *words):
        result = self.run_in(profile, *words)
        self.assertEqual((result["outcome"], result.status), ("denied", 3), result)
        self.assertEqual((result["stdout"], result["signature"]), ("", None))
        self.assertEqual(result["assurance"], {"level": None, "layers": []})
        self.assertEqual(len(result["denials"]), 1)
        denial = result["denials"][0]
        self.assertEqual((denial["layer"], denial["count"]), ("policy", 1))
        self.assertEqual(denial["hint"], result["hint"])
        return denial["rule"], result["reason"], result["hint"]

    def test_signed_code_runs_and_the_result_says_by_whom(self):
        self.sign()
        for profile in ("must", "may", "then"):
            result = self.run_in(profile, "x.py")
            self.assertEqual((result["outcome"], result["stdout"]), ("ok", "signed\n"))
            self.assertEqual(result["signature"],
                             {"key_id": self.id, "trusted_comment": "for a test"})
            self.assertIsNone(result["signature_problem"])

    def test_minisigns_own_signatures_count(self):
        for kind in ((), ("-l",)):
            self.minisign("-S", *kind, "-s", "ops.key", "-m", "x.py")
            self.assertEqual(self.run_in("must", "x.py")["signature"]["key_id"], self.id)

    def test_four_refusals_are_four(self):
        self.assertEqual(self.refused("must", "x.py"), (
            "signature.required",
            "the code has no signature, and profile 'must' runs signed code only",
            "sign it with `cloche sign`, or set profiles.must.signature.required: false"))
        self.sign("other")
        self.assertEqual(self.refused("must", "x.py"), (
            "signature.keys",
            f"the code is signed by key {self.other}, which profile 'must' does not trust",
            f"add the file of public key {self.other} to profiles.must.signature.keys"))
        self.sign()
        self.assertEqual(self.refused("over", "x.py"), (
            "signature.keys.until",
            f"the code is signed by key {self.id}; trust in it ended at 2020-01-01",
            f"sign it with a key that is trusted, or set a later `until` for key {self.id} "
            "in profiles.over.signature.keys"))
        self.write("x.py", CODE.replace(b"signed", b"forged"))
        rule, reason, hint = self.refused("must", "x.py")
        self.assertEqual((rule, hint), (None, None))
        self.assertIn(f"the signature by key {self.id} does not match the code", reason)
        self.assertEqual(self.refused("over", "x.py")[0], None)

    def test_a_changed_comment_is_a_refusal(self):
        self.sign()
        text = self.read("x.py.minisig").replace(b"for a test", b"for a best")
        self.write("x.py.minisig", text)
        self.assertIn("trusted comment was changed", self.refused("must", "x.py")[1])

    def test_people_are_told(self):
        done = self.check(3, "run", "--policy", self.policy, "-p", "must", "x.py")
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"cloche: denied: the code has no signature", done.stderr)
        self.assertIn(b"profiles.must.signature.required: false", done.stderr)
        self.sign()
        done = self.check(0, "run", "-v", "--policy", self.policy, "-p", "must", "x.py")
        self.assertIn(f"cloche: signed by key {self.id}: for a test\n".encode(), done.stderr)
        done = self.check(0, "run", "--policy", self.policy, "-p", "must", "x.py")
        self.assertEqual((done.stdout, done.stderr), (b"signed\n", b""))

    def test_other_ways_to_give_code_need_a_signature_by_name(self):
        self.sign("ops", "-x", "sig")
        self.assertEqual(self.refused("must", "-c", CODE.decode())[0], "signature.required")
        self.assertEqual(self.refused("must", "x.py")[0], "signature.required")
        for words, given in ((("-c", CODE.decode()), b""), (("-",), CODE), (("x.py",), b"")):
            result = self.result("--policy", self.policy, "-p", "must", "--signature", "sig",
                                 *words, input=given)
            self.assertEqual(result["outcome"], "ok", result)
            self.assertEqual(result["signature"]["key_id"], self.id)

    def test_a_named_signature_is_verified_though_none_is_required(self):
        self.sign("other", "-x", "sig")
        self.assertEqual(self.refused("may", "--signature", "sig", "x.py")[0],
                         "signature.keys")
        # So it is where the profile trusts nobody.
        self.assertEqual(self.refused("isolated", "--signature", "sig", "x.py")[0],
                         "signature.keys")

    def test_one_that_was_only_found_counts_as_none_then(self):
        self.sign()
        self.write("x.py", b"print('changed')\n")
        result = self.run_in("may", "x.py")
        self.assertEqual((result["outcome"], result["signature"]), ("ok", None))
        self.assertIn("does not match", result["signature_problem"])
        done = self.check(0, "run", "--policy", self.policy, "x.py")
        self.assertEqual(done.stdout, b"changed\n")
        self.assertIn(b"cloche: its signature does not count: the signature by", done.stderr)
        self.write("x.py.minisig", "hello\n")
        self.assertIn("no signature of minisign: line 1",
                      self.run_in("may", "x.py")["signature_problem"])
        # Where nobody is trusted there is nothing to find out.
        result = self.run_in("isolated", "x.py")
        self.assertEqual((result["signature"], result["signature_problem"]), (None, None))

    def test_what_is_no_signature_is_an_error(self):
        self.write("bad", "hello\n")
        self.write("empty", "")
        self.write("large", b"x" * 100000)
        for name, words in (("bad", "signature: no signature of minisign: line 1"),
                            ("empty", "signature: no signature of minisign: line 1"),
                            ("large", "larger than 64KiB"), ("nowhere", "No such file")):
            with self.subTest(name=name):
                error = self.failure("run", "--json", "--policy", self.policy, "-p", "may",
                                     "--signature", name, "x.py")
                self.assertEqual(error["code"], "EINPUT")
                self.assertIn(words, error["message"])
        self.write("x.py.minisig", "hello\n")
        error = self.failure("run", "--json", "--policy", self.policy, "-p", "must", "x.py")
        self.assertIn("no signature of minisign", error["message"])
        os.unlink(self.dir / "x.py.minisig")
        os.mkfifo(self.dir / "x.py.minisig")
        error = self.failure("run", "--json", "--policy", self.policy, "-p", "must", "x.py")
        self.assertIn("no regular file", error["message"])

    def test_a_key_file_that_cannot_be_read_is_told_at_its_line(self):
        os.unlink(self.dir / "ops.pub")
        error = self.failure("run", "--json", "--policy", self.policy, "x.py")
        self.assertEqual((error["code"], error["line"], error["key"]),
                         ("EINPUT", 4, "profiles.must.signature.keys"))
        self.assertIn("key file 'ops.pub': No such file", error["message"])
        self.check(1, "policy", "check", "policy.yaml")

    def test_a_limit_of_ones_own_changes_nothing_about_it(self):
        self.assertEqual(self.refused("must", "-t", "1s", "x.py")[0], "signature.required")
        self.sign()
        self.assertEqual(self.run_in("must", "-t", "1s", "x.py")["outcome"], "ok")
        error = self.failure("run", "--json", "--policy", self.policy, "-p", "must", "-t",
                             "300d", "x.py")
        self.assertEqual(error["code"], "ELIMIT")

    def test_doctor_tries_a_default_profile_that_wants_signatures(self):
        self.write("policy.yaml", POLICY.replace("default: may", "default: must"))
        value = json.loads(self.check(0, "doctor", "--json", "--policy",
                                      self.policy).stdout)
        self.assertTrue(value["can_run"])

    def test_the_policy_tells_whom_it_trusts(self):
        done = self.check(0, "policy", "explain", "--policy", self.policy, "over")
        self.assertIn(f"Only code signed by one of these keys runs: {self.id} "
                      "(ops.pub, until 2020-01-01).\n".encode(), done.stdout)
        done = self.check(1, "policy", "diff", "--policy", self.policy, "over", "must")
        self.assertEqual(done.stdout.decode(),
                         f"signature.keys: {self.id} (ops.pub, until 2020-01-01) -> "
                         f"{self.id} (ops.pub)  (wider)\n")


if __name__ == "__main__":
    unittest.main()
