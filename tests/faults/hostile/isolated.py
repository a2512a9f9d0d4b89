# SPDX-License-Identifier: Apache-2.0
# What a hostile cell does that has all of Python: acts out of a table, drawn by SEED,
# at full speed, one after the other or several at the same time, and an end. The driver
# (hostile.c) puts a line "SEED = n" before this text, and judges what comes of it.
import array
import ctypes
import errno
import fcntl
import gc
import mmap
import os
import random
import resource
import signal
import socket
import struct
import sys
import threading
import time

CHANNEL = 250
TYPES = (0x5A, 0x5B, 0x5C, 0x5D, 0x5E, 0x5F, 0x60)  # what a cell may say at some time
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int,
                      ctypes.c_int, ctypes.c_long]

# ---- frames -------------------------------------------------------------------


def frame(kind, body=b""):
    return struct.pack("<IB", 1 + len(body), kind) + body


def blob(data):
    return struct.pack("<I", len(data)) + data


def words(rng, most=40):
    """Bytes that are text, nearly text, or none; seldom such as no frame may have."""
    n = rng.choice((0, 1, rng.randrange(most + 1), most))
    kinds = (b"a/b", b"x", b"\x1b[31m", "\u202e\uffff".encode(), b"\xff\xfe", b"'\"<&>\n")
    if rng.random() < 0.05:
        kinds = (b"\x00", rng.randbytes(8), b"long" * 100000)
    return rng.choice(kinds)[:n] * max(1, n // 8)


def value(rng, depth=0):
    """A value as it crosses."""
    kind = rng.choice("NTFIDSLM" if depth < 5 else "NTFIDS")
    if kind == "I":
        return b"I" + rng.randbytes(8)
    if kind == "D":
        return b"D" + struct.pack("<d", rng.choice((0.0, -1.5, 1e308, float("inf"),
                                                    float("nan"))))
    if kind == "S":
        return b"S" + blob(words(rng))
    if kind == "L":
        n = rng.randrange(4)
        return b"L" + struct.pack("<I", n) + b"".join(value(rng, depth + 1) for _ in range(n))
    if kind == "M":
        n = rng.randrange(4)
        return b"M" + struct.pack("<I", n) + b"".join(
            b"S" + blob(words(rng)) + value(rng, depth + 1) for _ in range(n))
    return kind.encode()


def denial(rng):
    return frame(0x5B, struct.pack("<II", rng.choice((0, 1, 2, 13, 28, rng.getrandbits(32))),
                                   rng.choice((0, 1, rng.getrandbits(32)))) + blob(words(rng, 900)))


def audit(rng):
    return frame(0x5C, struct.pack("<I", rng.getrandbits(16))
                 + blob(rng.choice((b"import", b"os.system", words(rng)))) + blob(words(rng, 900)))


def display(rng):
    kinds = (b"text/plain", b"image/png", b"application/json", b"", words(rng, 90))
    n = rng.randrange(4)
    return frame(0x5D, struct.pack("<I", n) + b"".join(
        blob(rng.choice(kinds)) + bytes([rng.randrange(3)])
        + blob(rng.choice((b"{}", b"[1", words(rng, 4000)))) for _ in range(n)))


def violation(rng):
    return frame(0x5F, struct.pack("<BII", rng.randrange(12), rng.getrandbits(8),
                                   rng.getrandbits(8)) + blob(words(rng, 900)))


def finding(rng):
    return frame(0x60, struct.pack("<IIIII", rng.choice((1201, 2001, rng.getrandbits(12))),
                                   1, 1, 1, 2) + blob(words(rng)) + blob(words(rng)))


def failure(rng):
    return frame(0x5A, struct.pack("<BI", rng.randrange(9), rng.getrandbits(5))
                 + blob(words(rng, 200)))


def error(rng):
    if rng.random() < 0.5:
        return b"\0"
    n = rng.randrange(4)
    return (b"\1" + blob(words(rng)) + blob(words(rng, 300)) + struct.pack("<II", 1, 0)
            + struct.pack("<I", n) + b"".join(
                struct.pack("<I", i) + blob(words(rng)) + blob(words(rng)) for i in range(n))
            + blob(words(rng, 300)))


def report(rng):
    """A RESULT that can be read, if its parts can."""
    n = rng.randrange(3)
    return frame(0x5E, struct.pack(
        "<BIIIIBQI", rng.randrange(7), rng.choice((0, 1, 255, 256)), rng.getrandbits(6),
        rng.getrandbits(7), rng.choice((0, errno.ENOSPC, errno.ENOMEM, rng.getrandbits(8))),
        rng.randrange(5), rng.getrandbits(64), rng.getrandbits(8))
        + blob(rng.choice((b"", value(rng)))) + blob(words(rng, 300))
        + struct.pack("<I", rng.getrandbits(4))
        + blob(b"M" + struct.pack("<I", n) + b"".join(
            b"S" + blob(words(rng)) + value(rng, 3) for _ in range(n)))
        + error(rng) + struct.pack("<I", n) + struct.pack("<BQ", 1, rng.getrandbits(64)) * n
        + rng.randbytes(16))


MAKERS = (denial, audit, display, violation, finding, failure, report)


def some_frame(rng):
    return rng.choice(MAKERS)(rng)


def mutated(rng, data):
    """Some bytes changed, cut out, put in or said twice."""
    data = bytearray(data)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(data) + 1)
        what = rng.randrange(4)
        if what == 0 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif what == 1:
            del data[at:at + rng.randrange(9)]
        elif what == 2:
            data[at:at] = rng.randbytes(rng.randrange(9))
        else:
            data[at:at] = data[at:at + rng.randrange(64)]
    return bytes(data)


# ---- acts: the channel ---------------------------------------------------------


def say(rng, data, fd=CHANNEL):
    """Many times, as fast as it goes; or in pieces."""
    if rng.random() < 0.2:
        for at in range(len(data)):
            os.write(fd, data[at:at + 1])
        return
    many = data * max(1, min(64, 65536 // max(1, len(data))))
    for _ in range(rng.choice((1, 1, 10, 1000))):
        os.write(fd, rng.choice((data, many)))


def channel_garbage(rng):
    say(rng, rng.randbytes(rng.choice((1, 4, 5, 6, 100, 70000))))


def channel_polite(rng):
    """What is legal, far too much of it."""
    say(rng, rng.choice((denial, audit, display))(rng))


def channel_displays(rng):
    say(rng, frame(0x5D, struct.pack("<I", 1) + blob(b"text/plain") + b"\1"
                   + blob(b"x" * rng.choice((0, 100, 60000, 300000)))))


def channel_frames(rng):
    say(rng, b"".join(some_frame(rng) for _ in range(rng.randrange(1, 9))))


def channel_report(rng):
    say(rng, report(rng))


def channel_wrong_types(rng):
    say(rng, frame(rng.randrange(256), rng.randbytes(rng.randrange(40))))


def channel_sizes(rng):
    size = rng.choice((0, 1, 2, 511, 512, 4096, 4097, 1 << 20, (80 << 20), (80 << 20) + 1,
                       (1 << 31) - 1, 1 << 31, (1 << 32) - 1))
    say(rng, struct.pack("<IB", size, rng.choice(TYPES)) + rng.randbytes(rng.randrange(100)))


def channel_truncated(rng):
    data = some_frame(rng)
    os.write(CHANNEL, data[:rng.randrange(len(data))])


def channel_slow(rng):
    os.write(CHANNEL, struct.pack("<IB", rng.choice((100, 4096, 500000)), rng.choice(TYPES)))
    for _ in range(rng.randrange(400)):
        os.write(CHANNEL, b"\0")


def channel_mutated(rng):
    for _ in range(rng.randrange(1, 40)):
        os.write(CHANNEL, mutated(rng, some_frame(rng)))


def channel_descriptors(rng):
    with socket.socket(fileno=os.dup(CHANNEL)) as s:
        rights = array.array("i", [rng.choice((0, 1, 2, CHANNEL))] * rng.choice((1, 2, 8, 253)))
        for _ in range(rng.randrange(1, 200)):
            s.sendmsg([denial(rng)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])


def channel_urgent(rng):
    with socket.socket(fileno=os.dup(CHANNEL)) as s:
        for _ in range(rng.randrange(1, 50)):
            s.send(denial(rng), rng.choice((socket.MSG_OOB, socket.MSG_EOR, socket.MSG_MORE, 0)))


def channel_read(_rng):
    with socket.socket(fileno=os.dup(CHANNEL)) as s:
        s.recv(1 << 16, socket.MSG_DONTWAIT)


def channel_shut(rng):
    with socket.socket(fileno=os.dup(CHANNEL)) as s:
        s.shutdown(rng.randrange(3))


def channel_options(rng):
    with socket.socket(fileno=os.dup(CHANNEL)) as s:
        s.setsockopt(socket.SOL_SOCKET, rng.choice((socket.SO_SNDBUF, socket.SO_RCVBUF,
                                                    socket.SO_PASSCRED, socket.SO_SNDTIMEO)),
                     rng.choice((0, 1, 1 << 30)))


def channel_close(_rng):
    os.close(CHANNEL)


def descriptors_shuffled(rng):
    """The channel where a stream was, a stream where the channel was."""
    places = (0, 1, 2, CHANNEL, rng.randrange(3, 60))
    for _ in range(rng.randrange(1, 6)):
        os.dup2(rng.choice(places), rng.choice(places))


# ---- acts: the streams ---------------------------------------------------------


def stream_flood(rng):
    data = rng.choice((b"x", b"\xff", b"\n", b"\0", b"\x1b[2J")) * rng.choice((1, 100, 65536))
    for _ in range(rng.choice((10, 1000, 100000))):
        os.write(rng.choice((1, 2)), data)


def stream_text(rng):
    for _ in range(1000):
        print(rng.random(), file=rng.choice((sys.stdout, sys.stderr)))


def stream_close(rng):
    os.close(rng.randrange(3))


def stream_flags(rng):
    fcntl.fcntl(rng.choice((0, 1, 2, CHANNEL)), fcntl.F_SETFL,
                rng.choice((os.O_NONBLOCK, os.O_APPEND, os.O_DIRECT, os.O_ASYNC, 0)))


def stream_pipe_size(rng):
    fcntl.fcntl(rng.choice((1, 2)), 1031, rng.choice((0, 4096, 1 << 20, 1 << 30)))  # F_SETPIPE_SZ


def stream_read(rng):
    os.read(rng.choice((0, 0, 1)), 1 << 16)


def stream_vectors(rng):
    for _ in range(1000):
        os.writev(rng.choice((1, 2)), [b"y"] * rng.choice((1, 100, 1024)))


def stream_spliced(rng):
    r, w = os.pipe()
    os.write(w, b"z" * 4096)
    os.splice(r, rng.choice((1, CHANNEL)), 4096)


# ---- acts: system calls --------------------------------------------------------

NUMBERS = 470  # and some more, that no kernel has


def call(number, *args):
    return libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) for a in args))


def argument(rng):
    return rng.choice((0, 1, 2, -1, CHANNEL, os.getpid(), 4096, 1 << 32, rng.getrandbits(63),
                       id(argument), ctypes.addressof(SCRATCH)))


SCRATCH = ctypes.create_string_buffer(4096)


def calls_random(rng):
    for _ in range(rng.randrange(1, 400)):
        call(rng.randrange(NUMBERS), *(argument(rng) for _ in range(6)))


def calls_refused(rng):
    """The same again and again, each told to the broker."""
    number = rng.choice((41, 165, 175, 246, 250, 298, 321, 425, 435, 447, rng.randrange(NUMBERS)))
    for _ in range(rng.choice((3, 200, 3000))):
        call(number, 0, 0, 0)


# mov rax,rdi; mov rdi,rsi; mov rsi,rdx; mov rdx,rcx; mov r9,rax; 1: mov rax,r9; syscall;
# dec r8; jnz 1b; ret - of (number, first, second, third argument, how often)
LOOP = bytes.fromhex("4889f84889f74889d64889ca4989c14c89c80f0549ffc875f6c3")


def calls_native(rng):
    """Machine code, which no interpreter slows down."""
    if os.uname().machine != "x86_64":
        calls_refused(rng)
        return
    at = libc.mmap(None, 4096, 7, 0x22, -1, 0)
    ctypes.memmove(at, LOOP, len(LOOP))
    function = ctypes.CFUNCTYPE(*[ctypes.c_long] * 6)(at)
    number = rng.choice((1, 39, 41, 257, 250, 439, 511, rng.randrange(NUMBERS), 1 << 30 | 39))
    function(number, argument(rng), argument(rng), argument(rng), rng.choice((10, 10000, 1 << 40)))


def calls_old_door(rng):
    if os.uname().machine == "x86_64":
        at = libc.mmap(None, 4096, 7, 0x22, -1, 0)
        ctypes.memmove(at, b"\xb8" + struct.pack("<I", rng.randrange(400)) + b"\xcd\x80\xc3", 8)
        ctypes.CFUNCTYPE(ctypes.c_int)(at)()


def calls_interrupted(rng):
    """Signals while the broker looks at a refused call."""
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.0003, rng.choice((0.0001, 0.0003, 0.001)))
    calls_refused(rng)
    signal.setitimer(signal.ITIMER_REAL, 0)


def paths_refused(rng):
    for n in range(rng.choice((5, 500))):
        try:
            os.open(rng.choice(("/etc/shadow", "/usr/x", f"/proc/{n}", "/" + "y" * rng.randrange(300),
                                f"/usr/\x1b[{n}", "/dev/mem", "\udcff/\udc80")),
                    rng.choice((os.O_RDONLY, os.O_CREAT | os.O_RDWR)))
        except OSError:
            pass


# ---- acts: memory, files, processes --------------------------------------------


def memory_taken(rng):
    held = []
    while True:
        held.append(bytearray(rng.choice((1 << 10, 1 << 16, 1 << 20, 1 << 24))))


def memory_mapped(rng):
    for _ in range(rng.randrange(1, 500)):
        m = mmap.mmap(-1, 1 << rng.randrange(12, 30), rng.choice((mmap.MAP_PRIVATE, mmap.MAP_SHARED)))
        for at in range(0, min(len(m), 1 << 20), 4096):
            m[at] = 1


def memory_tables(_rng):
    size = 1 << 40
    at = libc.mmap(None, size, 1, 0x4022, -1, 0)
    libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(size), 15)
    for o in range(0, 1 << 34, 2 << 20):
        ctypes.string_at(at + o, 1)


def memory_limits(rng):
    which = rng.choice((resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_NOFILE,
                        resource.RLIMIT_STACK, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE))
    low = rng.choice((0, 1, 4096, 1 << 24))
    resource.setrlimit(which, (low, low))


def stack_overflown(rng):
    if rng.random() < 0.5:
        sys.setrecursionlimit(1 << 30)
    threading.stack_size(rng.choice((0, 32768, 1 << 20)))

    def deeper():
        deeper()
    deeper()


def files_many(rng):
    for n in range(rng.choice((3, 3000))):
        with open(f"/work/f{n}", "wb") as f:
            f.write(b"z" * rng.choice((0, 10, 10000)))


def files_large(rng):
    with open("/work/large", "wb") as f:
        while True:
            f.write(b"z" * rng.choice((4096, 1 << 20)))


def files_odd(rng):
    os.chdir("/work")
    for _ in range(rng.randrange(1, 60)):
        name = os.fsencode(rng.choice((f"n{rng.randrange(9)}", "\x1b]0;x\a", "-rf", "..x", "\n",
                                       "\udcff", "u" * 255)))
        what = rng.randrange(6)
        try:
            if what == 0:
                os.mkdir(name)
                os.chdir(name)
            elif what == 1:
                os.mkfifo(name)
            elif what == 2:
                os.symlink(rng.choice((b"/etc/passwd", name, b"..", b"/proc/self/mem")), name)
            elif what == 3:
                os.link(rng.choice((b"/work/f0", name)), name)
            elif what == 4:
                os.truncate(os.open(name, os.O_CREAT | os.O_WRONLY), rng.choice((1 << 20, 1 << 40)))
            else:
                os.chmod(name, 0)
        except OSError:
            pass


def descriptors_taken(_rng):
    while True:
        os.pipe()


def threads_taken(rng):
    for _ in range(rng.choice((3, 300))):
        threading.Thread(target=rng.choice((time.sleep, print)), args=(0.05,), daemon=True).start()


def processes_taken(rng):
    """Children that stay, each with some acts of its own."""
    for n in range(rng.choice((2, 30))):
        if os.fork() == 0:
            if rng.random() < 0.5:
                os.setsid()
            work(random.Random(SEED * 1000 + n))
            os._exit(0)


def processes_bomb(_rng):
    while True:
        try:
            os.fork()
        except OSError:
            pass


def processes_stopped(rng):
    if os.fork() == 0:
        os.kill(rng.choice((0, os.getppid(), os.getpid(), -1)), rng.choice((signal.SIGSTOP,
                                                                             signal.SIGTSTP)))
        time.sleep(9)
    os.wait()


def processes_executed(rng):
    os.execv("/proc/self/exe", rng.choice((["python3", "-c", "print(1)"], ["", "\udcff"], [""])))


# ---- acts: the interpreter -----------------------------------------------------


def interpreter_objects(rng):
    """Write over whatever lies about."""
    things = [*sys.modules.values(), int, str, dict, type, print, os.write, None, (), b"", rng]
    for _ in range(rng.randrange(1, 100)):
        at = id(rng.choice(things)) + rng.randrange(0, 512, 8)
        ctypes.memmove(at, rng.randbytes(8), rng.randrange(1, 9))


def interpreter_memory(rng):
    """Write over what belongs to the C library and the loader."""
    symbols = [ctypes.addressof(ctypes.c_char.in_dll(libc, name))
               for name in ("stdout", "environ", "stdin", "_IO_2_1_stdout_")]
    for _ in range(rng.randrange(1, 200)):
        ctypes.memmove(rng.choice(symbols) + rng.randrange(-256, 4096), rng.randbytes(8), 8)


def interpreter_emptied(rng):
    what = rng.randrange(5)
    if what == 0:
        sys.modules.clear()
    elif what == 1:
        __builtins__.__dict__.clear()
    elif what == 2:
        gc.freeze()
        for thing in gc.get_objects():
            if isinstance(thing, dict) and rng.random() < 0.01:
                thing.clear()
    elif what == 3:
        sys.stdout = sys.stderr = sys.excepthook = None
    else:
        sys.setswitchinterval(1e-9)
        sys.settrace(lambda *_: 1 / 0)


def interpreter_jumps(rng):
    ctypes.CFUNCTYPE(ctypes.c_int)(rng.choice((0, 1, id(rng), rng.getrandbits(47))))()


def interpreter_hooks(rng):
    import atexit  # pylint: disable=import-outside-toplevel
    atexit.register(rng.choice((processes_bomb, memory_taken, work)), rng)


def signals_masked(rng):
    for n in range(1, 65):
        try:
            signal.signal(n, rng.choice((signal.SIG_IGN, signal.SIG_DFL)))
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))


def signals_raised(rng):
    for _ in range(rng.choice((1, 100))):
        os.kill(rng.choice((os.getpid(), 0, -1, 1, 2)), rng.randrange(65))


ACTS = [f for name, f in list(globals().items())
        if name.partition("_")[0] in ("channel", "descriptors", "stream", "calls", "paths",
                                      "memory", "stack", "files", "threads", "processes",
                                      "interpreter", "signals")]
# Those after which little else can be: seldom, or nothing else would be tried.
FINAL = {channel_garbage, channel_wrong_types, channel_sizes, channel_mutated, channel_frames,
         channel_report, calls_random, calls_old_door, interpreter_jumps, interpreter_objects,
         processes_executed, signals_raised}


def work(rng):
    """A few acts out of the table, again and again."""
    mine = rng.sample(ACTS, rng.randrange(1, 6))
    if rng.random() < 0.5:
        mine = [act for act in mine if act not in FINAL] or [channel_polite]
    for _ in range(rng.choice((1, 3, 30, 300))):
        try:
            rng.choice(mine)(rng)
        except Exception:  # and on with the next
            pass


def end(rng):
    what = rng.randrange(12)
    if what == 0:
        os._exit(rng.randrange(256))
    elif what == 1:
        os.abort()
    elif what == 2:
        os.kill(os.getpid(), rng.randrange(1, 65))
    elif what == 3:
        while True:
            pass
    elif what == 4:
        time.sleep(60)
    elif what == 5:
        raise BaseException("\udcff" * rng.choice((1, 100000)))
    elif what == 6:
        sys.exit("bye" * rng.choice((1, 100000)))
    elif what == 7:
        os.write(CHANNEL, report(rng))
        work(rng)
    elif what == 8:
        os.closerange(0, 300)
        time.sleep(rng.choice((0, 60)))
    elif what == 9:
        os.kill(os.getpid(), signal.SIGSTOP)


rng = random.Random(SEED)
for n in range(rng.choice((0, 0, 1, 3))):
    try:
        threading.Thread(target=work, args=(random.Random(SEED * 100 + n),),
                         daemon=rng.random() < 0.7).start()
    except RuntimeError:
        pass
work(rng)
end(rng)
rng.choice((None, "x" * 1000, [[]] * 100, {"a": {"b": 1.5}}, "\udcff", 1 << 200))
