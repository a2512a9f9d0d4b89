# SPDX-License-Identifier: Apache-2.0
"""An ImportError tells where on the host the module lies.

class: A9
effect: a path of the host
guard: types modules
"""
try:
    from json import nothing
except ImportError as e:
    if e.path and e.path.startswith("/"):
        leak(leak)
