# SPDX-License-Identifier: Apache-2.0
# profile: page
# Everything a dict can do.
d = {"a": 1, "b": 2}
d["c"] = 3
print(d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("d", 4), d.setdefault("a", 9))
print(list(d.keys()), list(d.values()), list(d.items()), len(d), "a" in d)
print(d.pop("a"), d.pop("zz", None), d.popitem())
d.update({"b": 20}, e=5)
d.update([("f", 6)])
print(d, d | {"g": 7})
e = d.copy()
e.clear()
print(e, dict.fromkeys("ab", 0), dict(x=1), dict([("k", "v")]), dict(zip("xy", (1, 2))))
del d["b"]
print(d, list(reversed(d)), d.keys() & {"c", "zz"}, sorted(d.keys() - {"c"}))
for k in list(d):
    if d[k] > 5:
        del d[k]
print(d)
