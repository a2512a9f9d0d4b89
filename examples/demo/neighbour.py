# SPDX-License-Identifier: Apache-2.0
# The other run, there all the while: it holds a secret, and says for each line that it
# is asked whether it is well.
import ctypes, sys

token = sys.stdin.readline().strip()
memory = ctypes.create_string_buffer(token.encode())
places = ("/work/secret", "/tmp/secret")
for place in places:
    with open(place, "w") as f:
        f.write(token)
print("well", flush=True)
for _ in sys.stdin:
    is_well = memory.value.decode() == token and all(open(p).read() == token for p in places)
    print("well" if is_well else "hurt", flush=True)
