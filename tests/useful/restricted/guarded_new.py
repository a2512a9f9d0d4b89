# SPDX-License-Identifier: Apache-2.0
# profile: page
# __new__: singletons and changed immutable values.
class Settings:
    only = None

    def __new__(cls):
        if cls.only is None:
            cls.only = super().__new__(cls)
        return cls.only


class Upper(str):
    def __new__(cls, text):
        return super().__new__(cls, text.upper())


print(Settings() is Settings(), Upper("abc"), Upper("x") + "y")
