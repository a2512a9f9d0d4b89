/* SPDX-License-Identifier: Apache-2.0 */
/* Public keys, as minisign writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "sign/public_key.h"
#include "sign/vectors.h"

static void
a_key_of_minisign_is_read_and_written_back(void **state)
{
    struct cl_public_key key;
    struct cl_public_key same;
    char id[CL_KEY_ID_TEXT];
    char text[CL_PUBLIC_KEY_TEXT];
    cl_autobuf struct cl_buf file = CL_BUF_INIT(CL_PUBLIC_KEY_FILE_MAX);
    (void)state;
    assert_int_equal(cl_public_key_read(PUBLIC_FILE, strlen(PUBLIC_FILE), &key, NULL), 0);
    assert_string_equal(cl_key_id_text(key.id, id), PUBLIC_ID);
    assert_string_equal(cl_public_key_encode(&key, text), PUBLIC_TEXT);
    cl_public_key_write(&key, &file);
    assert_int_equal(file.len, strlen(PUBLIC_FILE));
    assert_memory_equal(file.data, PUBLIC_FILE, file.len);
    assert_int_equal(cl_public_key_decode(PUBLIC_TEXT, strlen(PUBLIC_TEXT), &same, NULL),
                     0);
    assert_int_equal(cl_public_key_order(&key, &same), 0);
}

static void
every_shorter_file_is_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < strlen(PUBLIC_FILE) - 1; len++) {
        struct cl_public_key key;
        struct cloche_error err = {0};
        assert_int_equal(cl_public_key_read(PUBLIC_FILE, len, &key, &err), -1);
        assert_int_equal(err.code, CLOCHE_EINPUT);
        assert_non_null(strstr(err.msg, "no public key of minisign: line "));
    }
}

static void
what_is_no_public_key_is_refused(void **state)
{
    static const char *const files[] = {
        PUBLIC_FILE "x\n",
        PUBLIC_TEXT "\n",
        "\n" PUBLIC_FILE,
        "untrusted comment: x\nEWRq4+Po1t0Ux46iEK7Zh99EdeihRtZVEM1cVzf/dMDuovhGmBlwNdzf\n",
        "untrusted comment: x\nRURq4+Po1t0Ux46iEK7Zh99EdeihRtZVEM1cVzf/dMDuovhGmBlwNdzf\n",
        SECRET_FILE,
        HASHED_FILE,
    };
    static const char *const texts[] = {"", "RW", PUBLIC_TEXT "\n", PUBLIC_TEXT "A",
                                        " " PUBLIC_TEXT};
    struct cl_public_key key;
    (void)state;
    for (size_t i = 0; i < CL_COUNT(files); i++) {
        if (cl_public_key_read(files[i], strlen(files[i]), &key, NULL) == 0) {
            fail_msg("accepted: %s", files[i]);
        }
    }
    for (size_t i = 0; i < CL_COUNT(texts); i++) {
        if (cl_public_key_decode(texts[i], strlen(texts[i]), &key, NULL) == 0) {
            fail_msg("accepted: %s", texts[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_of_minisign_is_read_and_written_back),
        cmocka_unit_test(every_shorter_file_is_refused),
        cmocka_unit_test(what_is_no_public_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
