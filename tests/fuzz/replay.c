/* replay.c — runs the fuzz targets on their corpora, so that what a fuzzer found is tried again with every compiler.
 *
 * replay FOLDER: of FOLDER/TARGET each file goes through the target, then each file cut in half. Prints TAP. A new target is a
 * row here and a file fuzz_TARGET.c. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

#define TARGETS(X) X(decode) X(extract) X(html) X(number) X(csv) X(figure) X(geojson) X(store)

/* the Makefile compiles each target under this name */
#define X(name) int fuzz_##name(const uint8_t *data, size_t size);
TARGETS(X)
#undef X

static const struct target {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
} targets[] = {
#define X(name) {#name, fuzz_##name},
    TARGETS(X)
#undef X
};
#define TARGET_COUNT (sizeof targets / sizeof *targets)

static int replay_file(const struct target *target, const char *path)
{
    struct stat about;
    unsigned char *bytes = NULL;
    int status = 1;
    FILE *file = fopen(path, "rb");
    if (file == NULL || stat(path, &about) != 0)
        goto done;
    size_t size = (size_t)about.st_size;
    bytes = malloc(size > 0 ? size : 1);
    if (bytes == NULL || fread(bytes, 1, size, file) != size)
        goto done;
    (void)target->run(bytes, size);
    /* shrunk to what is given, so that reading one byte too many is seen */
    unsigned char *half = realloc(bytes, size / 2 > 0 ? size / 2 : 1);
    if (half == NULL)
        goto done;
    bytes = half;
    (void)target->run(bytes, size / 2);
    status = 0;
done:
    if (status != 0)
        perror(path);
    if (file != NULL)
        fclose(file);
    free(bytes);
    return status;
}

/* How many files went through; 0 when there are none, or one cannot be read. */
static size_t replay(const struct target *target, const char *corpora)
{
    char path[4096];
    size_t files = 0;
    snprintf(path, sizeof path, "%s/%s", corpora, target->name);
    DIR *folder = opendir(path);
    if (folder == NULL)
        return 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s/%s", corpora, target->name, entry->d_name);
        if (replay_file(target, path) != 0) {
            files = 0;
            break;
        }
        files++;
    }
    closedir(folder);
    return files;
}

int main(int argc, char **argv)
{
    size_t failures = 0;
    if (argc != 2) {
        fputs("usage: replay FOLDER\n", stderr);
        return 2;
    }
    printf("1..%zu\n", TARGET_COUNT);
    for (size_t i = 0; i < TARGET_COUNT; i++) {
        size_t files = replay(&targets[i], argv[1]);
        failures += files == 0;
        printf("%s %zu fuzz corpus %s: %zu inputs\n", files > 0 ? "ok" : "not ok", i + 1, targets[i].name, files);
        fflush(stdout);
    }
    return failures > 0;
}
