# SPDX-License-Identifier: Apache-2.0
# profile: page
# ExceptionGroup as a value that collects errors.
errors = []
for text in ("1", "x", "", "3"):
    try:
        int(text)
    except ValueError as e:
        errors.append(e)
group = ExceptionGroup("bad input", errors)
print(group, isinstance(group, Exception), issubclass(ExceptionGroup, BaseExceptionGroup))
try:
    raise group
except Exception as e:
    print("caught:", e)
