# SPDX-License-Identifier: Apache-2.0
# profile: page
# Calling a base class's methods by its name, as older books show it.
class Person:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return "I am " + self.name


class Pupil(Person):
    def __init__(self, name, year):
        Person.__init__(self, name)
        self.year = year

    def __str__(self):
        return Person.__str__(self) + f", year {self.year}"


class Late(Pupil):
    def __str__(self):
        return super().__str__() + ", late"


print(Person("Ann"), Pupil("Bo", 3), Late("Cy", 4), sep="\n")
