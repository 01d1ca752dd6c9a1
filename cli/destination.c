/* destination.c — where a result goes. A file named with -o is written under a temporary name beside it, synced and
 * renamed, so that it is there wholly or not at all; devices and pipes are written directly. A chart is not synced: it is whole, too,
 * unless the machine fails within seconds, and then it is drawn again. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE ((size_t)256 * 1024)

static int failed(const char *path, struct error *error)
{
    const char *advice = errno == ENOSPC                     ? "; free some space and run it again"
                         : errno == ENOENT || errno == ENOTDIR ? "; make its folder first"
                         : errno == EACCES || errno == EROFS ? "; choose a folder that you may write to"
                                                             : "";
    return error_set(error, E_OUTPUT, "%s: cannot be written: %s%s", path, strerror(errno), advice);
}

int destination_open(struct destination *destination, const char *path, struct error *error)
{
    *destination = (struct destination){0};
    if (path == NULL || strcmp(path, "-") == 0) {
        destination->file = stdout;
        return E_OK;
    }
    struct stat about;
    bool exists = stat(path, &about) == 0;
    if (exists && S_ISDIR(about.st_mode))
        return error_set(error, E_OUTPUT, "%s: a directory; name a file in it", path);
    /* through a symbolic link the file it points to is replaced, not the link */
    destination->path = exists && S_ISREG(about.st_mode) ? realpath(path, NULL) : strdup(path);
    if (destination->path == NULL)
        return failed(path, error);
    int status = E_OK;
    if (exists && !S_ISREG(about.st_mode)) {
        destination->file = fopen(path, "we");
    } else {
        size_t length = strlen(destination->path);
        destination->temporary = malloc(length + sizeof ".XXXXXX");
        if (destination->temporary == NULL) {
            status = error_set(error, E_MEMORY, "%s: out of memory", path);
            goto done;
        }
        memcpy(destination->temporary, destination->path, length);
        memcpy(destination->temporary + length, ".XXXXXX", sizeof ".XXXXXX");
        int file = mkostemp(destination->temporary, O_CLOEXEC);
        if (file < 0) {
            status = failed(path, error);
            free(destination->temporary);
            destination->temporary = NULL;
            goto done;
        }
        mode_t mask = umask(0);
        umask(mask);
        mode_t mode = exists ? about.st_mode & 0777 : 0666 & ~mask;
        if (fchmod(file, mode) != 0 || (destination->file = fdopen(file, "w")) == NULL) {
            status = failed(path, error);
            close(file);
            goto done;
        }
    }
    if (destination->file == NULL)
        status = failed(path, error);
    else
        setvbuf(destination->file, NULL, _IOFBF, BUFFER_SIZE);
done:
    if (status != E_OK)
        destination_close(destination, false, NULL);
    return status;
}

int destination_close(struct destination *destination, bool keep, struct error *error)
{
    int status = E_OK;
    if (destination->file == stdout) {
        if (fflush(stdout) != 0 || ferror(stdout))
            status = failed("standard output", error);
        destination->file = NULL;
        return status;
    }
    const char *path = destination->path != NULL ? destination->path : "";
    if (destination->file != NULL) {
        /* a pipe or device cannot be synced, and need not be */
        bool good = fflush(destination->file) == 0 && !ferror(destination->file) &&
                    (destination->temporary == NULL || destination->again || fsync(fileno(destination->file)) == 0);
        if (!good)
            status = failed(path, error);
        if (fclose(destination->file) != 0 && status == E_OK)
            status = failed(path, error);
    }
    if (destination->temporary != NULL) {
        if (keep && status == E_OK && rename(destination->temporary, path) != 0)
            status = failed(path, error);
        if (!keep || status != E_OK)
            unlink(destination->temporary);
    }
    free(destination->temporary);
    free(destination->path);
    *destination = (struct destination){0};
    return status;
}
