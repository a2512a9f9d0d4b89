# SPDX-License-Identifier: Apache-2.0
"""A package reads files of the host when it is imported into the zygote.

class: A39
effect: a file of the caller's is read
stopped-by: private-root
where: package
stopped-by-root: private-root
"""
attempt(read_file, T["paths"]["public"])
attempt(read_file, T["paths"]["private"])
attempt(os.listdir, T["paths"]["list"])
