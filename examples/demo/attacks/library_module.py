# SPDX-License-Identifier: Apache-2.0
# class: A19
# tries: take os from a library module that has it
# level: restricted
# profile: classroom
import contextlib

print("REACHED", contextlib.os)
