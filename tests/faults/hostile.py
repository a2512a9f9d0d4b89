#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Hostile cells beside ordinary ones, and the form of each result.

    hostile.py DRIVER [--user] [SEEDS [FIRST [SECONDS]]]

DRIVER is faults_hostile (hostile.c), which has the arguments and decides what may come
of a run; what it writes of each is held to docs/result.schema.json here. FIRST may be
"any": another one each time.
"""
import json
import pathlib
import random
import subprocess
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "docs" / "result.schema.json"


def main():
    driver, *rest = sys.argv[1:]
    options = [word for word in rest if word.startswith("--")]
    numbers = [word for word in rest if word not in options]
    if len(numbers) > 1 and numbers[1] == "any":
        numbers[1] = str(random.randrange(1, 1 << 40))
    if len(numbers) > 1:
        print(f"hostile: seeds from {numbers[1]}", flush=True)
    with SCHEMA.open(encoding="utf-8") as f:
        validator = jsonschema.Draft202012Validator(json.load(f))
    wrong = []
    with subprocess.Popen([driver, "--json", *options, *numbers], stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            if not line.endswith(b"\n"):
                break  # the driver ended in the middle of it, and says why
            row = json.loads(line)
            for error in validator.iter_errors(row["result"]):
                wrong.append(f"seed {row['seed']}: {'/'.join(map(str, error.path))}: "
                             f"{error.message[:500]}")
    for text in wrong[:20]:
        print("WRONG", text)
    return 1 if wrong else process.returncode


if __name__ == "__main__":
    sys.exit(main())
