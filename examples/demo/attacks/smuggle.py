# SPDX-License-Identifier: Apache-2.0
# class: B2
# tries: leave links and pipes for cloche to read back
# unseen: broker: regular files only
os.symlink(HOST["secret"], "/work/report.txt")
os.symlink(HOST["dir"], "/work/results")
os.mkfifo("/work/pipe")
