# SPDX-License-Identifier: Apache-2.0
# class: C2
# tries: take 512 MiB, where 64 are allowed
# bare: yes
kept = [bytearray(b"x") * (4 << 20) for _ in range(128)]
reached(f"{len(kept) * 4} MiB")
