# SPDX-License-Identifier: Apache-2.0
"""A package that never ends its import.

class: A39
effect: the caller waits for ever
where: package
always: a zygote that is not ready in time is ended
"""
time.sleep(3600)
