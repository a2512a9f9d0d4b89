# SPDX-License-Identifier: Apache-2.0
# class: D10
# tries: signal everybody, cloche too
# ESRCH: PID namespace: nobody of that number
# EPERM: Landlock
import signal

# One that is ignored by default: should it get out, it harms nobody but the canary.
attempt("everybody", os.kill, -1, signal.SIGWINCH)
attempt("cloche", os.kill, HOST["cloche"], 0) and reached("cloche")
attempt("victim", os.kill, HOST["victim"], signal.SIGWINCH)
