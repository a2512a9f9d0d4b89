# SPDX-License-Identifier: Apache-2.0
"""linecache reads files by name.

class: A28
effect: a file of the host is read
guard: builtins
"""
import linecache

if "root:" in linecache.getline("/etc/passwd", 1):
    leak(leak)
leak(linecache.os)
