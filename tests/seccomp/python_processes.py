# SPDX-License-Identifier: Apache-2.0
"""Processes under a cell's filter that grants them, and under a trusted one's.

Run by `filtered cell threads,files,processes,unix` and by `filtered trusted
none`; needs a writable directory as cwd.
"""

import asyncio
import concurrent.futures
import ctypes
import mmap
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

TRUSTED = "trusted" in sys.argv[1:]


def square(x):
    return x * x


def put(queue, value):
    queue.put(value)


class Processes(unittest.TestCase):
    def test_fork_exec_and_pipes(self):
        pid = os.fork()
        if pid == 0:
            os._exit(3)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 3)
        done = subprocess.run(["sh", "-c", "cat | tr a-z A-Z; exit 4"], input=b"text",
                              stdout=subprocess.PIPE, timeout=10)
        self.assertEqual((done.stdout, done.returncode), (b"TEXT", 4))
        self.assertEqual(os.system("exit 5") >> 8, 5)
        pid = os.posix_spawnp("true", ["true"], os.environ)
        self.assertEqual(os.waitpid(pid, 0)[1], 0)

    def test_signals_to_children(self):
        child = subprocess.Popen(["sleep", "60"])
        child.terminate()
        self.assertEqual(child.wait(10), -signal.SIGTERM)
        child = subprocess.Popen(["sleep", "60"], start_new_session=True)
        fd = os.pidfd_open(child.pid)
        signal.pidfd_send_signal(fd, signal.SIGKILL)
        os.close(fd)
        self.assertEqual(child.wait(10), -signal.SIGKILL)

    def test_asyncio_subprocess(self):
        async def main():
            p = await asyncio.create_subprocess_exec("cat", stdin=-1, stdout=-1)
            return (await p.communicate(b"x"))[0], p.returncode

        self.assertEqual(asyncio.run(main()), (b"x", 0))

    def test_shared_anonymous_memory(self):
        with mmap.mmap(-1, 4096) as m:
            pid = os.fork()
            if pid == 0:
                m[0] = 7
                os._exit(0)
            os.waitpid(pid, 0)
            self.assertEqual(m[0], 7)

    def test_pools(self):
        methods = ["fork", "spawn"] if TRUSTED else ["fork", "spawn", "forkserver"]
        for method in methods:
            with self.subTest(method):
                context = multiprocessing.get_context(method)
                with context.Pool(2) as pool:
                    self.assertEqual(pool.map(square, range(5)), [0, 1, 4, 9, 16])
                q = context.Queue()
                p = context.Process(target=put, args=(q, 9))
                p.start()
                self.assertEqual(q.get(timeout=30), 9)
                p.join()
        context = multiprocessing.get_context("fork")
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
            self.assertEqual(list(pool.map(square, range(3))), [0, 1, 4])

    def test_attacks_are_ended_in_a_child(self):
        for number in (101, 310, 165, 321):  # ptrace process_vm_readv mount bpf
            if os.uname().machine != "x86_64" or (TRUSTED and number in (165, 321)):
                continue
            pid = os.fork()
            if pid == 0:
                ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0, 0)
                os._exit(0)
            self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]),
                             -signal.SIGSYS)


class NamedSockets(unittest.TestCase):
    @unittest.skipIf(TRUSTED, "refused to trusted cells")
    def test_a_manager_listens_by_name(self):
        context = multiprocessing.get_context("fork")
        with context.Manager() as manager:
            d = manager.dict()
            d["a"] = 1
            self.assertEqual(dict(d), {"a": 1})

    @unittest.skipUnless(TRUSTED, "granted to this cell")
    def test_names_are_refused(self):
        self.assertRaises(PermissionError, socket.socket, socket.AF_UNIX)
        self.assertRaises(PermissionError, socket.socketpair, socket.AF_UNIX,
                          socket.SOCK_DGRAM)
        self.assertRaises(PermissionError, socket.socket)


class SetUserId(unittest.TestCase):
    @unittest.skipUnless(TRUSTED, "a cell's files are its own")
    def test_files_that_run_as_their_owner_are_refused(self):
        directory = tempfile.mkdtemp(dir=".")
        self.addCleanup(shutil.rmtree, directory)
        path = os.path.join(directory, "x")
        self.assertRaises(PermissionError, os.open, path, os.O_CREAT | os.O_WRONLY, 0o4755)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o755))
        self.assertRaises(PermissionError, os.chmod, path, 0o4755)
        os.chmod(path, 0o700)
        os.chown(path, os.getuid(), os.getgid())
        self.assertEqual(os.stat(path).st_mode & 0o7777, 0o700)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
