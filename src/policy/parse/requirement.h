/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Package requirements as PEP 508 and PEP 440 write them: a name, extras,
 * version specifiers.  Markers and URLs are not for an allow-list.
 */
#ifndef CL_POLICY_PARSE_REQUIREMENT_H
#define CL_POLICY_PARSE_REQUIREMENT_H

/* NULL, or what is wrong: "has a marker (;)". */
const char *cl_requirement_check(const char *text);

#endif
