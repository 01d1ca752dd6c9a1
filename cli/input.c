/* input.c — the bytes of a file or of standard input, as one block.
 *
 * A large regular file is mapped, and the pages that were read are given back as the reading goes on, so that memory
 * stays bounded. What cannot be mapped and is large (a pipe) goes through an unnamed temporary file. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAP_FROM ((size_t)1 << 20)       /* smaller files are read: no page faults, no surprise when they shrink */
#define SPOOL_FROM ((size_t)64 << 20)    /* a pipe's bytes beyond this go to a temporary file */
#define RELEASE_STEP ((size_t)8 << 20)
#define RELEASE_MARGIN ((size_t)2 << 20) /* what the reader may still look back at */

static int failed(const char *path, struct error *error)
{
    const char *advice = errno == ENOENT    ? "; check the name"
                         : errno == EACCES  ? "; make it readable for you"
                                            : "";
    return error_set(error, E_INPUT, "%s: %s%s", path, strerror(errno), advice);
}

static int map(struct input *input, int file, size_t size, const char *path, struct error *error)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED && errno == ENOMEM)
        return error_set(error, E_INPUT, "%s: %zu MiB do not fit into the address space that is allowed; raise ulimit -v, or split it",
                         path, size >> 20);
    if (bytes == MAP_FAILED)
        return failed(path, error);
    (void)madvise(bytes, size, MADV_SEQUENTIAL);  /* advice only: nothing is lost when it is not taken */
    *input = (struct input){.bytes = bytes, .size = size, .mapped = true};
    return E_OK;
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(file, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static int read_stream(struct input *input, int file, const char *path, struct error *error)
{
    struct buffer buffer = {0};
    FILE *spool = NULL;
    size_t total = 0;
    int status = E_OK;
    char *block = malloc(1 << 16);
    if (block == NULL) {
        status = error_set(error, E_MEMORY, "%s: out of memory", path);
        goto done;
    }
    for (;;) {
        ssize_t n = read(file, block, 1 << 16);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            status = failed(path, error);
            goto done;
        }
        if (n == 0)
            break;
        total += (size_t)n;
        if (spool == NULL && total > SPOOL_FROM) {
            spool = tmpfile();
            if (spool == NULL || !write_all(fileno(spool), buffer.bytes, buffer.size)) {
                status = error_set(error, E_INPUT, "%s: no room for a temporary copy (%s); set TMPDIR, or give it as a file",
                                   path, strerror(errno));
                goto done;
            }
            buffer_free(&buffer);
            buffer = (struct buffer){0};
        }
        if (spool == NULL) {
            buffer_add(&buffer, block, (size_t)n);
        } else if (!write_all(fileno(spool), block, (size_t)n)) {
            status = error_set(error, E_INPUT, "%s: no room for a temporary copy (%s); set TMPDIR, or give it as a file",
                               path, strerror(errno));
            goto done;
        }
    }
    if (buffer.failed) {
        status = error_set(error, E_MEMORY, "%s: out of memory", path);
        goto done;
    }
    if (spool != NULL) {
        status = map(input, fileno(spool), total, path, error);
    } else {
        *input = (struct input){.bytes = (unsigned char *)buffer.bytes, .size = buffer.size};
        buffer = (struct buffer){0};
    }
done:
    if (spool != NULL)
        fclose(spool);  /* the mapping keeps the bytes */
    buffer_free(&buffer);
    free(block);
    return status;
}

int input_open(struct input *input, const char *path, struct error *error)
{
    *input = (struct input){0};
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return failed(path, error);
    struct stat about;
    int status;
    if (fstat(file, &about) != 0)
        status = failed(path, error);
    else if (S_ISDIR(about.st_mode))
        status = error_set(error, E_INPUT, "%s: a directory; name the files in it, or ingest it, which walks folders", path);
    else if (S_ISREG(about.st_mode) && (size_t)about.st_size >= MAP_FROM && lseek(file, 0, SEEK_CUR) == 0)
        status = map(input, file, (size_t)about.st_size, path, error);
    else
        status = read_stream(input, file, path, error);
    if (!standard)
        close(file);
    return status;
}

void input_close(struct input *input)
{
    if (input->mapped)
        munmap((void *)(uintptr_t)input->bytes, input->size);
    else
        free((void *)(uintptr_t)input->bytes);
    *input = (struct input){0};
}

void input_release(struct input *input, size_t position)
{
    if (!input->mapped || position < RELEASE_MARGIN + RELEASE_STEP)
        return;
    size_t end = (position - RELEASE_MARGIN) / RELEASE_STEP * RELEASE_STEP;
    if (end > input->released && end <= input->size) {
        (void)madvise((void *)(uintptr_t)(input->bytes + input->released), end - input->released, MADV_DONTNEED);
        input->released = end;
    }
}
