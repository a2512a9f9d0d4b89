# SPDX-License-Identifier: Apache-2.0
"""Leave links to secrets under the names of results, and names that a path could be made of.

class: B2
effect: a secret comes back, or a file of the host is touched
always: only regular files are opened, without following any link
"""
for name, to in (("report.txt", T["paths"]["private"]), ("a", T["paths"]["public"]),
                 ("shadow", "/etc/shadow"), ("self", "/proc/self/environ"),
                 ("chain", "/work/report.txt"), ("loop", "/work/loop")):
    attempt(os.symlink, to, "/work/" + name)
attempt(os.link, "/work/report.txt", "/work/hard")
attempt(os.link, T["paths"]["public"], "/work/public")
