# SPDX-License-Identifier: Apache-2.0
"""What the heap budget costs: programs that allocate, in cells with a budget that they
never meet and in cells without, turn about.

    CLOCHE_BIN=build/bin/cloche /usr/bin/python3 tests/guard/bench.py [ROUNDS]

For each program the least processor time of each kind, and the ratio.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

PROGRAMS = {
    "objects": "class A:\n    def __init__(self, x): self.x = x\n"
               "for r in range(20): l = [A(i) for i in range(50000)]",
    "tuples": "for r in range(30): l = [(i, i + 1000) for i in range(50000)]",
    "strings": "for r in range(30): l = [str(i) for i in range(50000)]",
    "lists": "for r in range(15): l = [[i, i, i] for i in range(50000)]",
    "dicts": "for r in range(12): l = [{'a': i} for i in range(50000)]",
    "append": "for r in range(40):\n    l = []\n"
              "    for i in range(100000): l.append(i)",
    "floats": "x = 0\nfor i in range(3000000): x = i * 1.5 + x",
    "large ints": "x = 1 << 200\nfor i in range(3000000): y = x + i",
    "concatenation": "for r in range(150):\n    s = ''\n"
                     "    for i in range(10000): s += 'ab'",
    "600 bytes": "for i in range(1000000): b = bytes(600)",
    "recursion": "def f(n): return n and f(n - 1)\nfor i in range(3000): f(900)",
}


def run(policy, profile, code):
    out = subprocess.run([os.environ["CLOCHE_BIN"], "run", "--json", "--policy", policy,
                          "--profile", profile, "-c", code],
                         capture_output=True, check=True)
    value = json.loads(out.stdout)
    if value["outcome"] != "ok":
        sys.exit(f"{profile}: {value['reason']}")
    return value["usage"]["cpu_user_ns"] + value["usage"]["cpu_system_ns"]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    limits = {"memory": "512MiB", "cpu": "60s", "wall": "60s"}
    profiles = {name: {"extends": "classroom", "limits": dict(limits, heap=heap)}
                for name, heap in (("none", "none"), ("counted", "1GiB"))}
    ratios = []
    with tempfile.TemporaryDirectory() as directory:
        policy = os.path.join(directory, "policy.yaml")
        with open(policy, "w") as f:
            json.dump({"version": 1, "profiles": profiles}, f)
        print(f"{'':15} {'pymalloc':>10} {'counted':>10}")
        for name, code in PROGRAMS.items():
            taken = [(run(policy, "none", code), run(policy, "counted", code))
                     for _ in range(rounds)]
            best = dict(zip(("none", "counted"), map(min, zip(*taken))))
            ratios.append(best["counted"] / best["none"])
            print(f"{name:15} {best['none'] / 1e6:7.1f} ms {best['counted'] / 1e6:7.1f} ms "
                  f"{100 * (ratios[-1] - 1):+6.1f} %")
    print(f"{'median':15} {'':10} {'':10} {100 * (statistics.median(ratios) - 1):+7.1f} %")


if __name__ == "__main__":
    main()
