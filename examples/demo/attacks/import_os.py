# SPDX-License-Identifier: Apache-2.0
# class: A20
# tries: import os, and try again otherwise
# level: restricted
# profile: provider
try:
    import os
except ImportError:
    from os import system
    os = system
print("REACHED", os)
