/* village.c — what two spellings of one village have in common.
 *
 * Statistics name the committee (初都河村村民委员会), texts the place (初都河村), and a village that became a community
 * keeps its name (同心村, 同心社区). The part before all those endings is what is compared. Used by the compiler and
 * by the program, which must agree. */
#include "data/reference/image.h"

#include <uchar.h>

struct ending {
    const char16_t *text;
    uint8_t length;
    enum village_kind kind;
};
#define ENDING(text, kind) {text, sizeof(text) / sizeof(char16_t) - 1, kind}

static size_t strip(const uint16_t *name, size_t length, const struct ending *endings, size_t count,
                    enum village_kind *kind)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = endings[i].length;
        if (length <= n)
            continue;
        size_t k = 0;
        while (k < n && name[length - n + k] == endings[i].text[k])
            k++;
        if (k == n) {
            *kind = endings[i].kind;
            return length - n;
        }
    }
    return length;
}

size_t village_stem(const uint16_t *name, size_t length, enum village_kind *kind)
{
    static const struct ending committees[] = {
        ENDING(u"村民委员会", VILLAGE_VILLAGE), ENDING(u"村委会", VILLAGE_VILLAGE),
        ENDING(u"居民委员会", VILLAGE_COMMUNITY), ENDING(u"居委会", VILLAGE_COMMUNITY),
    };
    static const struct ending places[] = {
        ENDING(u"社区", VILLAGE_COMMUNITY), ENDING(u"嘎查", VILLAGE_GACHA), ENDING(u"村", VILLAGE_VILLAGE),
    };
    *kind = VILLAGE_ANY;
    length = strip(name, length, committees, sizeof committees / sizeof *committees, kind);
    return strip(name, length, places, sizeof places / sizeof *places, kind);
}

uint16_t village_key(const uint16_t *stem, size_t length)
{
    uint32_t hash = 2166136261u;  /* FNV-1a, folded to 16 bits */
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (stem[i] & 0xFFu)) * 16777619u;
        hash = (hash ^ (stem[i] >> 8)) * 16777619u;
    }
    return (uint16_t)(hash ^ hash >> 16);
}
