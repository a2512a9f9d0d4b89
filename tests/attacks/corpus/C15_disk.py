# SPDX-License-Identifier: Apache-2.0
"""Write and read as fast as the file system takes it, while another run wants to start.

class: C15
effect: a run at the same time does not come to its end
beside: probe
profile: brief
always: files are in memory of limits.disk, and no disk of the host is written
"""
print("HOLD", flush=True)
while True:
    fd = os.open("/work/f", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    os.write(fd, bytes(1 << 20))
    os.fsync(fd)
    os.close(fd)
