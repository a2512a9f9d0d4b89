/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conditions of `alerts:`:
 *
 *   METRIC > COUNT per TIME [by principal|script|profile|origin]
 *
 * METRIC is runs, denials, or the name of an outcome.  `>= N` is `> N - 1`.
 */
#ifndef CL_POLICY_PARSE_ALERT_H
#define CL_POLICY_PARSE_ALERT_H

#include "policy/policy.h"

/* Fill metric, threshold, window_ns and by.  Fails with EINPUT. */
int cl_alert_parse(const char *when, struct cl_alert *out, struct cloche_error *err);

extern const char cl_alert_expected[];

/* "principal", or "" for all together. */
const char *cl_alert_by_name(enum cl_alert_by by);

#endif
