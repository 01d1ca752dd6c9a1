/* libxml.c — see libxml.h.
 *
 * libxml2's allocator has no argument for its caller's own use, so who watches is kept a thread. */
#include "data/extract/libxml.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY "libxml2.so.2"  /* the interface that its headers describe */

static _Thread_local struct libxml_memory *watching;

void libxml_watch(struct libxml_memory *memory)
{
    watching = memory;
}

static void *checked(void *memory)
{
    if (memory == NULL && watching != NULL) {
        watching->failed = true;
        if (watching->out != NULL)
            longjmp(*watching->out, 1);
    }
    return memory;
}

static void *take(size_t size)
{
    return checked(malloc(size != 0 ? size : 1));
}
static void *take_again(void *old, size_t size)
{
    return checked(realloc(old, size != 0 ? size : 1));
}
static char *take_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = take(size);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

int libxml_load(struct libxml *library, struct error *error)
{
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_NODELETE);
    if (handle == NULL)
        return error_set(error, E_INPUT, "a HTML page, but %s cannot be loaded (%s); install libxml2", LIBRARY, dlerror());
#define X(name)                                                                                         \
    *(void **)&library->name = dlsym(handle, #name);                                                    \
    if (library->name == NULL)                                                                          \
        return error_set(error, E_INPUT, "a HTML page, but %s has no %s; install libxml2 2.9 or later", LIBRARY, #name);
    LIBXML_FUNCTIONS(X)
#undef X
    (void)library->xmlMemSetup(free, take, take_again, take_copy);  /* the same each time; fails for NULL only */
    return E_OK;
}
