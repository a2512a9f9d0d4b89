# SPDX-License-Identifier: Apache-2.0
# class: A7
# tries: walk out through the frame of a generator
# level: restricted
# profile: page
g = (x for x in [1])
print("REACHED", g.gi_frame.f_builtins["open"])
