/* libplot.c — see libplot.h. */
#include "plots/libplot.h"

#include <dlfcn.h>
#include <stddef.h>

#define LIBRARY "libplot.so.2"  /* the interface that plot.h describes */

int libplot_load(struct libplot *library, struct error *error)
{
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_NODELETE);
    if (handle == NULL)
        return error_set(error, E_OUTPUT, "drawing: %s cannot be loaded (%s); install GNU libplot", LIBRARY, dlerror());
#define X(name)                                                                                         \
    *(void **)&library->name = dlsym(handle, "pl_" #name);                                              \
    if (library->name == NULL)                                                                          \
        return error_set(error, E_OUTPUT, "drawing: %s has no pl_%s; install GNU libplot 2", LIBRARY, #name);
    LIBPLOT_FUNCTIONS(X)
#undef X
    return E_OK;
}
