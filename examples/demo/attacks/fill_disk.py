# SPDX-License-Identifier: Apache-2.0
# class: C10
# tries: fill the disk, by bytes and by files
# ENOSPC: limits.disk: a tmpfs of its own
# EFBIG: limits.file_size
# Sixty-four MiB and two thousand files at most.
kept = 0
for n in range(8):
    try:
        with open(f"/work/big{n}", "wb") as f:
            for _ in range(8):
                kept += f.write(bytes(1 << 20))
    except OSError as e:
        refused(e.errno, "write")
made = 0
for n in range(2000):
    try:
        os.mkdir(f"/tmp/d{n}")
        made += 1
    except OSError as e:
        refused(e.errno, "mkdir")
        break
if kept > 9 << 20:
    reached(f"{kept >> 20} MiB written")
if made > 1000:
    reached(f"{made} directories")
