# SPDX-License-Identifier: Apache-2.0
"""Change the interpreter for whoever comes after: built-ins, modules, hooks, environment.

class: B14
effect: the next run, on the same zygote, says something else
always: a process runs once, and nobody is forked from it
"""
import builtins

say = builtins.print
for module in list(sys.modules.values()):
    for name in ("loads", "dumps", "open", "path"):
        try:
            setattr(module, name, None)
        except Exception:
            pass
sys.meta_path.clear()
sys.modules["os"] = None
builtins.print = lambda *words, **_: say("GAINED the next run")
sys.excepthook = sys.displayhook = lambda *_: say("GAINED a hook")
