# SPDX-License-Identifier: Apache-2.0
# class: A10
# tries: read an attribute by a pattern of match
# level: restricted
# profile: provider
match "":
    case str(__class__=found):
        print("REACHED", found.__mro__[-1])
