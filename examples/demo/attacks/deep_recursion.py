# SPDX-License-Identifier: Apache-2.0
# class: A30
# tries: recurse, and again from the handler
# level: restricted
# profile: classroom
def deeper():
    try:
        deeper()
    except BaseException:
        deeper()


deeper()
