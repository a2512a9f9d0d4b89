# SPDX-License-Identifier: Apache-2.0
"""Leave modules under the names that an interpreter imports by itself.

class: B4
effect: the canary directory has a new entry, or the next run says something else
always: nothing that a run leaves is on anybody's import path, and its directory is gone
"""
text = ("import os\n"
        f"try:\n    os.mkdir({T['paths']['open']!r} + '/imported')\n"
        "except OSError:\n    pass\nprint('GAINED imported', flush=True)\n")
for name in ("sitecustomize.py", "usercustomize.py", "json.py", "os.py", "site.py",
             "conftest.py", "__init__.py", "__main__.py", "encodings.py", "dataclasses.py"):
    for place in ("/work/", "/tmp/"):
        attempt(lambda: open(place + name, "w").write(text))
for place in ("/work/", "/tmp/", sys.prefix + "/lib/python3/dist-packages/"):
    attempt(lambda: open(place + "x.pth", "w").write("import os; os.mkdir('x')\n"))
