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


def sysc(nr, *args):
    """A raw system call: its result, or -errno."""
    given = [a if isinstance(a, (bytes, ctypes._Pointer, ctypes.Array)) or a is None
             or hasattr(a, "_obj") else ctypes.c_long(a) for a in args]
    r = libc.syscall(ctypes.c_long(nr), *given)
    return r if r != -1 else -ctypes.get_errno()


def gain(what):
    print("GAINED", T["token"], what, flush=True)


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
