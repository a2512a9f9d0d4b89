# SPDX-License-Identifier: Apache-2.0
# class: D9
# tries: rename the host
# EPERM: seccomp: sethostname is on no list
attempt("sethostname", socket.sethostname, "owned")
