# SPDX-License-Identifier: Apache-2.0
# profile: page
# Classes that register themselves.
class Plugin:
    all = []

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Plugin.all.append(cls.__name__)


class Csv(Plugin):
    pass


class Xml(Plugin):
    pass


print(Plugin.all)
