# SPDX-License-Identifier: Apache-2.0
"""One file of CPython's test suite, by its own runner, in this very process.

    one_file.py test_NAME [option of `python3 -m test`...]

The same program outside and inside a cell.  Without -u no network and no other
resource is used.  The last line of standard output is a JSON object: `status`, as
`python3 -m test` would exit (5 where every test was skipped), and by name the tests
that `ran`, those that `failed`, those `skipped` with the reason.
"""

import json
import os
import sys
import tempfile
import xml.etree.ElementTree as ET

STATUS_NOTHING_RAN = 5


def call_regrtest(arguments):
    """The exit status of `python3 -m test ARGUMENTS`."""
    # pylint: disable-next=import-outside-toplevel
    from test.libregrtest.main import main

    sys.argv = ["test", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def read_cases(path):
    """What became of each test, from the JUnit file; {} if the file was not written."""
    cases = {"ran": [], "failed": [], "skipped": {}}
    if not os.path.exists(path):
        return cases
    for case in ET.parse(path).iter("testcase"):
        name = case.get("name")
        skipped = case.find("skipped")
        if skipped is not None:
            cases["skipped"][name] = skipped.text or ""
        elif name is not None:  # without: a test whose subtests have the names
            cases["ran"].append(name)
            if case.find("failure") is not None or case.find("error") is not None:
                cases["failed"].append(name)
    return cases


def run():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = os.path.join(folder, "cases.xml")
        status = call_regrtest([f"--junit-xml={path}", *sys.argv[1:]])
        cases = read_cases(path)
    if status == 0 and not cases["ran"]:
        status = STATUS_NOTHING_RAN
    print()
    print(json.dumps({"status": status} | cases), flush=True)


if __name__ == "__main__":
    # As under `python3 -m`: multiprocessing would have its children run this file, which
    # in a cell is nowhere.
    del __file__
    run()
