# SPDX-License-Identifier: Apache-2.0
# profile: page
# Base 85, as git writes it.
import base64

data = b"Hi, \x00\xff there"
coded = base64.b85encode(data)
print(coded, base64.b85decode(coded) == data, base64.b85encode(b"abc", pad=True))
