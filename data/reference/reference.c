/* reference.c — opens the image, and looks up units and indicators in it. Regions: region.c and resolve.c; the lexicon:
 * lexicon.h. */
#include "data/reference/image.h"

#include "data/base/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

static_assert(sizeof(void *) == 8, "image.S assembles pointers of 8 bytes");
static_assert(sizeof(double) == 8, "image.S assembles doubles of 8 bytes");
static_assert(sizeof(struct unit) == 4 * 8 && sizeof(struct indicator) == 8 * 8, "as vocabulary.c writes the records");

int reference_open(struct error *error)
{
    const struct image_header *header = IMAGE_HEADER;
    size_t size = (size_t)((uintptr_t)reference_image_end - (uintptr_t)reference_image);
    if (size < sizeof *header || memcmp(header->magic, IMAGE_MAGIC, sizeof IMAGE_MAGIC) != 0 ||
        header->layout != IMAGE_LAYOUT || header->section_count != IMAGE_SECTION_COUNT || header->size != size)
        return error_set(error, E_INPUT, "the reference data built into this program are damaged or of another version: "
                         "build it anew with make clean all");
    return E_OK;
}

const char *reference_hash(void)
{
    return IMAGE_HEADER->hash;
}

#define NAME_MAX_BYTES 256

/* Folds a name to Simplified and drops the blanks around it. Returns false when it is too long to be one. */
static bool name_fold(const char *name, char out[NAME_MAX_BYTES])
{
    size_t size = strlen(name), used = 0;
    while (size > 0 && strchr(" \t\r\n", name[size - 1]) != NULL)
        size--;
    while (size > 0 && strchr(" \t\r\n", *name) != NULL) {
        name++;
        size--;
    }
    while (size > 0) {
        uint32_t point;
        int n = utf8_decode((const unsigned char *)name, size, &point);
        if (used + 5 > NAME_MAX_BYTES)
            return false;
        if (point < 0x10000)
            point = fold_character((uint16_t)point);
        used += (size_t)utf8_encode(point, out + used);
        n = n < 0 ? -n : n;
        name += n;
        size -= (size_t)n;
    }
    out[used] = '\0';
    return true;
}

/* The index of a name in a sorted section, or -1. */
static long name_index(const char *name, const struct image_name *names, enum image_section section)
{
    size_t low = 0, high = IMAGE_HEADER->section[section].bytes / sizeof *names;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(image_text() + names[middle].text, name);
        if (order == 0)
            return (long)names[middle].index;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* As it stands first (μm, hm² would survive any folding, but an alias may hold a Traditional character). */
static long name_find(const char *name, const struct image_name *names, enum image_section section)
{
    char folded[NAME_MAX_BYTES];
    if (name == NULL)
        return -1;
    long index = name_index(name, names, section);
    return index >= 0 || !name_fold(name, folded) ? index : name_index(folded, names, section);
}

size_t unit_count(void)
{
    return IMAGE_HEADER->unit_count;
}

const struct unit *unit_at(size_t index)
{
    return index < unit_count() ? &reference_units[index] : NULL;
}

const struct unit *unit_find(const char *name)
{
    long index = name_find(name, image_unit_name(), IMAGE_unit_name);
    return index < 0 ? NULL : unit_at((size_t)index);
}

size_t indicator_count(void)
{
    return IMAGE_HEADER->indicator_count;
}

const struct indicator *indicator_at(size_t index)
{
    return index < indicator_count() ? &reference_indicators[index] : NULL;
}

const struct indicator *indicator_find(const char *id_or_name)
{
    long index = name_find(id_or_name, image_indicator_name(), IMAGE_indicator_name);
    return index < 0 ? NULL : indicator_at((size_t)index);
}

const struct alternative *alternatives_of(uint32_t word, size_t *count)
{
    size_t words = IMAGE_HEADER->section[IMAGE_word].bytes / sizeof(uint32_t);
    *count = 0;
    if (words == 0 || word >= words - 1)
        return NULL;
    const uint32_t *first = image_word() + word;
    *count = first[1] - first[0];
    return image_alternative() + first[0];
}
