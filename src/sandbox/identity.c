/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who cells run as.
 *
 * Root gives its cells ids of their own, one each, out of a range that nobody
 * else uses; another caller has only its own id to give.  Root of a container
 * has what the container's user namespace maps: a part of it if that is large,
 * else its own id, unless that is the host's root.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/own.h"
#include "sandbox/sandbox.h"

/*
 * Above what systemd gives to containers (which ends at 1879048191), below
 * 2^31.  One block of 65536, chosen by process, so that two engines do not
 * share ids.
 */
enum { ID_BASE = 0x70000000, ID_BLOCK = 65536, ID_BLOCKS = 2048, ID_LEAST = 4096 };

static uint32_t
smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* One row of /proc/self/uid_map: does it offer more than what is known? */
static void
consider(struct cl_host_facts *facts, uint32_t inside, uint32_t outside, uint32_t count)
{
    uint32_t wanted = ID_BASE + (uint32_t)getpid() % ID_BLOCKS * ID_BLOCK;
    if (inside <= wanted && (uint64_t)inside + count >= (uint64_t)wanted + ID_BLOCK) {
        facts->id_base = wanted;
        facts->id_count = ID_BLOCK;
    } else if (count / 2 >= ID_LEAST && facts->id_count == 0) {
        /* The upper half: a container's own users have low numbers. */
        facts->id_base = inside + count / 2;
        facts->id_count = smaller(count / 2, ID_BLOCK);
    }
    if (inside == 0 && outside == 0) {
        facts->is_real_root = 1;
    }
}

int
cl_identity_find(struct cl_host_facts *facts, struct cloche_error *err)
{
    facts->id_base = 0;
    facts->id_count = 0;
    facts->is_real_root = 0;
    if (facts->uid != 0) {
        return 0;
    }
    cl_autofclose FILE *map = fopen("/proc/self/uid_map", "re");
    uint32_t inside = 0;
    uint32_t outside = 0;
    uint32_t count = 0;
    if (map == NULL && (errno == ENOMEM || errno == EMFILE || errno == ENFILE)) {
        return cl_fail_sys(err, errno, "open /proc/self/uid_map"); /* another time */
    }
    if (map == NULL) {
        facts->is_real_root = 1; /* not known to be another: as good as */
        return 0;
    }
    int rows = 0;
    errno = 0;
    while (fscanf(map, "%u %u %u", &inside, &outside, &count) == 3) {
        consider(facts, inside, outside, count);
        rows++;
    }
    /* An empty map is one without a single id: then nobody could ask. */
    return rows > 0 ? 0 : cl_fail_sys(err, errno, "read /proc/self/uid_map");
}
