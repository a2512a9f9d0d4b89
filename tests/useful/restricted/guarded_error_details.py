# SPDX-License-Identifier: Apache-2.0
# profile: page
# refused: an error's cause and traceback lead to frames
# The cause of an error, and where it came from.
try:
    try:
        int("x")
    except ValueError as e:
        raise RuntimeError("cannot read") from e
except RuntimeError as e:
    print(type(e.__cause__).__name__, e.__cause__)
try:
    raise KeyError("k")
except KeyError as e:
    e.add_note("look at the spelling")
    print(e.args)
