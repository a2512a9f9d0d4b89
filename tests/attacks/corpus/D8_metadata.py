# SPDX-License-Identifier: Apache-2.0
"""Ask about files that cannot be opened: readlink, stat, access. Landlock has no right for
these; in a private root they are not there.

class: D8
effect: the target of a symbolic link of the host, which is a secret, is read
stopped-by: private-root
"""
attempt(os.readlink, T["paths"]["link"])
attempt(os.stat, T["paths"]["private"])
