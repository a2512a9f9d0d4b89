# SPDX-License-Identifier: Apache-2.0
"""The standard library under a cell's filter with threads and files, without
processes: what must work, works, and what is refused says so as Python does.

Run by `filtered cell threads,files`; needs a writable directory as cwd.
"""

import asyncio
import concurrent.futures
import ctypes
import errno
import fcntl
import json
import locale
import logging
import mmap
import os
import platform
import pwd
import queue
import random
import resource
import select
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import tracemalloc
import unittest
import uuid
import zipfile
from pathlib import Path


class Works(unittest.TestCase):
    def setUp(self):
        self.dir = Path(tempfile.mkdtemp(dir="."))
        self.addCleanup(shutil.rmtree, self.dir)

    def test_files_are_made_changed_and_removed(self):
        a = self.dir / "a"
        a.write_text("text")
        a.chmod(0o600)
        os.utime(a, (1, 2))
        a.rename(self.dir / "b")
        (self.dir / "link").symlink_to("b")
        os.link(self.dir / "b", self.dir / "hard")
        (self.dir / "d" / "e").mkdir(parents=True)
        os.truncate(self.dir / "b", 2)
        self.assertEqual((self.dir / "link").read_text(), "te")
        shutil.copy2(self.dir / "b", self.dir / "copy")
        shutil.copytree(self.dir / "d", self.dir / "d2")
        shutil.move(self.dir / "copy", self.dir / "moved")
        self.assertEqual(sorted(os.listdir(self.dir)), ["b", "d", "d2", "hard", "link", "moved"])
        self.assertGreater(shutil.disk_usage(self.dir).total, 0)

    def test_archives(self):
        (self.dir / "x").write_bytes(b"x" * 100000)
        for kind in ("zip", "gztar", "bztar", "xztar"):
            name = shutil.make_archive(str(self.dir / "out"), kind, self.dir, "x")
            shutil.unpack_archive(name, self.dir / kind)
            self.assertEqual((self.dir / kind / "x").stat().st_size, 100000)
        self.assertTrue(zipfile.is_zipfile(self.dir / "out.zip"))
        self.assertTrue(tarfile.is_tarfile(self.dir / "out.tar.gz"))

    def test_temporary_files_and_descriptors(self):
        with tempfile.TemporaryFile() as f, tempfile.NamedTemporaryFile() as g:
            f.write(b"abc")
            os.fsync(f.fileno())
            os.sendfile(g.fileno(), f.fileno(), 0, 3)
            os.copy_file_range(f.fileno(), g.fileno(), 3, 0, 3)
            fcntl.lockf(f, fcntl.LOCK_EX)
            fcntl.flock(f, fcntl.LOCK_EX)
            os.set_blocking(f.fileno(), True)
            os.dup2(f.fileno(), os.dup(f.fileno()))
            os.posix_fallocate(f.fileno(), 0, 10)
        r, w = os.pipe()
        os.write(w, b"x")
        self.assertEqual(select.select([r], [], [], 1)[0], [r])
        self.assertEqual(os.read(r, 1), b"x")
        self.assertFalse(os.isatty(r))

    def test_sqlite(self):
        for mode in ("DELETE", "WAL", "MEMORY"):
            db = sqlite3.connect(self.dir / f"{mode}.db")
            db.execute(f"PRAGMA journal_mode={mode}")
            db.execute("CREATE TABLE t (a)")
            with db:
                db.executemany("INSERT INTO t VALUES (?)", [(i,) for i in range(100)])
            self.assertEqual(db.execute("SELECT sum(a) FROM t").fetchone(), (4950,))
            db.close()

    def test_mapped_files_and_memory(self):
        path = self.dir / "m"
        path.write_bytes(bytes(8192))
        with path.open("r+b") as f, mmap.mmap(f.fileno(), 0) as m:
            m[:3] = b"abc"
            m.flush()
        self.assertEqual(path.read_bytes()[:3], b"abc")
        with mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as m:
            m[0] = 1
        tracemalloc.start()
        bytearray(1 << 24)
        tracemalloc.stop()

    def test_threads(self):
        q = queue.Queue()
        threads = [threading.Thread(target=q.put, args=(i,)) for i in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(q.qsize(), 8)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            self.assertEqual(sum(pool.map(lambda x: x * x, range(10))), 285)
        fired = threading.Event()
        threading.Timer(0.01, fired.set).start()
        self.assertTrue(fired.wait(5))

    def test_asyncio(self):
        async def main():
            loop = asyncio.get_running_loop()
            await asyncio.sleep(0.01)
            a, b = socket.socketpair()
            reader, writer = await asyncio.open_connection(sock=a)
            await loop.sock_sendall(b, b"line\n")
            self.assertEqual(await reader.readline(), b"line\n")
            writer.write(b"back")
            await writer.drain()
            b.close()
            writer.close()
            return await asyncio.to_thread(lambda: 7)

        self.assertEqual(asyncio.run(main()), 7)

    def test_signals_and_timers(self):
        hits = []
        signal.signal(signal.SIGALRM, lambda *_: hits.append(1))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        time.sleep(0.2)
        signal.signal(signal.SIGUSR1, lambda *_: hits.append(2))
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        self.assertEqual(hits, [1, 2, 2, 2])

    def test_the_process_and_its_host(self):
        os.nice(1)
        resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.getrusage(resource.RUSAGE_SELF)
        os.sched_getaffinity(0)
        os.getpgid(0), os.getsid(0), os.getloadavg, os.times(), os.umask(0o22)
        platform.platform(), os.cpu_count(), locale.getlocale()
        pwd.getpwuid(0)
        time.clock_getres(time.CLOCK_MONOTONIC)
        uuid.uuid1(), uuid.uuid4(), random.SystemRandom().random()
        ssl.create_default_context()
        logging.getLogger().warning
        json.dumps({})
        self.assertEqual(ctypes.CDLL(None).getpid(), os.getpid())
        callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: x + 1)
        self.assertEqual(callback(1), 2)
        struct.pack("d", 1.0)
        self.assertTrue(sys.version)


class Refused(unittest.TestCase):
    def refused(self, error, call, *args, **kwargs):
        with self.assertRaises(OSError) as caught:
            call(*args, **kwargs)
        self.assertEqual(errno.errorcode[caught.exception.errno], errno.errorcode[error])

    def test_processes(self):
        self.refused(errno.EPERM, os.fork)
        self.refused(errno.EPERM, os.execv, "/bin/true", ["true"])
        self.refused(errno.EPERM, subprocess.run, ["/bin/true"])
        self.refused(errno.EPERM, os.posix_spawn, "/bin/true", ["true"], {})

    def test_sockets(self):
        self.refused(errno.EACCES, socket.socket)
        self.refused(errno.EACCES, socket.create_connection, ("127.0.0.1", 9))
        self.refused(errno.EACCES, socket.socket, socket.AF_UNIX)
        self.refused(errno.EAFNOSUPPORT, socket.socket, socket.AF_VSOCK)
        a, b = socket.socketpair()
        with a, b:
            self.refused(errno.EACCES, a.bind, b"name")
            self.refused(errno.EACCES, a.connect, b"name")
            self.refused(errno.EACCES, a.sendto, b"x", b"name")

    def test_what_is_the_hosts(self):
        self.refused(errno.EPERM, os.chown, ".", 0, 0)
        self.refused(errno.EPERM, os.setuid, 0)
        self.refused(errno.EPERM, os.sched_setaffinity, 0, {0})
        self.refused(errno.EPERM, os.chroot, ".")
        self.refused(errno.EPERM, time.clock_settime, time.CLOCK_REALTIME, 0)
        self.refused(errno.EPERM, socket.sethostname, "x")
        self.refused(errno.EPERM, os.setxattr, ".", "user.x", b"")
        self.refused(errno.EPERM, os.memfd_create, "x")
        self.refused(errno.EPERM, mmap.mmap, -1, 4096)
        with self.assertRaises(ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    unittest.main()
