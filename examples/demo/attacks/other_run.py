# SPDX-License-Identifier: Apache-2.0
# class: D7
# tries: find what another run holds just now
# ENOENT: a file system of its own
for path in ("/work/secret", "/tmp/secret", "/dev/shm/secret"):
    attempt(path, lambda: open(path).read())
    for pid in range(1, 20):
        if pid != os.getpid():
            attempt("root", lambda: open(f"/proc/{pid}/root" + path).read())
