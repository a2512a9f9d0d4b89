# SPDX-License-Identifier: Apache-2.0
"""Look for what B14_files_left left.

class: B14
effect: a file that another run left is found
always: each run has a file system of its own, which goes with it
"""
for place in ("/work", "/tmp"):
    if os.path.exists(place + "/left-by-a-run"):
        gain(place)
