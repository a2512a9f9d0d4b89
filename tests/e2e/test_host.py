# SPDX-License-Identifier: Apache-2.0
"""A host that lacks something, and a caller that is killed: nothing hangs or stays."""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import time
import unittest

from cells import (CellTest, binary, children, plain_build_only, processes, wait_until,
                   work_directories, zygote_file)

MIB = 1 << 20


class Host(CellTest):
    def helpers(self):
        """A copy of the helper programs that can be broken."""
        place = pathlib.Path(tempfile.mkdtemp(prefix="cloche-helpers-"))
        self.addCleanup(shutil.rmtree, place, ignore_errors=True)
        place.chmod(0o755)
        for name in ("cloche-launcher", zygote_file()):
            shutil.copy2(pathlib.Path(os.environ["CLOCHE_HELPER_DIR"]) / name, place / name)
        return place

    def test_helpers_that_are_not_there(self):
        for name in (zygote_file(), "cloche-launcher"):
            place = self.helpers()
            (place / name).unlink()
            with self.subTest(missing=name):
                e = self.failure(
                    "run",
                    "--json",
                    "-c",
                    "1",
                    status=125,
                    env={"CLOCHE_HELPER_DIR": str(place)},
                )
                self.assertIn(name, e["message"])

    def test_helpers_that_are_no_programs(self):
        for name in (zygote_file(), "cloche-launcher"):
            for content in (b"", b"no program", b"\x7fELF" + bytes(100)):
                place = self.helpers()
                (place / name).write_bytes(content)
                with self.subTest(name=name, content=content):
                    done = self.cloche(
                        "run",
                        "--json",
                        "-c",
                        "print(1)",
                        env={"CLOCHE_HELPER_DIR": str(place)},
                    )
                    self.assertEqual(done.returncode, 125)
                    self.assertIn("error", json.loads(done.stdout))

    def test_helpers_that_are_other_programs(self):
        for name in (zygote_file(), "cloche-launcher"):
            for other in ("/bin/true", "/bin/cat", "/bin/false"):
                place = self.helpers()
                (place / name).unlink()
                shutil.copy2(other, place / name)
                with self.subTest(name=name, other=other):
                    done = self.cloche(
                        "run",
                        "--json",
                        "-c",
                        "print(1)",
                        env={"CLOCHE_HELPER_DIR": str(place)},
                    )
                    self.assertEqual(done.returncode, 125, done.stderr)
                    self.assertIn("error", json.loads(done.stdout))

    def test_python_without_the_object(self):
        """It refuses its argument, and does nothing else."""
        python = "/usr/bin/python3"
        (self.dir / "usercustomize.py").write_text("print('ran')\n")
        (self.dir / "sitecustomize.py").write_text("print('ran')\n")
        done = subprocess.run(
            [python, "--cloche-zygote"],
            input=b"print('ran')\n",
            capture_output=True,
            cwd=self.dir,
            env={"PYTHONPATH": str(self.dir), "PYTHONSTARTUP": "sitecustomize.py"},
            check=False,
        )
        self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)
        self.assertIn(b"--cloche-zygote", done.stderr)

    def test_an_object_that_the_loader_cannot_load_is_named(self):
        if not zygote_file().endswith(".so"):
            self.skipTest("the zygote is a program of its own in this build")
        place = self.helpers()
        (place / zygote_file()).write_bytes(b"no object")
        e = self.failure(
            "run", "--json", "-c", "1", status=125, env={"CLOCHE_HELPER_DIR": str(place)}
        )
        self.assertIn(zygote_file(), e["message"])

    def limited(self, *rows):
        def apply():
            for what, number in rows:
                resource.setrlimit(what, (number, number))

        return apply

    def check_refused_or_fine(self, done):
        """Without the means it is an error that says so, and never a hang."""
        value = json.loads(done.stdout)
        if "outcome" in value:
            self.assertEqual(
                (value["outcome"], done.returncode), ("ok", 0), value["reason"]
            )
        else:
            self.assertEqual(done.returncode, 125, value)
            self.assertTrue(value["error"]["message"])

    def test_no_descriptors(self):
        for number in (5, 8, 12, 16, 20, 24, 30):
            with self.subTest(number=number):
                self.check_refused_or_fine(
                    self.cloche(
                        "run",
                        "--json",
                        "-c",
                        "print(1)",
                        preexec_fn=self.limited((resource.RLIMIT_NOFILE, number)),
                    )
                )

    def test_too_few_descriptors_for_a_cell(self):
        """Cells have their channel at 250, and others beside it until they are locked."""
        for profile in ("isolated", "judge", "classroom"):
            with self.subTest(profile=profile):
                e = self.failure(
                    "run", "--json", "--profile", profile, "-c", "print(1)", status=125,
                    preexec_fn=self.limited((resource.RLIMIT_NOFILE, 200)),
                )
                self.assertIn("Too many open files", e["message"])

    @plain_build_only
    def test_no_processes(self):
        if os.geteuid() == 0:
            self.skipTest("root is not held by RLIMIT_NPROC")
        for number in (0, 1, 2):
            with self.subTest(number=number):
                self.check_refused_or_fine(
                    self.cloche(
                        "run",
                        "--json",
                        "-c",
                        "print(1)",
                        preexec_fn=self.limited((resource.RLIMIT_NPROC, number)),
                    )
                )

    @plain_build_only
    def test_little_memory(self):
        for size in (8, 16, 32, 64, 128):
            with self.subTest(size=size):
                done = self.cloche(
                    "run",
                    "--json",
                    "-c",
                    "print(1)",
                    preexec_fn=self.limited((resource.RLIMIT_AS, size * MIB)),
                )
                if done.stdout:
                    self.check_refused_or_fine(done)
                else:
                    self.assertNotEqual(done.returncode, 0)

    @plain_build_only
    def test_limits_of_the_caller_that_are_lower(self):
        for rows in (
            ((resource.RLIMIT_FSIZE, 4096),),
            ((resource.RLIMIT_CPU, 5),),
            ((resource.RLIMIT_STACK, 1 * MIB),),
            ((resource.RLIMIT_DATA, 64 * MIB),),
            ((resource.RLIMIT_CORE, 0),),
            ((resource.RLIMIT_SIGPENDING, 10),),
        ):
            with self.subTest(rows=rows):
                self.check_refused_or_fine(
                    self.cloche(
                        "run", "--json", "-c", "print(1)", preexec_fn=self.limited(*rows)
                    )
                )

    def test_a_full_disk(self):
        """--out to a place without room: the result is whole, the file named."""
        if os.geteuid() != 0:
            self.skipTest("needs root, to mount a small tmpfs")
        full = self.dir / "full"
        full.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(full)]
        )
        if mounted.returncode != 0:
            self.skipTest("cannot mount a tmpfs here")
        self.addCleanup(subprocess.run, ["umount", str(full)])
        done = self.cloche(
            "run",
            "--json",
            "-c",
            (
                "open('big', 'wb').write(bytes(1 << 20))\n"
                "open('a', 'w').write('x')\nprint('on')"
            ),
            "--out",
            str(full),
        )
        value = json.loads(done.stdout)
        self.assertNotEqual(done.returncode, 0)
        text = (
            done.stderr.decode() + value.get("error", {}).get("message", "")
            if "outcome" not in value
            else done.stderr.decode()
        )
        self.assertIn("big", text)
        self.assertIn("No space left", text)
        left = sorted(os.listdir(full))
        self.assertNotIn("big", left)
        self.assertEqual([n for n in left if n not in ("a",)], [])

    def test_an_out_that_cannot_be(self):
        path = self.write("file", "x")
        for out in (path, "/proc/nothing/here", "/dev/null"):
            with self.subTest(out=out):
                e = self.failure("run", "--json", "-c", "print(1)", "--out", out)
                self.assertIn(out, e["message"])

    def test_odd_surroundings(self):
        for env in (
            {"PATH": None},
            {"HOME": None},
            {"LC_ALL": "nonsense"},
            {"TZ": "No/Where"},
            {"LD_LIBRARY_PATH": "/nonexistent"},
            {"PYTHONHOME": "/nonexistent"},
            {"PYTHONPATH": "/tmp"},
            {"PYTHONSTARTUP": "/nonexistent"},
            {"PYTHONHASHSEED": "x"},
            {"PYTHONIOENCODING": "x"},
            {"PYTHONMALLOC": "x"},
            {"MALLOC_PERTURB_": "255"},
            {"MALLOC_CHECK_": "3"},
            {"TMPDIR": "/none"},
        ):
            with self.subTest(env=env):
                value = self.result("-c", "print(1)", env=env)
                self.assertEqual((value["outcome"], value["stdout"]), ("ok", "1\n"))

    def test_a_current_directory_that_is_gone(self):
        place = self.dir / "gone"
        place.mkdir()
        program = (
            "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); "
            "os.execv(sys.argv[2], sys.argv[2:])"
        )
        done = subprocess.run(
            [
                "/usr/bin/python3",
                "-c",
                program,
                str(place),
                binary(),
                "run",
                "--json",
                "-c",
                "print(1)",
            ],
            capture_output=True,
            env=self.env(),
            timeout=30,
        )
        self.assertEqual(json.loads(done.stdout)["stdout"], "1\n")

    def test_standard_streams_that_are_closed(self):
        for closed in ((0,), (2,), (0, 2)):
            with self.subTest(closed=closed):

                def close(numbers=closed):
                    for fd in numbers:
                        os.close(fd)

                done = subprocess.run(
                    [binary(), "run", "--json", "-c", "print(1)"],
                    stdout=subprocess.PIPE,
                    env=self.env(),
                    cwd=self.dir,
                    preexec_fn=close,
                    timeout=30,
                )
                self.assertEqual(json.loads(done.stdout)["stdout"], "1\n")


class Orphans(CellTest):
    def test_a_caller_that_is_killed(self):
        """At several moments of its life, and nothing of it is there a second later."""
        for delay in (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3):
            with self.subTest(delay=delay):
                before = work_directories()
                process = self.start("run", "--json", "-c", "import time; time.sleep(30)")
                if delay:
                    time.sleep(delay)
                tree = children(process.pid)
                process.kill()
                process.wait()
                self.assertTrue(
                    wait_until(lambda: not set(tree) & set(processes()), 1.0),
                    (tree, set(tree) & set(processes())),
                )
                self.assertTrue(wait_until(lambda: work_directories() <= before, 1.0))

    def test_a_caller_that_is_killed_with_many_processes(self):
        policy = self.policy({"processes": 10})
        process = self.start(
            "run",
            "--json",
            "--policy",
            policy,
            "-c",
            (
                "import os, time\nfor _ in range(6):\n    if os.fork() == 0:\n"
                "        os.setsid(); time.sleep(30)\ntime.sleep(30)\n"
            ),
        )
        self.assertTrue(wait_until(lambda: len(children(process.pid)) >= 10))
        tree = children(process.pid)
        process.kill()
        process.wait()
        self.assertTrue(wait_until(lambda: not set(tree) & set(processes()), 1.0), tree)


if __name__ == "__main__":
    unittest.main()
