# SPDX-License-Identifier: Apache-2.0
"""`cloche demo`: no attack has an effect, every effect would be seen, all is undone."""
import json
import os
import re
import signal
import time
import unittest

from support import SOURCE, CliTest, Terminal, binary

ATTACKS = SOURCE / "examples" / "demo" / "attacks"
USEFUL = SOURCE / "examples" / "demo" / "useful"

# What must be told where there is no cell at all around an attack.
BARE = {
    "read_secrets": "a secret of the host or of another run was read",
    "inherited": "a secret of the host or of another run was read",
    "overwrite": "a file of the host was changed",
    "connect": "a TCP port of the host was reached",
    "dns_tunnel": "a UDP port of the host was reached",
    "docker_socket": "a socket in the host's file system was reached",
    "abstract_socket": "an abstract socket of the host was reached",
    "kill": "a process of the host was killed",
    "daemon": "processes were left behind",
    "memory_bomb": "MiB of memory",
    "fork_bomb": "processes more",
    "read_memory": "a secret of the host or of another run was read",
    "steal_descriptor": "a secret of the host or of another run was read",
}


def header(path):
    return dict(re.findall(r"^# ([\w]+): (.*)$", path.read_text(), re.M))


class DemoTest(CliTest):
    def demo(self, *words, status=0, env=None):
        self.temporary = self.home / "tmp"
        self.temporary.mkdir(exist_ok=True)
        done = self.check(status, "demo", *words,
                          env={"TMPDIR": str(self.temporary), **(env or {})})
        self.assertEqual(list(self.temporary.iterdir()), [], "something was left behind")
        return done

    def rows(self, *words, **options):
        done = self.demo("--json", *words, **options)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.count(b"\n"), 1)
        return json.loads(done.stdout)


class All(DemoTest):
    def test_nothing_is_reached_and_every_program_works(self):
        said = self.rows()
        self.assertEqual(set(said), {"rows", "programs"})
        for row in said["rows"]:
            with self.subTest(attack=row["attack"]):
                self.assertEqual(set(row),
                                 {"attack", "class", "layer_off", "effect", "stopped_by", "without_guard"})
                self.assertEqual((row["layer_off"], row["effect"]), ("", []))
                self.assertTrue(row["stopped_by"])
                is_on_language = header(ATTACKS / f"{row['attack']}.py").get("level") is not None
                self.assertEqual(row["without_guard"] is not None, is_on_language)
                self.assertEqual(row["class"], header(ATTACKS / f"{row['attack']}.py")["class"])
        for row in said["programs"]:
            with self.subTest(program=row["program"]):
                self.assertEqual(set(row), {"program", "effect", "ms"})
                self.assertEqual(row["effect"], [])
        here = {path.stem for path in ATTACKS.glob("*.py")
                if header(path).get("machine", os.uname().machine) == os.uname().machine}
        self.assertEqual({row["attack"] for row in said["rows"]}, here)
        self.assertEqual({row["program"] for row in said["programs"]},
                         {path.stem for path in USEFUL.glob("*.py")})

    def test_what_stopped_it_is_what_was_seen(self):
        stopped = {row["attack"]: row["stopped_by"] for row in self.rows(
            "ptrace", "kill", "read_secrets", "endless_loop", "memory_bomb", "output_flood",
            "fill_disk", "forged_frames", "mount")["rows"]}
        for attack, layer in (("ptrace", "seccomp: ptrace"), ("kill", "PID namespace"),
                              ("read_secrets", "private root"), ("mount", "seccomp: mount"),
                              ("endless_loop", "limits."), ("memory_bomb", "limits.memory"),
                              ("output_flood", "limits.output"),
                              ("fill_disk", "limits.disk"), ("forged_frames", "broker")):
            self.assertIn(layer, stopped[attack], attack)


class Language(DemoTest):
    """Those at level restricted: the guard stops each by name of a rule, and each is real."""

    STOPPED = {
        "dunder_walk": ("guard: attribute __", "system"),
        "format_string": ("guard: attribute in a format", "builtins"),
        "name_at_run_time": ("guard: attribute __globals__", "builtins"),
        "generator_frame": ("guard: attribute ", "open"),
        "match_class": ("guard: attribute __class__", "object"),
        "metaclass": ("guard: ", "class"),
        "library_module": ("guard: attribute contextlib.os", "module 'os'"),
        "import_os": ("guard: import os (level)", "module 'os'"),
        "evaluate": ("guard: eval (python.dynamic_code)", "system"),
        "huge_power": ("limits.memory: the guard, before the operation", "limits."),
        "endless_while": ("limits.loop_iterations", "limits."),
        "deep_recursion": ("limits.recursion", "limits."),
        "many_objects": ("limits.heap", "limits.memory"),
    }

    def test_these_are_all(self):
        self.assertEqual({path.stem for path in ATTACKS.glob("*.py") if "level" in header(path)},
                         set(self.STOPPED))

    def test_the_guard_stops_it_by_name_and_without_it_there_is_something_to_reach(self):
        for row in self.rows(*self.STOPPED)["rows"]:
            with self.subTest(attack=row["attack"]):
                rule, without = self.STOPPED[row["attack"]]
                self.assertEqual(row["effect"], [])
                self.assertTrue(row["stopped_by"].startswith(rule), row["stopped_by"])
                self.assertIn(without, row["without_guard"])

    def test_each_profile_of_the_level_is_tried_and_has_useful_programs(self):
        profiles = {"page", "classroom", "provider"}
        self.assertEqual({header(ATTACKS / f"{name}.py")["profile"] for name in self.STOPPED},
                         profiles)
        useful = {header(path).get("profile") for path in USEFUL.glob("*.py")}
        self.assertLessEqual(profiles, useful)

    def test_the_guard_switched_off_is_seen(self):
        said = json.loads(self.cloche("demo", "--json", "import_os",
                                      env={"CLOCHE_ABLATE": "guard"}).stdout)["rows"][0]
        if said["layer_off"] == "":
            self.skipTest("this build has no switch that leaves the guard out: "
                          "CLOCHE_ABLATION is off")
        self.assertIn("was reached", "; ".join(said["effect"]))

    def test_the_table_says_both(self):
        lines = self.demo("import_os").stdout.decode().splitlines()
        self.assertRegex(lines[3], r"^  import os +.* nothing +guard: import os \(level\) +<?\d+$")
        self.assertRegex(lines[4], r"^ +with all of Python: <module 'os'")


class Some(DemoTest):
    def test_only_those_that_are_named_run_in_the_order_of_all(self):
        said = self.rows("words", "mount", "connect")
        self.assertEqual([row["attack"] for row in said["rows"]], ["connect", "mount"])
        self.assertEqual([row["program"] for row in said["programs"]], ["words"])

    def test_show_prints_the_file_and_runs_nothing(self):
        for place, name in ((ATTACKS, "fork_bomb"), (USEFUL, "shapes")):
            done = self.check(0, "demo", "--show", name)
            self.assertEqual(done.stdout, (place / f"{name}.py").read_bytes())


class Table(DemoTest):
    def test_to_a_pipe_it_is_plain_and_a_line_each(self):
        lines = self.demo("connect", "words").stdout.decode().splitlines()
        self.assertNotIn("\x1b", "".join(lines))
        self.assertRegex(lines[0], r"^  attack +what was tried +reached +stopped by +ms$")
        self.assertRegex(lines[3], r"^  connect +connect to a port of this host +nothing  "
                                   r"seccomp: socket +<?\d+$")
        self.assertRegex(lines[6], r"^  words +count words in a text +ok +the 5, of 3, night 2")
        self.assertRegex(lines[-2], r"^1 attack reached nothing\.  "
                                    r"1 useful program did its work\.  [\d.]+ s$")

    def on_terminal(self, env=None):
        terminal = Terminal([binary(), "demo", "connect", "int80"], self.dir,
                            self.env(**(env or {})))
        self.addCleanup(terminal.close)
        self.assertEqual(terminal.wait(), 0, terminal.seen)
        return terminal.seen.decode()

    def test_colour_on_a_terminal_only_and_none_with_no_color(self):
        self.assertIn("\x1b[32mnothing\x1b[0m", self.on_terminal())
        self.assertNotIn("\x1b", self.on_terminal({"NO_COLOR": "1"}))

    def test_it_fits_a_narrow_terminal(self):
        for line in self.on_terminal({"NO_COLOR": "1"}).splitlines():
            self.assertLessEqual(len(line), 80, line)


class Interrupted(DemoTest):
    def test_all_is_undone(self):
        temporary = self.home / "tmp"
        temporary.mkdir()
        for signo in (signal.SIGINT, signal.SIGTERM):
            process = self.start("demo", env={"TMPDIR": str(temporary)})
            self.assertIn(b"what was tried", process.stdout.readline())
            self.assertTrue(list(temporary.iterdir()))
            process.send_signal(signo)
            out, err = process.communicate(timeout=30)
            self.assertEqual((process.returncode, err), (130, b"cloche: cancelled\n"), out)
            self.assertEqual(list(temporary.iterdir()), [])

    def test_a_closed_pipe_ends_it_quietly(self):
        process = self.start("demo", env={"TMPDIR": str(self.home)})
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=30), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(list(self.home.glob("cloche-demo-*")), [])

    def test_nobody_outlives_it(self):
        process = self.start("demo", env={"TMPDIR": str(self.home)})
        process.stdout.readline()
        below = self.children(process.pid)
        self.assertTrue(below)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 10
        while any(os.path.exists(f"/proc/{pid}") for pid in below):
            self.assertLess(time.monotonic(), deadline, below)
            time.sleep(0.02)

    def children(self, pid):
        found = []
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as f:
                found += [int(child) for child in f.read().split()]
        return found


class Seen(DemoTest):
    """That the demonstration sees effects: the attacks that harm nothing but its canaries,
    by plain Python, with no cell around them."""

    def test_every_effect_is_told_where_there_is_no_cell(self):
        bare = {path.stem for path in ATTACKS.glob("*.py") if header(path).get("bare") == "yes"}
        self.assertEqual(bare, set(BARE))
        done = self.cloche("demo", "--json", "connect", env={"CLOCHE_DEMO_BARE": "1"})
        if json.loads(done.stdout)["rows"][0]["layer_off"] != "all":
            self.skipTest("this build has no switch that leaves the cells out: "
                          "CLOCHE_ABLATION is off")
        said = self.rows(status=1, env={"CLOCHE_DEMO_BARE": "1"})
        self.assertEqual({row["attack"] for row in said["rows"]}, bare)
        for row in said["rows"]:
            with self.subTest(attack=row["attack"]):
                self.assertIn(BARE[row["attack"]], "; ".join(row["effect"]))
                self.assertIsNone(row["stopped_by"])
        table = self.demo("connect", status=1, env={"CLOCHE_DEMO_BARE": "1"}).stdout
        self.assertIn(b"REACHED", table)
        self.assertIn(b"SECURITY.md", table)


if __name__ == "__main__":
    unittest.main()
