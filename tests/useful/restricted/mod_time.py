# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Time: measured, written, read. What it is now is not printed.
import time

a = time.perf_counter()
time.sleep(0.001)
print(time.perf_counter() > a, time.monotonic() <= time.monotonic(), time.time() > 1.6e9, time.time_ns() > 10 ** 18, time.perf_counter_ns() > 0, time.monotonic_ns() > 0, time.process_time() >= 0, time.process_time_ns() >= 0, time.thread_time() >= 0, time.thread_time_ns() >= 0)
g = time.gmtime(0)
print(g.tm_year, g.tm_yday, time.strftime("%Y-%m-%d %H:%M:%S", g), time.asctime(g), time.strptime("2 Jan 2024", "%d %b %Y").tm_mon, g[:3], isinstance(g, time.struct_time))
local = time.localtime(86400)
print(abs(time.mktime(local) - 86400) < 1, len(time.ctime(0)) == 24, len(time.tzname), isinstance(time.timezone, int), isinstance(time.altzone, int), time.daylight in (0, 1))
