# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# The digest of a file in memory.
import hashlib
import io

print(hashlib.file_digest(io.BytesIO(b"abc"), "sha256").hexdigest()[:16])
