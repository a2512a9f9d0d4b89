# SPDX-License-Identifier: Apache-2.0
# Put before each attack. HOST is where the canaries of `cloche demo` are, never what
# they hold. Two kinds of line that an attack prints are read by cloche:
#   REACHED words        an effect that only the attack itself can see
#   REFUSED ENAME what   how the kernel answered
import errno, json, os, socket, sys, time

HOST = json.loads(sys.argv[1])


def reached(what):
    print("REACHED", what, flush=True)


def refused(number, what):
    print("REFUSED", errno.errorcode.get(number, number), what, flush=True)


def attempt(what, act, *args):
    """Do it; None where the kernel refused."""
    try:
        result = act(*args)
    except OSError as e:
        return refused(e.errno or errno.EIO, what)
    print("DONE", what, str(result)[:4000], flush=True)
    return result if result is not None else True


# Numbers of system calls: x86-64's, arm64's.
NUMBERS = {"ptrace": (101, 117), "process_vm_readv": (310, 270), "bpf": (321, 280),
           "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "mount": (165, 40),
           "unshare": (272, 97), "io_uring_setup": (425, 425), "kexec_load": (246, 104),
           "add_key": (248, 217), "keyctl": (250, 219), "init_module": (175, 105)}


def syscall(name, *args):
    """A raw system call, as native code makes it: its result, or None."""
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    number = NUMBERS[name][os.uname().machine != "x86_64"]
    result = libc.syscall(ctypes.c_long(number), *[
        ctypes.c_long(a) if isinstance(a, int) else a for a in args])
    if result == -1:
        return refused(ctypes.get_errno(), name)
    return result
