# SPDX-License-Identifier: Apache-2.0
# group: Limits
# class: C11
# tries: fork as often as the kernel lets it
# bare: yes
# profile: crowd
# EAGAIN: limits.processes: RLIMIT_NPROC, in a user namespace
# Two hundred and no more: should they get out, they harm nobody.
end = time.monotonic() + 0.3
for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(0.3)
            os._exit(0)
    except OSError as e:
        refused(e.errno, "fork")
        time.sleep(0.05)
    if time.monotonic() > end:
        break
