/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules.h - the numbers of what can be found in a program, and by which module.
 *
 * One vocabulary for what the cell finds without running the code (FINDING), and what
 * the trusted side says of a run: denials and audited events.  A number is for ever:
 * it is the id that users see, "CL1202".  What a rule is called, how grave it is and
 * how it is explained is the trusted side's alone (engine/scan_rules.c).
 */
#ifndef CL_WIRE_RULES_H
#define CL_WIRE_RULES_H

#include <stddef.h>

#include "wire/job.h"

enum cl_rule {
    CL_RULE_NONE = 0,

    /* the text itself */
    CL_RULE_SYNTAX_ERROR = 1,
    CL_RULE_TOO_LARGE = 2,
    CL_RULE_UNFINISHED = 3,
    CL_RULE_TOO_MANY = 4,
    CL_RULE_ENCODING = 5,
    CL_RULE_HIDDEN_TEXT = 6,

    /* network */
    CL_RULE_NET_IMPORT = 1101,
    CL_RULE_NET_CALL = 1102,
    CL_RULE_TLS_OFF = 1103,
    CL_RULE_NET_CLEAR = 1104,
    CL_RULE_ALL_INTERFACES = 1105,
    CL_RULE_METADATA = 1106,

    /* processes */
    CL_RULE_PROC_IMPORT = 1201,
    CL_RULE_PROC_CALL = 1202,
    CL_RULE_SHELL = 1203,
    CL_RULE_SIGNAL = 1204,

    /* files */
    CL_RULE_FILE_OPEN = 1301,
    CL_RULE_FILE_CHANGE = 1302,
    CL_RULE_FILE_SECRET = 1303,
    CL_RULE_TEMP_NAME = 1304,
    CL_RULE_ARCHIVE = 1305,
    CL_RULE_ENVIRONMENT = 1306,

    /* code made at run time */
    CL_RULE_DYNAMIC = 1401,
    CL_RULE_DYNAMIC_IMPORT = 1402,
    CL_RULE_CODE_OBJECT = 1403,
    CL_RULE_GETATTR = 1404,
    CL_RULE_DECODED_CODE = 1405,

    /* deserialisation */
    CL_RULE_PICKLE = 1501,
    CL_RULE_YAML = 1502,
    CL_RULE_XML = 1503,

    /* time and memory */
    CL_RULE_ENDLESS = 1601,
    CL_RULE_LONG_LOOP = 1602,
    CL_RULE_HUGE = 1603,
    CL_RULE_SLEEP = 1604,

    /* secrets */
    CL_RULE_KEY = 1701,
    CL_RULE_PASSWORD = 1702,
    CL_RULE_ENTROPY = 1703,
    CL_RULE_URL_PASSWORD = 1704,

    /* imports */
    CL_RULE_BAD_PACKAGE = 1801,
    CL_RULE_LOOKALIKE = 1802,
    CL_RULE_NATIVE_MEMORY = 1803,
    CL_RULE_OUTDATED = 1804,
    CL_RULE_INTERNALS = 1805,

    /* the interpreter's inside */
    CL_RULE_ESCAPE_NAME = 1901,
    CL_RULE_ESCAPE_TEXT = 1902,
    CL_RULE_INSPECT = 1903,
    CL_RULE_TAMPER = 1904,

    /* what the profile refuses: CL_RULE_VIOLATION + enum cl_violation */
    CL_RULE_VIOLATION = 2001,
    CL_RULE_AUDITED = 2101,
};

/* Of one program, beside the one that says that there were more. */
enum { CL_SCAN_MAX_FINDINGS = 1000, CL_SCAN_WHAT_MAX = 160, CL_SCAN_MESSAGE_MAX = 400 };

/* The rule that the import of a module ("urllib.request") is about, or NONE.  It
 * speaks for what is below the module too.  Pure; any thread. */
enum cl_rule cl_rule_of_import(const char *module);

/* The same for the guard's refusals. */
enum cl_rule cl_rule_of_violation(enum cl_violation violation);

#endif
