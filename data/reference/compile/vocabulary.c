/* vocabulary.c — units.tsv, cues.tsv, items.tsv, vocabulary.tsv, common.tsv and indicators.json into sections of the image. */
#include "data/reference/compile/compile.h"

#include "data/base/number.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* Writes one pointer of a record: the address of a string of the image. */
static int record_text(struct compile *compile, const char *text)
{
    uint32_t offset;
    int code = text_add(compile, text, &offset);
    if (code == E_OK)
        buffer_format(&compile->records, "    .quad reference_section_text + %u\n", offset);
    return code;
}

static void record_label(struct compile *compile, const char *name)
{
    buffer_format(&compile->records, "    .global reference_%s\n    .type reference_%s, %%object\nreference_%s:\n", name,
                  name, name);
}

static int name_add(struct compile *compile, enum image_section section, const char *name, uint32_t index)
{
    struct image_name entry = {0, index};
    uint16_t units[SPELLING_MAX];
    if (text_fold(compile, name, units, SPELLING_MAX) == 0)
        return error_set(&compile->error, E_INPUT, "%s: \"%s\" is empty, too long or no UTF-8", compile->folder, name);
    int code = text_add(compile, name, &entry.text);
    if (code == E_OK)
        buffer_add(&compile->section[section], &entry, sizeof entry);
    return code;
}

/* Sorts the names of a section by their text and drops a name's second entry for the same thing. The first entry wins
 * where two things share an alias: the caller has refused shared names that matter. */
static int name_order(const void *a, const void *b, void *text)
{
    const struct image_name *x = a, *y = b;
    int order = strcmp((const char *)text + x->text, (const char *)text + y->text);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static void names_sort(struct compile *compile, enum image_section section)
{
    struct buffer *buffer = &compile->section[section];
    struct image_name *names = (struct image_name *)(void *)buffer->bytes;
    size_t count = buffer->size / sizeof *names, kept = 0;
    if (count == 0)
        return;
    qsort_r(names, count, sizeof *names, name_order, compile->section[IMAGE_text].bytes);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || names[kept - 1].text != names[i].text)
            names[kept++] = names[i];
    buffer->size = kept * sizeof *names;
}

static bool word_ok(const char *text)
{
    return *text != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text);
}

int compile_units(struct compile *compile)
{
    struct table table;
    int code = table_open(&table, compile, "units.tsv", 5, "name\tdimension\tfactor\trole\taliases", true);
    if (code != E_OK)
        return code;
    record_label(compile, "units");
    for (bool more; (code = table_next(&table, &more)) == E_OK && more;) {
        char **column = table.column;
        double factor;
        uint64_t bits;
        uint32_t index = compile->unit_count++;
        if (column[0][0] == '\0' || !word_ok(column[1]) || !word_ok(column[3])) {
            code = table_error(&table, "needs a name, and a dimension and a role of small letters, digits and _");
            goto done;
        }
        if (number_parse(column[2], strlen(column[2]), &factor) != 0 || factor <= 0) {
            code = table_error(&table, "the factor must be a positive number such as 666.6667, not \"%s\"", column[2]);
            goto done;
        }
        memcpy(&bits, &factor, sizeof bits);
        if ((code = record_text(compile, column[0])) != E_OK || (code = record_text(compile, column[1])) != E_OK)
            goto done;
        buffer_format(&compile->records, "    .quad 0x%016llx\n", (unsigned long long)bits);
        if ((code = record_text(compile, column[3])) != E_OK)
            goto done;
        for (char *name = column[0], *rest = column[4]; name != NULL; name = strsep(&rest, "|")) {
            if (*name == '\0')
                continue;
            if ((code = name_add(compile, IMAGE_unit_name, name, index)) != E_OK ||
                (code = term_add(compile, name, TERM_UNIT, 0, index)) != E_OK)
                goto done;
        }
    }
    names_sort(compile, IMAGE_unit_name);
done:
    table_close(&table);
    return code;
}

int compile_cues(struct compile *compile)
{
    static const char *const classes[] = {
#define X(name) #name,
        CUE_CLASSES(X)
#undef X
    };
    struct table table;
    int code = table_open(&table, compile, "cues.tsv", 3, "word\tclass\tvalue", true);
    if (code != E_OK)
        return code;
    for (bool more; (code = table_next(&table, &more)) == E_OK && more;) {
        size_t class = 0, count = sizeof classes / sizeof *classes;
        double value = 0;
        while (class < count && strcmp(table.column[1], classes[class]) != 0)
            class++;
        if (table.column[0][0] == '\0')
            code = table_error(&table, "the word is empty");
        else if (class == count)
            code = table_error(&table, "\"%s\" is no class: see CUE_CLASSES in reference.h", table.column[1]);
        else if (table.column[2][0] != '\0' &&
                 (number_parse(table.column[2], strlen(table.column[2]), &value) != 0 || value != (int32_t)value))
            code = table_error(&table, "the value must be an integer or empty, not \"%s\"", table.column[2]);
        else
            code = term_add(compile, table.column[0], TERM_CUE, (unsigned)class, (uint32_t)(int32_t)value);
        if (code != E_OK)
            break;
    }
    table_close(&table);
    return code;
}

int compile_items(struct compile *compile)
{
    struct table table;
    int code = table_open(&table, compile, "items.tsv", 2, NULL, true);
    if (code != E_OK)
        return code;
    bool first = true;
    for (bool more; (code = table_next(&table, &more)) == E_OK && more; first = false) {
        double value = 0;
        if (first && strcmp(table.column[0], "word") == 0)
            continue;  /* header */
        if (table.column[0][0] == '\0')
            code = table_error(&table, "the word is empty");
        else if (table.column[1][0] != '\0' &&
                 (number_parse(table.column[1], strlen(table.column[1]), &value) != 0 || value < 0 ||
                  value != (uint16_t)value))
            code = table_error(&table, "the class must be an integer from 0 to 65535 or empty, not \"%s\"",
                               table.column[1]);
        else if ((code = term_add(compile, table.column[0], TERM_ITEM, 0, (uint32_t)value)) == E_OK && value < ITEM_CLASSES)
            buffer_format(&compile->items[(size_t)value], "%s|", table.column[0]);
        if (code != E_OK)
            break;
    }
    table_close(&table);
    return code;
}

/* One file of words in one column. */
static int compile_words(struct compile *compile, const char *name, enum vocabulary sub)
{
    struct table table;
    int code = table_open(&table, compile, name, 1, "word", true);
    if (code != E_OK)
        return code;
    for (bool more; code == E_OK && (code = table_next(&table, &more)) == E_OK && more;)
        code = table.column[0][0] == '\0' ? table_error(&table, "the word is empty")
                                          : term_add(compile, table.column[0], TERM_VOCABULARY, sub, 0);
    table_close(&table);
    return code;
}

int compile_vocabulary(struct compile *compile)
{
    int code = compile_words(compile, "vocabulary.tsv", VOCABULARY_GENERAL);
    return code == E_OK ? compile_words(compile, "common.tsv", VOCABULARY_COMMON) : code;
}

/* ---- indicators ---- */
struct words {
    char **word;               /* in the order of their numbers */
    size_t count;
    struct buffer alternatives; /* struct alternative, by words[0] at the end */
    const cJSON *groups;       /* "@crop": "辣椒|水稻|…"; the file's first object, or NULL */
};

static int word_number(struct compile *compile, struct words *words, const char *word, uint16_t *number)
{
    size_t i = 0;
    while (i < words->count && strcmp(words->word[i], word) != 0)
        i++;
    *number = (uint16_t)i;
    if (i < words->count)
        return E_OK;
    if (i >= 0xFFFF)
        return error_set(&compile->error, E_INPUT, "%s/indicators.json: more than 65534 words", compile->folder);
    char **grown = realloc(words->word, (i + 1) * sizeof *grown);
    if (grown == NULL)
        return memory_failed(compile);
    words->word = grown;
    grown[i] = strdup(word);
    if (grown[i] == NULL)
        return memory_failed(compile);
    words->count++;
    return term_add(compile, word, TERM_WORD, 0, (uint32_t)i);
}

/* ---- how an entry's words are written ----
 * "危房+改造" asks for both words; "改造|修缮+危房|危旧房" for one of each side, which makes four alternatives; "@poor" stands
 * for all words of the group of that name, "@item1" for those of class 1 in items.tsv. The alternatives are multiplied out
 * here, so that reading stays a look-up. */
#define WORDS_AT_ONCE 4
struct slot {
    uint16_t *number;          /* the words that may stand here */
    uint16_t *length;          /* characters of each */
    size_t count, room;
};

static int add_choice(struct compile *compile, struct words *words, struct slot *slot, const char *word)
{
    uint16_t units[SPELLING_MAX];
    size_t length = text_fold(compile, word, units, SPELLING_MAX);
    if (length == 0)
        return error_set(&compile->error, E_INPUT, "%s/indicators.json: \"%s\" is empty, too long or no UTF-8",
                         compile->folder, word);
    if (slot->count == slot->room) {
        size_t room = slot->room * 2 + 8;
        uint16_t *number = realloc(slot->number, room * sizeof *number);
        if (number != NULL)
            slot->number = number;
        uint16_t *lengths = realloc(slot->length, room * sizeof *lengths);
        if (lengths != NULL)
            slot->length = lengths;
        if (number == NULL || lengths == NULL)
            return memory_failed(compile);
        slot->room = room;
    }
    int code = word_number(compile, words, word, &slot->number[slot->count]);
    slot->length[slot->count++] = (uint16_t)length;
    return code;
}

/* The words of a group with "|" between; NULL: no such group. */
static const char *group_members(struct compile *compile, const struct words *words, const char *name)
{
    unsigned class = strncmp(name, "@item", 5) == 0 && name[6] == '\0' ? (unsigned)name[5] - '0' : ITEM_CLASSES;
    if (class >= ITEM_CLASSES)
        return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(words->groups, name));
    struct buffer *items = &compile->items[class];
    if (items->size > 0 && items->bytes[items->size - 1] == '|')
        items->bytes[items->size - 1] = '\0';  /* behind the last word, once */
    return items->size > 0 && !items->failed ? (const char *)items->bytes : NULL;
}

/* Fills one side of a "+": words with "|" between, or names of groups. A group holds words only: groups of
 * groups would need a check for circles. */
static int read_slot(struct compile *compile, struct words *words, struct slot *slot, char *text, bool in_group)
{
    int code = E_OK;
    for (char *rest = text, *word; code == E_OK && (word = strsep(&rest, "|")) != NULL;) {
        if (*word != '@') {
            code = add_choice(compile, words, slot, word);
            continue;
        }
        const char *members = in_group ? NULL : group_members(compile, words, word);
        char *copy = members == NULL ? NULL : strdup(members);
        if (members == NULL)
            code = error_set(&compile->error, E_INPUT, "%s/indicators.json: \"%s\" is no group (a string of \"groups\", or "
                             "@item with a class of items.tsv)", compile->folder, word);
        else if (copy == NULL)
            code = memory_failed(compile);
        else
            code = read_slot(compile, words, slot, copy, true);
        free(copy);
    }
    return code;
}

/* Each way to take one word of every slot becomes an alternative. */
static void multiply_out(struct words *words, const struct slot slots[], size_t slot_count, uint32_t index)
{
    size_t at[WORDS_AT_ONCE] = {0};
    for (size_t turned = 0; turned < slot_count;) {
        struct alternative alternative = {.indicator = index, .words = {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF}};
        for (size_t i = 0; i < slot_count; i++) {
            alternative.words[i] = slots[i].number[at[i]];
            alternative.bits |= WORD_BIT(alternative.words[i]);
            alternative.length = (uint16_t)(alternative.length + slots[i].length[at[i]]);
        }
        alternative.word_count = (uint16_t)slot_count;
        buffer_add(&words->alternatives, &alternative, sizeof alternative);
        for (turned = 0; turned < slot_count && ++at[turned] == slots[turned].count; turned++)
            at[turned] = 0;
    }
}

static int add_alternatives(struct compile *compile, struct words *words, const char *id, const char *text, uint32_t index)
{
    struct slot slots[WORDS_AT_ONCE] = {0};
    size_t slot_count = 0;
    int code = E_OK;
    char *copy = strdup(text);
    if (copy == NULL)
        return memory_failed(compile);
    for (char *rest = copy, *side; code == E_OK && (side = strsep(&rest, "+")) != NULL;)
        code = slot_count == WORDS_AT_ONCE
                   ? error_set(&compile->error, E_INPUT, "%s/indicators.json: %s: \"%s\" must be 1 to %d words joined by +",
                               compile->folder, id, text, WORDS_AT_ONCE)
                   : read_slot(compile, words, &slots[slot_count++], side, false);
    if (code != E_OK)
        goto done;
    multiply_out(words, slots, slot_count, index);
    for (size_t i = 0; slot_count == 1 && i < slots[0].count && code == E_OK; i++)
        code = name_add(compile, IMAGE_indicator_name, words->word[slots[0].number[i]], index);
done:
    for (size_t i = 0; i < WORDS_AT_ONCE; i++) {
        free(slots[i].number);
        free(slots[i].length);
    }
    free(copy);
    return code;
}

static const char *json_text(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text == NULL ? "" : text;
}

static int add_indicator(struct compile *compile, struct words *words, const cJSON *object, uint32_t index)
{
    static const char *const keys[] = {"id", "zh", "en", "dimension", "aggregation", "weight", "kind", "per"};
    static const char *const known[] = {"id", "zh", "en", "dimension", "aggregation", "weight", "kind", "per", "words"};
    const char *id = json_text(object, "id"), *aggregation = json_text(object, "aggregation");
    int code = E_OK;
    if (!cJSON_IsObject(object) || !word_ok(id) || *json_text(object, "zh") == '\0' || *json_text(object, "en") == '\0')
        return error_set(&compile->error, E_INPUT,
                         "%s/indicators.json: entry %u (after \"%s\") needs an id of small letters, digits and _, a zh and "
                         "an en", compile->folder, index + 1, id);
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], member->string) != 0)
            i++;
        if (i == sizeof known / sizeof *known)
            return error_set(&compile->error, E_INPUT, "%s/indicators.json: %s: unknown key \"%s\"", compile->folder, id,
                             member->string);
    }
    if (strcmp(aggregation, "sum") != 0 && strcmp(aggregation, "mean") != 0 && strcmp(aggregation, "none") != 0)
        return error_set(&compile->error, E_INPUT, "%s/indicators.json: %s: aggregation must be sum, mean or none",
                         compile->folder, id);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if ((code = record_text(compile, json_text(object, keys[i]))) != E_OK)
            return code;
    if ((code = name_add(compile, IMAGE_indicator_name, id, index)) != E_OK ||
        (code = name_add(compile, IMAGE_indicator_name, json_text(object, "zh"), index)) != E_OK)
        return code;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "words"), *word;
    cJSON_ArrayForEach(word, list) {
        const char *text = cJSON_GetStringValue(word);
        if (text == NULL)
            return error_set(&compile->error, E_INPUT, "%s/indicators.json: %s: words must be strings", compile->folder,
                             id);
        if ((code = add_alternatives(compile, words, id, text, index)) != E_OK)
            return code;
    }
    return E_OK;
}

/* An alternative is looked for where its first word was found: that is its rarest, so that few are looked at in vain. */
static int rarest_first(struct alternative *list, size_t count, size_t words)
{
    uint32_t *uses = calloc(words + 1, sizeof *uses);
    if (uses == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < list[i].word_count; k++)
            uses[list[i].words[k]]++;
    for (size_t i = 0; i < count; i++) {
        size_t rarest = 0;
        for (size_t k = 1; k < list[i].word_count; k++)
            if (uses[list[i].words[k]] < uses[list[i].words[rarest]])
                rarest = k;
        uint16_t word = list[i].words[rarest];
        list[i].words[rarest] = list[i].words[0];
        list[i].words[0] = word;
    }
    free(uses);
    return E_OK;
}

static int alternative_order(const void *a, const void *b)
{
    const struct alternative *x = a, *y = b;
    if (x->words[0] != y->words[0])
        return x->words[0] < y->words[0] ? -1 : 1;
    if (x->length != y->length)
        return x->length > y->length ? -1 : 1;
    if (x->indicator != y->indicator)
        return x->indicator < y->indicator ? -1 : 1;
    return memcmp(x->words, y->words, sizeof x->words);
}

/* Ids must be unique, and the weight of a mean must be one of them. */
static int check_indicators(struct compile *compile, const cJSON *list)
{
    const cJSON *a, *b;
    cJSON_ArrayForEach(a, list) {
        bool weight = *json_text(a, "weight") == '\0';
        cJSON_ArrayForEach(b, list) {
            if (a != b && strcmp(json_text(a, "id"), json_text(b, "id")) == 0)
                return error_set(&compile->error, E_INPUT, "%s/indicators.json: the id %s stands there twice",
                                 compile->folder, json_text(a, "id"));
            weight = weight || strcmp(json_text(a, "weight"), json_text(b, "id")) == 0;
        }
        if (!weight)
            return error_set(&compile->error, E_INPUT, "%s/indicators.json: %s: its weight %s is no indicator",
                             compile->folder, json_text(a, "id"), json_text(a, "weight"));
    }
    return E_OK;
}

int compile_indicators(struct compile *compile)
{
    char *bytes = NULL;
    size_t size;
    cJSON *list = NULL, *groups = NULL;
    struct words words = {0};
    int code = file_read(compile, "indicators.json", true, &bytes, &size);
    if (code != E_OK)
        return code;
    record_label(compile, "indicators");
    if (size > 0) {
        const char *end = NULL;
        list = cJSON_ParseWithLengthOpts(bytes, size, &end, false);
        if (list == NULL || !cJSON_IsArray(list)) {
            size_t line = 1;
            for (const char *p = bytes; end != NULL && p < end; p++)
                line += *p == '\n';
            code = error_set(&compile->error, E_INPUT, "%s/indicators.json:%zu: no valid JSON array of objects",
                             compile->folder, line);
            goto done;
        }
        const cJSON *object;
        cJSON *first = cJSON_GetArrayItem(list, 0);
        words.groups = cJSON_GetObjectItemCaseSensitive(first, "groups");
        if (words.groups != NULL)
            groups = cJSON_DetachItemViaPointer(list, first);
        cJSON_ArrayForEach(object, list)
            if ((code = add_indicator(compile, &words, object, compile->indicator_count++)) != E_OK)
                goto done;
        if ((code = check_indicators(compile, list)) != E_OK)
            goto done;
    }
    names_sort(compile, IMAGE_indicator_name);

    size_t count = words.alternatives.size / sizeof(struct alternative);
    struct alternative *alternative = (struct alternative *)(void *)words.alternatives.bytes;
    if (count > 0 && rarest_first(alternative, count, words.count) != E_OK) {
        code = memory_failed(compile);
        goto done;
    }
    if (count > 0)
        qsort(alternative, count, sizeof *alternative, alternative_order);
    for (uint32_t word = 0, at = 0; word <= words.count; word++) {
        buffer_add(&compile->section[IMAGE_word], &at, sizeof at);
        while (at < count && alternative[at].words[0] == word)
            at++;
    }
    compile->word_count = (uint32_t)words.count;
    if (count > 0)
        buffer_add(&compile->section[IMAGE_alternative], alternative, count * sizeof *alternative);
    if (words.alternatives.failed || compile->section[IMAGE_alternative].failed)
        code = memory_failed(compile);
done:
    for (size_t i = 0; i < words.count; i++)
        free(words.word[i]);
    free(words.word);
    buffer_free(&words.alternatives);
    cJSON_Delete(list);
    cJSON_Delete(groups);
    free(bytes);
    return code;
}
