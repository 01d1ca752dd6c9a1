/* observation.c — the names of an observation's enumerations, generated from the same lists as the enums. */
#include "data/observation.h"

#include <string.h>

#define NAMED(type, list, function)                                                    \
    static const char *const function##_names[] = {list(NAME)};                        \
    const char *function##_name(enum type value)                                       \
    {                                                                                  \
        size_t count = sizeof function##_names / sizeof *function##_names;             \
        return (size_t)value < count ? function##_names[value] : NULL;                 \
    }                                                                                  \
    int function##_parse(const char *name)                                             \
    {                                                                                  \
        for (size_t i = 0; i < sizeof function##_names / sizeof *function##_names; i++) \
            if (strcmp(function##_names[i], name) == 0)                                \
                return (int)i;                                                         \
        return -1;                                                                     \
    }
#define NAME(name) #name,

NAMED(bound, BOUNDS, bound)
NAMED(kind, KINDS, kind)
NAMED(status, STATUSES, status)
NAMED(region_how, REGION_HOWS, region_how)
