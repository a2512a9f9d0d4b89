/* SPDX-License-Identifier: Apache-2.0 */
/* Files that Debian's minisign 0.11 wrote, and the message that it signed.  The
 * keys are for these tests and nothing else. */
#ifndef TEST_SIGN_VECTORS_H
#define TEST_SIGN_VECTORS_H

#define MESSAGE "print(1)\n"

#define PUBLIC_ID "C714DDD6E8E3E36A"
#define PUBLIC_TEXT "RWRq4+Po1t0Ux46iEK7Zh99EdeihRtZVEM1cVzf/dMDuovhGmBlwNdzf"
#define PUBLIC_FILE                                                                        \
    "untrusted comment: minisign public key " PUBLIC_ID "\n" PUBLIC_TEXT "\n"

/* minisign -G -W */
#define SECRET_BODY                                                                        \
    "auPj6NbdFMekGFpKr4yjyGKfz4Q8Awp8h93AdNgUd1c3nrWX2hJjZI6iEK7Zh99EdeihRtZVEM1cVzf/"     \
    "dMDuovhGmBlwNdzf"
#define SECRET_FILE                                                                        \
    "untrusted comment: minisign encrypted secret key\n"                                   \
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" SECRET_BODY \
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

/* minisign -G, with the passphrase "pw" */
#define SEALED_PUBLIC "RWQggcx7nNcCyXge0PEHdqNSLB7Ks6O04IawWLXAFrSYTcVPABIEd074"
#define SEALED_FILE                                                                        \
    "untrusted comment: minisign encrypted secret key\n"                                   \
    "RWRTY0Iyvf8RFp7HlFanHF7huaTK7IqEN2y+HIR0JzLNJoXFujIAAAACAAAAAAAAAEAAAAAAr+g1s1VdLZYN" \
    "BQfdnK7EqiM/CS+BbNy0hNV4Fx8ttpX9hcvE39tpzzoYRwHwEuAe3XLFTvV3/"                        \
    "gJ/W3QC0AkpZ5/OUEbGvD3tlfu/eQpoBfZf9V4pohtVtuQblXArImwmd0HHr4NUazM=\n"

/* minisign -S -t hello */
#define UNTRUSTED_LINE "untrusted comment: signature from minisign secret key\n"
#define HASHED_LINE                                                                        \
    "RURq4+Po1t0Ux8dW2X6RH5/Ub1TzuscALdK6zXdRDMQ+iysM3ohntP86kbVWV2m/"                     \
    "2nTv+fRVphAi75JgwFKeUjMEHhWfq0KPIws=\n"
#define HASHED_GLOBAL                                                                      \
    "/FaWJoHrsmQM+ST3+1a18lmHHOgwZ18NfR63M2+vXQ+"                                          \
    "aEqGL1sQeGN4g1ZZ62dZvnw6Ab5mhFnEBo2DA5DNYCQ==\n"
#define HASHED_FILE UNTRUSTED_LINE HASHED_LINE "trusted comment: hello\n" HASHED_GLOBAL

/* minisign -S -l */
#define LEGACY_LINE                                                                        \
    "RWRq4+Po1t0Ux7lwOzcwNe06C/"                                                           \
    "wX46qz8C1+Ar7WAESC1E7Es0FQ4hyDdmgsZLiKW8vBV+6KmRimw/qfFaRisIkL6mtu1eLjpQc=\n"
#define LEGACY_FILE                                                                        \
    UNTRUSTED_LINE LEGACY_LINE "trusted comment: timestamp:1795242250\tfile:x.py\n"        \
                               "gjqXQfIiFQo1nBzWgg/"                                       \
                               "AfRH1KdJRkhwkX1W1yBpDrPJ2zskrX+"                           \
                               "snHh0wQVGus0ou/3PMNSiUts+00eyV52iaBg==\n"

#endif
