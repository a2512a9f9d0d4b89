# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# base64 between files in memory.
import base64
import io

source, target = io.BytesIO(b"file " * 5), io.BytesIO()
base64.encode(source, target)
print(target.getvalue())
target.seek(0)
back = io.BytesIO()
base64.decode(target, back)
print(back.getvalue())
