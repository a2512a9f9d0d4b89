# SPDX-License-Identifier: Apache-2.0
# The other run: holds secrets and a place that could be met in, waits for the end
# of its input, and tells whether anything was done to it.
token = bytes.fromhex(T["token_hex"]) + b"-neighbour"
memory = ctypes.create_string_buffer(token)
for path in ("/work/neighbour", "/tmp/neighbour"):
    attempt(lambda p=path: open(p, "wb").write(token))
shared = os.open(os.__file__, os.O_RDONLY)
meet = {}


def listen():
    meet["socket"] = socket.socket(socket.AF_UNIX)
    meet["socket"].bind("\0meet-here")
    meet["socket"].listen(4)


def segment():
    key = sysc("shmget", 0x4D454554, 4096, 0o1666)
    if key < 0:
        raise OSError(-key, "shmget")
    libc.shmat.restype = ctypes.c_void_p
    at = libc.shmat(key, None, 0)
    ctypes.memmove(at, token, len(token))


def lock():
    import fcntl
    fcntl.flock(shared, fcntl.LOCK_EX)


for act in (listen, segment, lock):
    attempt(act)
fd = attempt(os.memfd_create, "neighbour")
if fd is not None:
    os.write(fd, token)
else:
    fd = attempt(lambda: os.open("/work/neighbour", os.O_RDONLY)) or -1
print(json.dumps({"address": ctypes.addressof(memory), "fd": fd}), "UP", flush=True)
sys.stdin.read()
if "socket" in meet:
    meet["socket"].setblocking(False)
    try:
        meet["socket"].accept()
        print("HURT: somebody connected")
    except BlockingIOError:
        pass
if memory.value != token:
    print("HURT: memory changed")
print("STILL HERE")
