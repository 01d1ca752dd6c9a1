/* libxml.c — see libxml.h. */
#include "data/extract/libxml.h"

#include <dlfcn.h>
#include <stddef.h>

#define LIBRARY "libxml2.so.2"  /* the interface that its headers describe */

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
    return E_OK;
}
