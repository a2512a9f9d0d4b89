/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the decision about a signature.  What signatures and keys are is sign/'s,
 * whose keys are trusted and until when is the policy's.
 *
 * The message that is signed is exactly the bytes of the source: no line ending
 * and no encoding is looked at.
 */
#include "engine/signed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "policy/parse/moment.h"
#include "sign/signature.h"

/* What comes of a signature, from best to worst. */
enum answer {
    GOOD,
    EXPIRED,         /* right, by a key whose trust has ended */
    COMMENT_CHANGED, /* by a trusted key, if it is: it does not match */
    CODE_CHANGED,
    NOT_TRUSTED, /* by a key that is not on the list */
    MISSING,
};

/* What is said of it.  Each is another rule, so that programs tell them apart. */
struct refusal {
    const char *rule; /* the policy key that decides it; "" when none does */
    char what[200];
    char reason[300];
    char hint[240];
};

static uint64_t
now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t); /* a valid clock */
    return t.tv_sec > 0 ? (uint64_t)t.tv_sec : 0;
}

/* What one trusted key says of it. */
static enum answer
ask_key(const struct cl_trusted *key, const struct cl_signature *s,
        const struct cloche_request *q)
{
    switch (cl_signature_verify(s, &key->key, q->code, q->code_len)) {
    case CL_SIGNATURE_GOOD: return now_s() < key->until_s ? GOOD : EXPIRED;
    case CL_SIGNATURE_COMMENT_CHANGED: return COMMENT_CHANGED;
    case CL_SIGNATURE_CHANGED: return CODE_CHANGED;
    case CL_SIGNATURE_OTHER_KEY: break;
    }
    return NOT_TRUSTED;
}

/* The best that any of the keys says: two may have the same id.  *key: whose. */
static enum answer
ask_all(const struct cl_trust *trust, const struct cl_signature *s,
        const struct cloche_request *q, const struct cl_trusted **key)
{
    enum answer best = NOT_TRUSTED;
    for (size_t i = 0; i < trust->count; i++) {
        enum answer a = ask_key(&trust->item[i], s, q);
        if (a < best) {
            best = a;
            *key = &trust->item[i];
        }
    }
    return best;
}

#define TELL(member, ...) ((void)snprintf(out->member, sizeof out->member, __VA_ARGS__))

/* Fill out for an answer that is not GOOD.  key: whose it is, where one is known. */
static void
explain(enum answer answer, const char *profile, const char *id,
        const struct cl_trusted *key, struct refusal *out)
{
    char until[CL_MOMENT_TEXT] = "";
    *out = (struct refusal){.rule = ""};
    switch (answer) {
    case GOOD: return;
    case MISSING:
        out->rule = "signature.required";
        TELL(what, "code without a signature");
        TELL(reason, "the code has no signature, and profile '%s' runs signed code only",
             profile);
        TELL(hint,
             "sign it with `cloche sign`, or set profiles.%s.signature.required: false",
             profile);
        return;
    case NOT_TRUSTED:
        out->rule = "signature.keys";
        TELL(what, "code that is signed by key %s", id);
        TELL(reason, "the code is signed by key %s, which profile '%s' does not trust", id,
             profile);
        TELL(hint, "add the file of public key %s to profiles.%s.signature.keys", id,
             profile);
        return;
    case EXPIRED:
        out->rule = "signature.keys.until";
        (void)cl_moment_show(key->until_s, until);
        TELL(what, "code that is signed by key %s, trusted until %s", id, until);
        TELL(reason, "the code is signed by key %s; trust in it ended at %s", id, until);
        TELL(hint,
             "sign it with a key that is trusted, or set a later `until` for key %s in "
             "profiles.%s.signature.keys",
             id, profile);
        return;
    case CODE_CHANGED:
        TELL(what, "code that its signature by key %s does not match", id);
        TELL(reason,
             "the signature by key %s does not match the code: one of them was changed "
             "after it was made",
             id);
        return;
    case COMMENT_CHANGED:
        TELL(what, "a signature by key %s whose trusted comment was changed", id);
        TELL(
            reason,
            "the signature by key %s matches the code, but its trusted comment was changed",
            id);
        return;
    }
}

/* The run ends here, and nothing was started for it. */
static int
refuse(struct cloche_run *run, const struct cloche_request *q, const struct refusal *why,
       struct cloche_where *where, struct cloche_error *err)
{
    struct cloche_result *r = &run->result;
    struct cl_denial denial = {.layer = "policy", .count = 1};
    if (cl_policy_effective(run->engine->policy, q->profile, q->limits, q->n_limits,
                            &r->effective, where, err) < 0) {
        return -1;
    }
    (void)snprintf(denial.rule, sizeof denial.rule, "%s", why->rule); /* ours, shorter */
    (void)snprintf(denial.what, sizeof denial.what, "%s", why->what); /* same size */
    (void)snprintf(denial.hint, sizeof denial.hint, "%s", why->hint); /* same size */
    (void)cl_result_add_denial(r, &denial); /* the first: there is room */
    cl_result_show_denials(r);
    r->outcome = CLOCHE_OUTCOME_DENIED;
    r->source_bytes = q->code_len;
    (void)snprintf(r->reason, sizeof r->reason, "%s", why->reason); /* larger */
    (void)snprintf(r->hint, sizeof r->hint, "%s", why->hint);       /* same size */
    cl_run_end_unstarted(run);
    return 0;
}

static int
note_good(struct cloche_result *r, const struct cl_signature *s, struct cloche_error *err)
{
    (void)cl_key_id_text(s->id, r->signature_key);
    r->signature_comment = strdup(s->comment);
    return r->signature_comment != NULL ? 0 : cl_fail_nomem(err);
}

static void
note_problem(struct cloche_result *r, const char *problem)
{
    (void)snprintf(r->signature_problem, sizeof r->signature_problem, "%s",
                   problem); /* larger */
}

static int
check_given(struct cloche_run *run, const struct cloche_request *q,
            const struct cl_effective *profile, struct cloche_where *where,
            struct cloche_error *err)
{
    /* One that was only found beside the code may as well not have been. */
    int is_optional =
        (q->flags & CLOCHE_RUN_SIGNATURE_FOUND) != 0 && !profile->signature.required;
    struct cl_signature s;
    struct cloche_error why;
    if (is_optional && profile->signature.keys.count == 0) {
        return 0; /* nobody is trusted, so there is nothing to find out */
    }
    if (cl_signature_read(q->signature, q->signature_len, &s, &why) < 0) {
        if (is_optional) {
            note_problem(&run->result, why.msg);
            return 0;
        }
        if (where != NULL) {
            (void)snprintf(where->key, sizeof where->key, "signature"); /* fits */
        }
        (void)cl_fail_as(err, &why);
        return cl_fail_in(err, "signature");
    }
    const struct cl_trusted *key = NULL;
    enum answer answer = ask_all(&profile->signature.keys, &s, q, &key);
    if (answer == GOOD) {
        return note_good(&run->result, &s, err);
    }
    char id[CL_KEY_ID_TEXT];
    struct refusal refusal;
    explain(answer, profile->profile, cl_key_id_text(s.id, id), key, &refusal);
    if (is_optional) {
        note_problem(&run->result, refusal.reason);
        return 0;
    }
    return refuse(run, q, &refusal, where, err);
}

int
cl_signed_check(struct cloche_run *run, const struct cloche_request *q,
                struct cloche_where *where, struct cloche_error *err)
{
    const struct cl_effective *profile = NULL;
    if (cl_policy_profile(run->engine->policy, q->profile, &profile, where, err) < 0) {
        return -1;
    }
    if (q->signature != NULL) {
        return check_given(run, q, profile, where, err);
    }
    if (!profile->signature.required) {
        return 0;
    }
    struct refusal refusal;
    explain(MISSING, profile->profile, "", NULL, &refusal);
    return refuse(run, q, &refusal, where, err);
}
