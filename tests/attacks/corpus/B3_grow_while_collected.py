# SPDX-License-Identifier: Apache-2.0
"""Leave a process that makes files faster than they can be collected.

class: B3
effect: the broker waits or grows, or a process is there after the run
profile: many
always: files are collected when nobody is left who could change them
"""
if os.fork() == 0:
    os.setsid()
    for fd in range(3):
        os.close(fd)
    end = time.monotonic() + 3
    i = 0
    while time.monotonic() < end:
        i += 1
        try:
            with open(f"/work/f{i % 150}", "ab") as f:
                f.write(b"x" * 8192)
            os.rename(f"/work/f{i % 150}", f"/work/g{i % 150}")
        except OSError:
            pass
    os._exit(0)
time.sleep(0.1)
