# SPDX-License-Identifier: Apache-2.0
# profile: page
# The text of an error.
import traceback


def fail():
    return {}["key"]


try:
    fail()
except KeyError as e:
    text = traceback.format_exc()
    print(text.splitlines()[0], text.splitlines()[-1])
    print(traceback.format_exception_only(type(e), e), traceback.format_exception_only(e))
    traceback.print_exc()
