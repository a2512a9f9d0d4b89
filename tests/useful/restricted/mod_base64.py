# SPDX-License-Identifier: Apache-2.0
# profile: page
# Bases 16, 32 and 64, there and back.
import base64

data = b"Hi, \x00\xff there"
for encode, decode in [
    (base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode),
    (base64.b32hexencode, base64.b32hexdecode), (base64.b16encode, base64.b16decode),
    (base64.standard_b64encode, base64.standard_b64decode),
    (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
    (base64.encodebytes, base64.decodebytes)]:
    coded = encode(data)
    print(coded, decode(coded) == data)
print(base64.b64encode(b"\xfb\xff", altchars=b"-_"), base64.b64decode("aGk="), base64.b16decode("ff", casefold=True))
