# SPDX-License-Identifier: Apache-2.0
# group: The caller
# class: B5
# tries: drown the caller in output
while True:
    os.write(1, b"x" * 65536)
    os.write(2, b"y" * 65536)
