# SPDX-License-Identifier: Apache-2.0
"""Every limit ends a run in its own verdict, with cause, limit and peak."""
import os
import unittest

from cells import CellTest

MS = 1_000_000
MIB = 1 << 20


class Time(CellTest):
    def test_wall_limit(self):
        r = self.run_code(
            "import time; print('on', flush=True); time.sleep(60)", limits={"wall": "300ms"}
        )
        self.assert_limit(r, "wall_limit", "wall", "300ms")
        self.assertEqual(r["limits"]["wall"]["limit_ns"], 300 * MS)
        self.assertGreaterEqual(r["limits"]["wall"]["used_ns"], 300 * MS)
        self.assertLess(r["limits"]["wall"]["used_ns"], 1500 * MS)
        self.assertEqual(r["stdout"], "on\n")
        self.assertLess(r["usage"]["cpu_user_ns"] + r["usage"]["cpu_system_ns"], 250 * MS)

    def test_cpu_limit(self):
        r = self.run_code(
            "print('on', flush=True)\nwhile True: pass",
            limits={"cpu": "300ms", "wall": "10s"},
        )
        self.assert_limit(r, "cpu_limit", "cpu", "300ms")
        self.assertEqual(r["limits"]["cpu"]["limit_ns"], 300 * MS)
        self.assertGreaterEqual(r["limits"]["cpu"]["used_ns"], 300 * MS)
        self.assertLess(r["limits"]["cpu"]["used_ns"], 700 * MS)
        self.assertEqual(r["stdout"], "on\n")

    def test_cpu_limit_counts_time_in_one_call_of_c(self):
        r = self.run_code("sum(range(10**11))", limits={"cpu": "300ms", "wall": "10s"})
        self.assert_limit(r, "cpu_limit", "cpu", "300ms")

    def test_cpu_limit_counts_system_time(self):
        r = self.run_code(
            "import os\nwhile True: os.stat('/work')",
            limits={"cpu": "300ms", "wall": "10s"},
        )
        self.assert_limit(r, "cpu_limit", "cpu", "300ms")
        self.assertGreater(r["limits"]["cpu"]["used_ns"], 290 * MS)

    def test_cpu_limit_counts_all_threads(self):
        code = (
            "import threading, hashlib\n"
            "def work():\n    while True: hashlib.sha256(bytes(1 << 20)).digest()\n"
            "for _ in range(4): threading.Thread(target=work).start()\n"
        )
        r = self.run_code(code, limits={"cpu": "400ms", "wall": "10s"})
        self.assert_limit(r, "cpu_limit", "cpu", "400ms")

    def test_cpu_limit_counts_all_processes(self):
        code = "import os\nfor _ in range(3):\n    os.fork()\nwhile True: pass\n"
        r = self.run_code(code, limits={"cpu": "400ms", "wall": "10s", "processes": 10})
        self.assert_limit(r, "cpu_limit", "cpu", "400ms")

    def test_cpu_limit_counts_children_that_ended(self):
        code = (
            "import os, time\nfor _ in range(100):\n    pid = os.fork()\n    if pid == 0:\n"
            "        end = time.process_time() + 0.05\n"
            "        while time.process_time() < end: pass\n        os._exit(0)\n"
            "    os.waitpid(pid, 0)\n"
        )
        r = self.run_code(code, limits={"cpu": "400ms", "wall": "10s", "processes": 4})
        self.assert_limit(r, "cpu_limit", "cpu", "400ms")

    def test_signals_ignored_by_the_code_do_not_matter(self):
        code = (
            "import signal\nfor n in range(1, 65):\n    try: signal.signal(n,"
            " signal.SIG_IGN)\n    except (OSError, ValueError): pass\nwhile True: pass\n"
        )
        r = self.run_code(code, limits={"cpu": "300ms", "wall": "10s"})
        self.assert_limit(r, "cpu_limit", "cpu", "300ms")

    def test_finalisers_that_never_end_meet_the_wall_limit(self):
        for code in (
            "import atexit, time; atexit.register(time.sleep, 60)",
            (
                "import threading, time; threading.Thread(target=time.sleep, "
                "args=(60,)).start()"
            ),
            (
                "class A:\n    def __del__(self):\n        import time; time.sleep(60)\n"
                "a = A()\n"
            ),
            "class A:\n    def __repr__(self):\n        import time; time.sleep(60)\nA()\n",
        ):
            with self.subTest(code=code):
                r = self.run_code(code, limits={"wall": "300ms"})
                self.assert_limit(r, "wall_limit", "wall", "300ms")


class Memory(CellTest):
    LIMITS = {"memory": "48MiB", "wall": "10s"}

    def test_memory_error_that_nobody_catches(self):
        r = self.run_code(
            "print('on')\nx = []\nwhile True: x.append(b'x' * (1 << 20))",
            limits=self.LIMITS,
        )
        self.assert_limit(r, "memory_limit", "memory", "48MiB")
        self.assertEqual(r["limits"]["memory"]["limit_bytes"], 48 * MIB)
        self.assertGreater(r["limits"]["memory"]["peak_bytes"], 24 * MIB)
        # A sanitizer's own memory is resident, too, and is not counted.
        most = 64 if os.environ.get("CLOCHE_TEST_SANITIZED") else 56
        self.assertLessEqual(r["limits"]["memory"]["peak_bytes"], most * MIB)
        self.assertEqual((r["error"]["type"], r["error"]["line"]), ("MemoryError", 3))
        self.assertEqual(r["stdout"], "on\n")

    def test_one_block_that_is_too_large(self):
        for code in (
            "bytes(1 << 30)",
            "bytearray(1 << 40)",
            "[0] * (1 << 32)",
            "'x' * (1 << 33)",
        ):
            with self.subTest(code=code):
                r = self.run_code("x = " + code, limits=self.LIMITS)
                self.assert_limit(r, "memory_limit", "memory", "48MiB")

    def test_many_small_objects(self):
        r = self.run_code("x = []\nwhile True: x.append([x])", limits=self.LIMITS)
        self.assert_limit(r, "memory_limit", "memory", "48MiB")

    def test_memory_error_that_is_caught(self):
        r = self.run_code(
            "try:\n    bytes(1 << 30)\nexcept MemoryError:\n    print('caught')\n",
            limits=self.LIMITS,
        )
        self.assert_ok(r, "caught\n")
        self.assertEqual(self.hits(r), ["memory"])

    # Takes all the memory that is left, in a way that CPython does not see refused.
    ALL = (
        "import ctypes\nmmap = ctypes.CDLL(None).mmap\nmmap.restype = ctypes.c_void_p\n"
        "mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3"
        " + [ctypes.c_long]\nsize = 1 << 24\nwhile size >= 4096:\n"
        "    if mmap(None, size, 3, 0x22, -1, 0) == ctypes.c_void_p(-1).value: size //= 2\n"
    )

    def test_what_is_returned_has_room_beside_the_limit(self):
        r = self.run_code(f"text = 'x' * 2000000\n{self.ALL}text",
                          limits={**self.LIMITS, "result": "8MiB"})
        self.assert_ok(r)
        self.assertEqual(r["value"], "x" * 2000000)
        self.assertEqual(self.hits(r), [])

    def test_no_room_for_what_is_returned(self):
        r = self.run_code(f"text = 'x' * 6000000\n{self.ALL}text",
                          limits={**self.LIMITS, "result": "16MiB"})
        self.assert_limit(r, "memory_limit", "memory", "48MiB")
        self.assertEqual((r["error"]["type"], r["error"]["message"]),
                         ("MemoryError", "there was none left to report in"))

    def test_anonymous_mappings_count(self):
        code = (
            "import mmap\nm = [mmap.mmap(-1, 8 << 20, flags=mmap.MAP_PRIVATE"
            " | mmap.MAP_ANONYMOUS) for _ in range(20)]\n"
        )
        r = self.run_code(code, limits=self.LIMITS)
        self.assert_limit(r, "memory_limit", "memory", "48MiB")

    def test_processes_count_together(self):
        code = (
            "import os, time\nprint('on', flush=True)\nfor _ in range(4):\n"
            "    if os.fork() == 0:\n        x = bytearray(20 << 20)\n"
            "        for i in range(0, len(x), 4096): x[i] = 1\n        time.sleep(30)\n"
            "        os._exit(0)\ntime.sleep(30)\n"
        )
        r = self.run_code(code, limits={**self.LIMITS, "processes": 8})
        self.assert_limit(r, "memory_limit", "memory", "48MiB")
        self.assertGreater(r["limits"]["memory"]["peak_bytes"], 40 * MIB)
        self.assertEqual(r["stdout"], "on\n")

    def test_a_child_that_meets_the_limit_does_not_end_the_run(self):
        code = (
            "import os\npid = os.fork()\nif pid == 0:\n    try:\n        bytes(1 << 30)\n"
            "    except MemoryError:\n        os._exit(7)\n"
            "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
        )
        r = self.run_code(code, limits={**self.LIMITS, "processes": 1})
        self.assert_ok(r, "7\n")


class Output(CellTest):
    def flood(self, code, limit, kept, **limits):
        r = self.run_code(code, limits={"output": limit, "wall": "10s", **limits})
        self.assert_limit(r, "output_limit", "output", limit)
        t = r["truncated"]
        self.assertEqual(t["stdout"]["kept"] + t["stderr"]["kept"], kept)
        self.assertGreater(t["stdout"]["total"] + t["stderr"]["total"], kept)
        self.assertEqual(r["limits"]["output"]["limit_bytes"], kept)
        self.assertGreater(r["limits"]["output"]["peak_bytes"], kept)
        self.assertEqual(len(r["stdout"]) + len(r["stderr"]), kept)
        self.assertEqual(sum(len(text) for _, text in r["stream"]), kept)
        return r

    def test_stdout(self):
        r = self.flood("print('start')\nwhile True: print('x' * 99)", "64KiB", 65536)
        self.assertTrue(r["stdout"].startswith("start\n" + "x" * 99 + "\n"))

    def test_stderr(self):
        r = self.flood(
            "import sys\nwhile True: sys.stderr.write('y' * 100)", "64KiB", 65536
        )
        self.assertEqual(r["stdout"], "")

    def test_both(self):
        self.flood(
            (
                "import sys\nwhile True:\n    print('x' * 50, flush=True)\n"
                "    print('y' * 50, file=sys.stderr)\n"
            ),
            "8KiB",
            8192,
        )

    def test_full_speed(self):
        r = self.flood(
            "import os\nb = b'z' * (1 << 20)\nwhile True: os.write(1, b)", "1MiB", MIB
        )
        self.assertEqual(r["truncated"]["stdout"]["kept"], MIB)

    def test_a_flood_of_children(self):
        self.flood(
            (
                "import os\nos.fork(); os.fork()\nb = b'z' * 65536\n"
                "while True: os.write(1, b); os.write(2, b)"
            ),
            "256KiB",
            262144,
            processes=8,
        )

    def test_exactly_the_limit_is_allowed(self):
        r = self.run_code(
            "import sys; sys.stdout.write('x' * 4096)", limits={"output": "4KiB"}
        )
        self.assert_ok(r, "x" * 4096)
        self.assertEqual(r["truncated"]["stdout"], {"kept": 4096, "total": 4096})
        self.assertFalse(r["limits"]["output"]["hit"])

    def test_one_byte_more_is_not(self):
        r = self.run_code(
            "import sys; sys.stdout.write('x' * 4097)", limits={"output": "4KiB"}
        )
        self.assert_limit(r, "output_limit", "output", "4KiB")
        self.assertEqual(r["truncated"]["stdout"], {"kept": 4096, "total": 4097})

    def test_none_at_all(self):
        r = self.run_code("print()", limits={"output": "0KiB"})
        self.assertEqual((r["outcome"], r["stdout"]), ("output_limit", ""))
        self.assert_ok(self.run_code("x = 1", limits={"output": "0KiB"}), "")


class Recursion(CellTest):
    DEEP = "def f(n):\n    return f(n + 1)\nprint('on')\nf(0)\n"

    def test_recursion_limit(self):
        r = self.run_code(self.DEEP, limits={"recursion": 150})
        self.assert_limit(r, "recursion_limit", "recursion", "150")
        self.assertEqual(r["limits"]["recursion"]["limit"], 150)
        self.assertEqual(r["error"]["type"], "RecursionError")
        self.assertEqual(r["error"]["line"], 2)
        self.assertEqual(r["stdout"], "on\n")

    def test_the_default_is_pythons(self):
        r = self.run_code("import sys; print(sys.getrecursionlimit())")
        self.assert_ok(r, "1000\n")

    def test_a_recursion_error_that_is_caught(self):
        r = self.run_code(
            self.DEEP.replace(
                "f(0)", "try:\n    f(0)\nexcept RecursionError:\n    print('caught')"
            )
        )
        self.assert_ok(r, "on\ncaught\n")

    def test_a_stack_that_overflows_all_the_same(self):
        """The limit raised by the code itself: it crashes, as elsewhere."""
        code = (
            "import sys, re\nsys.setrecursionlimit(10**6)\nx = None\n"
            "for _ in range(10**6): x = [x]\nrepr(x)\n"
        )
        r = self.run_code(code, limits={"wall": "10s"})
        self.assertIn(r["outcome"], ("crashed", "recursion_limit", "memory_limit"))
        if r["outcome"] == "crashed":
            self.assertEqual(r["signal"], 11)


class Files(CellTest):
    OPEN = "f = []\nwhile True: f.append(open('/dev/null'))\n"
    WRITE = (
        "with open('big', 'wb', buffering=0) as f:\n    while True: f.write(bytes(65536))\n"
    )
    INODES = "n = 0\nwhile True:\n    open(f'f{n}', 'w').close(); n += 1\n"

    def caught(self, code, symbol):
        return (
            "import errno\ntry:\n"
            + "".join(f"    {line}\n" for line in code.splitlines())
            + "except OSError as e:\n    found = errno.errorcode[e.errno]\n"
            f"f = None\nprint(found, found == {symbol!r})\n"
        )

    def test_open_files(self):
        r = self.run_code(self.OPEN, limits={"open_files": 24})
        self.assert_limit(r, "file_limit", "open_files", "24")
        self.assertEqual(r["limits"]["open_files"]["limit"], 24)
        self.assertEqual(r["error"]["type"], "OSError")

    def test_file_size(self):
        r = self.run_code(self.WRITE, limits={"file_size": "1MiB"})
        self.assert_limit(r, "file_limit", "file_size", "1MiB")
        self.assertEqual([(f["path"], f["size"]) for f in r["files"]], [("big", MIB)])

    def test_disk(self):
        r = self.run_code(self.WRITE, limits={"disk": "2MiB"})
        self.assert_limit(r, "disk_limit", "disk", "2MiB")
        self.assertEqual(r["limits"]["disk"]["limit_bytes"], 2 * MIB)
        self.assertGreater(r["limits"]["disk"]["peak_bytes"], 2 * MIB - 65536)
        self.assertLessEqual(r["limits"]["disk"]["peak_bytes"], 2 * MIB)

    def test_the_disk_is_counted_in_both_directories(self):
        code = (
            "a = open('/work/a', 'wb'); b = open('/tmp/b', 'wb')\n"
            "while True:\n    a.write(bytes(4096)); a.flush()\n"
            "    b.write(bytes(4096)); b.flush()\n"
        )
        r = self.run_code(code, limits={"disk": "2MiB"})
        self.assert_limit(r, "disk_limit", "disk", "2MiB")
        self.assertLess(r["files"][0]["size"], 2 * MIB * 0.6)

    def test_files_that_are_larger_than_the_room_they_take_do_not_come_out(self):
        """Holes and second names: the caller would read, and keep, all of their bytes."""
        holes = "for n in range(9): open(f'/work/{n}', 'wb').truncate(1 << 20)\n"
        names = (
            "import os\nopen('/work/0', 'wb').write(bytes(1 << 20))\n"
            "for n in range(1, 9): os.link('/work/0', f'/work/{n}')\n"
        )
        for code in (holes, names):
            with self.subTest(code=code):
                r = self.run_code(code, limits={"disk": "4MiB"})
                self.assert_limit(r, "disk_limit", "disk", "4MiB")
                self.assertIn("too large to come out", r["reason"])
                self.assertLessEqual(sum(f["size"] for f in r["files"]), 4 * MIB)
                r = self.run_code(code, limits={"disk": "9MiB"})
                self.assertEqual((r["outcome"], len(r["files"])), ("ok", 9), r["reason"])

    def test_too_large_files_do_not_hide_another_limit(self):
        code = "open('/work/f', 'wb').truncate(8 << 20)\nwhile True: pass\n"
        r = self.run_code(code, limits={"disk": "4MiB", "wall": "200ms"})
        self.assert_limit(r, "wall_limit", "wall", "200ms")
        self.assertTrue(r["limits"]["disk"]["hit"])
        self.assertEqual(r["files"], [])

    def test_inodes(self):
        r = self.run_code(self.INODES, limits={"inodes": 50})
        self.assert_limit(r, "disk_limit", "inodes", "50")
        self.assertEqual(r["limits"]["inodes"]["limit"], 50)
        self.assertEqual(r["limits"]["inodes"]["peak"], 50)
        self.assertFalse(r["limits"]["disk"]["hit"])

    def test_errors_that_are_caught(self):
        for code, limits, symbol, hit in (
            (self.OPEN, {"open_files": 24}, "EMFILE", "open_files"),
            (self.WRITE, {"file_size": "1MiB"}, "EFBIG", "file_size"),
            (self.WRITE, {"disk": "2MiB"}, "ENOSPC", "disk"),
            (self.INODES, {"inodes": 50}, "ENOSPC", "inodes"),
        ):
            with self.subTest(hit=hit):
                r = self.run_code(self.caught(code, symbol), limits=limits)
                self.assert_ok(r, f"{symbol} True\n")
                self.assertEqual(self.hits(r), [hit])

    def test_an_unrelated_oserror_is_no_limit(self):
        for code, kind in (
            ("open('missing')", "FileNotFoundError"),
            ("import os; os.rmdir('/work/x')", "FileNotFoundError"),
            ("raise OSError('mine')", "OSError"),
            ("import os; os.close(77)", "OSError"),
            ("import os; os.mkdir('a'); os.mkdir('a')", "FileExistsError"),
        ):
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assertEqual((r["outcome"], r["error"]["type"]), ("user_error", kind))
                self.assertEqual(self.hits(r), [])

    def test_no_files_at_all(self):
        r = self.run_code("open('/tmp/x', 'w')", profile={"files": {"work": "none"}})
        self.assertIn(r["outcome"], ("denied", "user_error"))
        self.assertIn(r["error"]["type"], ("PermissionError", "OSError"))


class Processes(CellTest):
    def test_no_fork_by_default(self):
        r = self.run_code("import os\nos.fork()")
        self.assert_limit(r, "process_limit", "processes", "0")
        self.assertEqual(r["limits"]["processes"]["limit"], 0)
        self.assertEqual(r["error"]["line"], 2)

    def test_no_subprocess_by_default(self):
        for code in (
            "import subprocess\nsubprocess.run(['/usr/bin/true'])",
            "import os\nos.posix_spawn('/usr/bin/true', ['true'], {})",
            "import multiprocessing as m\nm.get_context('fork').Process().start()",
        ):
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_limit(r, "process_limit", "processes", "0")

    def test_a_fork_refused_and_survived(self):
        r = self.run_code(
            "import os\ntry:\n    os.fork()\nexcept OSError as e:\n"
            "    print(type(e).__name__)\n"
        )
        self.assert_ok(r)
        self.assertEqual(self.hits(r), ["processes"])
        self.assertEqual(r["denials"][0]["rule"], "limits.processes")

    def test_more_processes_than_granted(self):
        code = (
            "import os, time\nprint('on', flush=True)\nfor _ in range(8):\n"
            "    if os.fork() == 0:\n        time.sleep(20); os._exit(0)\ntime.sleep(20)\n"
        )
        r = self.run_code(code, limits={"processes": 4, "threads": 1, "wall": "3s"})
        self.assert_limit(r, "process_limit", "processes", "4")
        self.assertEqual(r["limits"]["processes"]["limit"], 4)
        self.assertGreaterEqual(r["limits"]["processes"]["peak"], 4)
        self.assertEqual(r["stdout"], "on\n")

    def test_as_many_as_granted(self):
        code = (
            "import os\npids = []\nr, w = os.pipe()\nfor n in range(4):\n"
            "    pid = os.fork()\n    if pid == 0:\n        os.close(w); os.read(r, 1)\n"
            "        os._exit(n)\n    pids.append(pid)\nos.close(r); os.close(w)\n"
            "print([os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]) for p in pids])\n"
        )
        r = self.run_code(code, limits={"processes": 4})
        self.assert_ok(r, "[0, 1, 2, 3]\n")
        self.assertFalse(r["limits"]["processes"]["hit"])

    def test_a_fork_bomb(self):
        for code in (
            "import os\nwhile True: os.fork()",
            "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        ):
            with self.subTest(code=code):
                r = self.run_code(code, limits={"processes": 4, "wall": "1s", "cpu": "1s"})
                self.assertIn(r["outcome"], ("process_limit", "wall_limit", "cpu_limit"))
                self.assertTrue(r["limits"]["processes"]["hit"])

    def test_threads(self):
        code = (
            "import threading, time\nprint('on', flush=True)\nfor _ in range(100):\n"
            "    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
        )
        r = self.run_code(code, limits={"threads": 8})
        self.assert_limit(r, "process_limit", "threads", "8")
        self.assertEqual(r["limits"]["threads"]["limit"], 8)
        self.assertEqual(r["stdout"], "on\n")

    def test_as_many_threads_as_granted(self):
        code = (
            "import threading\nb = threading.Barrier(9)\n"
            "t = [threading.Thread(target=b.wait) for _ in range(8)]\n"
            "[x.start() for x in t]\nb.wait()\n[x.join() for x in t]\nprint('met')\n"
        )
        self.assert_ok(self.run_code(code, limits={"threads": 8}), "met\n")

    def test_a_thread_refused_and_survived(self):
        code = (
            "import threading, time\ntry:\n    for _ in range(100):\n"
            "        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
            "except RuntimeError as e:\n    print(e)\n"
        )
        r = self.run_code(code, limits={"threads": 8})
        self.assert_ok(r, "can't start new thread\n")
        self.assertEqual(self.hits(r), ["threads"])


class Sizes(CellTest):
    def test_source_limit(self):
        r = self.run_code("#" * 2000, limits={"source": "1KiB"})
        self.assert_limit(r, "source_limit", "source", "1KiB")
        self.assertEqual(r["limits"]["source"]["peak_bytes"], 2000)
        self.assertEqual(r["stdout"], "")

    def test_source_of_exactly_the_limit(self):
        self.assert_ok(self.run_code("#" * 1024, limits={"source": "1KiB"}))

    def test_result_limit_of_the_value(self):
        r = self.run_code("print('on')\n'x' * 100000", limits={"result": "64KiB"})
        self.assert_limit(r, "result_limit", "result", "64KiB")
        self.assertEqual(r["limits"]["result"]["limit_bytes"], 65536)
        self.assertEqual(r["stdout"], "on\n")
        self.assertIsNone(r["value"])

    def test_result_limit_of_displays(self):
        code = (
            "class A:\n    def _repr_html_(self): return 'x' * 10000\n"
            "while True: display(A())\n"
        )
        r = self.run_code(code, limits={"result": "64KiB"})
        self.assert_limit(r, "result_limit", "result", "64KiB")
        self.assertGreaterEqual(len(r["displays"]), 5)
        self.assertGreater(r["limits"]["result"]["peak_bytes"], 65536)

    def test_one_display_that_is_too_large(self):
        code = (
            "class A:\n    def _repr_html_(self): return 'x' * 200000\n"
            "try:\n    display(A())\nexcept ValueError as e:\n    print(e)\n"
        )
        r = self.run_code(code, limits={"result": "64KiB"})
        self.assert_ok(r, "a display of more than limits.result (65536 bytes)\n")

    def test_variables_that_are_too_large_are_left_out(self):
        r = self.run_code("a = 1\nb = 'x' * 200000\nc = 3\n", limits={"result": "64KiB"})
        self.assert_ok(r)
        self.assertEqual(r["variables"], {"a": 1, "c": 3})

    def test_very_many_displays(self):
        r = self.run_code("while True: display(1)", limits={"wall": "10s"})
        self.assertEqual(r["outcome"], "result_limit")


if __name__ == "__main__":
    unittest.main()
