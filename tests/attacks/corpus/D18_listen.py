# SPDX-License-Identifier: Apache-2.0
"""Serve a port to the host: bind and listen where the host's own programs connect.

class: D18
effect: the host's port is bound and a connection from the host's loopback comes in
stopped-by: seccomp, landlock, net-ns
"""
def serve():
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen(1)
    c = socket.create_connection(s.getsockname(), 1)
    s.accept()
    # With the loopback of a namespace of one's own this must not work either: it is
    # down. Where it works, the port is the host's.
    gain("a listening port on a loopback that is up")
    c.close()


attempt(serve)
