# SPDX-License-Identifier: Apache-2.0
# class: C1
# tries: one operation that computes for hours
# level: restricted
# profile: provider
print(9 ** 9 ** 9)
