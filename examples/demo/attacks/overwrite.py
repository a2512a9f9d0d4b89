# SPDX-License-Identifier: Apache-2.0
# class: D9
# tries: overwrite, rename and chmod a file
# ENOENT: private root: it is not there
# EROFS: read-only mounts
# EACCES: Landlock
# bare: yes
attempt("write", lambda: open(HOST["notes"], "w").write("owned"))
attempt("chmod", os.chmod, HOST["notes"], 0o666)
attempt("rename", os.rename, HOST["notes"], HOST["notes"] + ".locked")
attempt("create", lambda: open(HOST["dir"] + "/ransom", "w").write("pay"))
