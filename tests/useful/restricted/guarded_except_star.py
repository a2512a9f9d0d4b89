# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# refused: groups are taken apart by methods that their classes may define
# except*: several errors at once, each kind handled by its own branch.
def check(values):
    errors = []
    for v in values:
        try:
            if v == "":
                raise KeyError("empty")
            int(v)
        except (KeyError, ValueError) as e:
            errors.append(e)
    if errors:
        raise ExceptionGroup("input", errors)
    return len(values)


for values in (["1", "2"], ["x", "", "3"]):
    try:
        n = check(values)
    except* ValueError as group:
        print("values:", len(group.exceptions))
    except* KeyError as group:
        print("keys:", len(group.exceptions))
    else:
        print("all good", n)
    finally:
        print("checked")
