# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# The other clocks.
import time

print(time.clock_gettime(time.CLOCK_MONOTONIC) > 0, time.clock_gettime_ns(time.CLOCK_REALTIME) > 0, time.clock_getres(time.CLOCK_MONOTONIC) > 0, time.get_clock_info("monotonic").monotonic)
for clock in (time.CLOCK_PROCESS_CPUTIME_ID, time.CLOCK_THREAD_CPUTIME_ID, time.CLOCK_MONOTONIC_RAW, time.CLOCK_BOOTTIME, time.CLOCK_TAI):
    print(time.clock_gettime(clock) >= 0)
