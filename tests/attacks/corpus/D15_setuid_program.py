# SPDX-License-Identifier: Apache-2.0
"""Start a program that would run as root: su, sudo, mount, pkexec.

class: D15
effect: a process of the run is the host's root
profile: many
always: no such program is there, mounts are nosuid, no_new_privs
"""
for path in ("/usr/bin/su", "/usr/bin/sudo", "/usr/bin/mount", "/usr/bin/pkexec",
             "/usr/bin/newgrp", "/bin/su", "/usr/bin/passwd"):
    try:
        pid = os.posix_spawn(path, [path, "--version"], {})
        time.sleep(0.05)
        text = attempt(lambda: open(f"/proc/{pid}/status").read()) or ""
        os.kill(pid, 9)
        print(path, os.waitpid(pid, 0))
        if T["uid"] and "Uid:\t0\t0" in text and os.getuid() != 0:
            gain(path)
    except OSError as e:
        print(path, e)
