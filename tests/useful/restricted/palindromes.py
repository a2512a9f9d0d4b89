# SPDX-License-Identifier: Apache-2.0
# profile: page
# Words that read the same both ways.
def is_palindrome(text):
    letters = [c.lower() for c in text if c.isalpha()]
    return letters == letters[::-1]


for text in ("Anna", "A man, a plan, a canal: Panama", "Python", ""):
    print(f"{text!r}: {is_palindrome(text)}")
