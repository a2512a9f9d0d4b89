# SPDX-License-Identifier: Apache-2.0
# profile: page
# Base 85, as PostScript writes it.
import base64

data = b"Hi, \x00\x00\x00\x00\xff there"
coded = base64.a85encode(data, adobe=True)
print(coded, base64.a85decode(coded, adobe=True) == data, base64.a85encode(data, wrapcol=10))
