/* regions.c — regions.tsv, villages.xz, aliases.tsv and fold.tsv into sections of the image.
 *
 * Ids are dense: level by level, within a level by code. As a code starts with its parent's code, the children of a
 * region are consecutive, and one array of first children replaces any tree. */
#include "data/reference/compile/compile.h"

#include "data/base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const size_t level_digits[IMAGE_LEVELS] = {2, 4, 6, 9, 12};

static int level_of(const char *code)
{
    size_t digits = strspn(code, "0123456789");
    for (int i = 0; i < IMAGE_LEVELS; i++)
        if (digits == level_digits[i] && code[digits] == '\0')
            return i;
    return -1;
}

static uint32_t *numbers(struct compile *compile, enum image_section section)
{
    return (uint32_t *)(void *)compile->section[section].bytes;
}

static uint32_t region_find_code(struct compile *compile, uint32_t code, int level)
{
    const uint32_t *codes = numbers(compile, IMAGE_code);
    uint32_t low = compile->level_first[level], high = compile->level_first[level + 1];
    uint32_t end = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (codes[middle] < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && codes[low] == code ? low : REGION_NONE;
}

int compile_fold(struct compile *compile)
{
    struct table table;
    for (uint32_t c = 0; c < 65536; c++)
        compile->fold[c] = (uint16_t)(c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c == 0xFE30 || c == 0xFE55 ? ':' : c);  /* ︰ ﹕ */
    int code = table_open(&table, compile, "fold.tsv", 2, NULL, false);
    if (code != E_OK)
        return code;
    for (bool more; (code = table_next(&table, &more)) == E_OK && more;) {
        uint32_t point[2];
        for (int i = 0; i < 2; i++) {
            size_t n = strlen(table.column[i]);
            if (n == 0 || utf8_decode((unsigned char *)table.column[i], n, &point[i]) != (int)n || point[i] > 0xFFFF) {
                code = table_error(&table, "column %d must be one character below U+10000", i + 1);
                goto done;
            }
        }
        if (compile->fold[point[0]] != point[0]) {
            code = table_error(&table, "%s stands in the table twice", table.column[0]);
            goto done;
        }
        compile->fold[point[0]] = (uint16_t)point[1];
    }
    if (code == E_OK)
        for (uint32_t c = 0; c < 65536; c++)
            if (compile->fold[compile->fold[c]] != compile->fold[c]) {
                code = table_error(&table, "U+%04X folds to a character that is folded again: give the last one", c);
                goto done;
            }
    if (code == E_OK)
        buffer_add(&compile->section[IMAGE_fold], compile->fold, sizeof compile->fold);
done:
    table_close(&table);
    return code;
}

struct row {
    uint32_t code, name;
    int level;
};

static int row_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return x->level != y->level ? x->level - y->level : (x->code > y->code) - (x->code < y->code);
}

struct spelling_context {
    struct compile *compile;
    uint32_t id;
};

static int add_spelling(void *context, const char *spelling, enum region_form form)
{
    struct spelling_context *c = context;
    return term_add(c->compile, spelling, TERM_REGION, form, c->id);
}

static int add_spellings(struct compile *compile)
{
    const char *text = compile->section[IMAGE_text].bytes;
    const uint32_t *names = numbers(compile, IMAGE_name), *parents = numbers(compile, IMAGE_parent);
    for (int level = 0; level < 4; level++)
        for (uint32_t id = compile->level_first[level]; id < compile->level_first[level + 1]; id++) {
            struct spelling_context context = {compile, id};
            const char *above[2] = {"", ""};
            if (region_is_placeholder(text + names[id]))
                continue;
            if (level >= 2) {
                above[0] = text + names[parents[id]];
                above[1] = text + names[parents[parents[id]]];
            }
            int code = region_spellings(text + names[id], (int)level_digits[level], above, add_spelling, &context);
            if (code != E_OK && compile->error.code == E_OK)
                return error_set(&compile->error, E_INPUT, "%s/regions.tsv: the name \"%s\" is too long",
                                 compile->folder, text + names[id]);
            if (code != E_OK)
                return code;
        }
    return E_OK;
}

int compile_regions(struct compile *compile)
{
    static const int parent_level[] = {-1, 0, 1, 2};
    static const uint32_t parent_divisor[] = {1, 100, 100, 1000};
    struct table table;
    struct buffer rows = {0};
    int code = table_open(&table, compile, "regions.tsv", 2, NULL, false);
    if (code != E_OK)
        return code;
    for (bool more; (code = table_next(&table, &more)) == E_OK && more;) {
        struct row row = {.level = level_of(table.column[0])};
        if (row.level < 0 || row.level > 3 || table.column[1][0] == '\0') {
            code = table_error(&table, "needs a code of 2, 4, 6 or 9 digits and a name");
            goto done;
        }
        row.code = (uint32_t)strtoul(table.column[0], NULL, 10);
        if ((code = text_add(compile, table.column[1], &row.name)) != E_OK)
            goto done;
        buffer_add(&rows, &row, sizeof row);
    }
    if (code != E_OK)
        goto done;
    if (rows.failed) {
        code = memory_failed(compile);
        goto done;
    }
    struct row *row = (struct row *)(void *)rows.bytes;
    size_t count = rows.size / sizeof *row;
    qsort(row, count, sizeof *row, row_order);
    int level = 0;
    for (uint32_t id = 0; id < count; id++) {
        uint32_t parent = REGION_NONE;
        while (level < row[id].level)
            compile->level_first[++level] = id;
        for (int l = level + 1; l <= IMAGE_LEVELS; l++)
            compile->level_first[l] = id;
        if (id > 0 && row_order(&row[id - 1], &row[id]) == 0) {
            code = error_set(&compile->error, E_INPUT, "%s: the code %u stands there twice", table.path, row[id].code);
            goto done;
        }
        if (level > 0) {
            parent = region_find_code(compile, row[id].code / parent_divisor[level], parent_level[level]);
            if (parent == REGION_NONE) {
                code = error_set(&compile->error, E_INPUT, "%s: the region above %u is missing: add its row", table.path,
                                 row[id].code);
                goto done;
            }
        }
        buffer_add(&compile->section[IMAGE_code], &row[id].code, sizeof row[id].code);
        buffer_add(&compile->section[IMAGE_name], &row[id].name, sizeof row[id].name);
        buffer_add(&compile->section[IMAGE_parent], &parent, sizeof parent);
    }
    for (int l = level + 1; l <= IMAGE_LEVELS; l++)
        compile->level_first[l] = (uint32_t)count;
    if (compile->section[IMAGE_code].failed || compile->section[IMAGE_name].failed ||
        compile->section[IMAGE_parent].failed) {
        code = memory_failed(compile);
        goto done;
    }
    /* first children down to the counties; the townships' follow with the villages */
    const uint32_t *parents = numbers(compile, IMAGE_parent);
    uint32_t child = compile->level_first[1];
    for (uint32_t id = 0; id < compile->level_first[3]; id++) {
        buffer_add(&compile->section[IMAGE_first_child], &child, sizeof child);
        while (child < count && parents[child] == id)
            child++;
    }
    code = add_spellings(compile);
done:
    buffer_free(&rows);
    table_close(&table);
    return code;
}

int compile_villages(struct compile *compile)
{
    char *bytes = NULL;
    size_t size;
    uint32_t township = compile->level_first[3], count = compile->level_first[4], id = count;
    long number = 999, least = 0;
    size_t line = 0;
    int code = file_read(compile, "villages.xz", false, &bytes, &size);
    if (code != E_OK)
        return code;
    const char *problem = NULL;
    for (char *p = bytes, *end; *p != '\0'; p = end) {
        end = strchr(p, '\n');
        if (end == NULL) {
            problem = "the last line has no end";
            break;
        }
        *end++ = '\0';
        line++;
        if (*p == ':') {
            uint32_t found = level_of(p + 1) == 3 ? region_find_code(compile, (uint32_t)strtoul(p + 1, NULL, 10), 3)
                                                  : REGION_NONE;
            if (found == REGION_NONE || (found < township && id > count)) {
                problem = "names no township of regions.tsv, or not in the order of the codes";
                break;
            }
            for (; township <= found; township++)
                buffer_add(&compile->section[IMAGE_first_child], &id, sizeof id);
            number = least = 0;  /* 金门县's only entry has the number 000 */
            continue;
        }
        char *tab = strchr(p, '\t'), *name = p;
        long next = number + 1;
        if (tab != NULL) {
            *tab = '\0';
            next = strtol(p, NULL, 10);
            name = tab + 1;
        }
        uint16_t units[SPELLING_MAX];
        size_t length = text_fold(compile, name, units, SPELLING_MAX);
        if (next < least || next > 999 || length == 0) {
            problem = "needs a number above the one before (999 at most) and a name";
            break;
        }
        number = next;
        least = next + 1;
        enum village_kind kind;
        uint16_t three = (uint16_t)number, key = village_key(units, village_stem(units, length, &kind));
        uint32_t text;
        if ((code = text_add(compile, name, &text)) != E_OK)
            break;
        buffer_add(&compile->section[IMAGE_name], &text, sizeof text);
        buffer_add(&compile->section[IMAGE_village_number], &three, sizeof three);
        buffer_add(&compile->section[IMAGE_village_key], &key, sizeof key);
        id++;
    }
    if (problem != NULL)
        code = error_set(&compile->error, E_INPUT, "%s/villages.xz:%zu: %s: run generate.sh again", compile->folder, line,
                         problem);
    /* townships without villages, and the one past the last */
    for (; township <= count; township++)
        buffer_add(&compile->section[IMAGE_first_child], &id, sizeof id);
    compile->level_first[IMAGE_LEVELS] = id;
    if (code == E_OK && compile->section[IMAGE_name].failed)
        code = memory_failed(compile);
    free(bytes);
    return code;
}

int compile_aliases(struct compile *compile)
{
    static const char *const forms[] = {"official", "abbreviated", "bare", "former"};
    struct table table;
    int code = table_open(&table, compile, "aliases.tsv", 3, NULL, false);
    if (code != E_OK)
        return code;
    for (bool more; (code = table_next(&table, &more)) == E_OK && more;) {
        int level = level_of(table.column[0]);
        uint32_t id = level < 0 || level > 3 ? REGION_NONE
                    : region_find_code(compile, (uint32_t)strtoul(table.column[0], NULL, 10), level);
        size_t form = 1;
        while (form < 4 && strcmp(table.column[2], forms[form]) != 0)
            form++;
        if (id == REGION_NONE)
            code = table_error(&table, "%s is no code of regions.tsv", table.column[0]);
        else if (form == 4)
            code = table_error(&table, "the form must be abbreviated, bare or former, not \"%s\"", table.column[2]);
        else if (table.column[1][0] == '\0')
            code = table_error(&table, "the alias is empty");
        else
            code = term_add(compile, table.column[1], TERM_REGION, (unsigned)form, id);
        if (code != E_OK)
            break;
    }
    table_close(&table);
    return code;
}
