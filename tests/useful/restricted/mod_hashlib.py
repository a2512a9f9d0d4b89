# SPDX-License-Identifier: Apache-2.0
# profile: page
# Digests of every kind.
import hashlib

for make in (hashlib.md5, hashlib.sha1, hashlib.sha224, hashlib.sha256, hashlib.sha384, hashlib.sha512,
             hashlib.sha3_224, hashlib.sha3_256, hashlib.sha3_384, hashlib.sha3_512, hashlib.blake2b, hashlib.blake2s):
    h = make(b"abc")
    print(h.name, h.digest_size, h.block_size, h.hexdigest()[:16])
print(hashlib.shake_128(b"abc").hexdigest(8), hashlib.shake_256(b"abc").digest(4))
h = hashlib.new("sha256")
h.update(b"a")
copy = h.copy()
h.update(b"bc")
print(h.hexdigest() == hashlib.sha256(b"abc").hexdigest(), copy.digest() == hashlib.sha256(b"a").digest())
print("sha256" in hashlib.algorithms_guaranteed, "sha256" in hashlib.algorithms_available)
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 10).hex())
print(hashlib.blake2b(b"x", digest_size=4, key=b"k", salt=b"s").hexdigest())
