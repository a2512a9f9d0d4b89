# SPDX-License-Identifier: Apache-2.0
"""The host under attack: what must not be read, reached, changed or stopped.

Owns the canaries and how an effect on them is noticed. Must not know any attack.
Every canary of reading holds the run's token; whatever brings the token into what
an attack prints, has read one. Canaries of changing are looked at after each job
and put back. Threads: one for each listener, which only note who came.

Everything is made for this and is undone by close(); the machine's own files,
names and processes are not touched: the broker lives in a mount and a UTS
namespace of its own where the caller is root.
"""

import contextlib
import ctypes
import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
CLONE_NEWNS, CLONE_NEWUTS, MS_REC, MS_PRIVATE = 0x20000, 0x4000000, 0x4000, 1 << 18
PR_SET_CHILD_SUBREAPER = 36
IPC_CREAT, IPC_RMID, SETVAL, GETVAL = 0o1000, 0, 16, 12

VICTIM = """
import ctypes, os, signal, sys
token = sys.argv[1].encode()
memory = ctypes.create_string_buffer(token + b"-memory")
fd = os.memfd_create("victim"); os.write(fd, token + b"-descriptor")
signal.signal(signal.SIGWINCH, lambda *_: os.write(1, b"signalled\\n"))
print(ctypes.addressof(memory), fd, flush=True)
for line in sys.stdin:
    whole = memory.value == token + b"-memory"
    print("well" if whole else "changed", os.getpriority(os.PRIO_PROCESS, 0),
          len(os.sched_getaffinity(0)), __import__("resource").getrlimit(6), flush=True)
"""


class Victim:
    """A process of the caller's (or of somebody else) that must come to no harm."""

    def __init__(self, token, uid):
        as_uid = {"user": uid, "group": uid, "extra_groups": []} if os.geteuid() == 0 else {}
        self.token, self.as_uid = token, as_uid
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", "-c", VICTIM, self.token], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env={"CANARY": self.token + "-environ"}, cwd="/",
            **self.as_uid)
        self.address, self.fd = (int(w) for w in self.process.stdout.readline().split())
        self.well = self.ask()

    def ask(self):
        try:
            self.process.stdin.write(b"?\n")
            self.process.stdin.flush()
            ready = select.select([self.process.stdout], [], [], 2)[0]
            return self.process.stdout.readline().decode().strip() if ready else "stopped"
        except OSError:
            return "dead"

    def harm(self):
        """What was done to it since, or None; it is then started anew."""
        now = self.ask()
        if now == self.well:
            return None
        self.close()
        self.start()
        return f"victim: {now or 'dead'} (was {self.well})"

    def close(self):
        with contextlib.suppress(OSError):
            self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            self.process.stdin.close()  # what was not read is lost
        self.process.stdout.close()


class Listener(threading.Thread):
    """Notes that somebody came."""

    def __init__(self, name, family, kind, address):
        super().__init__(daemon=True)
        self.name_, self.came = name, 0
        self.socket = socket.socket(family, kind)
        self.socket.bind(address)
        if kind == socket.SOCK_STREAM:
            self.socket.listen(8)
        self.start()

    def run(self):
        while True:
            try:
                if self.socket.type == socket.SOCK_STREAM:
                    self.socket.accept()[0].close()
                else:
                    self.socket.recv(100)
                self.came += 1
            except OSError:
                return

    def taken(self):
        came, self.came = self.came, 0
        return f"{self.name_} was reached" if came else None


class Host:
    """All canaries, for one caller."""

    def __init__(self, who):
        self.who = who
        self.is_root = os.geteuid() == 0
        # Users of our own, where the caller is root: the ordinary caller and a third party.
        # By process, so that two of these at a time do not signal each other's victims.
        ordinary = 60100 + os.getpid() % 2000 * 2
        self.other_uid = ordinary + 1
        self.uid = 0 if who == "root" else ordinary if self.is_root else os.geteuid()
        self.token = "tkn" + secrets.token_hex(12)
        self.abstract = "cloche-" + secrets.token_hex(8)
        self.dir = tempfile.mkdtemp(prefix="cloche-attacks-", dir="/var/tmp")
        os.chmod(self.dir, 0o755)
        self.undo = [lambda: shutil.rmtree(self.dir, ignore_errors=True),
                     lambda: os.unlink(self.paths["shm"])]
        self.offers = set()
        self.paths = {"shm": "/dev/shm/cloche-" + secrets.token_hex(8)}
        self._make_files()
        self._make_listeners()
        self._make_ipc()
        self.victim = Victim(self.token, self.uid)
        self.undo.append(lambda: self.victim.close())
        self.other = Victim(self.token, self.other_uid) if self.is_root else None
        if self.other:
            self.undo.append(lambda: self.other.close())
        self.cgroup = self._make_cgroup()
        with contextlib.suppress(OSError), open("/proc/sys/kernel/io_uring_disabled",
                                                encoding="ascii") as f:
            if f.read().strip() == "0":  # else nobody without rights may have one
                self.offers.add("io_uring")
        for name in ("vda", "sda", "nvme0n1", "xvda", "loop0"):
            with contextlib.suppress(OSError):
                os.close(os.open("/dev/" + name, os.O_RDONLY))
                self.offers.add("disk")
        if self._has_ia32():
            self.offers.add("ia32")
        self.files_were = self._files()

    def _own(self, path, uid=None):
        if self.is_root:
            os.chown(path, self.uid if uid is None else uid, -1, follow_symlinks=False)

    def _make_files(self):
        place = os.path.join(self.dir, "files")
        os.mkdir(place)
        os.chmod(place, 0o755)
        self._own(place)
        rows = (("private", 0o600, None), ("public", 0o644, None), ("writable", 0o666, None),
                ("other", 0o600, self.other_uid))
        for name, mode, uid in rows:
            path = os.path.join(place, name)
            with open(path, "w", encoding="ascii") as f:
                f.write(f"{self.token}-{name}\n")
            os.chmod(path, mode)
            self._own(path, uid)
            self.paths[name] = path
        self.paths["link"] = os.path.join(place, "link")
        os.symlink(self.token + "-link", self.paths["link"])
        self.paths["list"] = os.path.join(place, "list")
        os.makedirs(os.path.join(self.paths["list"], self.token + "-entry"))
        self.paths["open"] = os.path.join(place, "open")
        os.mkdir(self.paths["open"])
        os.chmod(self.paths["open"], 0o777)
        self._own(self.paths["open"])
        self.paths["mount"] = os.path.join(place, "mount")
        os.mkdir(self.paths["mount"])
        with open(self.paths["shm"], "w", encoding="ascii") as f:
            f.write(self.token + "-shm")
        os.chmod(self.paths["shm"], 0o666)

    def _make_listeners(self):
        self.paths["socket"] = os.path.join(self.dir, "socket")
        stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
        self.listeners = [
            Listener("tcp", socket.AF_INET, stream, ("127.0.0.1", 0)),
            Listener("udp", socket.AF_INET, datagram, ("127.0.0.1", 0)),
            Listener("abstract", socket.AF_UNIX, stream, "\0" + self.abstract),
            Listener("pathname", socket.AF_UNIX, stream, self.paths["socket"]),
            Listener("pathname datagram", socket.AF_UNIX, datagram, self.paths["socket"] + ".d"),
        ]
        for path in (self.paths["socket"], self.paths["socket"] + ".d"):
            os.chmod(path, 0o777)
        self.ports = [x.socket.getsockname()[1] for x in self.listeners[:2]]
        self.undo += [x.socket.close for x in self.listeners]

    def _make_ipc(self):
        self.key = int(secrets.token_hex(3), 16) + 1
        self.shm = libc.shmget(self.key, 4096, IPC_CREAT | 0o666)
        self.msg = libc.msgget(self.key, IPC_CREAT | 0o666)
        self.sem = libc.semget(self.key, 1, IPC_CREAT | 0o666)
        if min(self.shm, self.msg, self.sem) < 0:
            return
        self.offers.add("sysv")
        at = libc.shmat(self.shm, None, 0)
        text = (self.token + "-sysv").encode()
        ctypes.memmove(at, text, len(text))
        self.undo += [lambda: libc.shmctl(self.shm, IPC_RMID, None),
                      lambda: libc.msgctl(self.msg, IPC_RMID, None),
                      lambda: libc.semctl(self.sem, 0, IPC_RMID)]

    def _ipc_harm(self):
        if "sysv" not in self.offers:
            return
        buffer = ctypes.create_string_buffer(264)
        if libc.msgrcv(self.msg, buffer, 256, 0, 0o4000) >= 0:
            yield "a System V message came"
        if libc.semctl(self.sem, 0, GETVAL) != 0:
            libc.semctl(self.sem, 0, SETVAL, 0)
            yield "a System V semaphore changed"

    def _make_cgroup(self):
        """A cgroup of the broker's own, whose name is a secret: v2, without controllers."""
        if self.who != "root":
            return None
        with open("/proc/mounts", encoding="ascii") as f:
            roots = [line.split()[1] for line in f if line.split()[2] == "cgroup2"]
        for root in roots:
            path = os.path.join(root, self.token + "-cgroup")
            with contextlib.suppress(OSError):
                os.mkdir(path)
                self.offers.add("cgroup2")
                self.undo.append(lambda: os.rmdir(path))
                return path
        return None

    @staticmethod
    def _has_ia32():
        """Does int 0x80 work here?  Tried in a process that may die of it."""
        try_it = ("import ctypes, mmap; m = mmap.mmap(-1, 4096, prot=7); "
                  "m.write(b'\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3'); "
                  "f = ctypes.CFUNCTYPE(ctypes.c_int)("
                  "ctypes.addressof(ctypes.c_char.from_buffer(m))); "
                  "raise SystemExit(f() <= 0)")
        return (os.uname().machine == "x86_64" and subprocess.run(
            ["/usr/bin/python3", "-c", try_it], check=False).returncode == 0)

    def _files(self):
        """Everything about the canary files that an attack could change."""
        rows = {}
        for name in ("private", "public", "writable", "other", "shm", "open", "list"):
            path = self.paths[name]
            try:
                st = os.stat(path)
                text = open(path, "rb").read() if os.path.isfile(path) else os.listdir(path)
                rows[name] = (st.st_mode, st.st_uid, st.st_mtime_ns if name != "open" else 0,
                              str(text), str(sorted(os.listxattr(path))))
            except OSError as e:
                rows[name] = str(e)
        rows["dir"] = str(sorted(os.listdir(os.path.join(self.dir, "files"))))
        return rows

    def processes(self):
        """Those that are ours and stay."""
        return [v.process for v in (self.victim, self.other) if v]

    def harms(self):
        """What was done to the host since the last time; put right again."""
        found = [x.taken() for x in self.listeners]
        for victim in (self.victim, self.other):
            found.append(victim.harm() if victim else None)
        now = self._files()
        for name, was in self.files_were.items():
            if now.get(name) != was:
                found.append(f"file {name}: {was} became {now.get(name)}")
        if now != self.files_were:
            shutil.rmtree(os.path.join(self.dir, "files"), ignore_errors=True)
            self._make_files()
            self.files_were = self._files()
        if self.cgroup:
            for name in os.listdir(self.cgroup):
                if os.path.isdir(os.path.join(self.cgroup, name)):
                    os.rmdir(os.path.join(self.cgroup, name))
                    found.append("a cgroup was made")
        found += self._ipc_harm()
        return [x for x in found if x]

    def told(self):
        """What an attack is told: where the canaries are, not what they hold."""
        told = {"paths": self.paths, "tcp": self.ports[0],
                "udp": self.ports[1], "key": self.key, "abstract": self.abstract,
                "victim": self.victim.process.pid, "victim_address": self.victim.address,
                "victim_fd": self.victim.fd, "uid": self.uid,
                "other": self.other.process.pid if self.other else 0}
        # Not as it is, or printing the arguments would look like a leak.
        told["token_hex"] = self.token.encode().hex()
        told["handle"] = self._handle(self.paths["private"])
        return told

    def _handle(self, path):
        """A file handle, as name_to_handle_at gives it: what such an attack guesses."""
        buffer = ctypes.create_string_buffer(8 + 128)
        ctypes.memmove(buffer, (128).to_bytes(4, sys.byteorder), 4)
        mount = ctypes.c_int()
        if libc.name_to_handle_at(-100, path.encode(), buffer, ctypes.byref(mount), 0) != 0:
            return ""
        size = int.from_bytes(buffer.raw[:4], sys.byteorder)
        return buffer.raw[:8 + size].hex()

    def spawn_broker(self, stage, assurance, ablate):
        """A broker under attack, as the caller this host is for."""
        env = {"PATH": "/usr/bin:/bin", "CLOCHE_HELPER_DIR": stage.bin, "HOME": self.dir,
               "CLOCHE_ABLATE": ",".join(ablate), "CANARY": self.token + "-environ"}
        leak = os.open(self.paths["private"], os.O_RDONLY)
        os.set_inheritable(leak, True)

        def become():
            if self.is_root:
                assert libc.unshare(CLONE_NEWNS | CLONE_NEWUTS) == 0
                assert libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None) == 0
                name = (self.token + "-host").encode()
                assert libc.sethostname(name, len(name)) == 0
                domain = (self.token + "-domain").encode()
                assert libc.setdomainname(domain, len(domain)) == 0
            if self.cgroup:
                with open(os.path.join(self.cgroup, "cgroup.procs"), "w", encoding="ascii") as f:
                    f.write(str(os.getpid()))
            if self.is_root and self.uid:
                os.setgroups([])
                os.setresgid(self.uid, self.uid, self.uid)
                os.setresuid(self.uid, self.uid, self.uid)

        process = subprocess.Popen(
            ["/usr/bin/python3", "-B", stage.broker, stage.lib, stage.policies[assurance]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd="/", pass_fds=(leak,),
            preexec_fn=become)
        os.close(leak)
        return process

    def close(self):
        for act in reversed(self.undo):
            with contextlib.suppress(OSError):
                act()


def ask(process, job, timeout_s=60):
    """One job to a broker; its report, or {"gone": why}."""
    try:
        process.stdin.write((json.dumps(job) + "\n").encode())
        process.stdin.flush()
        if not select.select([process.stdout], [], [], timeout_s)[0]:
            process.kill()
            return {"gone": f"the broker did not answer in {timeout_s} s"}
        line = process.stdout.readline()
        return json.loads(line) if line else {"gone": f"the broker ended: {process.wait()}"}
    except OSError as e:
        return {"gone": f"the broker ended: {e}"}


def adopt_orphans():
    """What loses its parent anywhere below becomes our child, and cannot be overlooked."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def children(pid):
    """Of each of its threads."""
    found = []
    with contextlib.suppress(OSError):
        for tid in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{tid}/children", encoding="ascii") as f:
                found += [int(child) for child in f.read().split()]
    return found


def descendants(pid):
    """Everything below a process, itself not included."""
    return [p for child in children(pid) for p in (child, *descendants(child))]


def is_alive(pid):
    """Not gone, and more than an entry that its new parent has not looked at yet."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as f:
            return f.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False


def still_there(pids, seconds=2.0):
    """Which of these processes are there after so long."""
    end = time.monotonic() + seconds
    while True:
        alive = [pid for pid in pids if is_alive(pid)]
        if not alive or time.monotonic() > end:
            return alive
        time.sleep(0.01)
