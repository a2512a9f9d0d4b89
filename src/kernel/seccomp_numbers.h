/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seccomp_numbers.h - numbers and constants that are newer than the headers
 * we build with.  From 424 on, a call has one number on every architecture.
 * A running kernel may have calls that its distribution's headers lack, and a
 * C library newer than those may use them.
 */
#ifndef CL_KERNEL_SECCOMP_NUMBERS_H
#define CL_KERNEL_SECCOMP_NUMBERS_H

#include <asm/unistd.h>

#ifndef __NR_memfd_secret
#define __NR_memfd_secret 447
#endif
#ifndef __NR_process_mrelease
#define __NR_process_mrelease 448
#endif
#ifndef __NR_futex_waitv
#define __NR_futex_waitv 449
#endif
#ifndef __NR_set_mempolicy_home_node
#define __NR_set_mempolicy_home_node 450
#endif
#ifndef __NR_cachestat
#define __NR_cachestat 451
#endif
#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif
#ifndef __NR_map_shadow_stack
#define __NR_map_shadow_stack 453
#endif
#ifndef __NR_futex_wake
#define __NR_futex_wake 454
#endif
#ifndef __NR_futex_wait
#define __NR_futex_wait 455
#endif
#ifndef __NR_futex_requeue
#define __NR_futex_requeue 456
#endif
#ifndef __NR_mseal
#define __NR_mseal 462
#endif
#ifndef __NR_setxattrat
#define __NR_setxattrat 463
#endif
#ifndef __NR_getxattrat
#define __NR_getxattrat 464
#endif
#ifndef __NR_listxattrat
#define __NR_listxattrat 465
#endif
#ifndef __NR_removexattrat
#define __NR_removexattrat 466
#endif
#ifndef __NR_open_tree_attr
#define __NR_open_tree_attr 467
#endif

/* After the numbers: its __SNR_ names take a kernel number where there is
 * one, and are below 0 where this architecture lacks the call. */
#include <seccomp.h>

#ifndef __SNR_memfd_secret
#define __SNR_memfd_secret __NR_memfd_secret
#endif
#ifndef __SNR_process_mrelease
#define __SNR_process_mrelease __NR_process_mrelease
#endif
#ifndef __SNR_futex_waitv
#define __SNR_futex_waitv __NR_futex_waitv
#endif
#ifndef __SNR_set_mempolicy_home_node
#define __SNR_set_mempolicy_home_node __NR_set_mempolicy_home_node
#endif
#ifndef __SNR_cachestat
#define __SNR_cachestat __NR_cachestat
#endif
#ifndef __SNR_fchmodat2
#define __SNR_fchmodat2 __NR_fchmodat2
#endif
#ifndef __SNR_map_shadow_stack
#define __SNR_map_shadow_stack __NR_map_shadow_stack
#endif
#ifndef __SNR_futex_wake
#define __SNR_futex_wake __NR_futex_wake
#endif
#ifndef __SNR_futex_wait
#define __SNR_futex_wait __NR_futex_wait
#endif
#ifndef __SNR_futex_requeue
#define __SNR_futex_requeue __NR_futex_requeue
#endif
#ifndef __SNR_mseal
#define __SNR_mseal __NR_mseal
#endif
#ifndef __SNR_setxattrat
#define __SNR_setxattrat __NR_setxattrat
#endif
#ifndef __SNR_getxattrat
#define __SNR_getxattrat __NR_getxattrat
#endif
#ifndef __SNR_listxattrat
#define __SNR_listxattrat __NR_listxattrat
#endif
#ifndef __SNR_removexattrat
#define __SNR_removexattrat __NR_removexattrat
#endif
#ifndef __SNR_open_tree_attr
#define __SNR_open_tree_attr __NR_open_tree_attr
#endif

/* Arguments.  Spelled as the kernel spells them where a header may know them
 * too; as enums of ours where an architecture has no header for them. */
#ifndef F_DUPFD_QUERY
#define F_DUPFD_QUERY 1027
#endif
#ifndef F_CREATED_QUERY
#define F_CREATED_QUERY 1028
#endif
#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#endif
#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67
#define PR_GET_MEMORY_MERGE 68
#endif
#ifndef PR_GET_AUXV
#define PR_GET_AUXV 0x41555856
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#ifndef PR_SCHED_CORE
#define PR_SCHED_CORE 62
#endif
#ifndef MADV_SOFT_OFFLINE
#define MADV_SOFT_OFFLINE 101
#endif
#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

/* ioctl(2).  TCGETS2, whose macro needs a structure that clashes with libc's;
 * the rest is from <linux/fs.h>, which brings a world with it. */
#define CL_TCGETS2 0x802c542au
#define CL_FICLONE 0x40049409u
#define CL_FICLONERANGE 0x4020940du
#define CL_FIDEDUPERANGE 0xc0189436u

/* arch_prctl(2), x86-64 only */
enum {
    CL_ARCH_SET_GS = 0x1001,
    CL_ARCH_SET_FS = 0x1002,
    CL_ARCH_GET_FS = 0x1003,
    CL_ARCH_GET_GS = 0x1004,
    CL_ARCH_GET_CPUID = 0x1011,
    CL_ARCH_GET_XCOMP_SUPP = 0x1021,
    CL_ARCH_GET_XCOMP_PERM = 0x1022,
    CL_ARCH_REQ_XCOMP_PERM = 0x1023, /* AMX: asked for by matrix libraries */
    CL_ARCH_CET_STATUS = 0x3001,     /* asked by glibc at every exec */
    CL_ARCH_SHSTK_ENABLE = 0x5001,
    CL_ARCH_SHSTK_DISABLE = 0x5002,
    CL_ARCH_SHSTK_LOCK = 0x5003,
    CL_ARCH_SHSTK_STATUS = 0x5005,
};

#endif
