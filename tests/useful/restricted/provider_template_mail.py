# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: mails from a template.
from string import Template
from textwrap import dedent, fill

letter = Template(dedent("""\
    Hello $first,

    your order $order will arrive on $day.
    """))
for person in ({"first": "Ann", "order": "T-1", "day": "Monday"}, {"first": "Bo", "order": "C-2", "day": "Friday"}):
    print(letter.substitute(person))
print(fill("Kind regards from all of us at the shop, and thank you.", 30))
