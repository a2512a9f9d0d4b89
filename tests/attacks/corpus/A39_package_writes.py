# SPDX-License-Identifier: Apache-2.0
"""A package changes files of the host.

class: A39
effect: a file of the host changed
stopped-by: mount-ns
stopped-by-root: mount-ns, landlock
where: package
"""
attempt(os.chmod, T["paths"]["private"], 0o666)
attempt(lambda: open(T["paths"]["writable"], "w").write("changed"))
attempt(os.mkdir, T["paths"]["open"] + "/made")
