# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A game with its answers given.
import random

random.seed(11)
secret, tries = random.randint(1, 100), 0
while True:
    guess = int(input("? "))
    tries += 1
    if guess == secret:
        print("right, after", tries)
        break
    print("too low" if guess < secret else "too high")
