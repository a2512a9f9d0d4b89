# SPDX-License-Identifier: Apache-2.0
"""Digests, signed messages, stored passwords and random tokens."""

import base64
import hashlib
import hmac
import json
import secrets
import uuid

KEY = b"a key for the example"


def sign(payload):
    body = base64.urlsafe_b64encode(json.dumps(payload, sort_keys=True).encode())
    return (body + b"." + hmac.new(KEY, body, "sha256").hexdigest().encode()).decode()


def verify(token):
    body, _, given = token.encode().partition(b".")
    expected = hmac.new(KEY, body, "sha256").hexdigest().encode()
    if not hmac.compare_digest(given, expected):
        raise ValueError("the signature does not match")
    return json.loads(base64.urlsafe_b64decode(body))


def store(password, salt=None):
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 5000)
    return f"{salt.hex()}${digest.hex()}"


def check(password, stored):
    salt, _, _ = stored.partition("$")
    return hmac.compare_digest(store(password, bytes.fromhex(salt)), stored)


def merkle_root(leaves):
    """One digest for many: pairs are hashed until a single one is left."""
    level = [hashlib.sha256(leaf).digest() for leaf in leaves]
    while len(level) > 1:
        if len(level) % 2:
            level.append(level[-1])
        level = [hashlib.sha256(a + b).digest() for a, b in zip(level[::2], level[1::2])]
    return level[0].hex()


def main():
    for name in ("md5", "sha1", "sha256", "sha3_256", "blake2b"):
        digest = hashlib.new(name, b"cloche", usedforsecurity=False)
        print(f"{name:9} {digest.hexdigest()[:40]}")
    stream = hashlib.sha256()
    for part in (b"in ", b"three ", b"parts"):
        stream.update(part)
    print("streamed:", stream.hexdigest() == hashlib.sha256(b"in three parts").hexdigest())
    print("keyed:", hashlib.blake2s(b"data", key=KEY, digest_size=8).hexdigest())

    token = sign({"user": "ana", "role": "editor"})
    print(token)
    print(verify(token))
    try:
        verify(token.replace(".", "x.", 1))
    except ValueError as error:
        print("refused:", error)

    stored = store("correct horse")
    print("password:", check("correct horse", stored), check("battery", stored))
    print("salted:", store("same") != store("same"))
    print("merkle:", merkle_root([b"a", b"b", b"c"])[:16])
    print("scrypt:", hashlib.scrypt(b"pw", salt=b"salt", n=16, r=1, p=1, dklen=8).hex())

    tokens = {secrets.token_hex(8) for _ in range(1000)}
    print("tokens:", len(tokens), {len(token) for token in tokens}, secrets.randbelow(1))
    print("id by name:", uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"))
    print("by chance:", uuid.uuid4().version, uuid.uuid4() != uuid.uuid4())


if __name__ == "__main__":
    main()
