# SPDX-License-Identifier: Apache-2.0
# class: A31
# tries: loop for ever, and catch whatever comes
# level: restricted
# profile: page
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
