# SPDX-License-Identifier: Apache-2.0
"""A hook of one's own is called with frames and objects by the interpreter.

class: A34
effect: code of one's own is called by the interpreter
guard: builtins
"""
import sys


def hook(event, args):
    if event == "compile":
        leaked(leaked)


leaked = leak
sys.addaudithook(hook)
compile("1", "x", "eval")
