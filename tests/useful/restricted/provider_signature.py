# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: check a webhook's signature.
import hashlib
import hmac
import json

secret = b"shared secret"
body = json.dumps({"event": "paid", "id": 7}, separators=(",", ":")).encode()
sent = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()


def is_genuine(body, header):
    kind, _, digest = header.partition("=")
    want = hmac.new(secret, body, {"sha256": hashlib.sha256, "sha1": hashlib.sha1}[kind])
    return hmac.compare_digest(want.hexdigest(), digest)


print(sent[:20], is_genuine(body, sent), is_genuine(body + b" ", sent))
