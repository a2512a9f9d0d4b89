# SPDX-License-Identifier: Apache-2.0
# group: Processes and memory
# class: D10
# tries: stop and kill a process of the host
# ESRCH: PID namespace: nobody of that number
# bare: yes
attempt("stop", os.kill, HOST["victim"], 19)
attempt("kill", os.kill, HOST["victim"], 9)
