/* table.c — a page's table with figures, read cell by cell.
 *
 * Requirements:
 *  1. The words of a figure's label are those of its row and column headings; where they name nothing (only a place, a
 *     year, 合计, 绝对数), those of the caption.
 *  2. A column's place or time comes before a row's, that before the caption's and title's.
 *  3. The unit stands in the cell, in a heading in brackets or behind a slash, in a column named 单位, or in the caption
 *     (单位:万元).
 *  4. A figure's quote and offsets are its cell's, its evidence is its row. */
#include "data/extract/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVIDENCE_MOST 400u

static char *row_text(const struct table *t, size_t row, struct arena *arena)
{
    uint16_t units[EVIDENCE_MOST + 8];
    size_t n = 0;
    for (size_t c = 0; c < t->columns && n < EVIDENCE_MOST; c++) {
        uint32_t cell = cell_at(t, row, c);
        if (cell == TABLE_NONE || (c > 0 && cell == cell_at(t, row, c - 1)))
            continue;
        if (n > 0) {
            units[n++] = ' ';
            units[n++] = '|';
            units[n++] = ' ';
        }
        struct node range = trimmed(t->page, cell);
        for (size_t i = range.first; i < range.last && n < EVIDENCE_MOST; i++)
            units[n++] = t->page->all.raw[i] == '\n' ? ' ' : t->page->all.raw[i];
    }
    return units_utf8(units, n, arena);
}

static void set_place(struct observation *o, const struct place *place, char code[REGION_CODE], char path[REGION_PATH])
{
    if (place->region == REGION_NONE)
        return;
    o->region_code = region_code(place->region, code);
    o->region_name = place->village ? place->village : region_name(place->region);
    region_path(place->region, path);
    size_t used = strlen(path);
    if (place->village != NULL)
        snprintf(path + used, REGION_PATH - used, "/%s", place->village);
    o->region_path = path;
    o->how = place->how;
}

/* 3 100 and 12 345.6: blanks between groups of three digits are taken out. */
static void join_groups(char *text)
{
    for (char *s = text; *s != '\0'; s++)
        if (*s == ' ' && s > text && s[-1] >= '0' && s[-1] <= '9' && strspn(s + 1, "0123456789") == 3 && s - text <= 3 + 8)
            memmove(s, s + 1, strlen(s));
}

/* The number of a cell with the unit that its headings give it. */
static bool read_number(const char *text, const char *unit, struct observation *o, struct arena *arena)
{
    char joined[256];
    struct observation plain;
    char *joinable = arena_copy(arena, text, strlen(text));
    if (joinable != NULL)
        join_groups(joinable);
    text = joinable != NULL ? joinable : text;
    bool bare = extract_number(text, &plain) == 0;
    *o = plain;
    if (bare && plain.unit != NULL)
        return true;
    if (unit == NULL)
        return bare;
    size_t whole = strcspn(unit, "/");
    if ((size_t)snprintf(joined, sizeof joined, "%s%s", text, unit) >= sizeof joined)
        return false;
    if (extract_number(joined, o) == 0 && (o->unit != NULL || unit[whole] == '\0'))
        return true;
    snprintf(joined, sizeof joined, "%s%.*s", text, (int)(whole < 64 ? whole : 64), unit);
    if (unit[whole] == '/' && extract_number(joined, o) == 0) {
        o->per[0] = arena_copy(arena, unit + whole + 1, strlen(unit + whole + 1));
        o->per_count = o->per[0] != NULL;
        return true;
    }
    *o = plain;
    return bare;
}

static const char *implied_unit(const struct indicator *entry)
{
    if (entry == NULL)
        return NULL;
    return strcmp(entry->dimension, "count_person") == 0      ? "人"
           : strcmp(entry->dimension, "count_household") == 0 ? "户"
           : strcmp(entry->dimension, "share") == 0           ? "%"
                                                              : NULL;
}

static enum kind kind_of(const struct observation *o, const struct indicator *entry, const struct header *row,
                         const struct header *column)
{
    if (column->rank || row->rank)
        return KIND_rank;
    if (column->growth || row->growth)
        return KIND_growth;
    int known = entry != NULL ? kind_parse(entry->kind) : -1;
    if (o->unit != NULL && strcmp(o->unit, "%") == 0)
        return known == KIND_growth ? KIND_growth : KIND_share;
    if (known >= 0 && known != KIND_share)
        return (enum kind)known;
    return strstr(o->indicator, "均") != NULL && o->per_count > 0 ? KIND_mean : strstr(o->indicator, "价格") || strstr(o->indicator, "单价") ? KIND_price : KIND_level;
}

static void add_mean(struct observation *o)
{
    static const struct {
        const char *word, *per;
    } means[] = {{"人均", "人"}, {"户均", "户"}, {"亩均", "亩"}, {"亩产", "亩"}, {"村均", "村"}};
    for (size_t i = 0; i < sizeof means / sizeof *means && o->per_count == 0; i++)
        if (strstr(o->indicator, means[i].word) != NULL)
            o->per[o->per_count++] = means[i].per;
}

/* Measures that do not say of what, the longer before those they end with. */
static const char *const measures[] = {"种植面积", "播种面积", "面积", "总产量", "产量", "总产值", "产值", "单产", "数量", "销量", "销售额", "价格", "存栏", "出栏", NULL};

/* 面积, 总产量 */
static bool is_measure_only(const char *label)
{
    for (size_t k = 0; measures[k] != NULL; k++)
        if (strcmp(label, measures[k]) == 0)
            return true;
    return false;
}

/* Of the caption 主要粮食作物产量 what the row 稻谷 is measured by; "" when the row says so itself or the caption does not. */
static const char *measure_of_caption(const char *caption, const char *row)
{
    size_t n = strlen(caption), of_row = strlen(row);
    for (size_t k = 0; measures[k] != NULL; k++) {
        size_t length = strlen(measures[k]);
        if (n > length && strcmp(caption + n - length, measures[k]) == 0) {
            const char *last = measures[k] + length - strlen("量");
            return of_row == 0 || (of_row >= strlen(last) && strcmp(row + of_row - strlen(last), last) == 0) ? "" : measures[k];
        }
    }
    return "";
}

/* Requirement 1. "" when nothing names the figure. */
static char *label_of(const struct table *t, const struct header *row, const struct header *column, struct arena *arena)
{
    const char *of_row = row->label, *of_column = column->label;
    bool growth = row->growth || column->growth;
    const char *caption = of_row[0] == '\0' && of_column[0] == '\0' ? t->caption.label : "";
    /* 各乡镇辣椒种植情况: the caption names what the columns 面积 and 产量 measure */
    if (is_measure_only(of_column) && extract_item(of_row, arena) == NULL) {
        const char *item = extract_item(t->caption.label, arena);
        caption = item != NULL ? item : "";
    }
    if (of_column[0] == '\0')
        of_column = measure_of_caption(t->caption.label, of_row);
    size_t size = strlen(of_row) + strlen(of_column) + strlen(caption) + sizeof "增长率";
    char *label = arena_alloc(arena, size);
    if (label != NULL)
        snprintf(label, size, "%s%s%s%s", caption, of_row, strcmp(of_row, of_column) == 0 ? "" : of_column, growth && (of_row[0] || of_column[0] || caption[0]) ? "增长率" : "");
    return label;
}

static int read_cell(const struct table *t, size_t r, size_t c, const struct header *row, const char *evidence)
{
    struct arena *arena = &t->x->strings;
    const struct header *column = &t->column[c];
    const struct table_setting *setting = t->setting;
    uint32_t cell = cell_at(t, r, c);
    char code[REGION_CODE], path[REGION_PATH];
    if (cell == TABLE_NONE || column->skipped || c == t->unit_column || (r > 0 && cell == cell_at(t, r - 1, c)) || (c > 0 && cell == cell_at(t, r, c - 1)))
        return E_OK;
    struct node range = trimmed(t->page, cell);
    if (range.last == range.first || range.last - range.first > NUMBER_MOST)
        return E_OK;
    char *text = text_utf8(&t->page->all, range.first, range.last, arena);
    /* a growth rate's own unit is %; what grew has the row's */
    const char *unit = column->unit, *of_row = row->unit != NULL ? row->unit : t->caption.unit;
    if (t->unit_column < t->columns && cell_at(t, r, t->unit_column) != TABLE_NONE) {
        struct node name = trimmed(t->page, cell_at(t, r, t->unit_column));
        of_row = unit_text(t->page->all.raw + name.first, name.last - name.first, arena);
    }
    if (unit == NULL && !column->growth && !column->share)
        unit = of_row;
    if (unit == NULL && (column->growth || column->share))
        unit = "%";
    if (unit == NULL && column->rank)
        unit = "位";
    struct observation o;
    if (text == NULL)
        return E_MEMORY;
    if (!read_number(text, unit, &o, arena))
        return E_OK;
    char *label = label_of(t, row, column, arena);
    if (label == NULL)
        return E_MEMORY;
    if (label[0] == '\0')
        return E_OK;  /* nothing says what it counts */
    o.source = setting->options->source;
    o.start = t->page->all.base + t->page->all.start[range.first];
    o.end = t->page->all.base + t->page->all.end[range.last - 1];
    o.quote = text;
    o.indicator = label;
    o.item = extract_item(label, arena);
    const char *measure = o.unit != NULL && strcmp(o.unit, "%") != 0 ? o.unit : NULL;
    struct observation grown;
    if (measure == NULL && column->growth && of_row != NULL && read_number("1", of_row, &grown, arena))
        measure = grown.unit;
    o.indicator_id = extract_classify(label, measure);
    const struct indicator *entry = o.indicator_id != NULL ? indicator_find(o.indicator_id) : NULL;
    if (o.unit == NULL && !column->growth && !column->rank)
        o.unit = implied_unit(entry);
    if (o.unit == NULL || strcmp(o.unit, "%") != 0)
        add_mean(&o);
    o.kind = kind_of(&o, entry, row, column);
    if (o.bound != BOUND_range)
        o.low = o.high = NAN;
    o.status = column->planned || row->planned ? STATUS_planned : STATUS_actual;
    o.period = column->period != NULL ? column->period : row->period != NULL ? row->period : t->caption.period;
    const struct place *place = column->explicit ? &column->place : &row->place;
    set_place(&o, place, code, path);
    uint64_t rules = RULE_BIT(table_cell) | (o.indicator_id != NULL ? RULE_BIT(entry_found) : 0) |
                     (place->region == REGION_NONE ? RULE_BIT(region_none) : place->how == HOW_explicit ? RULE_BIT(region_named)
                      : place->how == HOW_default ? RULE_BIT(region_default) : RULE_BIT(region_topic)) |
                     (o.period != NULL ? RULE_BIT(period_section) : RULE_BIT(period_none)) |
                     (o.status == STATUS_planned ? RULE_BIT(status_section) : RULE_BIT(status_done));
    o.confidence = confidence_of(rules);
    if (o.confidence < setting->options->min_confidence)
        return E_OK;
    o.evidence = evidence;
    if (setting->options->trace != NULL) {
        trace_start(setting->options->trace);
        setting->options->trace->rules = rules;
    }
    ++*t->count;
    return setting->sink(&o, setting->context);
}

static size_t find_unit_column(const struct table *t)
{
    for (size_t c = 0; c < t->columns; c++)
        for (size_t r = t->caption_rows; r < t->top; r++) {
            uint32_t cell = cell_at(t, r, c);
            struct node n = cell != TABLE_NONE ? trimmed(t->page, cell) : (struct node){0};
            const uint16_t *text = t->page->all.raw + n.first;
            size_t length = n.last - n.first;
            if (length >= 2 && length <= 6 && fold_character(text[length - 2]) == 0x5355 && text[length - 1] == 0x4F4D) {
                /* 单位 is also an institution: units are found below */
                char *unit = NULL;
                for (size_t k = t->top; k < t->rows && k < t->top + 3 && unit == NULL; k++) {
                    uint32_t below = cell_at(t, k, c);
                    struct node name = below != TABLE_NONE ? trimmed(t->page, below) : (struct node){0};
                    unit = unit_text(t->page->all.raw + name.first, name.last - name.first, &t->x->strings);
                }
                if (unit != NULL)
                    return c;
            }
        }
    return SIZE_MAX;
}

int table_extract(const struct page *page, uint32_t table, const struct table_setting *setting, struct extractor *x, size_t *count)
{
    struct table t = {.page = page, .setting = setting, .x = x, .node = table, .unit_column = SIZE_MAX, .count = count};
    int status = grid_read(&t);
    if (status != E_OK || t.cells == NULL || t.columns < 2)
        goto done;
    t.column = calloc(t.columns, sizeof *t.column);
    t.row = calloc(t.rows, sizeof *t.row);
    if (t.column == NULL || t.row == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t r = t.top; r < t.rows && status == E_OK;) {
        size_t to = r;
        arena_reset(&x->strings);
        t.unit_column = find_unit_column(&t);
        status = headings_read(&t, r, &to);
        for (size_t from = r; r < to && status == E_OK; r++) {
            const char *evidence = row_text(&t, r, &x->strings);
            if (evidence == NULL)
                status = E_MEMORY;
            for (size_t c = t.left; c < t.columns && status == E_OK; c++)
                status = read_cell(&t, r, c, &t.row[r - from], evidence);
        }
    }
done:
    free(t.cells);
    free(t.column);
    free(t.row);
    return status;
}
