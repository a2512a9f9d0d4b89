/* SPDX-License-Identifier: Apache-2.0 */
/* heap_openssl.h - the objects of hashlib and hmac keep their state in OpenSSL's own
 * memory, several times what Python sees of them. */
#ifndef CL_GUARD_HEAP_OPENSSL_H
#define CL_GUARD_HEAP_OPENSSL_H

/* When _hashlib is imported, make it memory of the raw domain, which is counted: or the
 * import fails with ImportError.  In the zygote, before the preload: OpenSSL takes
 * another allocator only before its first block.  0, or -1 with an exception set. */
int cl_heap_openssl_watch(void);

#endif
