# SPDX-License-Identifier: Apache-2.0
# profile: page
# A page's form: which fields are wrong, and why.
import re

RULES = {
    "name": (r"[A-Za-z][A-Za-z '-]{1,40}", "letters only, at least two"),
    "mail": (r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "like ann@example.com"),
    "age": (r"\d{1,3}", "a whole number"),
}


def check(form):
    errors = {}
    for field, (pattern, why) in RULES.items():
        if not re.fullmatch(pattern, form.get(field, "").strip()):
            errors[field] = why
    if "age" not in errors and not 0 < int(form["age"]) < 130:
        errors["age"] = "between 1 and 129"
    return errors


print(check({"name": "Ann O'Neil", "mail": "ann@example.com", "age": "30"}))
print(check({"name": "A", "mail": "nobody", "age": "200"}))
print(check({}))
