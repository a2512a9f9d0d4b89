# SPDX-License-Identifier: Apache-2.0
# group: The language, at level restricted
# class: A1
# tries: walk from a text to every class, and to os
# level: restricted
# profile: page
for kind in "".__class__.__mro__[-1].__subclasses__():
    if kind.__name__ == "_wrap_close":
        print("REACHED", kind.__init__.__globals__["system"])
