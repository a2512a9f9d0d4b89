# SPDX-License-Identifier: Apache-2.0
"""Leave links for the broker to follow when it collects: to a directory of the host, by its
path, through /proc, by way of many "..".

class: B2
effect: the name of an entry of the host's directory, which is a secret, is in the result
always: files are looked for beneath the work directory, without following any link
"""
place = T["paths"]["list"]
for name, to in (("results", place), ("up", "../" * 20 + place[1:]),
                 ("proc", "/proc/self/root" + place), ("broker", "/proc/1/root" + place)):
    attempt(os.symlink, to, "/work/" + name)
attempt(os.mkdir, "/work/d")
attempt(os.symlink, place, "/work/d/results")
print(os.listdir("/work"))
