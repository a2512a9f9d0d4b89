# SPDX-License-Identifier: Apache-2.0
# profile: page
# try, except, else, finally, in all combinations.
def divide(a, b):
    try:
        result = a / b
    except ZeroDivisionError:
        return "no division by zero"
    except (TypeError, ValueError) as e:
        return type(e).__name__ + ": " + str(e)
    else:
        return result
    finally:
        print("divided", end="; ")


print(divide(6, 3))
print(divide(1, 0))
print(divide("6", 3))
for action in (lambda: [][1], lambda: {}["k"], lambda: int("x"), lambda: "a" + 1, lambda: None.x, lambda: undefined):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, "|", e)
try:
    try:
        raise KeyError("inner")
    finally:
        print("cleanup")
except LookupError as e:
    print("outer got", repr(e), e.args)
