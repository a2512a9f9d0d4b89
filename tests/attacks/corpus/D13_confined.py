# SPDX-License-Identifier: Apache-2.0
"""Look from inside whether anything was left out without a word: filter, privileges,
namespaces. An engine that went on with less would be found here.

class: D13
effect: no filter, or a process that may gain privileges
always: a layer that cannot be set up ends the start; two of them are seen here
"""
status = dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines())
if "Seccomp" in status and status["Seccomp"] == "0" and status["NoNewPrivs"] == "0":
    gain("neither a filter nor no_new_privs")
