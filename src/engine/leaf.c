/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the engine's subtree of cgroups. */
#include "engine/leaf.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/own.h"
#include "engine/zygote.h"
#include "kernel/cgroup.h"

/* Who forks cells, as the host numbers it: root's zygotes run as the first id
 * of their range. */
static uid_t
zygote_uid(const struct cl_zygote *zygote)
{
    return zygote->sandbox.plan.id_count > 1 ? (uid_t)zygote->sandbox.plan.host_uid
                                             : (uid_t)-1;
}

int
cl_leaf_open(struct cloche_engine *engine, struct cloche_error *err)
{
    if (engine->cgroup_dir == NULL) {
        return 0;
    }
    uid_t owner = engine->host.id_count > 0 ? (uid_t)engine->host.id_base : (uid_t)-1;
    return cl_cgroup_open(engine->cgroup_dir, owner, &engine->cgroup_fd,
                          engine->cgroup_name, err);
}

void
cl_leaf_close(struct cloche_engine *engine)
{
    if (engine->cgroup_fd < 0) {
        return;
    }
    for (int tries = 0; engine->n_dead_leaves > 0 && tries < 100; tries++) {
        cl_leaf_sweep(engine);
        if (engine->n_dead_leaves > 0) {
            (void)usleep(10000); /* killed a moment ago */
        }
    }
    cl_cgroup_close(engine->cgroup_dir, engine->cgroup_name, engine->cgroup_fd);
    cl_drop_fd(&engine->cgroup_fd);
    free(engine->dead_leaves);
    engine->dead_leaves = NULL;
}

static struct cl_cgroup_limits
limits_of(const struct cl_cell_limits *l)
{
    uint64_t tasks = l->processes == UINT64_MAX || l->threads == UINT64_MAX
                         ? UINT64_MAX
                         : 1 + l->processes + l->threads;
    return (struct cl_cgroup_limits){
        .memory_bytes = l->memory_bytes,
        .tasks = tasks,
        .cpu_share_pct = l->cpu_share_pct,
    };
}

int
cl_leaf_new(struct cl_cell *cell, struct cloche_error *err)
{
    struct cloche_engine *engine = cell->zygote->engine;
    if (engine->cgroup_fd < 0) {
        return 0;
    }
    struct cl_cgroup_limits limits = limits_of(&cell->limits);
    return cl_cgroup_leaf_new(engine->cgroup_fd, cell->id, zygote_uid(cell->zygote),
                              &limits, &cell->leaf_fd, err);
}

int
cl_leaf_limit(struct cl_cell *cell, const struct cl_cell_limits *limits,
              struct cloche_error *err)
{
    struct cl_cgroup_limits wanted = limits_of(limits);
    return cl_cgroup_leaf_limit(cell->leaf_fd, &wanted, err);
}

void
cl_leaf_drop(struct cl_cell *cell)
{
    struct cloche_engine *engine = cell->zygote->engine;
    if (engine->cgroup_fd < 0 || cl_cgroup_leaf_remove(engine->cgroup_fd, cell->id) == 0) {
        return;
    }
    uint64_t *grown =
        realloc(engine->dead_leaves, (engine->n_dead_leaves + 1) * sizeof *grown);
    if (grown != NULL) {
        engine->dead_leaves = grown;
        grown[engine->n_dead_leaves++] = cell->id;
    }
}

void
cl_leaf_sweep(struct cloche_engine *engine)
{
    size_t kept = 0;
    for (size_t i = 0; i < engine->n_dead_leaves; i++) {
        if (cl_cgroup_leaf_remove(engine->cgroup_fd, engine->dead_leaves[i]) < 0) {
            engine->dead_leaves[kept++] = engine->dead_leaves[i];
        }
    }
    engine->n_dead_leaves = kept;
}
