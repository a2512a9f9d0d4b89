# SPDX-License-Identifier: Apache-2.0
# class: D6
# tries: talk to docker.sock and others by path
# ENOENT: private root: it is not there
# bare: yes
for path in ("/var/run/docker.sock", "/run/containerd/containerd.sock", "/run/dbus/system_bus_socket"):
    if attempt(path, lambda: socket.socket(socket.AF_UNIX).connect(path)):
        reached(path)
attempt("socket", lambda: socket.socket(socket.AF_UNIX).connect(HOST["socket"]))
