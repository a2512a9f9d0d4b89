# SPDX-License-Identifier: Apache-2.0
"""What the tests of useful programs share.

Owns: finding the repository, loading tools/programs as a module, and the rule for
what is missing: visible as a skip, and a failure where CI is set.
"""

import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

# `git status` stays clean after the tests.
sys.dont_write_bytecode = True


def load_runner():
    """tools/programs, which has no .py at its end, as a module."""
    path = REPO / "tools" / "programs"
    loader = importlib.machinery.SourceFileLoader("cloche_programs", str(path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


runner = load_runner()


def require(test, is_there, what):
    """Skip the test when something is not there; in CI, fail it."""
    if is_there:
        return
    if os.environ.get("CI"):
        test.fail(f"CI needs {what}")
    test.skipTest(f"needs {what}")
