# SPDX-License-Identifier: Apache-2.0
# group: Files of the host
# class: D8
# tries: read /etc/shadow, ~/.ssh, a secret file
# ENOENT: private root: it is not there
# bare: yes
for path in ("/etc/shadow", HOST["home"] + "/.ssh", HOST["home"] + "/.bash_history"):
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
        reached(path)
    except OSError as e:
        refused(e.errno, path)
attempt("secret", lambda: open(HOST["secret"]).read())
attempt("list", os.listdir, HOST["dir"])
