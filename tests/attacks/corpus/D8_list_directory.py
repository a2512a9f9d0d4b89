# SPDX-License-Identifier: Apache-2.0
"""List a directory of the host.

class: D8
effect: the name of an entry, which is a secret, is read
stopped-by: landlock, private-root
"""
attempt(os.listdir, T["paths"]["list"])
