# SPDX-License-Identifier: Apache-2.0
"""One engine, many runs: nothing is shared between them, and nothing is left."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from cells import (CellTest, children, plain_build_only, processes, validate, wait_until,
                   work_directories, zygote_file)

DIST_PACKAGES = pathlib.Path("/usr/lib/python3/dist-packages")

# Each line: a name, and an expression that no two cells may agree on.
ENTROPY = {
    "random": "__import__('random').random()",
    "getrandbits": "__import__('random').getrandbits(64)",
    "a generator of its own": "__import__('random').Random().random()",
    "uuid4": "str(__import__('uuid').uuid4())",
    "uuid1": "str(__import__('uuid').uuid1())",
    "secrets": "__import__('secrets').token_hex()",
    "urandom": "__import__('os').urandom(16).hex()",
    "getrandom": "__import__('os').getrandom(16).hex()",
    "ssl": "__import__('ssl').RAND_bytes(16).hex()",
    "temporary name": "__import__('tempfile').mktemp()",
    "temporary file": "__import__('tempfile').NamedTemporaryFile().name",
    "authkey": "__import__('multiprocessing').current_process().authkey.hex()",
    "boundary": "__import__('email.generator').generator._make_boundary()",
    "shuffle": "(lambda r, x: (r.shuffle(x), x)[1])(__import__('random'), list(range(52)))",
}
NUMPY = {
    "numpy": "float(__import__('numpy').random.random())",
    "numpy bytes": "__import__('numpy').random.bytes(8).hex()",
    "numpy generator": "int(__import__('numpy').random.default_rng().integers(1 << 62))",
}
PRELOAD = [
    "random",
    "uuid",
    "secrets",
    "ssl",
    "tempfile",
    "multiprocessing",
    "multiprocessing.process",
    "email.generator",
]


def mounts():
    """All mounts but those that tests make in directories of their own."""
    lines = pathlib.Path("/proc/self/mounts").read_text().splitlines()
    return {line for line in lines if " /tmp/" not in line}


class Engine(CellTest):
    def start_many(self, policy, count, threads, codes, env=None):
        program = os.environ.get("CLOCHE_MANY_RUNS")
        if program is None:
            self.skipTest("CLOCHE_MANY_RUNS is not set: run through ctest")
        paths = [self.write(f"code{n}.py", code) for n, code in enumerate(codes)]
        errors = (self.dir / "errors").open("w+")
        process = subprocess.Popen(
            [program, policy, str(count), str(threads), *paths],
            cwd=self.dir,
            env=self.env(**(env or {})),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        errors.close()
        self.addCleanup(self._end, process)
        self.addCleanup(setattr, process, "stderr", None)
        return process

    def finish_many(self, process):
        """The lines that have not been read, and what it said of errors."""
        process.stdin.write("\n")
        process.stdin.flush()
        lines = process.stdout.read().splitlines()
        process.wait(timeout=20)
        return lines, (self.dir / "errors").read_text()

    def many(self, count, codes, threads=1, between=None, **policy):
        """The results of many runs on one engine, and its count of descriptors."""
        process = self.start_many(self.policy(**policy), count, threads, codes)
        lines = []
        if between is not None:
            lines = [process.stdout.readline() for _ in range(count)]
            between(process)
        rest, err = self.finish_many(process)
        lines += rest
        self.assertEqual((process.returncode, err), (0, ""))
        results = [json.loads(line) for line in lines]
        fds = results.pop()["fds"]
        self.assertEqual(len(results), count)
        for result in results[:50]:
            validate(result)
        return results, fds

    def differ(self, expressions, count, **policy):
        code = (
            "import json\nprint(json.dumps({"
            + ", ".join(f"{name!r}: {text}" for name, text in expressions.items())
            + "}))\n"
        )
        results, _ = self.many(count, [code], **policy)
        rows = []
        for r in results:
            self.assertEqual(r["outcome"], "ok", (r["reason"], r["error"]))
            rows.append(json.loads(r["stdout"]))
        for name in expressions:
            values = [json.dumps(row[name]) for row in rows]
            self.assertEqual(len(set(values)), count, (name, sorted(values)[:4]))

    def test_entropy_differs_where_nothing_was_imported_before(self):
        self.differ(ENTROPY, 12, limits={"wall": "20s", "cpu": "20s"})

    def test_entropy_differs_where_all_was_imported_before(self):
        self.differ(
            ENTROPY, 40, python={"preload": PRELOAD}, limits={"wall": "20s", "cpu": "20s"}
        )

    def test_numpys_entropy_differs(self):
        if not (DIST_PACKAGES / "numpy").is_dir():
            self.skipTest("python3-numpy is not installed")
        self.differ(
            {**ENTROPY, **NUMPY},
            20,
            python={"packages": "debian", "preload": [*PRELOAD, "numpy", "numpy.random"]},
            package_sets={"debian": {"path": str(DIST_PACKAGES)}},
            limits={"wall": "20s", "cpu": "20s"},
        )

    def test_children_differ_from_their_parents(self):
        code = (
            "import os, random\nprint(random.random(), flush=True)\nif os.fork() == 0:\n"
            "    print(random.random())\n"
            "    raise SystemExit\nos.wait()\nprint(random.random())\n"
        )
        results, _ = self.many(10, [code], limits={"processes": 1})
        values = [line for r in results for line in r["stdout"].split()]
        self.assertEqual(len(values), 30)
        self.assertEqual(len(set(values)), 30)

    def test_nothing_passes_from_one_run_to_the_next(self):
        code = (
            "import builtins, gc, json, os, sys, pathlib\nfound = []\n"
            "if hasattr(builtins, 'mark'): found.append('builtins')\n"
            "if hasattr(json, 'mark'): found.append('module')\n"
            "if 'MARK' in os.environ: found.append('environment')\n"
            "if os.listdir('/work') or os.listdir('/tmp'): found.append('file')\n"
            "if sys.path[-1] == 'mark': found.append('path')\n"
            "if os.umask(0) != 0o22: found.append('umask')\n"
            "if os.getcwd() != '/work': found.append('directory')\n"
            "if len(os.listdir('/proc/self/fd')) > 5: found.append('descriptor')\n"
            "if __name__ != '__main__' or 'mark' in globals(): found.append('globals')\n"
            "print(found)\n"
            "builtins.mark = json.mark = mark = 1\nos.environ['MARK'] = '1'\n"
            "open('/work/mark', 'w'); open('/tmp/mark', 'w')\nsys.path.append('mark')\n"
            "os.chdir('/')\nf = open('/dev/null')\n"
        )
        results, _ = self.many(30, [code], python={"preload": ["json", "pathlib"]})
        self.assertEqual(
            {r["stdout"] for r in results}, {"[]\n"}, [r["error"] for r in results][:1]
        )

    def test_runs_of_one_engine_have_ids_of_their_own(self):
        results, _ = self.many(50, ["1"], threads=4)
        self.assertEqual(len({r["run_id"] for r in results}), 50)
        self.assertEqual(len({r["policy"]["id"] for r in results}), 1)

    def test_a_preload_that_does_not_exist(self):
        process = self.start_many(
            self.policy(python={"preload": ["no_such_module"]}), 2, 1, ["1"]
        )
        _, err = self.finish_many(process)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn("preload of 'no_such_module'", err)
        self.assertIn("No module named 'no_such_module'", err)

    MIXED = (
        "print('x' * 1000)\n",
        "1/0\n",
        "import os; os._exit(3)\n",
        "x = (\n",
        "import os; os.kill(os.getpid(), 9)\n",
        "for n in range(50): open(f'f{n}', 'w').write('x' * n)\n",
        "import os\nos.write(250, b'garbage' * 10)\n",
        "while True: print('x' * 10000)\n",
        "import socket\nsocket.socket()\n",
        "display(1); 'value'\n",
        (
            "import threading, time\nfor _ in range(5): threading.Thread(target=time.sleep,"
            " args=(9,), daemon=True).start()\n"
        ),
        (
            "import os\nfor _ in range(3):\n    if os.fork() == 0:\n        os.setsid()\n"
            "        import time; time.sleep(30)\n"
        ),
        "raise MemoryError\n",
    )

    def test_a_thousand_runs_leave_nothing_behind(self):
        processes_before = {p: row for p, row in processes().items() if "cloche" in row[1]}
        mounts_before = mounts()
        directories_before = work_directories()
        alive = {}

        def while_idle(process):
            # The launcher, a zygote, and standby cells, of which there are at most 8, with
            # their inits; what is being killed takes its time.
            self.assertTrue(
                wait_until(lambda: len(children(process.pid)) <= 2 + 2 * 8),
                children(process.pid),
            )
            alive.update(children(process.pid))

        results, fds = self.many(
            1000,
            self.MIXED,
            threads=4,
            between=while_idle,
            limits={"processes": 4, "wall": "5s", "output": "64KiB"},
        )
        outcomes = {}
        for n, r in enumerate(results):
            outcomes[r["outcome"]] = outcomes.get(r["outcome"], 0) + 1
        self.assertEqual(outcomes.get("infra_error", 0), 0, outcomes)
        for wanted in (
            "ok",
            "user_error",
            "syntax_error",
            "crashed",
            "protocol",
            "output_limit",
        ):
            self.assertGreater(outcomes.get(wanted, 0), 50, outcomes)
        before, warm, end, after = fds
        self.assertEqual(after, before)
        self.assertLessEqual(
            end, warm + 64, fds
        )  # standby cells, of which there are at most 8
        self.assertTrue(wait_until(lambda: not set(alive) & set(processes()), 2.0), alive)
        self.assertTrue(
            wait_until(lambda: set(children(os.getpid())) <= set(processes_before), 2.0)
        )
        self.assertTrue(wait_until(lambda: mounts() <= mounts_before, 2.0), mounts())
        self.assertTrue(wait_until(lambda: work_directories() <= directories_before, 2.0))

    @plain_build_only
    def test_an_engines_memory_does_not_grow_with_output(self):
        """The broker keeps what the limit allows, whatever is printed."""
        code = "import os\nb = b'x' * 65536\nwhile True: os.write(1, b)\n"
        peak = {}

        def look(process):
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peak["kb"] = int(status.split("VmHWM:")[1].split()[0])

        self.many(30, [code], between=look, limits={"output": "64KiB"})
        self.assertLess(peak["kb"], 40 * 1024)

    SLOW = "import time; time.sleep(.05); print('on')"

    def outcomes(self, lines):
        return [json.loads(line)["outcome"] for line in lines[:-1]]

    def test_a_zygote_that_is_killed_is_replaced(self):
        """The engine goes on: a later run has another interpreter."""
        process = self.start_many(self.policy(), 60, 1, [self.SLOW])
        for _ in range(5):
            process.stdout.readline()
        zygotes = sorted(
            p for p, name in children(process.pid).items() if name == "cloche-zygote"
        )
        os.kill(zygotes[0], 9)
        lines, err = self.finish_many(process)
        outcomes = self.outcomes(lines)
        self.assertEqual(outcomes[-10:], ["ok"] * 10, (outcomes, err))
        self.assertLessEqual(len([o for o in outcomes if o != "ok"]), 1, (outcomes, err))

    def test_helpers_that_vanish_under_a_running_engine(self):
        """It goes on with the processes that it has."""
        place = pathlib.Path(tempfile.mkdtemp(prefix="cloche-helpers-"))
        self.addCleanup(shutil.rmtree, place, ignore_errors=True)
        place.chmod(0o755)
        for name in ("cloche-launcher", zygote_file()):
            shutil.copy2(pathlib.Path(os.environ["CLOCHE_HELPER_DIR"]) / name, place / name)
        process = self.start_many(
            self.policy(), 60, 1, [self.SLOW], env={"CLOCHE_HELPER_DIR": str(place)}
        )
        process.stdout.readline()
        for name in ("cloche-launcher", zygote_file()):
            (place / name).unlink()
            (place / name).write_bytes(b"replaced")
        lines, err = self.finish_many(process)
        self.assertEqual(set(self.outcomes(lines)), {"ok"}, err)


if __name__ == "__main__":
    unittest.main()
