# SPDX-License-Identifier: Apache-2.0
"""Connect to a UNIX socket by its path: docker.sock, a session bus, an agent. A read-only
mount does not stop it, nor do Landlock's rights for files.

class: D6
effect: the canary's socket in the host's file system is reached
stopped-by: seccomp, private-root
"""
s = attempt(socket.socket, socket.AF_UNIX)
if s:
    attempt(s.connect, T["paths"]["socket"])
