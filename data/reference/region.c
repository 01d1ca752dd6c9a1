/* region.c — the tree of regions: ids, codes, names, paths, and villages by name.
 *
 * Ids are dense, level by level, within a level by code; so an id's level is a comparison, a code is found by binary
 * search, and the children (and, level by level, all descendants) of a region are consecutive. */
#include "data/reference/image.h"

#include "data/base/utf8.h"

#include <stdio.h>
#include <string.h>

static const int level_digits[IMAGE_LEVELS] = {2, 4, 6, 9, 12};
#define VILLAGES 4  /* index of the villages' level */

static int level_index(region_id id)
{
    const uint32_t *first = IMAGE_HEADER->level_first;
    for (int i = 0; i < IMAGE_LEVELS; i++)
        if (id < first[i + 1])
            return i;
    return -1;
}

static int digits_index(int digits)
{
    for (int i = 0; i < IMAGE_LEVELS; i++)
        if (level_digits[i] == digits)
            return i;
    return -1;
}

size_t region_count(int level)
{
    const uint32_t *first = IMAGE_HEADER->level_first;
    int i = digits_index(level);
    return level == 0 ? first[IMAGE_LEVELS] : i < 0 ? 0 : first[i + 1] - first[i];
}

region_id region_first(int level)
{
    int i = digits_index(level);
    return level == 0 ? 0 : i < 0 ? REGION_NONE : IMAGE_HEADER->level_first[i];
}

int region_level(region_id id)
{
    int i = level_index(id);
    return i < 0 ? 0 : level_digits[i];
}

/* The last element of values[low..high) that is at most `wanted`, or `high`. */
static uint32_t last_at_most(const uint32_t *values, uint32_t low, uint32_t high, uint32_t wanted)
{
    uint32_t begin = low, end = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (values[middle] <= wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low == begin ? end : low - 1;
}

region_id region_find_number(uint64_t code, int level)
{
    const uint32_t *first = IMAGE_HEADER->level_first;
    int i = digits_index(level);
    if (i < 0)
        return REGION_NONE;
    if (i == VILLAGES) {
        region_id township = region_find_number(code / 1000, 9);
        if (township == REGION_NONE)
            return REGION_NONE;
        region_id low = image_first_child()[township], high = image_first_child()[township + 1];
        for (; low < high; low++)  /* some twenty */
            if (image_village_number()[low - first[VILLAGES]] == code % 1000)
                return low;
        return REGION_NONE;
    }
    if (code > UINT32_MAX)
        return REGION_NONE;
    uint32_t id = last_at_most(image_code(), first[i], first[i + 1], (uint32_t)code);
    return id < first[i + 1] && image_code()[id] == code ? id : REGION_NONE;
}

region_id region_find(const char *code)
{
    uint64_t number = 0;
    size_t digits = 0;
    for (; code[digits] >= '0' && code[digits] <= '9' && digits <= 12; digits++)
        number = number * 10 + (uint64_t)(code[digits] - '0');
    return code[digits] == '\0' ? region_find_number(number, (int)digits) : REGION_NONE;
}

region_id region_parent(region_id id)
{
    const uint32_t *first = IMAGE_HEADER->level_first;
    int i = level_index(id);
    if (i < 0)
        return REGION_NONE;
    return i == VILLAGES ? last_at_most(image_first_child(), first[VILLAGES - 1], first[VILLAGES], id)
                         : image_parent()[id];
}

char *region_code(region_id id, char out[REGION_CODE])
{
    int i = level_index(id);
    out[0] = '\0';
    if (i == VILLAGES) {
        region_id township = region_parent(id);
        snprintf(out, REGION_CODE, "%09u%03u", image_code()[township],
                 (unsigned)image_village_number()[id - IMAGE_HEADER->level_first[VILLAGES]] % 1000);
    } else if (i >= 0) {
        snprintf(out, REGION_CODE, "%0*u", level_digits[i], image_code()[id]);
    }
    return out;
}

const char *region_name(region_id id)
{
    return level_index(id) < 0 ? "" : image_text() + image_name()[id];
}

region_id region_children(region_id id, size_t *count)
{
    int i = level_index(id);
    *count = 0;
    if (i < 0 || i == VILLAGES)
        return REGION_NONE;
    region_id low = image_first_child()[id], high = image_first_child()[id + 1];
    *count = high - low;
    return low == high ? REGION_NONE : low;
}

bool region_within(region_id id, region_id ancestor)
{
    /* parents have smaller ids than their children */
    while (id != REGION_NONE && id > ancestor)
        id = region_parent(id);
    return id != REGION_NONE && id == ancestor;
}

/* 市辖区, 县, 省直辖县级行政区划: rows that stand for no place, all of them prefectures by their code. */
static bool is_placeholder(region_id id)
{
    const char *name = region_name(id);
    return region_level(id) == 4 &&
           (strcmp(name, "市辖区") == 0 || strcmp(name, "县") == 0 || strstr(name, "直辖县级行政区划") != NULL);
}

char *region_path(region_id id, char out[REGION_PATH])
{
    const char *part[IMAGE_LEVELS] = {NULL};
    size_t count = 0, used = 0;
    for (region_id at = id; level_index(at) >= 0; at = region_parent(at)) {
        const char *name = region_name(at);
        /* a city without counties stands in the data twice, as prefecture and as its own county: once is enough */
        bool repeated = region_level(at) == 4 && count > 0 && strcmp(part[count - 1], name) == 0;
        if (!repeated && (at == id || !is_placeholder(at)))
            part[count++] = name;
    }
    out[0] = '\0';
    while (count-- > 0) {
        int n = snprintf(out + used, REGION_PATH - used, "%s%s", used > 0 ? "/" : "", part[count]);
        if (n < 0 || (size_t)n >= REGION_PATH - used) {
            out[used] = '\0';  /* whole parts only; no region of the tables comes near */
            break;
        }
        used += (size_t)n;
    }
    return out;
}

/* ---- villages ---- */

static size_t name_units(const char *name, uint16_t units[], size_t limit)
{
    size_t count = 0;
    for (size_t left = strlen(name); left > 0 && count + 2 <= limit;) {
        uint32_t point;
        int n = utf8_decode((const unsigned char *)name, left, &point);
        if (n < 0)
            return 0;
        if (point < 0x10000) {
            units[count++] = fold_character((uint16_t)point);
        } else {
            units[count++] = (uint16_t)(0xD800 + ((point - 0x10000) >> 10));
            units[count++] = (uint16_t)(0xDC00 + ((point - 0x10000) & 0x3FF));
        }
        name += n;
        left -= (size_t)n;
    }
    return count;
}

/* The first of keys[from..end) that is `key`, or end: four at a time, for a county has hundreds of villages. */
static region_id next_key(const uint16_t *keys, region_id from, region_id end, uint16_t key)
{
    const uint64_t each = 0x0001000100010001u, top = 0x8000800080008000u;
    for (; from + 4 <= end; from += 4) {
        uint64_t four;
        memcpy(&four, keys + from, sizeof four);
        four ^= key * each;
        if (((four - each) & ~four) & top)
            break;
    }
    while (from < end && keys[from] != key)
        from++;
    return from;
}

region_id region_village(region_id within, const uint16_t *name, size_t length)
{
    int level = level_index(within);
    if (level < 0 || level == VILLAGES || length == 0)
        return REGION_NONE;
    region_id low = within, high = within + 1;
    for (int i = level; i < VILLAGES; i++) {
        low = image_first_child()[low];
        high = image_first_child()[high];
    }
    enum village_kind kind, other;
    size_t stem = village_stem(name, length, &kind);
    uint16_t key = village_key(name, stem);
    const uint16_t *keys = image_village_key() - IMAGE_HEADER->level_first[VILLAGES];
    region_id exact = REGION_NONE, loose = REGION_NONE;
    size_t exact_count = 0, loose_count = 0;
    for (region_id id = next_key(keys, low, high, key); id < high; id = next_key(keys, id + 1, high, key)) {
        uint16_t units[64];
        size_t n = village_stem(units, name_units(region_name(id), units, 64), &other);
        if (n != stem || memcmp(units, name, n * sizeof *units) != 0)
            continue;
        if (kind == other && exact_count++ == 0)
            exact = id;
        if (loose_count++ == 0)
            loose = id;
    }
    /* 同心村 is the community 同心社区 unless there is a village of that name; in a township the first one counts, over
     * a wider area only a name that is not shared */
    bool township = level == VILLAGES - 1;
    if (exact_count > 0)
        return exact_count == 1 || township ? exact : REGION_NONE;
    return loose_count == 1 || (loose_count > 1 && township) ? loose : REGION_NONE;
}
