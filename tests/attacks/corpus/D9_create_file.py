# SPDX-License-Identifier: Apache-2.0
"""Leave files, directories and links in a directory of the host.

class: D9
effect: the host's open directory has new entries
stopped-by: landlock, mount-ns
"""
place = T["paths"]["open"]
attempt(lambda: os.close(os.open(place + "/file", os.O_CREAT | os.O_WRONLY, 0o666)))
attempt(os.mkdir, place + "/directory")
attempt(os.symlink, "/etc/shadow", place + "/link")
attempt(os.mkfifo, place + "/fifo")
