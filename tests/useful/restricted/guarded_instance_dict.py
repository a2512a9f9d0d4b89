# SPDX-License-Identifier: Apache-2.0
# profile: page
# refused: an object's dictionary can be read and written without any check of names
# The attributes of an object as a dict, for printing or for JSON.
import json


class Book:
    def __init__(self, title, pages):
        self.title, self.pages = title, pages


b = Book("Emma", 474)
print(json.dumps(b.__dict__), sorted(b.__dict__))
print(json.dumps([b], default=lambda o: o.__dict__))
