# SPDX-License-Identifier: Apache-2.0
"""A package connects when it is imported: to a port, to an abstract socket.

class: A39
effect: a port or a socket of the host is reached
stopped-by: net-ns
where: package
"""
def tcp():
    socket.create_connection(("127.0.0.1", T["tcp"]), 0.3)


def abstract():
    socket.socket(socket.AF_UNIX).connect("\0" + T["abstract"])


def udp():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"here", ("127.0.0.1", T["udp"]))


for act in (tcp, abstract, udp):
    attempt(act)
