# SPDX-License-Identifier: Apache-2.0
# profile: page
# Signed messages.
import hashlib
import hmac

key, message = b"key", b"The message"
h = hmac.new(key, message, hashlib.sha256)
print(h.hexdigest(), h.digest_size, h.name, h.block_size)
g = hmac.new(key, digestmod="sha256")
g.update(b"The ")
twin = g.copy()
g.update(b"message")
print(hmac.compare_digest(h.digest(), g.digest()), hmac.compare_digest("a", "b"), twin.digest() == h.digest())
print(hmac.digest(key, message, "sha256") == h.digest(), isinstance(h, hmac.HMAC))
