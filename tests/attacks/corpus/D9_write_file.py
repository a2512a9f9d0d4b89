# SPDX-License-Identifier: Apache-2.0
"""Write into a file of the host that everybody may write.

class: D9
effect: the content of the host's writable file changed
stopped-by: landlock, mount-ns
"""
def write():
    fd = os.open(T["paths"]["writable"], os.O_WRONLY | os.O_APPEND)
    os.write(fd, b"changed")


attempt(write)
