# SPDX-License-Identifier: Apache-2.0
# profile: page
# match on values, or-patterns, guards, names.
def http(status):
    match status:
        case 200 | 201 | 204:
            return "fine"
        case 404:
            return "not found"
        case int() if status >= 500:
            return "server"
        case None:
            return "nothing"
        case True:
            return "true"
        case -1:
            return "minus one"
        case "text" | b"bytes":
            return "literal"
        case 1.5 | 2 + 3j:
            return "number"
        case _:
            return "other"


for s in (200, 204, 404, 503, None, -1, "text", b"bytes", 1.5, 2 + 3j, "x"):
    print(s, http(s))
