# SPDX-License-Identifier: Apache-2.0
"""Be refused for ever, each time something else, so that every refusal is a record.

class: C13
effect: the broker grows, or the run outlasts its limits
profile: brief
always: a result keeps a number of refusals and counts the rest
"""
n = 0
while True:
    n += 1
    for act in (lambda: open(f"/etc/{n}" + "x" * 200, "w"), lambda: os.mkdir(f"/{n}"),
                lambda: socket.socket(n % 40, 1 + n % 5), lambda: os.chmod("/usr", n % 512)):
        try:
            act()
        except OSError:
            pass
