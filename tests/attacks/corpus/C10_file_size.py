# SPDX-License-Identifier: Apache-2.0
"""Write a file larger than the limit.

class: C10
effect: a file is larger than limits.file_size
stopped-by: rlimits
"""
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with attempt(open, "/work/big", "wb", 0) as f:
    for i in range(4):
        attempt(f.write, b"x" * (1 << 20))
if os.stat("/work/big").st_size > 1 << 20:
    gain(f"a file of {os.stat('/work/big').st_size} bytes")
