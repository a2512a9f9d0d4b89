/* SPDX-License-Identifier: Apache-2.0 */
/* The format of a policy file: what is read, and what is refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "policy/keys.h"
#include "policy/support.h"

static void
what_is_not_the_subset_of_yaml_is_refused_at_its_place(void **state)
{
    static const struct refused rows[] = {
        {"version: 1\n\tdefault: x\n", 2, 1, "", "a tab; expected spaces"},
        {"version: 1 # a\tb\n", 1, 15, "", "a tab"},
        {"version: 1\ndefault: \"a\x01\"\n", 2, 12, "", "control character (0x01)"},
        {"version: 1\n# \xc3\xa9 \xff\n", 2, 5, "", "byte 0xff is not UTF-8"},
        {"version: 1\n# \xed\xa0\x80\n", 2, 3, "", "is not UTF-8"},
        {"version: 1\n# \xc2\x85\n", 2, 3, "", "control character (0x85)"},
        {"%YAML 1.2\n---\nversion: 1\n", 1, 1, "", "YAML directives are not allowed"},
        {"%YAML 2.2\n\"20\"\n", 1, 1, "", "YAML directives are not allowed"},
        {"%TAG ! x\n---\nversion: 1\n", 1, 1, "", "YAML directives are not allowed"},
        {"version: 1\n# a\rb\n", 2, 4, "", "control character (0x0d)"},
        {"version: 1\ndefault: &a x\n", 2, 11, "", "anchors and aliases are not allowed"},
        {"version: 1\ndefault: *a\n", 2, 11, "", "anchors and aliases"},
        {"version: 1\nprofiles: &a {p: {}}\n", 2, 12, "", "anchors and aliases"},
        {"version: 1\nalerts: &a []\n", 2, 10, "", "anchors and aliases"},
        {"version: 1\ndefault: !!str x\n", 2, 10, "", "tags are not allowed"},
        {"version: 1\nprofiles: !x {}\n", 2, 11, "", "tags are not allowed"},
        {"version: 1\n<<: {}\n", 2, 1, "",
         "merge keys are not allowed; expected 'extends'"},
        {"version: 1\nversion: 1\n", 2, 1, "",
         "'version' is written twice (first in line 1)"},
        {PROFILE("    limits: {wall: 5s, wall: 6s}\n"), 4, 24, "",
         "'wall' is written twice"},
        {"version: 1\n? [a]\n: b\n", 2, 3, "", "a list as a key"},
        {"version: 1\n? {a: b}\n: b\n", 2, 3, "", "a mapping as a key"},
        {"version: 1\n\"\": b\n", 2, 1, "", "an empty key"},
        {"version: 1\n---\nversion: 1\n", 2, 1, "", "a second document"},
        {"version: 1\ndefault: \"a\\0b\"\n", 2, 10, "", "a text that has a NUL in it"},
        {"version: 1\ndefault: \"a\\x00b\"\n", 2, 10, "", "a text that has a NUL in it"},
        {"version: 1\ndefault: \"a\\ud800b\"\n", 2, 12, "", "not YAML"},
        {"version: 1\ndefault: |\n  a\n", 2, 1, "", "a text on several lines"},
        {"version: 1\ndefault: >-\n  a\n", 2, 1, "", "a text on several lines"},
        {"version: 1\ndefault: a\n  b\n", 2, 10, "", "a text on several lines"},
        {"version: 1\ndefault: \"a\n  b\"\n", 2, 10, "", "a text on several lines"},
        {"version: 1\ndefault: 'a\n  b'\n", 2, 10, "",
         "a text on several lines; expected one"},
        {"version: 1\nprofiles: {p: [}\n", 2, 16, "", "not YAML"},
        {"version: 1\nprofiles: {p: {}\n", 3, 1, "", "not YAML"},
        {"version: 1\ndefault: \"x\n", 2, 11, "", "not YAML"},
        {"[[[[[[[[[[[[[\n", 1, 13, "", "nested more than 12 levels deep"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
the_top_of_a_file_is_checked(void **state)
{
    static const struct refused rows[] = {
        {"", 1, 1, "version", "it is missing; expected version: 1"},
        {"# nothing\n", 1, 1, "version", "it is missing"},
        {"default: isolated\n", 1, 1, "version", "it is missing"},
        {"version: 2\n", 1, 10, "version", "'2' is not a known version; expected 1"},
        {"version: \"1\"\n", 1, 10, "version", "'1' is not a known version"},
        {"version:\n", 1, 1, "version", "is not a known version"},
        {"version: [1]\n", 1, 10, "version", "'a list' is not a known version"},
        {"- version: 1\n", 1, 1, "", "is a list; expected a mapping"},
        {"policy\n", 1, 1, "", "is a text; expected a mapping"},
        {"version: 1\nprofile: {}\n", 2, 1, "profile", "did you mean 'profiles'?"},
        {"version: 1\nzzz: {}\n", 2, 1, "zzz",
         "unknown key; expected one of audit, default"},
        {"version: 1\nlimits: {}\n", 2, 1, "limits", "unknown key"},
        {"version: 1\nwall: 5s\n", 2, 1, "wall", "unknown key"},
        {"version: 1\naudit.sync: each\n", 2, 1, "audit.sync", "unknown key"},
        {"version: 1\ndefault: lesson\n", 2, 10, "default",
         "no profile 'lesson'; expected"},
        {"version: 1\ndefault: isolatde\n", 2, 10, "default", "did you mean 'isolated'?"},
        {"version: 1\ndefault:\n", 2, 1, "default", "is empty"},
        {"version: 1\nmin_assurance: strong\n", 2, 16, "min_assurance",
         "'strong' is none of them; expected language, process, namespace, container or "
         "vm"},
        {"version: 1\nprofiles: [a]\n", 2, 11, "profiles", "is a list; expected a mapping"},
        {"version: 1\nprofiles:\n", 2, 1, "profiles", "is empty; expected a mapping"},
        {"version: 1\nprofiles: {a b: {}}\n", 2, 12, "profiles", "'a b' is not a name"},
        {"version: 1\nprofiles: {1a: {}}\n", 2, 12, "profiles", "begins with a letter"},
        {"version: 1\nprofiles: {a: 5}\n", 2, 15, "profiles.a", "is a number"},
        {"version: 1\nprofiles: {a: []}\n", 2, 15, "profiles.a", "is a list"},
        {"version: 1\nrate_limits: {user: {}}\n", 2, 15, "rate_limits.user", "unknown key"},
        {"version: 1\nrate_limits: {principal: {per_minute: 0}}\n", 2, 39,
         "rate_limits.principal.per_minute", "'0' means nothing; the least is 1"},
        {"version: 1\nrate_limits: {global: {concurrent: -1}}\n", 2, 36,
         "rate_limits.global.concurrent", "'-1' is negative; expected a whole number"},
        {"version: 1\naudit: {sync: never}\n", 2, 15, "audit.sync",
         "expected group or each"},
        {"version: 1\naudit: {retention: 90}\n", 2, 20, "audit.retention", "has no unit"},
        {"version: 1\naudit: {retention: 1s}\n", 2, 20, "audit.retention",
         "too small; the least is 1h"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
alerts_are_checked(void **state)
{
#define ALERT(when) "version: 1\nalerts:\n  - {notify: log, when: " when "}\n"
    static const struct refused rows[] = {
        {"version: 1\nalerts: {}\n", 2, 9, "alerts", "is a mapping; expected a list"},
        {"version: 1\nalerts: [x]\n", 2, 10, "alerts", "is a text"},
        {"version: 1\nalerts: [{when: runs > 1 per 1m}]\n", 2, 10, "alerts",
         "'notify' is missing"},
        {"version: 1\nalerts: [{notify: log}]\n", 2, 10, "alerts", "'when' is missing"},
        {"version: 1\nalerts: [{who: me}]\n", 2, 11, "alerts.who",
         "expected when or notify"},
        {ALERT("denials"), 3, 25, "alerts.when", "'denials' is not a condition; expected"},
        {ALERT("denial > 1 per 1m"), 3, 25, "alerts.when", "did you mean 'denials'?"},
        {ALERT("xyz > 1 per 1m"), 3, 25, "alerts.when", "'xyz' is not counted"},
        {ALERT("runs < 1 per 1m"), 3, 25, "alerts.when", "'<' is neither > nor >="},
        {ALERT("runs > -1 per 1m"), 3, 25, "alerts.when", "is negative"},
        {ALERT("runs >= 0 per 1m"), 3, 25, "alerts.when", "always holds"},
        {ALERT("runs > 1 in 1m"), 3, 25, "alerts.when", "'in' stands where 'per' should"},
        {ALERT("runs > 1 per 1"), 3, 25, "alerts.when", "has no unit"},
        {ALERT("runs > 1 per 1ms"), 3, 25, "alerts.when", "is not between 1s and 366d"},
        {ALERT("runs > 1 per 1m by user"), 3, 25, "alerts.when", "'user' is not principal"},
        {ALERT("runs > 1 per 1m for user"), 3, 25, "alerts.when", "where 'by' should"},
        {ALERT("runs > 1 per 1m by"), 3, 25, "alerts.when", "is not a condition"},
        {"version: 1\nalerts:\n  - {when: runs > 1 per 1m, notify: mail}\n", 3, 37,
         "alerts.notify", "'mail' is not a URL"},
        {"version: 1\nalerts:\n  - {when: runs > 1 per 1m, notify: \"ftp://a\"}\n", 3, 37,
         "alerts.notify", "is not a URL"},
        {"version: 1\nalerts:\n  - {when: runs > 1 per 1m, notify: \"http://u@a/\"}\n", 3,
         37, "alerts.notify", "has a user name"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
package_sets_are_checked(void **state)
{
    static const struct refused rows[] = {
        {"version: 1\npackage_sets: []\n", 2, 15, "package_sets", "is a list"},
        {"version: 1\npackage_sets: {s: {}}\n", 2, 19, "package_sets.s",
         "nothing is in the set; expected allow: [NAME] or path: /DIRECTORY"},
        {"version: 1\npackage_sets: {s: {allow: []}}\n", 2, 19, "package_sets.s",
         "nothing"},
        {"version: 1\npackage_sets: {s: {allow: numpy}}\n", 2, 27, "package_sets.s.allow",
         "is a text; expected a list"},
        {"version: 1\npackage_sets: {s: {allow: [\"numpy>\"]}}\n", 2, 28,
         "package_sets.s.allow", "'numpy>' has a version that is not one of PEP 440"},
        {"version: 1\npackage_sets: {s: {path: lib}}\n", 2, 26, "package_sets.s.path",
         "'lib' is not absolute; expected an absolute directory"},
        {"version: 1\npackage_sets: {s: {path: /a/../b}}\n", 2, 26, "package_sets.s.path",
         "'/a/../b' has '..' in it"},
        {"version: 1\npackage_sets: {s: {allow: [a], lock: ../l}}\n", 2, 38,
         "package_sets.s.lock", "has '..' in it"},
        {"version: 1\npackage_sets: {s: {allow: [a], lok: l}}\n", 2, 32,
         "package_sets.s.lok", "did you mean 'lock'?"},
        {"version: 1\npackage_sets: {\"a/b\": {allow: [a]}}\n", 2, 16, "package_sets.a/b",
         "is not a name"},
        {PROFILE(
             "    python: {packages: numpi}\npackage_sets:\n  numpy: {allow: [numpy]}\n"),
         4, 14, "profiles.p.python.packages",
         "no package set 'numpi'; did you mean 'numpy'?"},
        {PROFILE("    python: {packages: other}\n"), 4, 14, "profiles.p.python.packages",
         "no package set 'other'; expected a name in package_sets"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
limits_are_checked(void **state)
{
#define LIMIT(text) PROFILE("    limits:\n      " text "\n")
    static const struct refused rows[] = {
        {LIMIT("wall: -5s"), 5, 13, "profiles.p.limits.wall",
         "profiles.p.limits.wall: '-5s' is negative; expected a time such as 250ms, 5s, 2m "
         "or 90d"},
        {LIMIT("wall: 0s"), 5, 13, "profiles.p.limits.wall",
         "means nothing; the least is 1ms"},
        {LIMIT("wall: 0"), 5, 13, "profiles.p.limits.wall", "means nothing"},
        {LIMIT("wall: 5"), 5, 13, "profiles.p.limits.wall", "'5' has no unit"},
        {LIMIT("wall: 5MiB"), 5, 13, "profiles.p.limits.wall", "unknown unit"},
        {LIMIT("wall: 366d"), 5, 13, "profiles.p.limits.wall",
         "too large; the most is 365d"},
        {LIMIT("wall:"), 5, 7, "profiles.p.limits.wall", "is empty"},
        {LIMIT("wall: [5s]"), 5, 13, "profiles.p.limits.wall", "is a list"},
        {LIMIT("wall: none"), 5, 7, "profiles.p.limits.wall",
         "'none' is not possible at level isolated"},
        {LIMIT("source: none"), 5, 15, "profiles.p.limits.source", "cannot be 'none'"},
        {LIMIT("memory: 0"), 5, 15, "profiles.p.limits.memory", "means nothing"},
        {LIMIT("memory: 1KiB"), 5, 15, "profiles.p.limits.memory", "the least is 1MiB"},
        {LIMIT("cpu: 5 s"), 5, 12, "profiles.p.limits.cpu", "unknown unit"},
        {LIMIT("cpu_share: 0%"), 5, 18, "profiles.p.limits.cpu_share", "is not between"},
        {LIMIT("cpu_share: 50"), 5, 18, "profiles.p.limits.cpu_share", "has no unit"},
        {LIMIT("cpu_share: 12.5%"), 5, 18, "profiles.p.limits.cpu_share", "whole share"},
        {LIMIT("threads: 0"), 5, 16, "profiles.p.limits.threads", "means nothing"},
        {LIMIT("processes: many"), 5, 18, "profiles.p.limits.processes",
         "'many' is not a whole number"},
        {LIMIT("processes: 1.5"), 5, 18, "profiles.p.limits.processes", "is not a whole"},
        {LIMIT("inodes: 1"), 5, 15, "profiles.p.limits.inodes", "the least is 2"},
        {LIMIT("disk: 1KiB"), 5, 13, "profiles.p.limits.disk", "the least is 4KiB"},
        {LIMIT("loop_iterations: 10"), 5, 7, "profiles.p.limits.loop_iterations",
         "has no sense at level isolated; expected level restricted"},
        {LIMIT("wal: 5s"), 5, 7, "profiles.p.limits.wal", "did you mean 'wall'?"},
        {LIMIT("limit: 5s"), 5, 7, "profiles.p.limits.limit", "unknown key"},
        {PROFILE("    wall: 5s\n"), 4, 5, "profiles.p.wall", "did you mean 'limits.wall'?"},
        {PROFILE("    limits: 5s\n"), 4, 13, "profiles.p.limits", "expected a mapping"},
        {PROFILE("    limits:\n"), 4, 5, "profiles.p.limits",
         "is empty; expected a mapping"},
        {PROFILE("    level: container\n    limits: {heap: 1MiB}\n"), 5, 14,
         "profiles.p.limits.heap", "expected level restricted, isolated or trusted"},
        {PROFILE("    level: container\n    limits: {recursion: 100}\n"), 5, 14,
         "profiles.p.limits.recursion", "has no sense at level container"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
python_keys_are_checked(void **state)
{
#define RESTRICTED(text) PROFILE("    level: restricted\n    python:\n      " text "\n")
    static const struct refused rows[] = {
        {RESTRICTED("preload: [json, \"a b\"]"), 6, 23, "profiles.p.python.preload",
         "'a b' is not a dotted name; expected a module's name"},
        {RESTRICTED("preload: json"), 6, 16, "profiles.p.python.preload", "is a text"},
        {RESTRICTED("preload: [1]"), 6, 17, "profiles.p.python.preload",
         "'1' without quotes is a number"},
        {RESTRICTED("preload: [true]"), 6, 17, "profiles.p.python.preload",
         "'true' without quotes is a switch"},
        {RESTRICTED("preload: [~]"), 6, 17, "profiles.p.python.preload", "is empty"},
        {RESTRICTED("preload: [[json]]"), 6, 17, "profiles.p.python.preload", "is a list"},
        {RESTRICTED("preload: [os.]"), 6, 17, "profiles.p.python.preload", "'os.' is not"},
        {RESTRICTED("syntax: {deny: [Awaits]}"), 6, 23, "profiles.p.python.syntax.deny",
         "'Awaits' is not a syntax node of Python; did you mean 'Await'?"},
        {RESTRICTED("syntax: {deny: [stmt]}"), 6, 23, "profiles.p.python.syntax.deny",
         "is not a syntax node"},
        {RESTRICTED("syntax: [Await]"), 6, 15, "profiles.p.python.syntax", "is a list"},
        {RESTRICTED("builtins: {deny: [prnt]}"), 6, 25, "profiles.p.python.builtins.deny",
         "did you mean 'print'?"},
        {RESTRICTED("builtins: {allow: [eval]}"), 6, 26, "profiles.p.python.builtins.allow",
         "'eval' is allowed by python.dynamic_code"},
        {RESTRICTED("modules: {allow: [\"json;\"]}"), 6, 25,
         "profiles.p.python.modules.allow", "is not a dotted name"},
        {RESTRICTED("modules: {allow: [jsn]}"), 6, 25, "profiles.p.python.modules.allow",
         "'jsn' is not offered at level restricted; did you mean 'json'?"},
        {RESTRICTED("modules: {allow: [math, subprocess]}"), 6, 31,
         "profiles.p.python.modules.allow", "others need level isolated"},
        {RESTRICTED("modules: {only: {os: [getcwd]}}"), 6, 24,
         "profiles.p.python.modules.only.os", "is not offered at level restricted"},
        {RESTRICTED("modules: {deny: [json]}"), 6, 17, "profiles.p.python.modules.deny",
         "did you mean"},
        {RESTRICTED("modules: {only: {math: []}}"), 6, 30,
         "profiles.p.python.modules.only.math", "an empty list allows nothing"},
        {RESTRICTED("modules: {only: {math: [a.b]}}"), 6, 31,
         "profiles.p.python.modules.only.math", "is not an identifier"},
        {RESTRICTED("modules: {only: {\"1\": [a]}}"), 6, 24,
         "profiles.p.python.modules.only.1", "is not a dotted name"},
        {RESTRICTED("modules: {only: [math]}"), 6, 23, "profiles.p.python.modules.only",
         "is a list; expected a mapping such as"},
        {RESTRICTED("introspection: some"), 6, 22, "profiles.p.python.introspection",
         "expected none or read"},
        {RESTRICTED("dynamic_code: \"yes\""), 6, 21, "profiles.p.python.dynamic_code",
         "'yes' is not a switch: it is in quotes; expected true or false"},
        {RESTRICTED("dynamic_code: yes"), 6, 21, "profiles.p.python.dynamic_code",
         "'yes' is not a switch; expected true or false"},
        {PROFILE("    python: {dynamic_code: true}\n"), 4, 14,
         "profiles.p.python.dynamic_code", "has no sense at level isolated"},
        {PROFILE("    python: {modules: {allow: [json]}}\n"), 4, 24,
         "profiles.p.python.modules.allow", "has no sense at level isolated"},
        {PROFILE("    python: {modules: {only: {json: [loads]}}}\n"), 4, 24,
         "profiles.p.python.modules.only", "has no sense at level isolated"},
        {PROFILE("    level: trusted\n    python: {builtins: {deny: [open]}}\n"), 5, 25,
         "profiles.p.python.builtins.deny", "has no sense at level trusted"},
        {PROFILE("    level: container\n    python: {preload: [json]}\n"), 5, 14,
         "profiles.p.python.preload", "has no sense at level container"},
        {PROFILE("    level: none\n"), 4, 12, "profiles.p.level",
         "expected restricted, isolated, container or trusted"},
        {PROFILE("    level: Trusted\n"), 4, 12, "profiles.p.level", "is none of them"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
keys_about_the_host_are_checked(void **state)
{
    static const struct refused rows[] = {
        {PROFILE("    files: {work: shared}\n"), 4, 19, "profiles.p.files.work",
         "expected none, private or workspace"},
        {PROFILE("    files: {read: [data]}\n"), 4, 20, "profiles.p.files.read",
         "'data' is not absolute"},
        {PROFILE("    files: {read: [/srv/../etc]}\n"), 4, 20, "profiles.p.files.read",
         "has '..' in it"},
        {PROFILE("    files: {read: [\"/a\\nb\"]}\n"), 4, 20, "profiles.p.files.read",
         "has a control character in it"},
        {PROFILE("    files: {read: [/]}\n"), 4, 13, "profiles.p.files.read",
         "'/' is the run's own place at level isolated"},
        {PROFILE("    files: {read: [/proc/self]}\n"), 4, 13, "profiles.p.files.read",
         "is the run's own place"},
        {PROFILE("    files: {read: [/tmp]}\n"), 4, 13, "profiles.p.files.read",
         "own place"},
        {PROFILE("    files: {write: [/srv]}\n"), 4, 13, "profiles.p.files.write",
         "has no sense at level isolated; expected level trusted"},
        {PROFILE("    storage: {scope: user}\n"), 4, 22, "profiles.p.storage.scope",
         "expected none, origin, principal or script"},
        {PROFILE("    storage: {quota: 0}\n"), 4, 22, "profiles.p.storage.quota",
         "means nothing"},
        {PROFILE("    storage: {quota: none}\n"), 4, 22, "profiles.p.storage.quota",
         "cannot be 'none'"},
        {PROFILE("    network: {mode: open}\n"), 4, 21, "profiles.p.network.mode",
         "expected none, same-origin, list or audited"},
        {PROFILE("    network: {mode: audited}\n"), 4, 15, "profiles.p.network.mode",
         "'audited' refuses no connection; level isolated does; expected level trusted"},
        {PROFILE("    network: {allow: [a.example]}\n"), 4, 15, "profiles.p.network.allow",
         "the mode is none, so the list allows nothing; expected network.mode: list"},
        {PROFILE(
             "    network: {mode: same-origin, private_addresses: allow, allow: [a]}\n"),
         4, 60, "profiles.p.network.allow", "so the list adds nothing"},
        {PROFILE("    network: {mode: list, allow: [\"not a host\"]}\n"), 4, 35,
         "profiles.p.network.allow", "'not a host' has a character that no host has"},
        {PROFILE("    network: {mode: list, allow: [\"https://a/b\"]}\n"), 4, 35,
         "profiles.p.network.allow", "has a path"},
        {PROFILE("    network: {mode: list, private_addresses: maybe}\n"), 4, 46,
         "profiles.p.network.private_addresses", "expected deny or allow"},
        {PROFILE("    network: {bandwidth: 1MiB}\n"), 4, 26, "profiles.p.network.bandwidth",
         "does not end in /s; expected a size per second such as 1MiB/s"},
        {PROFILE("    host: {expose: {\"a b\": read}}\n"), 4, 21,
         "profiles.p.host.expose.a b", "is not a dotted name"},
        {PROFILE("    host: {expose: {a: get}}\n"), 4, 24, "profiles.p.host.expose.a",
         "'get' is none of them; expected read, write, call"},
        {PROFILE("    host: {expose: {a: {}}}\n"), 4, 24, "profiles.p.host.expose.a",
         "it exposes nothing"},
        {PROFILE("    host: {expose: {a: {read: true, calls: 3}}}\n"), 4, 24,
         "profiles.p.host.expose.a", "'calls' counts the calls"},
        {PROFILE("    host: {expose: {a: {call: true, calls: 0}}}\n"), 4, 44,
         "profiles.p.host.expose.a.calls", "means nothing"},
        {PROFILE("    host: {expose: {a: {call: true, aprove: true}}}\n"), 4, 37,
         "profiles.p.host.expose.a.aprove", "did you mean 'approve'?"},
        {PROFILE("    env: {pass: [\"A=B\"]}\n"), 4, 18, "profiles.p.env.pass",
         "'A=B' is not an identifier; expected a variable's name"},
        {PROFILE("    env: {set: {\"A=\": b}}\n"), 4, 17,
         "profiles.p.env.set.A=", "is not an identifier"},
        {PROFILE("    env: {set: {A: true}}\n"), 4, 20, "profiles.p.env.set.A",
         "'true' is a switch; expected a text in quotes"},
        {PROFILE("    env: {set: {A: }}\n"), 4, 17, "profiles.p.env.set.A", "is empty"},
        {PROFILE("    env: {set: {A: b}, pass: [A]}\n"), 4, 24, "profiles.p.env.pass",
         "'A' is in env.set too"},
        {PROFILE("    signature: {required: true}\n"), 4, 17,
         "profiles.p.signature.required", "no key is named"},
        {PROFILE("    signature: {keys: [../ops.pub]}\n"), 4, 24,
         "profiles.p.signature.keys", "has '..' in it"},
        {PROFILE("    signature: {keys: [ops.pub]}\n"), 4, 24, "profiles.p.signature.keys",
         "'ops.pub' is relative, and the policy is a text"},
        {PROFILE("    signature: {keys: [/dev/null]}\n"), 4, 24,
         "profiles.p.signature.keys", "'/dev/null': is no regular file"},
        {PROFILE("    signature: {keys: [/nowhere/a.pub]}\n"), 4, 24,
         "profiles.p.signature.keys", "'/nowhere/a.pub': No such file"},
        {PROFILE("    signature: {keys: ops.pub}\n"), 4, 23, "profiles.p.signature.keys",
         "is a text; expected a list in brackets"},
        {PROFILE("    signature: {keys: [5]}\n"), 4, 24, "profiles.p.signature.keys",
         "'5' without quotes is a number"},
        {PROFILE("    signature: {keys: [{until: 2027-01-31}]}\n"), 4, 24,
         "profiles.p.signature.keys", "no key is named; expected either file or key"},
        {PROFILE("    signature: {keys: [{}]}\n"), 4, 24, "profiles.p.signature.keys",
         "no key is named"},
        {PROFILE("    signature: {keys: [{file: a.pub, key: " KEY_1 "}]}\n"), 4, 24,
         "profiles.p.signature.keys", "both file and key name a key"},
        {PROFILE("    signature: {keys: [{key: ops.pub}]}\n"), 4, 30,
         "profiles.p.signature.keys.key", "no public key of minisign"},
        {PROFILE("    signature: {keys: [{key: " KEY_1 "A}]}\n"), 4, 30,
         "profiles.p.signature.keys.key", "no public key of minisign"},
        {PROFILE("    signature: {keys: [{key: " KEY_1 ", til: 2027-01-31}]}\n"), 4, 88,
         "profiles.p.signature.keys.til", "unknown key; expected file, key or until"},
        {PROFILE("    signature: {keys: [{key: " KEY_1 ", until: 2027-02-29}]}\n"), 4, 95,
         "profiles.p.signature.keys.until", "'2027-02-29' names a day that there is not"},
        {PROFILE("    signature: {keys: [{key: " KEY_1 ", until: 2027}]}\n"), 4, 95,
         "profiles.p.signature.keys.until", "is neither a date nor a time"},
        {PROFILE("    signature: {keys: [{key: " KEY_1 ", until: }]}\n"), 4, 88,
         "profiles.p.signature.keys.until", "is empty"},
        {PROFILE("    signature: {keys: [{key: " KEY_1 "}, {key: " KEY_1
                 ", until: 2027-01-31}]}\n"),
         4, 89, "profiles.p.signature.keys", "key " ID_1 " is in the list with another"},
        {PROFILE("    rate_limit: {burst: 0}\n"), 4, 25, "profiles.p.rate_limit.burst",
         "means nothing"},
        {PROFILE("    on_violation: {deny: false}\n"), 4, 20,
         "profiles.p.on_violation.deny", "level isolated denies in any case"},
        {PROFILE("    on_violation: {kill_after: 0}\n"), 4, 32,
         "profiles.p.on_violation.kill_after", "means nothing"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

/* The shape of the whole format, every key once. */
static const char everything[] =
    "version: 1\n"
    "default: lesson\n"
    "min_assurance: namespace\n"
    "profiles:\n"
    "  lesson:\n"
    "    extends: classroom\n"
    "    level: restricted\n"
    "    python:\n"
    "      preload: [json, math]\n"
    "      packages: lesson-env\n"
    "      syntax:   {deny: [AsyncFunctionDef, Await]}\n"
    "      builtins: {allow: [print, vars, True], deny: [input, hash]}\n"
    "      modules:\n"
    "        allow: [json, math, re, tomllib]\n"
    "        only:  {operator: [add, mul], traceback: [format_exc]}\n"
    "        audit: [ctypes, subprocess]\n"
    "      introspection: none\n"
    "      dynamic_code: false\n"
    "    limits: {\n"
    "      wall: 5s,         cpu: 5s,          memory: 100MiB,   heap: 32MiB,\n"
    "      output: 10MiB,    recursion: 200,   loop_iterations: 1_000_000,\n"
    "      processes: 0,     threads: 32,      open_files: 64,   file_size: 16MiB,\n"
    "      disk: 64MiB,      inodes: 1000,     cpu_share: 50%,   idle: 20m,\n"
    "      source: 256KiB,   result: 8MiB,     host_calls: 1000}\n"
    "    files:\n"
    "      work: private\n"
    "      read:  [/srv/datasets/, /srv//models/./x]\n"
    "      write: []\n"
    "    storage: {scope: origin, quota: 5MiB}\n"
    "    network:\n"
    "      mode: none\n"
    "      allow: [\"https://API.example.com\", \"*.example.org:443\"]\n"
    "      private_addresses: deny\n"
    "      bandwidth: 1MiB/s\n"
    "      bytes: 10MiB\n"
    "      requests: 100\n"
    "    host:\n"
    "      expose:\n"
    "        \"document.title\": read\n"
    "        \"document.querySelector\": call\n"
    "        \"tags.write\": {call: true, calls: 20, approve: true}\n"
    "    env: {pass: [LANG, TZ], set: {PYTHONUTF8: \"1\", N: 2}}\n"
    "    signature: {required: false, keys: [{key: " KEY_1 ", until: 2027-01-31}]}\n"
    "    rate_limit: {per_minute: 60, burst: 10}\n"
    "    on_violation: {deny: true, kill_after: 20}\n"
    "rate_limits:\n"
    "  principal: {per_minute: 60, per_hour: 1000, burst: 10, concurrent: 4}\n"
    "  global:    {per_minute: 500, concurrent: 64}\n"
    "audit: {sync: each, code: full, variables: values, output: full, retention: 30d}\n"
    "alerts:\n"
    "  - {when: denials > 10 per 5m by principal, notify: https://ops.example.com/hook}\n"
    "  - {when: memory_limit >= 3 per 10m by script, notify: log}\n"
    "package_sets:\n"
    "  lesson-env: {allow: [numpy, \"pandas>=2,<3\"], lock: lesson.lock, path: /opt/env/}\n"
    "  other: {path: /opt/other}\n";

static void
every_key_of_a_profile_is_read(void **state)
{
    cl_autofree char *unused = NULL;
    struct cl_effective *e = effective_from(everything, NULL);
    (void)state;
    (void)unused;
    assert_string_equal(e->profile, "lesson");
    assert_int_equal(e->level, CL_LEVEL_RESTRICTED);
    assert_int_equal(e->limit[CL_LIMIT_HEAP], 32 << 20);
    assert_int_equal(e->limit[CL_LIMIT_LOOP_ITERATIONS], 1000000);
    assert_int_equal(e->limit[CL_LIMIT_CPU_SHARE], 50);
    assert_int_equal(e->limit[CL_LIMIT_IDLE], 1200 * 1000000000ull);
    assert_int_equal(e->python.preload.count, 2);
    assert_string_equal(e->python.packages, "lesson-env");
    assert_string_equal(e->python.packages_path, "/opt/env");
    assert_int_equal(e->python.syntax_deny.count, 2);
    assert_int_equal(e->python.n_only, 2);
    assert_string_equal(e->python.only[1].module, "traceback");
    assert_int_equal(e->python.only[1].functions.count, 3);
    assert_int_equal(e->python.modules_audit.count, 2);
    assert_int_equal(e->files.work, CL_WORK_PRIVATE);
    assert_string_equal(e->files.read.item[0], "/srv/datasets");
    assert_string_equal(e->files.read.item[1], "/srv/models/x");
    assert_int_equal(e->storage.scope, CL_STORAGE_ORIGIN);
    assert_int_equal(e->network.mode, CL_NETWORK_NONE);
    assert_int_equal(e->network.allow.count, 0);
    assert_int_equal(e->network.bandwidth_bytes, 1 << 20);
    assert_int_equal(e->network.requests, 100);
    assert_int_equal(e->n_expose, 3);
    assert_string_equal(e->expose[2].name, "tags.write");
    assert_true(e->expose[2].can_call && e->expose[2].needs_approval);
    assert_false(e->expose[2].can_read);
    assert_int_equal(e->expose[2].calls, 20);
    assert_int_equal(e->env_pass.count, 2);
    assert_string_equal(e->env_set.item[0].value, "2");
    assert_string_equal(e->env_set.item[1].value, "1");
    assert_false(e->signature.required);
    assert_int_equal(e->signature.keys.count, 1);
    char shown[CL_TRUSTED_TEXT];
    assert_string_equal(cl_trusted_show(&e->signature.keys.item[0], shown),
                        ID_1 " (until 2027-01-31)");
    assert_int_equal(e->rate.per_minute, 60);
    assert_int_equal(e->rate.burst, 10);
    assert_int_equal(e->rate.per_hour, CL_LIMIT_NONE);
    assert_int_equal(e->on_violation.kill_after, 20);
    cl_effective_free(e);
}

static void
every_key_beside_the_profiles_is_read(void **state)
{
    struct cloche_policy *p = parse_good(everything);
    const struct cl_settings *s = cl_policy_settings(p);
    (void)state;
    assert_string_equal(cloche_policy_default(p), "lesson");
    assert_int_equal(s->min_assurance, CL_ASSURANCE_NAMESPACE);
    assert_int_equal(s->principal.concurrent, 4);
    assert_int_equal(s->global.per_minute, 500);
    assert_int_equal(s->global.burst, CL_LIMIT_NONE);
    assert_int_equal(s->audit.sync, CL_SYNC_EACH);
    assert_int_equal(s->audit.code, CL_CODE_FULL);
    assert_int_equal(s->audit.variables, CL_VARIABLES_VALUES);
    assert_int_equal(s->audit.output, CL_OUTPUT_FULL);
    assert_true(s->audit.retention_ns == 30 * 86400 * 1000000000ull);
    assert_int_equal(s->n_alerts, 2);
    assert_string_equal(s->alerts[0].metric, "denials");
    assert_int_equal(s->alerts[0].threshold, 10);
    assert_int_equal(s->alerts[0].by, CL_BY_PRINCIPAL);
    assert_string_equal(s->alerts[0].notify, "https://ops.example.com/hook");
    assert_int_equal(s->alerts[1].threshold, 2);
    assert_true(s->alerts[1].window_ns == 600 * 1000000000ull);
    assert_int_equal(s->n_sets, 2);
    assert_string_equal(s->sets[0].lock, "lesson.lock");
    assert_int_equal(s->sets[0].allow.count, 2);
    assert_null(s->sets[1].lock);
    cloche_policy_unref(p);
}

static void
what_is_unusual_and_means_something_is_accepted(void **state)
{
    static const char *const rows[] = {
        "version: 1\n",
        "\xef\xbb\xbfversion: 1\n",
        "version: 1\r\ndefault: judge\r\n",
        "{\"version\": 1, \"profiles\": {\"p\": {\"limits\": {\"wall\": \"1s\"}}}}",
        "version: 1\nprofiles: {}\n",
        "version: 1\nprofiles:\n  p:\n",
        "version: 1\nprofiles:\n  p: {}\n",
        "version: 1\nalerts: []\npackage_sets: {}\naudit: {}\nrate_limits: {}\n",
        "version: 1\ndefault: 'judge'\n",
        PROFILE("    limits: {cpu: 20s, wall: 10s}\n"), /* two threads may do that */
        PROFILE("    limits: {recursion: \"200\", output: 0, file_size: 0B, heap: none}\n"),
        PROFILE("    level: trusted\n    limits: {wall: none, memory: none}\n"),
        PROFILE("    level: trusted\n    files: {read: [/], write: [/srv]}\n"),
        PROFILE("    files: {write: []}\n    python: {modules: {allow: []}}\n"),
        PROFILE("    network: {mode: list, allow: []}\n"),
        PROFILE("    network: {mode: none, allow: [a.example]}\n"),
        PROFILE("    env: {set: {A: \"true\", B: \"\", C: 1.5}}\n"),
        PROFILE("    level: restricted\n    python: {builtins: {allow: [True, False, "
                "None]}}\n"),
        PROFILE("    level: container\n    limits: {memory: 1GiB}\n"),
        "version: 1\nprofiles: {page: {extends: page, limits: {wall: 20s}}}\n",
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        cloche_policy_unref(parse_good(rows[i]));
    }
}

static void
a_text_larger_than_a_mebibyte_is_refused(void **state)
{
    enum { BYTES = (1 << 20) + 1 };
    char *text = test_malloc(BYTES);
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    (void)state;
    memset(text, '#', BYTES);
    assert_int_equal(cloche_policy_parse(text, BYTES, "big.yaml", &p, NULL, &err), -1);
    assert_string_equal(err.msg, "big.yaml: larger than 1 MiB");
    memcpy(text, "version: 1\n", 11);
    assert_int_equal(cloche_policy_parse(text, BYTES - 1, "big.yaml", &p, NULL, &err), 0);
    cloche_policy_unref(p);
    test_free(text);
}

/* Short pieces, many times: refused early, before they cost memory. */
static void
a_text_with_too_much_in_it_is_refused(void **state)
{
    enum { BYTES = 1 << 20 };
    static const struct {
        const char *first, *again, *message;
    } rows[] = {
        {"", "[", "policy.yaml:1:60001: more than 60000 brackets and commas"},
        {"", "{\n", "policy.yaml:60001:1: more than 60000 brackets and commas"},
        {"version: 1\nalerts: [", "a,", "more than 60000 brackets and commas"},
        {"version: 1\nalerts:\n", "- a\n", "policy.yaml:1003:3: more than 1000 entries"},
        {"", "a: 1\n", "policy.yaml:2:1: 'a' is written twice"},
        {"", "- - - - - - ", "policy.yaml:1:25: nested more than 12 levels deep"},
        {"version: 1\ndefault: \"", "a", "not YAML"},
        {"version: 1\ndefault: ", "a", "a text of 1048556 bytes"},
        {"version: 1\n", "#\n", ""},
    };
    char *text = test_malloc(BYTES + 1);
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        size_t len = strlen(rows[i].first);
        size_t step = strlen(rows[i].again);
        struct cloche_policy *p = NULL;
        struct cloche_error err = {0};
        memcpy(text, rows[i].first, len);
        for (; len + step <= BYTES; len += step) {
            memcpy(text + len, rows[i].again, step);
        }
        int rc = cloche_policy_parse(text, len, "policy.yaml", &p, NULL, &err);
        if ((rc == 0) != (rows[i].message[0] == '\0') ||
            strstr(err.msg, rows[i].message) == NULL) {
            fail_msg("row %zu: expected '%s', got '%s'", i, rows[i].message, err.msg);
        }
        if (rc == 0) {
            cloche_policy_unref(p);
        }
    }
    test_free(text);
}

static void
a_file_that_cannot_be_read_is_named(void **state)
{
    const struct {
        const char *path;
        const char *message;
    } rows[] = {
        {"/nonexistent/policy.yaml", "/nonexistent/policy.yaml: No such file or directory"},
        {"/", "/: Is a directory"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cloche_policy *p = NULL;
        struct cloche_where w = {0};
        struct cloche_error err = {0};
        assert_int_equal(cloche_policy_load(rows[i].path, &p, &w, &err), -1);
        assert_int_equal(err.code, CLOCHE_EINPUT);
        assert_memory_equal(err.msg, rows[i].message, strlen(rows[i].message));
        assert_string_equal(w.file, rows[i].path);
    }
}

static void
a_message_shows_no_control_characters_and_the_end_of_a_long_path(void **state)
{
    static const char text[] = "version: 1\ndefault: \"a\\x1b[31m\\x9b\"\n";
    static const char path[] = "/a/very/long/path/that/goes/on/and/on/and/on/and/on/and/on"
                               "/until/it/ends/in/policy.yaml";
    struct cloche_policy *p = NULL;
    struct cloche_where w = {0};
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(cloche_policy_parse(text, strlen(text), path, &p, &w, &err), -1);
    assert_non_null(strstr(err.msg, "/until/it/ends/in/policy.yaml:2:10: default: 'a?[31m?"
                                    "?'"));
    assert_memory_equal(err.msg, "...", 3);
    assert_string_equal(w.file, path);
}

static void
a_value_that_is_cut_leaves_valid_utf8(void **state)
{
    char text[400] = "version: 1\ndefault: x";
    (void)state;
    for (size_t i = 0; i < 60; i++) {
        strcat(text, "\xc3\xa9");
    }
    for (size_t pad = 0; pad < 2; pad++) {
        struct cloche_policy *p = NULL;
        struct cloche_error err = {0};
        strcat(text, "y");
        assert_int_equal(cloche_policy_parse(text, strlen(text), "p", &p, NULL, &err), -1);
        assert_non_null(strstr(err.msg, "\xc3\xa9?' is not a name"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_the_subset_of_yaml_is_refused_at_its_place),
        cmocka_unit_test(the_top_of_a_file_is_checked),
        cmocka_unit_test(alerts_are_checked),
        cmocka_unit_test(package_sets_are_checked),
        cmocka_unit_test(limits_are_checked),
        cmocka_unit_test(python_keys_are_checked),
        cmocka_unit_test(keys_about_the_host_are_checked),
        cmocka_unit_test(every_key_of_a_profile_is_read),
        cmocka_unit_test(every_key_beside_the_profiles_is_read),
        cmocka_unit_test(what_is_unusual_and_means_something_is_accepted),
        cmocka_unit_test(a_text_larger_than_a_mebibyte_is_refused),
        cmocka_unit_test(a_text_with_too_much_in_it_is_refused),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named),
        cmocka_unit_test(a_message_shows_no_control_characters_and_the_end_of_a_long_path),
        cmocka_unit_test(a_value_that_is_cut_leaves_valid_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
