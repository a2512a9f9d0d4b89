# SPDX-License-Identifier: Apache-2.0
# Put before every attack's text; runs in the cell. T is what the host tells about
# its canaries; gain() claims something that only the cell can see.
import ctypes
import errno
import json
import os
import socket
import struct
import sys
import time

T = json.loads(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int,
                      ctypes.c_int, ctypes.c_long]


_X86 = os.uname().machine == "x86_64"
NR = {name: x86 if _X86 else arm for name, x86, arm in (
    ("shmget", 29, 194), ("shmat", 30, 196), ("semget", 64, 190), ("semop", 65, 193),
    ("msgget", 68, 186), ("msgsnd", 69, 189), ("ptrace", 101, 117), ("mount", 165, 40),
    ("sethostname", 170, 161), ("setdomainname", 171, 162), ("add_key", 248, 217),
    ("request_key", 249, 218), ("keyctl", 250, 219), ("inotify_init1", 294, 26),
    ("perf_event_open", 298, 241), ("fanotify_init", 300, 262), ("prlimit64", 302, 261),
    ("name_to_handle_at", 303, 264), ("open_by_handle_at", 304, 265),
    ("process_vm_readv", 310, 270), ("process_vm_writev", 311, 271), ("kcmp", 312, 272),
    ("seccomp", 317, 277), ("memfd_create", 319, 279), ("bpf", 321, 280),
    ("userfaultfd", 323, 282), ("io_uring_setup", 425, 425), ("open_tree", 428, 428),
    ("move_mount", 429, 429), ("fsopen", 430, 430), ("pidfd_open", 434, 434),
    ("clone3", 435, 435), ("pidfd_getfd", 438, 438), ("landlock_create_ruleset", 444, 444),
    ("memfd_secret", 447, 447), ("setns", 308, 268), ("unshare", 272, 97),
    ("vmsplice", 278, 75), ("kexec_load", 246, 104), ("init_module", 175, 105),
    ("modify_ldt", 154, -1), ("quotactl", 179, 60), ("syslog", 103, 116),
    ("pivot_root", 155, 41), ("chroot", 161, 51), ("personality", 135, 92),
    ("umount2", 166, 39), ("mq_open", 240, 180), ("pkey_alloc", 330, 289),
    ("migrate_pages", 256, 238), ("lookup_dcookie", 212, 18), ("acct", 163, 89),
    ("swapon", 167, 224), ("settimeofday", 164, 170), ("mincore", 27, 232))}


def sysc(nr, *args):
    """A raw system call, by name or number: its result, or -errno."""
    nr = NR[nr] if isinstance(nr, str) else nr
    given = [a if isinstance(a, (bytes, ctypes._Pointer, ctypes.Array)) or a is None
             or hasattr(a, "_obj") else ctypes.c_long(a) for a in args]
    r = libc.syscall(ctypes.c_long(nr), *given)
    return r if r != -1 else -ctypes.get_errno()


def gain(what):
    print("GAINED", what, flush=True)


def attempt(act, *args):
    """Do it; what comes of it is printed, failures too."""
    try:
        r = act(*args)
        print(getattr(act, "__name__", "act"), "->", r, flush=True)
        return r
    except Exception as e:
        print(getattr(act, "__name__", "act"), "failed:", repr(e)[:200], flush=True)
        return None


def read_file(path, size=4096):
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return os.read(fd, size)
    finally:
        os.close(fd)
