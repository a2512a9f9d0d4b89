# SPDX-License-Identifier: Apache-2.0
"""Everything in /proc that tells about or changes the kernel or others.

class: D3
effect: a file of the whole system is read or written
stopped-by: private-root
"""
for path in ("kallsyms", "kcore", "sysrq-trigger", "sys/kernel/core_pattern", "meminfo",
             "1/environ", "loadavg", "keys", "modules", "mounts"):
    if path not in ("mounts",) and attempt(read_file, "/proc/" + path, 64):
        if path in ("meminfo", "loadavg", "modules"):
            gain("/proc/" + path)
