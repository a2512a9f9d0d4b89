# SPDX-License-Identifier: Apache-2.0
# profile: page
# Dots and dashes.
CODE = dict(zip("abcdefghij", ".- -... -.-. -.. . ..-. --. .... .. .---".split()))
BACK = {v: k for k, v in CODE.items()}
secret = " ".join(CODE[c] for c in "badcafe")
print(secret, "".join(BACK[s] for s in secret.split()))
