/* destination.c — where a result goes. A file named with -o is there wholly or not at all; devices and pipes are written directly.
 *
 * The file is written without a name (O_TMPFILE), synced, and then linked to its name: a program that is killed leaves nothing
 * behind. A file that is there already is replaced by a rename, for which the new one has another name for a moment. Where the
 * file system or a missing /proc does not allow that, the file is written under that other name. A chart is not synced: it is
 * whole, too, unless the machine fails within seconds, and then it is drawn again. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

/* NAME beside the destination: its folder, and a name that does not depend on the file's, which may be as long as names can be.
 * malloc'ed; NULL: no memory. */
static char *beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0, size = folder + strlen(name) + 1;
    char *other = malloc(size);
    if (other != NULL)
        snprintf(other, size, "%.*s%s", (int)folder, path, name);
    return other;
}

/* A file without a name on the file system of the destination; -1 where there are none. */
static int open_unnamed(const char *path, mode_t mode)
{
    if (access("/proc/self/fd", X_OK) != 0)
        return -1;
    char *folder = beside(path, ".");
    int file = folder != NULL ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode) : -1;
    free(folder);
    return file;
}

static int open_file(struct destination *destination, const char *path, bool exists, mode_t mode, struct error *error)
{
    mode_t mask = umask(0);
    umask(mask);
    if (!exists)
        mode = 0666 & ~mask;
    int file = open_unnamed(destination->path, mode);
    if (file < 0) {
        destination->temporary = beside(destination->path, ".zhibiao-XXXXXX");
        if (destination->temporary == NULL)
            return error_set(error, E_MEMORY, "%s: out of memory", path);
        file = mkostemp(destination->temporary, O_CLOEXEC);
        if (file < 0) {
            int status = failed(path, error);
            free(destination->temporary);
            destination->temporary = NULL;
            return status;
        }
    }
    if (fchmod(file, mode) != 0 || (destination->file = fdopen(file, "w")) == NULL) {
        int status = failed(path, error);
        close(file);
        return status;
    }
    destination->whole = true;
    return E_OK;
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
    if (!exists || S_ISREG(about.st_mode))
        status = open_file(destination, path, exists, about.st_mode & 0777, error);
    else if ((destination->file = fopen(path, "we")) == NULL)
        status = failed(path, error);
    if (status == E_OK)
        setvbuf(destination->file, NULL, _IOFBF, BUFFER_SIZE);
    else
        destination_close(destination, false, NULL);
    return status;
}

/* Links the file without a name to its name, or, where that is taken, to a name beside it. 0, or -1 with errno. */
static int give_name(struct destination *destination)
{
    char open_file[64], name[64];
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", fileno(destination->file));
    if (linkat(AT_FDCWD, open_file, AT_FDCWD, destination->path, AT_SYMLINK_FOLLOW) == 0)
        return 0;
    for (unsigned i = 0; errno == EEXIST && i < 1000; i++) {
        free(destination->temporary);
        snprintf(name, sizeof name, ".zhibiao-%ld-%u", (long)getpid(), i);
        destination->temporary = beside(destination->path, name);
        if (destination->temporary == NULL)
            return -1;
        if (linkat(AT_FDCWD, open_file, AT_FDCWD, destination->temporary, AT_SYMLINK_FOLLOW) == 0)
            return 0;
    }
    free(destination->temporary);
    destination->temporary = NULL;
    return -1;
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
                    (!destination->whole || destination->again || fsync(fileno(destination->file)) == 0) &&
                    (!destination->whole || !keep || destination->temporary != NULL || give_name(destination) == 0);
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
