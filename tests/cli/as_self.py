# SPDX-License-Identifier: Apache-2.0
"""Run a test file as whoever calls.

    as_self.py FILE [ARGUMENT...]
"""
import os
import runpy
import sys

if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
    runpy.run_path(sys.argv[0], run_name="__main__")
