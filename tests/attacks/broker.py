# SPDX-License-Identifier: Apache-2.0
"""A caller of libcloche, under attack: one engine, jobs on stdin, reports on stdout.

Owns the engine and what can only be seen from the caller's own process: what its
cells use while they run, and how it does itself. Must not know what an attack is
for. Runs as the user it is started as; CLOCHE_ABLATE is read by the library.

    stdin   one JSON object a line: {code, argv, profile, beside, files}
    stdout  one JSON object a line: {result, neighbour, next, peak, self}
"""

import contextlib
import ctypes
import hashlib
import json
import os
import signal
import sys
import threading
import time

C = ctypes
ONE_SHOT = 1
STDIN_FD = 1
# The first run of a broker starts its engine's helpers.
FDS_GROWTH = 8


class Error(C.Structure):
    _fields_ = [("code", C.c_int), ("sys", C.c_int), ("msg", C.c_char * 248)]


class Options(C.Structure):
    _fields_ = [("size", C.c_size_t), ("helper_dir", C.c_char_p), ("cgroup_dir", C.c_char_p),
                ("standby", C.c_uint), ("flags", C.c_uint)]


class Limit(C.Structure):
    _fields_ = [("key", C.c_char_p), ("value", C.c_char_p)]


class File(C.Structure):
    _fields_ = [("name", C.c_char_p), ("data", C.c_void_p), ("len", C.c_size_t)]


OUTPUT = C.CFUNCTYPE(None, C.c_void_p, C.c_int, C.POINTER(C.c_char), C.c_size_t)


class Request(C.Structure):
    _fields_ = [("size", C.c_size_t), ("profile", C.c_char_p), ("code", C.c_char_p),
                ("code_len", C.c_size_t), ("filename", C.c_char_p),
                ("argv", C.POINTER(C.c_char_p)), ("stdin_data", C.c_void_p),
                ("stdin_len", C.c_size_t), ("stdin_fd", C.c_int),
                ("files", C.POINTER(File)), ("n_files", C.c_size_t),
                ("limits", C.POINTER(Limit)), ("n_limits", C.c_size_t), ("flags", C.c_uint),
                ("on_output", OUTPUT), ("ctx", C.c_void_p)]


class Where(C.Structure):
    _fields_ = [("bytes", C.c_char * 4096)]


class Failed(Exception):
    pass


class Engine:
    """libcloche, as far as this needs it."""

    def __init__(self, library, policy, flags=ONE_SHOT):
        self.lib = C.CDLL(library)
        self.lib.cloche_run_wait.argtypes = [C.c_void_p, C.c_int64, C.c_void_p, C.c_void_p]
        self.lib.cloche_result_json.argtypes = [C.c_void_p, C.c_void_p, C.c_void_p]
        self.lib.cloche_run_free.argtypes = [C.c_void_p]
        self.err = Error()
        policy_p = C.c_void_p()
        self._check(self.lib.cloche_policy_load(policy.encode(), C.byref(policy_p),
                                                C.byref(Where()), C.byref(self.err)))
        options = Options(size=C.sizeof(Options), flags=flags)
        self.engine = C.c_void_p()
        self._check(self.lib.cloche_engine_new(C.byref(options), policy_p,
                                               C.byref(self.engine), C.byref(self.err)))

    def _check(self, rc):
        if rc != 0:
            raise Failed(self.err.msg.decode(errors="replace"))

    def start(self, code, argv, profile, files=(), stdin_fd=-1, on_output=None, flags=0):
        code = code.encode()
        args = (C.c_char_p * (len(argv) + 1))(*[a.encode() for a in argv], None)
        kept = [C.create_string_buffer(data, len(data)) for _, data in files]
        array = (File * max(1, len(files)))(
            *[File(n.encode(), C.cast(k, C.c_void_p), len(d))
              for (n, d), k in zip(files, kept)])
        callback = OUTPUT(on_output) if on_output else OUTPUT()
        r = Request(size=C.sizeof(Request), profile=profile.encode(), code=code,
                    code_len=len(code), filename=b"attack.py", argv=args, stdin_fd=stdin_fd,
                    files=array, n_files=len(files),
                    flags=flags | (STDIN_FD if stdin_fd >= 0 else 0), on_output=callback)
        run = C.c_void_p()
        self._check(self.lib.cloche_run_start(self.engine, C.byref(r), C.byref(run),
                                              C.byref(Where()), C.byref(self.err)))
        return run, (args, kept, array, callback)

    def finish(self, run):
        result = C.c_void_p()
        self._check(self.lib.cloche_run_wait(run, -1, C.byref(result), C.byref(self.err)))
        text = C.c_char_p()
        self._check(self.lib.cloche_result_json(result, C.byref(text), C.byref(self.err)))
        parsed = json.loads(text.value.decode(errors="replace"))
        C.CDLL(None).free(text)
        self.lib.cloche_run_free(run)
        return parsed

    def pids(self):
        array = (C.c_int * 256)()
        n = self.lib.cloche_engine_pids(self.engine, array, 256)
        return list(array[:min(n, 256)])


def children(pid):
    found = []
    try:
        for tid in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{tid}/children", encoding="ascii") as f:
                found += [int(p) for p in f.read().split()]
    except OSError:
        pass
    return found


def status_kb(pid, *keys):
    values = dict.fromkeys(keys, 0)
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as f:
            for line in f:
                key, _, rest = line.partition(":")
                if key in values:
                    values[key] = int(rest.split()[0])
    except (OSError, ValueError):
        pass
    return [values[k] for k in keys]


def is_init(pid):
    """The init of a cell's PID namespace: it shares the zygote's memory and has no
    descriptor open, which a cell in its life always has."""
    try:
        return not os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return False


def is_alive(pid):
    """Not gone, and more than an entry that its new parent has not looked at yet."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as f:
            return f.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False


class Monitor(threading.Thread):
    """What the trees of cells use, looked at every few milliseconds: the most that
    was seen of tasks, descriptors, memory with page tables, and nameless files."""

    def __init__(self, roots):
        super().__init__(daemon=True)
        self.roots, self.over = roots, threading.Event()
        self.inits = [pid for pid in roots if is_init(pid)]
        self.seen = set()
        self.peak = {"tasks": 0, "fds": 0, "memory_kb": 0, "memfd_kb": 0, "nice": 0}

    def tree(self):
        todo, seen = list(self.roots), []
        while todo:
            pid = todo.pop()
            if pid not in seen:
                seen.append(pid)
                todo += children(pid)
        self.seen.update(seen)
        return [pid for pid in seen if pid not in self.inits]

    def look(self):
        tasks = memory = memfd = 0
        for pid in self.tree():
            threads, anon, shmem, tables = status_kb(pid, "Threads", "RssAnon", "RssShmem",
                                                     "VmPTE")
            tasks += threads
            memory += anon + shmem + tables
            try:
                fds = os.listdir(f"/proc/{pid}/fd")
                self.peak["fds"] = max(self.peak["fds"], len(fds))
                for fd in fds:
                    if os.readlink(f"/proc/{pid}/fd/{fd}").startswith("/memfd:"):
                        memfd += os.stat(f"/proc/{pid}/fd/{fd}").st_blocks // 2
                self.peak["nice"] = min(self.peak["nice"], os.getpriority(os.PRIO_PROCESS, pid))
            except OSError:
                pass
        for key, value in (("tasks", tasks), ("memory_kb", memory), ("memfd_kb", memfd)):
            self.peak[key] = max(self.peak[key], value)

    def run(self):
        while not self.over.wait(0.005):
            self.look()

    def stop(self):
        self.over.set()
        self.join()
        return self.peak

    def left(self):
        """Who of those that were seen still runs; the end may take a moment."""
        end = time.monotonic() + 1
        while time.monotonic() < end:
            alive = [p for p in self.seen if is_alive(p)]
            if not alive:
                return []
            time.sleep(0.01)
        for pid in alive:  # noted: it need not stay for the next attack
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        return alive


def own_state():
    with open("/proc/self/mountinfo", "rb") as f:
        mounts = hashlib.sha256(f.read()).hexdigest()[:16]
    return {"rss_kb": status_kb("self", "VmRSS")[0], "peak_kb": status_kb("self", "VmHWM")[0],
            "fds": len(os.listdir("/proc/self/fd")), "hostname": os.uname().nodename,
            "domain": domain_name(), "mounts": mounts}


def own_state_at_rest(before):
    """What a run had is given back by the engine's thread, a moment later."""
    end = time.monotonic() + 2
    while True:
        state = own_state()
        if state["fds"] <= before["fds"] + FDS_GROWTH or time.monotonic() > end:
            return state
        time.sleep(0.002)


def domain_name():
    buffer = C.create_string_buffer(256)
    C.CDLL(None).getdomainname(buffer, 256)
    return buffer.value.decode(errors="replace")


class Neighbour:
    """A second run of the same zygote: up before the attack, asked how it is after."""

    def __init__(self, engine, job):
        self.engine, self.said = engine, b""
        self.is_up = threading.Event()
        before = set(engine.pids())
        reader, self.writer = os.pipe2(os.O_CLOEXEC)
        self.reader = reader
        self.run, self.kept = engine.start(job["beside"], job["argv"], job["profile"],
                                           stdin_fd=reader, on_output=self._output)
        self.is_up.wait(5)
        self.pids = [p for p in engine.pids() if p not in before]

    def _output(self, _ctx, _stream, data, length):
        self.said += data[:length]
        if b"UP" in self.said:
            self.is_up.set()

    def finish(self):
        os.close(self.writer)
        result = self.engine.finish(self.run)
        os.close(self.reader)
        return result


def cell_of(pids):
    """The cell among new processes of the engine, or 0."""
    return next((pid for pid in cells_of(pids) if not is_init(pid)), 0)


def cells_of(pids):
    """Children of a zygote, which is a child of the launcher, which is our child."""
    return [pid for pid in pids
            if status_kb(status_kb(status_kb(pid, "PPid")[0], "PPid")[0], "PPid")[0]
            == os.getpid()]


def do(engine, job):
    report = {"self_before": own_state()}
    neighbour = None
    baseline = set()
    if job.get("beside"):
        neighbour = Neighbour(engine, job)
        told = json.loads(job["argv"][0])
        told["neighbour_said"] = neighbour.said.decode(errors="replace")
        told["neighbour_pid"] = cell_of(neighbour.pids)
        told["neighbour_pids"] = neighbour.pids
        job["argv"][0] = json.dumps(told)
        baseline = set(engine.pids())
    hold = threading.Event()
    said = bytearray()

    def heard(_ctx, _stream, data, length):
        if len(said) < 4096:
            said.extend(data[:length])
        if b"HOLD" in said:
            hold.set()

    files = [(n, open(p, "rb").read()) for n, p in job.get("files", {}).items()]
    run, kept = engine.start(job["code"], job["argv"], job["profile"], files,
                             on_output=heard if job.get("probe") else None)
    fresh = [p for p in engine.pids() if p not in baseline]
    monitor = Monitor(cells_of(fresh))
    monitor.start()
    report["probe"] = None
    if job.get("probe"):
        hold.wait(3)
        report["probe"] = probe(engine, job["profile"])
    report["result"] = engine.finish(run)
    report["peak"] = monitor.stop()
    report["neighbour"] = neighbour.finish() if neighbour else None
    report["self"] = own_state_at_rest(report["self_before"])
    report["left"] = monitor.left()
    report["next"] = probe(engine, job["profile"])
    del kept
    return report


def probe(engine, profile):
    """What a run that has only to work says, or why it does not."""
    try:
        run, kept = engine.start("print(6 * 7)", [], profile)
        del kept
        result = engine.finish(run)
        return result["stdout"] or result["reason"]
    except Failed as e:
        return str(e)


def main():
    library, policy = sys.argv[1:3]
    signal.signal(signal.SIGWINCH, signal.SIG_DFL)
    engine = None
    for line in sys.stdin:
        job = json.loads(line)
        try:
            if engine is None:
                engine = Engine(library, policy)
            report = do(engine, job)
        except Failed as e:
            report = {"refused": str(e)}
        print(json.dumps(report), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
