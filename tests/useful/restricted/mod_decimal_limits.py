# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# How large decimals may be.
import decimal

print(decimal.MAX_PREC > 10 ** 8, decimal.HAVE_THREADS, decimal.HAVE_CONTEXTVAR)
