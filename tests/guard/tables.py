# SPDX-License-Identifier: Apache-2.0
"""The guard's own tables, read from their sources."""
import pathlib
import re

SRC = pathlib.Path(__file__).resolve().parents[2] / "src"


def table(path, name):
    text = (SRC / path).read_text(encoding="utf-8").partition(f"{name}[] = {{")[2]
    return text.partition("\n};")[0]


def rows():
    """{module: names}, in the table's order."""
    found = {}
    text = table("guard/modules_table.c", "cl_module_rows")
    for row in re.finditer(r'\{"([\w.]+)",((?:\s*"[^"]*")+)\}', text):
        found[row.group(1)] = "".join(re.findall(r'"([^"]*)"', row.group(2))).split()
    return found


def modules():
    """Those that a policy can name."""
    return [name for name in rows() if name != "__future__"]


def wraps():
    return re.findall(r'\{"([\w.]+)", "(\w+)", cl_wrap_', table("guard/wraps.c", "makers"))


def patches():
    return re.findall(r'\{"(\w+)", cl_patch_', table("guard/wraps.c", "patches"))


def builtins():
    """All that a policy may name."""
    text = table("policy/python_names.c", "cl_python_builtins").partition("NULL")[0]
    return re.findall(r'"(\w+)"', text)
