/* resolve.c — from what a user typed to one region.
 *
 *   Rule 1: digits are a code; a code padded with zeros (520425000000) is that of the region before the zeros.
 *   Rule 2: anything else is read as a chain of names, each within the one before: 贵州省/安顺市/紫云县, 贵州紫云. A
 *           village may end the chain.
 *   Rule 3: where several regions fit, the highest level wins (海南 is the province), then the more official form; if
 *           more than one remains, the message lists them.
 *   Rule 4: a name that fits nothing alone may be that of a village, if there is one such village only.
 *   Rule 5: what is unknown is answered with the nearest names. */
#include "data/reference/image.h"

#include "data/base/memory.h"
#include "data/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define TYPED_MAX 96      /* code units of a path */
#define FOUND_MAX 4096    /* more regions than share any name */
#define LISTED 8
#define SUGGESTED 3

struct search {
    uint16_t text[TYPED_MAX];
    size_t length;
    struct found {
        region_id id;
        uint8_t form;
    } found[FOUND_MAX];
    size_t count, steps;
};

static bool is_separator(uint16_t unit)
{
    return unit == '/' || unit == ' ' || unit == 0x3000 || unit == '>' || unit == '-' || unit == ',' || unit == '\t' ||
           unit == 0x3001 /* 、 */ || unit == 0x00B7 /* · */ || unit == '\\';
}

static void keep(struct search *search, region_id id, uint8_t form)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->found[i].id == id) {
            if (form < search->found[i].form)
                search->found[i].form = form;
            return;
        }
    if (search->count < FOUND_MAX)
        search->found[search->count++] = (struct found){id, form};
}

/* Reads the chain from text[at] on, within `within`; `form` is that of the name before. At most one level of calls a
 * name, and a bounded number of steps in all. */
static void read_chain(struct search *search, size_t at, region_id within, uint8_t form, int depth)
{
    struct lexicon_hit hits[LEXICON_HITS];
    while (at < search->length && is_separator(search->text[at]))
        at++;
    if (at == search->length) {
        if (within != REGION_NONE)
            keep(search, within, form);
        return;
    }
    if (depth > 6 || ++search->steps > 20000)
        return;
    size_t count = lexicon_match(search->text + at, search->length - at, hits);
    while (count-- > 0)
        for (uint32_t i = 0; i < hits[count].term_count; i++) {
            struct term term = hits[count].terms[i];
            if (term.class == TERM_REGION && (within == REGION_NONE || region_within(term.value, within)))
                read_chain(search, at + hits[count].length, term.value, term.sub, depth + 1);
        }
    if (within != REGION_NONE) {
        region_id village = region_village(within, search->text + at, search->length - at);
        if (village != REGION_NONE)
            keep(search, village, FORM_OFFICIAL);
    }
}

/* Rule 1. */
static region_id find_padded(const char *code, size_t digits)
{
    static const size_t shorter[] = {9, 6, 4, 2};
    char part[REGION_CODE];
    region_id id = region_find(code);
    for (size_t i = 0; i < 4 && id == REGION_NONE; i++) {
        if (shorter[i] >= digits || strspn(code + shorter[i], "0") != digits - shorter[i])
            continue;
        memcpy(part, code, shorter[i]);
        part[shorter[i]] = '\0';
        id = region_find(part);
    }
    return id;
}

/* Rule 4: all villages of the country with this name. */
static void find_villages(struct search *search)
{
    /* looking through all villages takes milliseconds, which a table's column of "A1", "A2" … would pay row by row */
    bool ascii = true;
    for (size_t i = 0; i < search->length && ascii; i++)
        ascii = (unsigned char)search->text[i] < 0x80;
    if (ascii)
        return;
    for (region_id id = region_first(2); id < region_first(2) + region_count(2); id++) {
        /* a province where the name is shared is looked at prefecture by prefecture, and so on down */
        region_id stack[2048];
        size_t depth = 0;
        stack[depth++] = id;
        while (depth > 0) {
            region_id at = stack[--depth];
            region_id village = region_village(at, search->text, search->length);
            if (village != REGION_NONE) {
                keep(search, village, FORM_OFFICIAL);
                continue;
            }
            size_t count;
            region_id child = region_children(at, &count);
            if (region_level(at) < 9 && count > 0 && depth + count < sizeof stack / sizeof *stack)
                while (count-- > 0)
                    stack[depth++] = child + (region_id)count;
        }
    }
}

/* Rule 3: keeps the best only. */
static void choose(struct search *search)
{
    unsigned best = UINT32_MAX;
    size_t kept = 0;
    for (size_t i = 0; i < search->count; i++) {
        unsigned rank = (unsigned)region_level(search->found[i].id) * 8u + search->found[i].form;
        if (rank < best) {
            best = rank;
            kept = 0;
        }
        if (rank == best)
            search->found[kept++] = search->found[i];
    }
    search->count = kept;
}

/* ---- Rule 5 ---- */

static size_t units_of(const char *text, uint16_t *units, size_t limit)
{
    size_t count = 0, left = strlen(text);
    while (left > 0 && count < limit) {
        uint32_t point;
        int n = utf8_decode((const unsigned char *)text, left, &point);
        units[count++] = point < 0x10000 ? fold_character((uint16_t)point) : UTF8_REPLACEMENT;
        n = n < 0 ? -n : n;
        text += n;
        left -= (size_t)n;
    }
    return count;
}

#define NAME_UNITS 32
/* Edit distance in which a character of the official name that was not typed costs 1, any other difference 16: short
 * names leave characters out, typing errors change them. */
static unsigned distance(const uint16_t *typed, size_t typed_length, const uint16_t *name, size_t name_length)
{
    unsigned row[NAME_UNITS + 1];
    for (size_t j = 0; j <= name_length; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= typed_length; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i * 16;
        for (size_t j = 1; j <= name_length; j++) {
            unsigned replace = diagonal + (typed[i - 1] == name[j - 1] ? 0 : 16);
            unsigned skip = row[j - 1] + 1, extra = row[j] + 16;
            diagonal = row[j];
            row[j] = replace < skip ? replace : skip;
            if (extra < row[j])
                row[j] = extra;
        }
    }
    return row[name_length];
}

static size_t suggest(const struct search *search, region_id best[SUGGESTED])
{
    unsigned cost[SUGGESTED];
    size_t count = 0, begin = search->length;
    while (begin > 0 && !is_separator(search->text[begin - 1]))
        begin--;
    size_t typed = search->length - begin;
    if (typed == 0 || typed > NAME_UNITS)
        return 0;
    for (region_id id = 0; id < region_first(12); id++) {
        uint16_t name[NAME_UNITS];
        const char *official = region_name(id);
        if (region_level(id) == 4 && (strcmp(official, "县") == 0 || strcmp(official, "市辖区") == 0 ||
                                      strstr(official, "直辖县级") != NULL))
            continue;
        size_t length = units_of(official, name, NAME_UNITS);
        unsigned d = distance(search->text + begin, typed, name, length);
        if (d / 16 * 2 > typed)
            continue;
        /* an error weighs 4, a level 2, characters left out up to 2 */
        unsigned skipped = d % 16 > 2 ? 2 : d % 16;
        unsigned level = region_level(id) == 2 ? 0 : region_level(id) == 4 ? 1 : region_level(id) == 6 ? 2 : 3;
        unsigned c = d / 16 * 4 + skipped + level * 2;
        size_t at = count < SUGGESTED ? count : SUGGESTED;
        while (at > 0 && c < cost[at - 1])
            at--;
        if (at == SUGGESTED)
            continue;
        if (count < SUGGESTED)
            count++;
        for (size_t i = count - 1; i > at; i--) {
            best[i] = best[i - 1];
            cost[i] = cost[i - 1];
        }
        best[at] = id;
        cost[at] = c;
    }
    return count;
}

/* "520425 贵州省/安顺市/紫云苗族布依族自治县, …" */
static void list(char *out, size_t size, const region_id *ids, size_t count)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        char code[REGION_CODE], path[REGION_PATH];
        int n = snprintf(out + used, size - used, "%s%s %s", used > 0 ? ", " : "", region_code(ids[i], code),
                         region_path(ids[i], path));
        if (n < 0 || (size_t)n >= size - used) {
            out[used] = '\0';
            return;
        }
        used += (size_t)n;
    }
}

static int unknown(const struct search *search, const char *text, struct error *error)
{
    region_id nearest[SUGGESTED];
    char names[640];
    size_t count = suggest(search, nearest);
    if (count == 0)
        return error_set(error, E_INPUT, "no region is called \"%.200s\": give a name, a path such as "
                         "贵州省/安顺市/紫云县, or a code such as 520425", text);
    list(names, sizeof names, nearest, count);
    return error_set(error, E_INPUT, "no region is called \"%.200s\"; the nearest are %s", text, names);
}

int region_resolve(const char *text, region_id *id, struct error *error)
{
    struct search search;
    char names[800];
    search.length = search.count = search.steps = 0;
    *id = REGION_NONE;

    const char *begin = text + strspn(text, " \t\r\n"), *p = begin;
    size_t size = strlen(begin);
    while (size > 0 && strchr(" \t\r\n", begin[size - 1]) != NULL)
        size--;
    if (size == 0)
        return error_set(error, E_INPUT, "the region is empty: give a name such as 紫云县, or a code such as 520425");
    if (strspn(begin, "0123456789") == size) {
        char code[REGION_CODE];
        if (size < REGION_CODE) {
            memcpy(code, begin, size);
            code[size] = '\0';
            *id = find_padded(code, size);
        }
        if (*id == REGION_NONE)
            return error_set(error, E_INPUT, "no region has the code %.*s: a code has 2, 4, 6, 9 or 12 digits",
                             size > 40 ? 40 : (int)size, begin);
        return E_OK;
    }
    while (size > 0) {
        uint32_t point;
        int n = utf8_decode((const unsigned char *)p, size, &point);
        if (n < 0)
            return error_set(error, E_INPUT, "the region \"%.200s\" is not valid UTF-8", begin);
        if (search.length + 2 > TYPED_MAX)
            return error_set(error, E_INPUT, "the region \"%.200s…\" is too long to be one", begin);
        if (point < 0x10000) {
            search.text[search.length++] = fold_character((uint16_t)point);
        } else {
            search.text[search.length++] = (uint16_t)(0xD800 + ((point - 0x10000) >> 10));
            search.text[search.length++] = (uint16_t)(0xDC00 + ((point - 0x10000) & 0x3FF));
        }
        p += n;
        size -= (size_t)n;
    }
    read_chain(&search, 0, REGION_NONE, FORM_OFFICIAL, 0);
    if (search.count == 0)
        find_villages(&search);
    if (search.count == 0)
        return unknown(&search, begin, error);
    choose(&search);
    if (search.count > 1) {
        region_id ids[LISTED];
        size_t listed = search.count < LISTED ? search.count : LISTED;
        for (size_t i = 0; i < listed; i++)
            ids[i] = search.found[i].id;
        list(names, sizeof names, ids, listed);
        return error_set(error, E_INPUT, "%zu regions are called \"%.60s\": give the code or a path: %s%s", search.count,
                         begin, names, search.count > listed ? ", …" : "");
    }
    *id = search.found[0].id;
    return E_OK;
}
