# SPDX-License-Identifier: Apache-2.0
# profile: page
# Inheritance, super(), and methods that are overridden.
class Animal:
    legs = 4

    def __init__(self, name):
        self.name = name

    def speak(self):
        return "..."

    def describe(self):
        return f"{self.name} says {self.speak()} on {self.legs} legs"


class Dog(Animal):
    def speak(self):
        return "Woof"


class Bird(Animal):
    legs = 2

    def __init__(self, name, can_fly=True):
        super().__init__(name)
        self.can_fly = can_fly

    def describe(self):
        return super().describe() + (" and flies" if self.can_fly else "")


class Swimmer:
    def swim(self):
        return self.name + " swims"


class Duck(Bird, Swimmer):
    def speak(self):
        return "Quack"


for animal in (Animal("It"), Dog("Rex"), Bird("Tweety"), Bird("Pip", can_fly=False), Duck("Donald")):
    print(animal.describe())
print(Duck("D").swim(), issubclass(Duck, Animal), isinstance(Dog("x"), (Bird, Dog)))
