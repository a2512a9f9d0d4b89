# SPDX-License-Identifier: Apache-2.0
"""Frames that only others may send: a job, a fork, a plan, a readiness.

class: B8
effect: anything but verdict protocol
always: the message table says who may send what, when
"""
import random

os.write(250, struct.pack("<IB", 5, random.randrange(256)) + b"abcd")
time.sleep(0.2)
