/* SPDX-License-Identifier: Apache-2.0 */
/* Written from the kernel's description of classic BPF, not from our compiler:
 * the two must be able to disagree. */
#include "simulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
check_one(const struct simulator *s, size_t at)
{
    const struct sock_filter *f = &s->code[at];
    size_t left = s->n - at - 1;
    switch (f->code) {
    case BPF_LD | BPF_W | BPF_ABS:
        return f->k % 4 != 0 || f->k >= sizeof(struct seccomp_data) ? "load outside" : NULL;
    case BPF_ALU | BPF_AND | BPF_K:
    case BPF_RET | BPF_K: return NULL;
    case BPF_JMP | BPF_JA: return f->k >= left ? "jump outside" : NULL;
    case BPF_JMP | BPF_JEQ | BPF_K:
    case BPF_JMP | BPF_JGT | BPF_K:
    case BPF_JMP | BPF_JGE | BPF_K:
    case BPF_JMP | BPF_JSET | BPF_K:
        return f->jt >= left || f->jf >= left ? "branch outside" : NULL;
    default: return "unknown instruction";
    }
}

const char *
simulator_check(const struct simulator *s)
{
    if (s->n == 0 || s->n > BPF_MAXINSNS) {
        return "length";
    }
    for (size_t i = 0; i < s->n; i++) {
        const char *wrong = check_one(s, i);
        if (wrong != NULL) {
            return wrong;
        }
    }
    return s->code[s->n - 1].code == (BPF_RET | BPF_K) ? NULL : "no return at the end";
}

static int
branches(const struct sock_filter *f, uint32_t a)
{
    switch (BPF_OP(f->code)) {
    case BPF_JEQ: return a == f->k;
    case BPF_JGT: return a > f->k;
    case BPF_JGE: return a >= f->k;
    default: return (a & f->k) != 0;
    }
}

uint32_t
simulator_run(struct simulator *s, const struct seccomp_data *data)
{
    uint32_t a = 0;
    s->steps = 0;
    for (size_t pc = 0;; pc++) {
        const struct sock_filter *f = &s->code[pc];
        s->steps++;
        if (pc >= s->n) {
            abort(); /* simulator_check was not asked */
        }
        switch (BPF_CLASS(f->code)) {
        case BPF_LD: memcpy(&a, (const char *)data + f->k, sizeof a); break;
        case BPF_ALU: a &= f->k; break;
        case BPF_RET: return f->k;
        default:
            pc += f->code == (BPF_JMP | BPF_JA) ? f->k : branches(f, a) ? f->jt : f->jf;
        }
    }
}

uint32_t
simulator_stack(uint32_t older, uint32_t newer)
{
    int32_t o = (int32_t)(older & SECCOMP_RET_ACTION_FULL);
    int32_t n = (int32_t)(newer & SECCOMP_RET_ACTION_FULL);
    return o < n ? older : newer;
}

const char *
simulator_name(uint32_t value)
{
    static char text[4][40];
    static unsigned turn;
    char *out = text[turn++ % 4];
    const char *name = "?";
    switch (value & SECCOMP_RET_ACTION_FULL) {
    case SECCOMP_RET_KILL_PROCESS: name = "kill"; break;
    case SECCOMP_RET_KILL_THREAD: name = "kill the thread"; break;
    case SECCOMP_RET_TRAP: name = "trap"; break;
    case SECCOMP_RET_USER_NOTIF: name = "notify"; break;
    case SECCOMP_RET_TRACE: name = "trace"; break;
    case SECCOMP_RET_LOG: name = "log"; break;
    case SECCOMP_RET_ALLOW: name = "allow"; break;
    case SECCOMP_RET_ERRNO:
        (void)snprintf(out, sizeof text[0], "errno %u", value & SECCOMP_RET_DATA);
        return out;
    }
    (void)snprintf(out, sizeof text[0], "%s", name);
    return out;
}
