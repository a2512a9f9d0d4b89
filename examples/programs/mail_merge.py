# SPDX-License-Identifier: Apache-2.0
"""Write a letter to each person of a CSV file from one template."""

import csv
from pathlib import Path
from string import Template

LETTER = Template(
    """\
Dear $name,

the $thing that you borrowed on $date is due. The fee so far is $$${fee}.
"""
)


class LoudTemplate(Template):
    """A template with %name, in which only lower-case letters make a name."""

    delimiter = "%"
    idpattern = "[a-z]+"


def main():
    with open("loans.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    folder = Path("letters")
    folder.mkdir()
    for row in rows:
        row["fee"] = f"{int(row['days_late']) * 0.25:.2f}"
        letter = LETTER.substitute(row)
        (folder / f"{row['name'].split()[0].lower()}.txt").write_text(
            letter, encoding="utf-8"
        )
    for path in sorted(folder.iterdir()):
        print(f"--- {path}")
        print(path.read_text(encoding="utf-8"), end="")

    try:
        LETTER.substitute(name="Nobody")
    except KeyError as error:
        print("a field is missing:", error)
    print(LETTER.safe_substitute(name="Nobody").splitlines()[2])
    greeting = LoudTemplate("%greeting, %name! 100%% sure")
    print(greeting.substitute(greeting="Hi", name="Ada"))


if __name__ == "__main__":
    main()
