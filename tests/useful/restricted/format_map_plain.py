# SPDX-License-Identifier: Apache-2.0
# profile: page
# str.format_map with a dict that fills in what is missing.
class Missing(dict):
    def __missing__(self, key):
        return "<" + key + ">"


letter = "Dear {name}, you owe {amount}."
print(letter.format_map({"name": "Bo", "amount": 5}))
print(letter.format_map(Missing(name="Cy")))
