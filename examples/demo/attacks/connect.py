# SPDX-License-Identifier: Apache-2.0
# group: Network
# class: D18
# tries: connect to a port of this host
# ENETUNREACH: network namespace
# ECONNREFUSED: network namespace
# bare: yes
attempt("connect", lambda: socket.create_connection(("127.0.0.1", HOST["tcp"]), 0.5).close())
