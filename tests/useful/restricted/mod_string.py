# SPDX-License-Identifier: Apache-2.0
# profile: page
# string: constants, capwords, Template.
import string
from string import Template

print(string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), len(string.printable), len(string.ascii_letters))
print(string.capwords("the quick  brown fox"), string.capwords("a-b-c", "-"))
t = Template("Dear $name, you owe $$${amount}. $missing")
print(t.safe_substitute(name="Ann", amount=5), t.template)
print(Template("$a-$b").substitute({"a": 1}, b=2))
try:
    t.substitute(name="x")
except KeyError as e:
    print("KeyError:", e)
print(t.is_valid(), t.get_identifiers())
