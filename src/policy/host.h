/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host patterns of `network.allow`: [scheme://]host[:port].
 *
 * host is a name, "*." and a name (its subdomains, not itself), a dotted
 * IPv4 address, or an IPv6 address in brackets.  A scheme (http or https)
 * without a port means that scheme's own port; neither means any.
 */
#ifndef CL_POLICY_HOST_H
#define CL_POLICY_HOST_H

#include <stddef.h>

/* The pattern in its one normal form (lower case, no default port).  Returns
 * NULL, or what is wrong: "has a path".  size is at least 300. */
const char *cl_host_normalise(const char *text, char *out, size_t size);

/* The pattern of what both allow.  Returns 0 when there is nothing. */
int cl_host_meet(const char *a, const char *b, char *out, size_t size);

/* The i-th pattern that is wider than text.  Returns 0 when there is none left. */
int cl_host_wider(const char *text, size_t i, char *out, size_t size);

/* Is it an http or https URL of such a host, as for hooks?  Returns NULL or
 * what is wrong. */
const char *cl_host_check_url(const char *url);

#endif
