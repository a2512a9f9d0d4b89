/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the private directory, the sockets and the names below.  Must not know
 * any attack. */
#include "cli/demo/canary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/own.h"
#include "cli/json.h"

static const char notes_text[] = "nobody but the owner writes here\n";

/* What the private directory holds; nothing else may be in it. */
static const char *const entries[] = {"secret", "notes", "mount", "socket"};

static int
make_secret(struct cli_demo_canary *c, struct cli_failure *f)
{
    unsigned char chance[16];
    if (getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance) {
        return cl_fail_sys(&f->error, errno, "getrandom");
    }
    for (size_t i = 0; i < sizeof chance; i++) {
        (void)snprintf(c->secret + 7 + 2 * i, 3, "%02x", chance[i]); /* it fits */
    }
    memcpy(c->secret, "secret-", 7);
    (void)snprintf(c->abstract, sizeof c->abstract, "cloche-demo-%02x%02x%02x%02x-%d",
                   chance[0], chance[1], chance[2], chance[3], (int)getpid());
    c->secret_fd = memfd_create("cloche-demo", MFD_CLOEXEC);
    if (c->secret_fd < 0 || write(c->secret_fd, c->secret, strlen(c->secret)) < 0) {
        return cl_fail_sys(&f->error, errno, "memfd_create");
    }
    return setenv("CLOCHE_DEMO_SECRET", c->secret, 1) == 0 ? 0 : cl_fail_nomem(&f->error);
}

static int
write_file(const struct cli_demo_canary *c, const char *name, const char *text)
{
    cl_autoclose int fd = openat(
        c->dir_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd >= 0 && fchmod(fd, 0600) == 0 &&
                   write(fd, text, strlen(text)) == (ssize_t)strlen(text)
               ? 0
               : -1;
}

static int
make_files(struct cli_demo_canary *c)
{
    struct stat st;
    if (write_file(c, "secret", c->secret) != 0 ||
        write_file(c, "notes", notes_text) != 0 ||
        (mkdirat(c->dir_fd, "mount", 0700) != 0 && errno != EEXIST) ||
        fstatat(c->dir_fd, "mount", &st, AT_SYMLINK_NOFOLLOW) != 0) {
        return -1;
    }
    c->mount_was = st.st_dev;
    return 0;
}

static int
make_dir(struct cli_demo_canary *c, struct cli_failure *f)
{
    const char *place = getenv("TMPDIR");
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/cloche-demo-XXXXXX",
                   place != NULL && place[0] == '/' ? place : "/tmp");
    if (mkdtemp(path) == NULL) {
        return cl_fail_sys(&f->error, errno, "make a directory '%s'", path);
    }
    memcpy(c->dir, path, sizeof path);
    c->dir_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (c->dir_fd < 0 || make_files(c) != 0) {
        return cl_fail_sys(&f->error, errno, "write in '%s'", path);
    }
    return 0;
}

/* The address that a door is opened at; its length. */
static socklen_t
address_of(const struct cli_demo_canary *c, enum cli_demo_door door,
           struct sockaddr_storage *out)
{
    struct sockaddr_un *local = (struct sockaddr_un *)out;
    struct sockaddr_in *inet = (struct sockaddr_in *)out;
    memset(out, 0, sizeof *out);
    if (door == CLI_DEMO_TCP || door == CLI_DEMO_UDP) {
        inet->sin_family = AF_INET;
        inet->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return sizeof *inet;
    }
    local->sun_family = AF_UNIX;
    if (door == CLI_DEMO_ABSTRACT) {
        memcpy(local->sun_path + 1, c->abstract, strlen(c->abstract));
        return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
                           strlen(c->abstract));
    }
    (void)snprintf(local->sun_path, sizeof local->sun_path, "/proc/self/fd/%d/socket",
                   c->dir_fd); /* however long the directory's name is */
    return sizeof *local;
}

static int
open_door(struct cli_demo_canary *c, enum cli_demo_door door)
{
    const int is_inet = door == CLI_DEMO_TCP || door == CLI_DEMO_UDP;
    const int kind = door == CLI_DEMO_UDP ? SOCK_DGRAM : SOCK_STREAM;
    struct sockaddr_storage at;
    socklen_t len = address_of(c, door, &at);

    c->door[door] =
        socket(is_inet ? AF_INET : AF_UNIX, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (c->door[door] < 0 || bind(c->door[door], (struct sockaddr *)&at, len) != 0 ||
        (kind == SOCK_STREAM && listen(c->door[door], 8) != 0)) {
        return -1;
    }
    if (is_inet) {
        len = sizeof at;
        if (getsockname(c->door[door], (struct sockaddr *)&at, &len) != 0) {
            return -1;
        }
        c->port[door] = ntohs(((struct sockaddr_in *)&at)->sin_port);
    }
    return 0;
}

int
cli_demo_canary_init(struct cli_demo_canary *c, struct cli_failure *f)
{
    if (make_secret(c, f) != 0 || make_dir(c, f) != 0) {
        return -1;
    }
    for (int i = 0; i < CLI_DEMO_DOORS; i++) {
        if (open_door(c, (enum cli_demo_door)i) != 0) {
            return cl_fail_sys(&f->error, errno, "open a socket for the attacks to reach");
        }
    }
    (void)gethostname(c->host_name, sizeof c->host_name); /* compared with itself only */
    return cli_demo_victim_start(&c->victim, c->secret, c->secret_fd, f);
}

/* Remove what an attack may have left in our directory: one level is all
 * that any attack of ours makes. */
static void
empty_dir(const struct cli_demo_canary *c)
{
    const int fd = openat(c->dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (dir == NULL) {
        return;
    }
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
            unlinkat(c->dir_fd, e->d_name, 0) != 0) {
            (void)unlinkat(c->dir_fd, e->d_name, AT_REMOVEDIR); /* rmdir will tell */
        }
    }
    (void)closedir(dir);
}

void
cli_demo_canary_fini(struct cli_demo_canary *c)
{
    cli_demo_victim_end(&c->victim);
    for (int i = 0; i < CLI_DEMO_DOORS; i++) {
        cl_drop_fd(&c->door[i]);
    }
    if (c->dir_fd >= 0) {
        empty_dir(c);
    }
    if (c->dir[0] != '\0') {
        (void)rmdir(c->dir); /* what cannot be removed is an empty directory of ours */
    }
    cl_drop_fd(&c->dir_fd);
    cl_drop_fd(&c->secret_fd);
    (void)unsetenv("CLOCHE_DEMO_SECRET");
}

static void
tell_path(const struct cli_demo_canary *c, const char *name, struct cl_buf *out)
{
    char path[PATH_MAX + 16];
    (void)snprintf(path, sizeof path, "%s/%s", c->dir, name);
    (void)cl_buf_printf(out, "\"%s\": ", name); /* sticky, as all of these */
    cli_json_string(out, path);
    (void)cl_buf_add_str(out, ", ");
}

void
cli_demo_canary_tell(const struct cli_demo_canary *c, const int *others, size_t n_others,
                     struct cl_buf *out)
{
    const char *home = getenv("HOME");

    (void)cl_buf_add_str(out, "{\"dir\": ");
    cli_json_string(out, c->dir);
    (void)cl_buf_add_str(out, ", ");
    for (size_t i = 0; i < CL_COUNT(entries); i++) {
        tell_path(c, entries[i], out);
    }
    (void)cl_buf_add_str(out, "\"home\": ");
    cli_json_string(out, home != NULL ? home : "/root");
    (void)cl_buf_printf(out,
                        ", \"tcp\": %u, \"udp\": %u, \"abstract\": \"%s\", \"victim\": %d,"
                        " \"fd\": %d, \"address\": %lu, \"cloche\": %d, \"others\": [",
                        c->port[CLI_DEMO_TCP], c->port[CLI_DEMO_UDP], c->abstract,
                        (int)c->victim.pid, c->secret_fd,
                        (unsigned long)cli_demo_victim_address(), (int)getpid());
    for (size_t i = 0; i < n_others; i++) {
        (void)cl_buf_printf(out, "%s%d", i > 0 ? ", " : "", others[i]);
    }
    (void)cl_buf_add_str(out, "]}");
}

/* Did somebody come through it?  All who came are let in and forgotten. */
static int
was_used(const struct cli_demo_canary *c, enum cli_demo_door door)
{
    char data[64];
    int came = 0;
    for (;;) {
        if (door == CLI_DEMO_UDP) {
            if (recv(c->door[door], data, sizeof data, 0) < 0) {
                return came;
            }
        } else {
            const int fd = accept4(c->door[door], NULL, NULL, SOCK_CLOEXEC);
            if (fd < 0) {
                return came;
            }
            (void)close(fd);
        }
        came = 1;
    }
}

static void
look_at_doors(const struct cli_demo_canary *c, struct cli_demo_effects *effects)
{
    static const char *const names[CLI_DEMO_DOORS] = {
        [CLI_DEMO_TCP] = "a TCP port of the host",
        [CLI_DEMO_UDP] = "a UDP port of the host",
        [CLI_DEMO_ABSTRACT] = "an abstract socket of the host",
        [CLI_DEMO_PATHNAME] = "a socket in the host's file system",
    };
    for (int i = 0; i < CLI_DEMO_DOORS; i++) {
        if (was_used(c, (enum cli_demo_door)i)) {
            cli_demo_effect(effects, "%s was reached", names[i]);
        }
    }
}

/* Is the file as it was written? */
static int
is_intact(const struct cli_demo_canary *c, const char *name, const char *text)
{
    char now[128] = "";
    struct stat st;
    cl_autoclose int fd = openat(c->dir_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    return fd >= 0 && fstat(fd, &st) == 0 && st.st_mode == (S_IFREG | 0600) &&
           read(fd, now, sizeof now - 1) == (ssize_t)strlen(text) && strcmp(now, text) == 0;
}

static size_t
count_entries(const struct cli_demo_canary *c)
{
    size_t n = 0;
    const int fd = openat(c->dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    return n;
}

static void
look_at_files(struct cli_demo_canary *c, struct cli_demo_effects *effects)
{
    char path[PATH_MAX + 16];
    struct stat st;
    const size_t before = effects->count;

    (void)snprintf(path, sizeof path, "%s/mount", c->dir);
    if (fstatat(c->dir_fd, "mount", &st, AT_SYMLINK_NOFOLLOW) != 0 ||
        st.st_dev != c->mount_was) {
        cli_demo_effect(effects, "a directory of the host was mounted over");
        (void)umount2(path, MNT_DETACH); /* the next look tells whether it went */
    }
    if (!is_intact(c, "secret", c->secret) || !is_intact(c, "notes", notes_text)) {
        cli_demo_effect(effects, "a file of the host was changed");
    }
    if (count_entries(c) != CL_COUNT(entries)) {
        cli_demo_effect(effects, "a file of the host was made or removed");
    }
    if (effects->count > before) {
        (void)unlinkat(c->dir_fd, "ransom", 0); /* what our own attacks make */
        (void)unlinkat(c->dir_fd, "notes.locked", 0);
        (void)make_files(c); /* the next look tells */
    }
}

void
cli_demo_canary_look(struct cli_demo_canary *c, struct cli_demo_effects *effects)
{
    char name[sizeof c->host_name] = "";

    look_at_doors(c, effects);
    look_at_files(c, effects);
    cli_demo_victim_look(&c->victim, effects);
    (void)gethostname(name, sizeof name); /* "" then, which is another name */
    if (strcmp(name, c->host_name) != 0) {
        cli_demo_effect(effects, "the host was renamed to '%s'", name);
        if (sethostname(c->host_name, strlen(c->host_name)) !=
            0) { /* as the attack could */
            cli_demo_effect(effects, "its name, '%s', cannot be given back", c->host_name);
        }
    }
}
