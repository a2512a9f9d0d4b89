# SPDX-License-Identifier: Apache-2.0
"""The emulated machine: starts it, shows what its console says, ends it.

Owns the conversation over the serial line: guest/init prints START, then the
command's output, then END and the command's exit status.  Everything before
START is firmware and kernel, and is shown only when the machine fails.
"""

import collections
import platform
import selectors
import shutil
import subprocess
import sys
import time

EMULATOR = "qemu-system-x86_64"
START = b"cloche-vm-start"
END = b"cloche-vm-end "
KEPT_LINES = 40  # of the console, for a machine that fails
KERNEL_LINE = (
    "console=ttyS0 loglevel=3 panic=-1 edd=off mitigations=off random.trust_cpu=on rdinit=/init"
)


# Without cmpxchg16b, for which QEMU 7.2's emulation at times leaves random flags;
# the kernel's allocator has another way.
PROCESSOR = "max,cx16=off"


class Missing(Exception):
    """Something of the host that is needed and not there."""


class Failed(Exception):
    """The machine did not run the command to its end."""


def require_emulator():
    if platform.machine() != "x86_64":
        raise Missing(f"the images are made for x86_64 hosts; this is {platform.machine()}")
    if shutil.which(EMULATOR) is None:
        raise Missing(f"needs {EMULATOR} (Debian: qemu-system-x86)")


def command_line(kernel, initrd, memory_mib):
    """No acceleration: hosts of tests are often virtual machines themselves."""
    return [
        EMULATOR, "-accel", "tcg", "-cpu", PROCESSOR, "-m", str(memory_mib), "-smp", "2",
        "-nographic", "-nodefaults", "-no-user-config", "-no-reboot", "-serial", "stdio",
        "-kernel", str(kernel), "-initrd", str(initrd), "-append", KERNEL_LINE,
    ]  # fmt: skip


def lines_until(stream, deadline):
    """The console's lines, without their ends, until it closes or time is up."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                yield from [rest] if rest else []
                raise TimeoutError
            piece = stream.read1(65536)
            if not piece:
                yield from [rest] if rest else []
                return
            *lines, rest = (rest + piece).split(b"\n")
            yield from (line.rstrip(b"\r") for line in lines)


def show(lines):
    """Print the command's lines; its exit status, or None if the console ended first."""
    recent = collections.deque(maxlen=KEPT_LINES)
    is_started = False
    for line in lines:
        recent.append(line)
        if line.startswith(END) and is_started:
            return int(line[len(END) :])
        if is_started:
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.buffer.flush()
        is_started = is_started or line.endswith(START)
    if is_started:
        raise Failed("the machine ended before the command did")
    told = b"\n".join(recent).decode("utf-8", "replace")
    raise Failed(f"the machine ended before the command began; its last lines:\n{told}")


def run(kernel, initrd, memory_mib, timeout_s):
    """Run the image's command; its exit status."""
    emulator = subprocess.Popen(
        command_line(kernel, initrd, memory_mib),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        return show(lines_until(emulator.stdout, time.monotonic() + timeout_s))
    except TimeoutError:
        raise Failed(f"the command did not end within {timeout_s:g} s") from None
    finally:
        emulator.kill()
        emulator.wait()
        emulator.stdout.close()
