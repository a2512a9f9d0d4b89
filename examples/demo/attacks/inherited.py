# SPDX-License-Identifier: Apache-2.0
# class: D8
# tries: find secrets in environment and open files
# ENOENT: no environment
# EBADF: no files
# bare: yes
if "CLOCHE_DEMO_SECRET" in os.environ:
    print(os.environ["CLOCHE_DEMO_SECRET"])
else:
    refused(errno.ENOENT, "CLOCHE_DEMO_SECRET")
for who in ("self", 1):
    attempt("environ", lambda: open(f"/proc/{who}/environ").read())
for fd in range(3, 250):
    try:
        os.fstat(fd)
        reached(f"descriptor {fd}")
    except OSError as e:
        last = e.errno
refused(last, "descriptors")
