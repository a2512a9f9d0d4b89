# SPDX-License-Identifier: Apache-2.0
# profile: page
# A key from a password.
import hashlib

print(hashlib.scrypt(b"password", salt=b"salt", n=16, r=1, p=1, dklen=16).hex())
