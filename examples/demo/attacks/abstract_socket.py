# SPDX-License-Identifier: Apache-2.0
# class: D6
# tries: talk to a socket that has no file
# ECONNREFUSED: network namespace
# EPERM: Landlock
# bare: yes
attempt("socket", lambda: socket.socket(socket.AF_UNIX).connect("\0" + HOST["abstract"]))
