/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library's tests share.  CHECK works in any thread and any child: it
 * writes where it failed and ends the process, which the test program's own
 * process sees.
 */
#ifndef LIBRARY_SUPPORT_H
#define LIBRARY_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

#include <cloche/cloche.h>

#define CHECK(condition)                                                                   \
    ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))
#define CHECK_OK(call, err)                                                                \
    ((call) == 0 ? (void)0 : check_failed(__FILE__, __LINE__, (err).msg))
#define CHECK_INT(actual, expected)                                                        \
    check_int(__FILE__, __LINE__, #actual, (long long)(actual), (long long)(expected))
#define CHECK_HAS(text, part) check_has(__FILE__, __LINE__, text, part)

#define SECOND 1000000000ll
#define MILLISECOND 1000000ll

_Noreturn void check_failed(const char *file, int line, const char *what);
void check_int(const char *file, int line, const char *what, long long actual,
               long long expected);
void check_has(const char *file, int line, const char *text, const char *part);

/* A built-in policy; an engine under it with default options.  The engine
 * has the only reference that is left. */
struct cloche_engine *engine_of(const struct cloche_engine_options *options);
#define engine_new() engine_of(NULL)

/* A request for code under profile "isolated". */
struct cloche_request request_for(const char *code);

/* Start, or CHECK. */
struct cloche_run *start(struct cloche_engine *engine,
                         const struct cloche_request *request);

/* Wait for as long as it takes, or CHECK; the result lives as long as the run. */
const struct cloche_result *wait_for(struct cloche_run *run);

/* Run code to its end and check the outcome and what it wrote to stdout. */
void expect(struct cloche_engine *engine, const char *code, enum cloche_outcome outcome,
            const char *out);

/* One run that prints, and is right: the engine works. */
void expect_works(struct cloche_engine *engine);

/* The kept stdout of a result; static storage is not used: lent by the result
 * and NUL-terminated only by the caller's comparison of *len. */
int output_is(const struct cloche_result *result, enum cloche_stream stream,
              const char *text);

/* Entries of a directory that is there, but for hidden ones. */
unsigned count_entries(const char *path);

/* What this process has. */
unsigned count_descriptors(void);
unsigned count_threads(void);
unsigned count_descendants(void); /* children and theirs */
uint64_t resident_bytes(void);
uint64_t cpu_ns(void);
uint64_t now_ns(void);
void sleep_ms(unsigned ms);

/* Wait until a count is as expected; CHECK after 5 s. */
void await_count(unsigned (*count)(void), unsigned expected, const char *what);

/* End the process with a message if it is not done within this time. */
void watchdog(unsigned seconds);

/* Root becomes a user of its own for good, who has no other processes, and whom other
 * tests' processes cannot stop. */
void become_ordinary(void);

/* Run a function in a child process; CHECK that it returned.  Its parent must
 * have no engine. */
void in_child(void (*function)(void));

#endif
