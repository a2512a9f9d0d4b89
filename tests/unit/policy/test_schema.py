# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema and the parser say the same of every policy.

Rows are (verdict, text).  Verdicts:

  good    both accept it
  bad     both refuse it
  beyond  the parser refuses it, and no schema could know: it is about other
          places in the file, or about the size of a number with a unit

Needs python3-jsonschema and python3-yaml.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}; install python3-jsonschema and python3-yaml")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[3]
CHECK = os.environ["CLOCHE_POLICY_CHECK"]


class Yaml12(yaml.SafeLoader):
    """YAML 1.2's types: `yes` and `1_000` are texts, as they are to the parser."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$",
     list("-+0123456789.")),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def profile(body):
    return f"version: 1\nprofiles:\n  p: {{{body}}}\n"


def restricted(body):
    return profile("level: restricted, " + body)


def trusted(body):
    return profile("level: trusted, " + body)


# A public key of minisign.
KEY = "RWQBAQEBAQEBARERERERERERERERERERERERERERERERERERERERERER"

ROWS = [
    # The top.
    ("good", "version: 1\n"),
    ("good", "version: 1\ndefault: judge\nmin_assurance: vm\n"),
    ("bad", "default: judge\n"),
    ("bad", "version: 2\n"),
    ("bad", 'version: "1"\n'),
    ("bad", "version: 1\nnothing: 1\n"),
    ("bad", "version: 1\nmin_assurance: strong\n"),
    ("bad", "version: 1\ndefault: 5\n"),
    ("bad", "version: 1\ndefault: true\n"),
    ("bad", "version: 1\ndefault: a b\n"),
    ("beyond", "version: 1\ndefault: nobody\n"),
    ("bad", "version: 1\nprofiles:\n"),
    ("bad", "version: 1\nprofiles: []\n"),
    ("good", "version: 1\nprofiles: {}\n"),
    ("good", "version: 1\nprofiles:\n  p:\n"),
    ("bad", "version: 1\nprofiles: {p: []}\n"),
    ("bad", "version: 1\nprofiles: {p q: {}}\n"),
    ("bad", "version: 1\nprofiles: {judge: {}}\n"),
    ("bad", "version: 1\nprofiles: {judge: }\n"),
    ("good", "version: 1\nprofiles: {judge: {extends: judge}}\n"),
    ("good", "version: 1\nrate_limits: {principal: {per_minute: 60, burst: none}}\n"),
    ("bad", "version: 1\nrate_limits: {principal: {per_minute: 0}}\n"),
    ("bad", "version: 1\nrate_limits: {principal: {per_minute: -1}}\n"),
    ("bad", "version: 1\nrate_limits: {principal: {per_minute: 1.5}}\n"),
    ("bad", "version: 1\nrate_limits: {user: {per_minute: 1}}\n"),
    ("good", "version: 1\naudit: {sync: each, code: full, variables: none, output: full}\n"),
    ("good", "version: 1\naudit: {retention: none}\n"),
    ("good", "version: 1\naudit: {retention: 30d}\n"),
    ("bad", "version: 1\naudit: {retention: 30}\n"),
    ("beyond", "version: 1\naudit: {retention: 1s}\n"),
    ("bad", "version: 1\naudit: {sync: never}\n"),
    # Alerts.
    ("good", "version: 1\nalerts: [{when: denials > 10 per 5m by principal, notify: log}]\n"),
    ("good", "version: 1\nalerts: [{when: runs >= 1 per 1d, notify: 'https://a.b/c?d'}]\n"),
    ("bad", "version: 1\nalerts: [{when: denials > 10 per 5m}]\n"),
    ("bad", "version: 1\nalerts: [{notify: log}]\n"),
    ("bad", "version: 1\nalerts: [{when: many > 10 per 5m, notify: log}]\n"),
    ("bad", "version: 1\nalerts: [{when: runs > 10 in 5m, notify: log}]\n"),
    ("bad", "version: 1\nalerts: [{when: runs > 10 per 5m by me, notify: log}]\n"),
    ("bad", "version: 1\nalerts: [{when: runs > 10 per 5m, notify: mail}]\n"),
    ("bad", "version: 1\nalerts: [{when: runs > 10 per 5m, notify: 'https://u@a/'}]\n"),
    ("bad", "version: 1\nalerts: [{when: runs > 10 per 5m, notify: 'https://1.2/'}]\n"),
    ("beyond", "version: 1\nalerts: [{when: runs > 10 per 1ms, notify: log}]\n"),
    ("beyond", "version: 1\nalerts: [{when: runs >= 0 per 1m, notify: log}]\n"),
    # Package sets.
    ("good", "version: 1\npackage_sets: {a: {allow: [numpy, 'pandas>=2,<3'], lock: a.lock}}\n"),
    ("good", "version: 1\npackage_sets: {a: {path: /opt/a}}\n"),
    ("bad", "version: 1\npackage_sets: {a: {}}\n"),
    ("bad", "version: 1\npackage_sets: {a: {allow: []}}\n"),
    ("bad", "version: 1\npackage_sets: {a: {path: opt}}\n"),
    ("bad", "version: 1\npackage_sets: {a: {path: /opt/../a}}\n"),
    ("bad", "version: 1\npackage_sets: {a: {lock: x}}\n"),
    ("bad", "version: 1\npackage_sets: {a: {allow: [x], lock: ../x}}\n"),
    *[("good", f"version: 1\npackage_sets: {{a: {{allow: ['{r}']}}}}\n") for r in (
        "x==1.0.*", "x~=1.2", "x [a, b] >= 1 , < 2", "x==1!2.0rc1.post2.dev3+u.1", "x==1.0-1",
        "ruamel.yaml", "x===1.0", "x==v1")],
    *[("bad", f"version: 1\npackage_sets: {{a: {{allow: ['{r}']}}}}\n") for r in (
        "x>", "x=1", "x>=1.*", "x~=1", "x; a", "x @ https://a", "-x", "x-", "x[", "x>=1,",
        "x>=1 <2", "x==1..0", "../x", "")],
    # Profiles as such.
    ("good", profile("extends: classroom")),
    ("bad", profile("extends: 5")),
    ("beyond", profile("extends: nobody")),
    ("beyond", profile("extends: p")),
    ("bad", profile("level: none")),
    ("bad", profile("wall: 5s")),
    # Limits.
    *[("good", profile(f"limits: {{{text}}}")) for text in (
        "wall: 5s", "wall: 1.5s", "cpu: none", "idle: 20m", "memory: 100MiB", "heap: none",
        "output: 0", "output: 0B", "output: 1KB", "recursion: 200", "recursion: '200'",
        "processes: 0", "threads: 1_000", "open_files: 64", "file_size: 0", "disk: 64MiB",
        "inodes: 1000", "cpu_share: 50%", "source: 1B", "result: 1GiB", "host_calls: 0")],
    *[("bad", profile(f"limits: {{{text}}}")) for text in (
        "wall: 5", "wall: -5s", "wall: 0s", "wall: 0", "wall: none", "wall: 5 s", "wall: '5m5s'",
        "wall: [5s]", "wall: ", "memory: 5", "memory: 0", "memory: 1kb", "memory: none",
        "output: none", "output: 5", "recursion: 1.5", "recursion: 0", "processes: -1",
        "processes: none", "threads: 0", "cpu_share: 50", "cpu_share: 0%", "cpu_share: 1.5%",
        "source: none", "host_calls: none", "loop_iterations: 5", "wal: 5s")],
    *[("beyond", profile(f"limits: {{{text}}}")) for text in (
        "wall: 366d", "wall: 1us", "memory: 1KiB", "disk: 1B", "inodes: 1", "open_files: 1",
        "recursion: 1", "result: 2GiB")],
    ("good", trusted("limits: {wall: none, memory: none, processes: none, host_calls: none}")),
    ("bad", trusted("limits: {source: none}")),
    ("good", restricted("limits: {loop_iterations: 1000}")),
    ("good", restricted("limits: {loop_iterations: none}")),
    ("bad", restricted("limits: {loop_iterations: 0}")),
    ("bad", profile("level: container, limits: {heap: 1MiB}")),
    ("bad", profile("level: container, limits: {recursion: 100}")),
    ("good", profile("level: container, limits: {memory: 1GiB}")),
    ("beyond", profile("extends: judge, limits: {loop_iterations: 5}")),
    # Python.
    ("good", profile("python: {preload: [json, os.path]}")),
    ("bad", profile("python: {preload: json}")),
    ("bad", profile("python: {preload: [a b]}")),
    ("bad", profile("python: {preload: [1]}")),
    ("bad", profile("python: {preload: [true]}")),
    ("bad", profile("python: {preload: [null]}")),
    ("bad", profile("level: container, python: {preload: [json]}")),
    ("beyond", profile("python: {packages: nothing}")),
    ("bad", profile("python: {packages: [a]}")),
    ("good", restricted("python: {syntax: {deny: [Await]}, introspection: read}")),
    ("bad", restricted("python: {syntax: {deny: [Awaits]}}")),
    ("good", restricted("python: {builtins: {allow: [print, True, None], deny: [len]}}")),
    ("bad", restricted("python: {builtins: {deny: [prnt]}}")),
    ("bad", restricted("python: {builtins: {allow: [eval]}}")),
    ("good", restricted("python: {modules: {allow: [json], only: {math: [sin]}, audit: [re]}}")),
    ("bad", restricted("python: {modules: {only: {math: []}}}")),
    ("bad", restricted("python: {modules: {only: {math: [a.b]}}}")),
    ("bad", restricted("python: {modules: {deny: [json]}}")),
    ("good", restricted("python: {dynamic_code: true}")),
    ("bad", restricted("python: {dynamic_code: yes}")),
    ("bad", restricted("python: {dynamic_code: 'true'}")),
    ("bad", profile("python: {dynamic_code: false}")),
    ("bad", profile("python: {modules: {allow: [json]}}")),
    ("bad", profile("python: {modules: {only: {json: [loads]}}}")),
    ("bad", profile("python: {syntax: {deny: [Await]}}")),
    ("bad", profile("python: {introspection: read}")),
    ("good", profile("python: {modules: {allow: [], audit: [json]}, syntax: {deny: []}}")),
    ("bad", trusted("python: {builtins: {deny: [open]}}")),
    ("bad", profile("level: container, python: {modules: {audit: [json]}}")),
    # Files and storage.
    ("good", profile("files: {work: workspace, read: [/srv/a, /srv/b/], write: []}")),
    ("good", trusted("files: {read: [/], write: [/srv]}")),
    ("bad", profile("files: {write: [/srv]}")),
    ("bad", profile("files: {read: [srv]}")),
    ("bad", profile("files: {read: [/srv/..]}")),
    ("bad", profile("files: {read: [/../srv]}")),
    ("good", profile("files: {read: [/srv/..a/b..]}")),
    ("bad", profile("files: {work: shared}")),
    ("beyond", profile("files: {read: [/proc]}")),
    ("good", profile("storage: {scope: origin, quota: 5MiB}")),
    ("bad", profile("storage: {quota: none}")),
    ("bad", profile("storage: {quota: 0}")),
    ("bad", profile("level: container, storage: {scope: origin}")),
    # Network.
    *[("good", profile(f"network: {{mode: list, allow: ['{h}']}}")) for h in (
        "a.example", "A.Example", "*.example.org:443", "https://a.example", "HTTPS://a.b:8443",
        "localhost", "10.0.0.1", "http://10.0.0.1:80", "[::1]", "[2001:db8::1]:65535",
        "1e100.net", "_x.example", "xn--a.example")],
    *[("bad", profile(f"network: {{mode: list, allow: ['{h}']}}")) for h in (
        "", "*", "*.", "a b", "a/b", "https://a/", "ftp://a", "u@a", "a:", "a:0", "a:65536",
        "a.*.b", "*.10.0.0.1", "::1", "1.2", "256.1.1.1", "0x7f.1", "a.1", "-a.b", "a-.b",
        "m\u00fcll.example", "a..b", ".a", "a.")],
    ("bad", profile("network: {mode: list, allow: [5]}")),
    ("bad", profile("network: {allow: [a.example]}")),
    ("good", profile("network: {mode: none, allow: [a.example]}")),
    ("good", profile("network: {mode: same-origin, allow: [localhost]}")),
    ("bad", profile("network: {mode: same-origin, private_addresses: allow, allow: [a]}")),
    ("bad", profile("network: {mode: audited}")),
    ("good", trusted("network: {mode: audited, private_addresses: allow}")),
    ("bad", profile("network: {mode: open}")),
    ("bad", profile("network: {private_addresses: true}")),
    ("good", profile("network: {bandwidth: 1MiB/s, bytes: 0, requests: none}")),
    ("bad", profile("network: {bandwidth: 1MiB}")),
    ("bad", profile("network: {bandwidth: 0B/s}")),
    # The host.
    ("good", profile("host: {expose: {a.b: read, c: {call: true, calls: 2, approve: true}}}")),
    ("bad", profile("host: {expose: {a b: read}}")),
    ("bad", profile("host: {expose: {a: get}}")),
    ("bad", profile("host: {expose: {a: {}}}")),
    ("bad", profile("host: {expose: {a: {read: false}}}")),
    ("bad", profile("host: {expose: {a: {read: true, calls: 2}}}")),
    ("bad", profile("host: {expose: {a: {call: true, calls: 0}}}")),
    ("bad", profile("level: container, host: {expose: {a: read}}")),
    ("good", profile("env: {pass: [LANG], set: {A: b, C: 1, D: 1.5, E: 'true', F: ''}}")),
    ("bad", profile("env: {pass: ['A=B']}")),
    ("bad", profile("env: {set: {'A=': b}}")),
    ("bad", profile("env: {set: {A: true}}")),
    ("bad", profile("env: {set: {A: }}")),
    ("beyond", profile("env: {pass: [A], set: {A: b}}")),
    ("good", profile("signature: {required: true, keys: [keys/ops.pub]}")),
    ("bad", profile("signature: {required: true}")),
    ("bad", profile("signature: {required: true, keys: []}")),
    ("bad", profile("signature: {keys: [../a]}")),
    ("bad", profile("signature: {keys: [/]}")),
    ("bad", profile("signature: {keys: [5]}")),
    ("good", profile("signature: {keys: [{file: keys/ops.pub, until: 2027-01-31}]}")),
    ("good", profile(f"signature: {{keys: [{{key: {KEY}}}]}}")),
    ("good", profile(f"signature: {{keys: [{{key: {KEY}, until: '2028-02-29T23:59:59Z'}}]}}")),
    ("good", profile(f"signature: {{keys: [{{key: {KEY}, until: 2027-01-31T12:00:00.25+01:00}}]}}")),
    ("bad", profile("signature: {keys: [{}]}")),
    ("bad", profile("signature: {keys: [{until: 2027-01-31}]}")),
    ("bad", profile(f"signature: {{keys: [{{file: keys/ops.pub, key: {KEY}}}]}}")),
    ("bad", profile("signature: {keys: [{file: ../a}]}")),
    ("bad", profile("signature: {keys: [{key: ops.pub}]}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, til: 2027-01-31}}]}}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, until: 2027}}]}}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, until: 1969-12-31}}]}}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, until: 2027-13-01}}]}}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, until: 2027-01-31T12:00:00}}]}}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, until: '2027-01-31T24:00:00Z'}}]}}")),
    ("bad", profile(f"signature: {{keys: [{{key: {KEY}, until: never}}]}}")),
    ("beyond", profile(f"signature: {{keys: [{{key: {KEY}, until: 2027-02-29}}]}}")),
    ("beyond", profile("signature: {keys: [keys/none.pub]}")),
    ("beyond", profile("signature: {keys: [keys]}")),
    ("beyond", profile("signature: {keys: [keys/not.pub]}")),
    ("beyond", profile("extends: judge, signature: {required: true}")),
    ("good", profile("rate_limit: {per_minute: 60, per_hour: 1, burst: 1, concurrent: 1}")),
    ("bad", profile("rate_limit: {burst: 0}")),
    ("good", profile("on_violation: {deny: true, kill_after: 20}")),
    ("good", trusted("on_violation: {deny: false}")),
    ("bad", profile("on_violation: {deny: false}")),
    ("bad", profile("on_violation: {kill_after: 0}")),
]


def library_says(texts):
    """True for each text that the parser accepts, and its message else."""
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        keys = pathlib.Path(directory, "keys")
        keys.mkdir()
        for path, key in (("keys/ops.pub", KEY), ("ops.pub", KEY),
                          ("keys/anna.pub", KEY.replace("ER", "Ea"))):
            pathlib.Path(directory, path).write_text(f"untrusted comment: a test\n{key}\n")
        keys.joinpath("not.pub").write_text("not a key\n")
        for i, text in enumerate(texts):
            path = pathlib.Path(directory, f"{i}.yaml")
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        done = subprocess.run([CHECK, *paths], stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode("utf-8").splitlines()
    return [True if line == "ok" else line for line in lines]


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([CHECK], stdout=subprocess.PIPE, check=True).stdout
        cls.printed = printed.decode("utf-8")
        cls.schema = json.loads(cls.printed)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def test_the_library_prints_the_schema_of_the_repository(self):
        kept = ROOT / "src" / "policy" / "policy.schema.json"
        self.assertEqual(self.printed, kept.read_text(encoding="utf-8"))

    def test_the_schema_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_every_key_is_described(self):
        def walk(node, path):
            for name, value in node.get("properties", {}).items():
                if not isinstance(value, dict) or "if" in node:
                    continue
                target = value
                if "$ref" in value:
                    target = self.schema["$defs"][value["$ref"].rsplit("/", 1)[1]]
                with self.subTest(key=path + name):
                    self.assertTrue("description" in target or "allOf" in target
                                    or "items" in target or "propertyNames" in target)
                walk(target, path + name + ".")
        walk(self.schema, "")

    def test_built_in_profiles_are_valid(self):
        for path in sorted((ROOT / "profiles").glob("*.yaml")):
            with self.subTest(profile=path.name):
                text = path.read_text(encoding="utf-8")
                document = yaml.load(text, Yaml12)
                self.assertEqual(list(document["profiles"]), [path.stem])
                # As a file of an operator it would have to extend something.
                renamed = {"version": 1, "profiles": {"p": document["profiles"][path.stem]}}
                self.validator.validate(renamed)
                self.assertEqual(library_says([json.dumps(renamed)]), [True])

    def test_schema_and_parser_agree(self):
        said = library_says([text for _, text in ROWS])
        self.assertEqual(len(said), len(ROWS))
        for (verdict, text), parser in zip(ROWS, said):
            with self.subTest(text=text):
                errors = [e.message for e in self.validator.iter_errors(yaml.load(text, Yaml12))]
                if verdict == "good":
                    self.assertEqual(parser, True)
                    self.assertEqual(errors, [])
                else:
                    self.assertNotEqual(parser, True)
                    self.assertEqual(errors == [], verdict == "beyond", errors)

    def test_the_names_of_python_are_those_of_the_parser(self):
        source = (ROOT / "src" / "policy" / "python_names.c").read_text(encoding="utf-8")
        for table, definition in (("builtins", "builtin"), ("nodes", "node")):
            body = source.split(f"cl_python_{table}[] = {{")[1].split("}")[0]
            names = set(re.findall(r'"(\w+)"', body))
            enum = {x for x in self.schema["$defs"][definition]["enum"] if isinstance(x, str)}
            self.assertEqual(enum, names)

    def keys(self, node, path=()):
        """The dotted keys of the format, as tuples."""
        if "$ref" in node:
            node = self.schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        for name, value in node.get("properties", {}).items():
            if isinstance(value, dict):
                yield path + (name,)
                yield from self.keys(value, path + (name,))

    def test_the_reference_names_every_key(self):
        reference = (ROOT / "docs" / "POLICY.md").read_text(encoding="utf-8")
        words = set(re.findall(r"`([^`\n]+)`", reference))
        profile_keys = self.keys(self.schema["$defs"]["profile"])
        # The built-in profiles stand among the properties to say that they extend.
        top = (key for key in self.keys(self.schema) if key[:1] != ("profiles",))
        for key in (*top, *profile_keys):
            with self.subTest(key=".".join(key)):
                endings = {".".join(key[i:]) for i in range(len(key))}
                groups = {word.rstrip(":") for word in words}
                # A group of keys may be there by its keys alone.
                inner = any(word.startswith(f"{key[-1]}.") for word in words)
                self.assertTrue(endings & groups or inner)

    def test_the_reference_s_examples_are_policies(self):
        reference = (ROOT / "docs" / "POLICY.md").read_text(encoding="utf-8")
        blocks = re.findall(r"```yaml\n(.*?)```", reference, re.S)
        self.assertGreaterEqual(len(blocks), 4)
        for block in blocks:
            text = block
            if block.startswith(("alerts", "package_sets")):
                text = "version: 1\n" + block
            elif not block.startswith("version"):
                text = "version: 1\nprofiles:\n  p:\n" + re.sub("(?m)^", "    ", block)
            with self.subTest(block=block):
                self.assertEqual(library_says([text]), [True])

    def test_every_corpus_file_that_the_parser_takes_is_valid(self):
        corpus = sorted((ROOT / "fuzz" / "corpus" / "policy").iterdir())
        done = subprocess.run([CHECK, *map(str, corpus)], stdout=subprocess.PIPE, check=True)
        said = done.stdout.decode("utf-8", "replace").splitlines()
        self.assertEqual(len(said), len(corpus))
        for path, line in zip(corpus, said):
            if line != "ok":
                continue
            with self.subTest(file=path.name):
                document = yaml.load(path.read_text(encoding="utf-8-sig"), Yaml12)
                self.validator.validate(document)


if __name__ == "__main__":
    unittest.main()
