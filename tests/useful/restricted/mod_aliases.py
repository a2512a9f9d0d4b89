# SPDX-License-Identifier: Apache-2.0
# profile: page
# Older names of what is known by another one.
import array
import copy
import functools
import unicodedata
from array import ArrayType

a = array.array("i", [1])
print(isinstance(a, ArrayType), copy.error is copy.Error, len(functools.WRAPPER_UPDATES))
print(unicodedata.ucd_3_2_0.category("a"), unicodedata.ucd_3_2_0.unidata_version)
