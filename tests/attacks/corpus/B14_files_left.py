# SPDX-License-Identifier: Apache-2.0
"""Leave files in every place that can be written to, and look for those of a run before;
B14_files_found looks once more.

class: B14
effect: a file that another run left is found
always: each run has a file system of its own, which goes with it
without a mount namespace there is no /work at all
"""
for place in ("/work", "/tmp", "/dev/shm", "/var/tmp"):
    path = place + "/left-by-a-run"
    if os.path.exists(path):
        gain(path)
    attempt(lambda: open(path, "w").write("left"))
    attempt(os.unlink, path) if place not in ("/work", "/tmp") else None
