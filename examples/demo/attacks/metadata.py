# SPDX-License-Identifier: Apache-2.0
# class: D18
# tries: ask the cloud for its keys: 169.254.169.254
# ENETUNREACH: network namespace
for address in (("169.254.169.254", 80), ("fd00:ec2::254", 80)):
    if attempt("connect", lambda: socket.create_connection(address, 0.3).close()):
        reached(address[0])
