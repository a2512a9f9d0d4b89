# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: an attachment, packed and unpacked.
import base64
import hashlib
import json
import zlib

content = ("line of a report\n" * 40).encode()
packed = base64.b64encode(zlib.compress(content)).decode("ascii")
message = json.dumps({"name": "report.txt", "data": packed, "sha256": hashlib.sha256(content).hexdigest()})
got = json.loads(message)
back = zlib.decompress(base64.b64decode(got["data"]))
print(len(content), len(back), hashlib.sha256(back).hexdigest() == got["sha256"], back.decode().splitlines()[0])
