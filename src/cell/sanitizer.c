/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How AddressSanitizer behaves inside a cell, in builds that have it; no other
 * build compiles this file.  It must not change what code can see: a crash
 * stays a signal, memory that is refused stays NULL, and what is freed does not
 * wait in a quarantine that would count as the code's.  The zygote's environment
 * is the plan's, so the options cannot come from there.
 */
__attribute__((visibility("default"))) const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
    return "allocator_may_return_null=1:detect_leaks=0:handle_segv=0:handle_sigbus=0:"
           "handle_sigfpe=0:handle_sigill=0:handle_abort=0:use_sigaltstack=0:"
           "quarantine_size_mb=0:thread_local_quarantine_size_kb=0:print_legend=0";
}
