/* SPDX-License-Identifier: Apache-2.0 */
/* openssl.h - the objects of hashlib and hmac keep their state in OpenSSL's own
 * memory, several times what Python sees of them; scrypt works in it. */
#ifndef CL_GUARD_OPENSSL_H
#define CL_GUARD_OPENSSL_H

/* When _hashlib is imported, make it memory of the raw domain, where heap.c and blocks.c
 * see it: or the import fails with ImportError.  In the zygote, before the preload: OpenSSL
 * takes another allocator only before its first block.  0, or -1 with an exception set. */
int cl_openssl_watch(void);

#endif
