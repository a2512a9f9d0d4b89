# SPDX-License-Identifier: Apache-2.0
"""A package connects to a UNIX socket of the host by its path.

class: A39
effect: the canary's socket is reached
stopped-by: private-root
where: package
"""
attempt(lambda: socket.socket(socket.AF_UNIX).connect(T["paths"]["socket"]))
