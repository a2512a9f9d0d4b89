# SPDX-License-Identifier: Apache-2.0
"""Leave a process that changes a directory into a link and back while the broker collects.

class: B3
effect: the name of an entry of the host's directory, which is a secret, is in the result
profile: many
always: files are collected when nobody is left who could change them
"""
if os.fork() == 0:
    os.setsid()
    for fd in range(3):
        os.close(fd)
    end = time.monotonic() + 3
    while time.monotonic() < end:
        try:
            os.mkdir("/work/d")
            os.rmdir("/work/d")
            os.symlink(T["paths"]["list"], "/work/d")
            os.unlink("/work/d")
        except OSError:
            pass
    os._exit(0)
time.sleep(0.1)
