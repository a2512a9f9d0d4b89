/* SPDX-License-Identifier: Apache-2.0 */
/* Owns how the demonstration looks.  Pure, but for asking what standard output is. */
#include "cli/demo/table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/demo/bare.h"
#include "cli/json.h"
#include "cli/output.h"
#include "cli/visible.h"

/* Widths in characters; all texts but what an attack says are plain ASCII. */
enum {
    NAME_W = 16,
    TRIES_W = 46,
    REACHED_W = 7,
    STOPPED_W = 46,
    MS_W = 5,
    INDENT = 2,
    GAP = 2,
    WIDE = INDENT + NAME_W + GAP + TRIES_W + GAP + REACHED_W + GAP + STOPPED_W + GAP + MS_W,
    NARROWEST = 72,
};

static const char bold[] = "1";
static const char green[] = "32";
static const char red[] = "1;31";
static const char dim[] = "2";

struct cli_demo_look
cli_demo_look(void)
{
    struct winsize size = {0};
    struct cli_demo_look look = {.is_coloured = cli_is_coloured(STDOUT_FILENO)};

    if (isatty(STDOUT_FILENO)) {
        (void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size); /* 0 when it does not say */
        look.columns = size.ws_col > 0 ? size.ws_col : 80;
        look.columns = look.columns < NARROWEST ? NARROWEST : look.columns;
    }
    return look;
}

static int
is_wide(const struct cli_demo_look *look)
{
    return look->columns == 0 || look->columns >= WIDE;
}

/* text in a column: padded, or cut with "..." where max is not 0. */
static void
put(const struct cli_demo_look *look, const char *colour, const char *text, int width,
    int max, struct cl_buf *out)
{
    cl_autobuf struct cl_buf line = CL_BUF_INIT(8192);
    cli_visible_line(text, &line);
    cl_autofree char *plain = cl_buf_take_str(&line);
    const int len = plain != NULL ? (int)strlen(plain) : 0;
    const int is_cut = max > 0 && len > max;
    const int shown = is_cut ? max - 3 : len;
    const int shown_len = is_cut ? max : len;

    if (look->is_coloured && colour != NULL) {
        (void)cl_buf_printf(out, "\033[%sm", colour);
    }
    (void)cl_buf_printf(out, "%.*s%s", shown, plain != NULL ? plain : "",
                        is_cut ? "..." : ""); /* sticky, as all of these */
    if (look->is_coloured && colour != NULL) {
        (void)cl_buf_add_str(out, "\033[0m");
    }
    (void)cl_buf_printf(out, "%*s", shown_len < width ? width - shown_len : 0, "");
}

static void
spaces(int n, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "%*s", n, "");
}

/* "read_secrets" for people. */
static void
name_of(const struct cli_demo_text *text, char *out, size_t size)
{
    (void)snprintf(out, size, "%s", text->name);
    for (char *p = strchr(out, '_'); p != NULL; p = strchr(p, '_')) {
        *p = ' ';
    }
}

void
cli_demo_table_head(const struct cli_demo_look *look, const char *title, struct cl_buf *out)
{
    (void)cl_buf_u8(out, '\n');
    put(look, bold, title, 0, 0, out);
    (void)cl_buf_u8(out, '\n');
}

/* What the columns are, where a row is one line. */
void
cli_demo_table_columns(const struct cli_demo_look *look, struct cl_buf *out)
{
    if (!is_wide(look)) {
        return;
    }
    spaces(INDENT, out);
    put(look, dim, "attack", NAME_W + GAP, 0, out);
    put(look, dim, "what was tried", TRIES_W + GAP, 0, out);
    put(look, dim, "reached", REACHED_W + GAP, 0, out);
    put(look, dim, "stopped by", STOPPED_W + GAP, 0, out);
    put(look, dim, "   ms", 0, 0, out);
    (void)cl_buf_u8(out, '\n');
}

/* Name and phrase; then the rest of the row follows, on its line or on the next. */
static void
put_start(const struct cli_demo_look *look, const struct cli_demo_row *row, const char *key,
          struct cl_buf *out)
{
    char name[64];
    char phrase[160];
    const int room = is_wide(look) ? TRIES_W : look->columns - INDENT - NAME_W - GAP;

    name_of(row->text, name, sizeof name);
    spaces(INDENT, out);
    put(look, NULL, name, NAME_W + GAP, 0, out);
    put(look, NULL, cli_demo_field(row->text, key, phrase, sizeof phrase),
        is_wide(look) ? TRIES_W : 0, look->columns > 0 ? room : 0, out);
    if (is_wide(look)) {
        spaces(GAP, out);
    } else {
        (void)cl_buf_u8(out, '\n');
        spaces(INDENT + NAME_W + GAP, out);
    }
}

static void
put_end(const struct cli_demo_look *look, const struct cli_demo_row *row, const char *good,
        const char *bad, const char *last, struct cl_buf *out)
{
    char ms[32];
    const int is_good = row->effects.count == 0;
    const int room = is_wide(look) ? STOPPED_W
                                   : look->columns - INDENT - NAME_W - GAP - REACHED_W -
                                         GAP - GAP - MS_W - 1;

    if (row->ns < CL_NS_PER_MS) {
        (void)snprintf(ms, sizeof ms, "%*s", MS_W, "<1");
    } else {
        (void)snprintf(ms, sizeof ms, "%*llu", MS_W,
                       (unsigned long long)(row->ns / CL_NS_PER_MS));
    }
    put(look, is_good ? green : red, is_good ? good : bad, REACHED_W + GAP, 0, out);
    put(look, NULL, last, room + GAP, look->columns > 0 ? room : 0, out);
    put(look, dim, ms, 0, 0, out);
    (void)cl_buf_u8(out, '\n');
    for (size_t i = 0; i < cli_demo_effects_shown(&row->effects); i++) {
        spaces(INDENT + NAME_W + GAP, out);
        put(look, red, row->effects.text[i], 0, 0, out);
        (void)cl_buf_u8(out, '\n');
    }
}

void
cli_demo_table_attack(const struct cli_demo_look *look, const struct cli_demo_row *row,
                      struct cl_buf *out)
{
    put_start(look, row, "tries", out);
    put_end(look, row, "nothing", "REACHED", row->stopped_by, out);
    if (row->without[0] != '\0') {
        char line[320];
        const int indent = INDENT + NAME_W + GAP;
        (void)snprintf(line, sizeof line, "with all of Python: %s",
                       row->without); /* it fits */
        spaces(indent, out);
        put(look, dim, line, 0, look->columns > 0 ? look->columns - indent : 0, out);
        (void)cl_buf_u8(out, '\n');
    }
}

void
cli_demo_table_useful(const struct cli_demo_look *look, const struct cli_demo_row *row,
                      struct cl_buf *out)
{
    char prints[160];
    put_start(look, row, "does", out);
    put_end(look, row, "ok", "FAILED",
            cli_demo_field(row->text, "prints", prints, sizeof prints), out);
}

static void
json_effects(const struct cli_demo_effects *effects, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, ", \"effect\": [");
    for (size_t i = 0; i < cli_demo_effects_shown(effects); i++) {
        (void)cl_buf_add_str(out, i > 0 ? ", " : "");
        cli_json_string(out, effects->text[i]);
    }
    (void)cl_buf_u8(out, ']');
}

void
cli_demo_json_attack(const struct cli_demo_row *row, struct cl_buf *out)
{
    char class[16];
    (void)cl_buf_add_str(out, "{\"attack\": ");
    cli_json_string(out, row->text->name);
    (void)cl_buf_add_str(out, ", \"class\": ");
    cli_json_string(out, cli_demo_field(row->text, "class", class, sizeof class));
    (void)cl_buf_add_str(out, ", \"layer_off\": ");
    cli_json_string(out, cli_demo_layers_off());
    json_effects(&row->effects, out);
    (void)cl_buf_add_str(out, ", \"stopped_by\": ");
    cli_json_string_or_null(out, row->stopped_by);
    (void)cl_buf_add_str(out, ", \"without_guard\": ");
    cli_json_string_or_null(out, row->without);
    (void)cl_buf_u8(out, '}');
}

void
cli_demo_json_useful(const struct cli_demo_row *row, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "{\"program\": ");
    cli_json_string(out, row->text->name);
    json_effects(&row->effects, out);
    (void)cl_buf_printf(out, ", \"ms\": %llu}",
                        (unsigned long long)(row->ns / CL_NS_PER_MS));
}
