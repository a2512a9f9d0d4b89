# SPDX-License-Identifier: Apache-2.0
"""Fill the private file system, by size and by number, with holes, links and directories.

class: C10
effect: more is in it than limits.disk and limits.inodes
always: the tmpfs itself has both numbers
without a mount namespace there is none to fill
"""
def fill():
    for i in range(100):
        with open(f"/work/f{i}", "wb") as f:
            f.write(b"x" * (1 << 20))


def make():
    for i in range(4000):
        os.mkdir(f"/tmp/d{i}")


def used():
    space = os.statvfs("/work")
    return (space.f_blocks - space.f_bfree) * space.f_frsize


try:
    before = used()
    attempt(fill)
    attempt(make)
    if used() - before > 8 << 20:
        gain("more than limits.disk")
    if len(os.listdir("/tmp")) + len(os.listdir("/work")) > 200:
        gain("more than limits.inodes")
except OSError as e:
    print(e)
