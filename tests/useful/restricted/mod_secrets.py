# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Random values for passwords: their shape, not their value.
import secrets
import string

password = "".join(secrets.choice(string.ascii_letters) for _ in range(12))
print(len(password), password.isalpha(), len(secrets.token_hex(8)), len(secrets.token_bytes(5)), len(secrets.token_urlsafe(16)) > 20, 0 <= secrets.randbelow(10) < 10, secrets.randbits(4) < 16, secrets.compare_digest("a", "a"), 0 <= secrets.SystemRandom().random() < 1)
