# SPDX-License-Identifier: Apache-2.0
# profile: page
# Properties: read, written, deleted, computed.
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees

    @property
    def degrees(self):
        """The temperature."""
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._degrees = value

    @degrees.deleter
    def degrees(self):
        print("deleted")
        del self._degrees

    @property
    def fahrenheit(self):
        return self._degrees * 9 / 5 + 32

    def _get_kelvin(self):
        return round(self._degrees + 273.15, 2)

    kelvin = property(_get_kelvin, doc="absolute")


t = Celsius(100)
print(t.degrees, t.fahrenheit, t.kelvin)
t.degrees = -40
print(t.fahrenheit)
try:
    t.degrees = -300
except ValueError as e:
    print(e)
try:
    t.kelvin = 0
except AttributeError:
    print("kelvin is read-only")
del t.degrees
