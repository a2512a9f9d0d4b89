/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over the files of its corpus, without libFuzzer, so that
 * every ordinary test run replays what fuzzing once found.
 *
 *     NAME_replay DIRECTORY
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 20 };

static int
replay(const char *path, unsigned char *bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return -1;
    }
    size_t len = fread(bytes, 1, INPUT_MAX, file);
    (void)fclose(file); /* was only read */
    (void)printf("%s\n", path);
    (void)fflush(stdout);                     /* so that a crash shows which one it was */
    (void)LLVMFuzzerTestOneInput(bytes, len); /* always 0: it aborts on a finding */
    return 0;
}

int
main(int argc, char **argv)
{
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    unsigned char *bytes = malloc(INPUT_MAX);
    unsigned count = 0;
    if (dir == NULL || bytes == NULL) {
        (void)fprintf(stderr, "usage: %s DIRECTORY, one that can be read\n", argv[0]);
        return 2;
    }
    int failed = 0;
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        char path[4096];
        if (e->d_name[0] == '.' ||
            snprintf(path, sizeof path, "%s/%s", argv[1], e->d_name) >= (int)sizeof path) {
            continue;
        }
        failed |= replay(path, bytes) < 0;
        count++;
    }
    (void)closedir(dir);
    free(bytes);
    (void)printf("%u inputs\n", count);
    return failed || count == 0; /* an empty corpus tests nothing */
}
