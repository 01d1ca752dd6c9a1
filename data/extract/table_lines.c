/* table_lines.c — tables in plain text: lines one below another whose cells bars (|), tabs or blanks part.
 *
 * Blanks part cells only where at least three lines one below another end with the same number of numbers, and the line
 * above them heads a table: 指标 计量单位 2020年. Such lines are made the nodes of a page, so that they are read as a page's tables are, and are taken out of the window's
 * text. What has no figures, or long cells, stays text: a menu (首页 | 新闻), an indented paragraph. */
#include "data/extract/source.h"

#include <stdlib.h>

#define CELLS_MOST 100000u  /* of one window: what is beyond is read as text */
#define BLANK_ROWS_LEAST 3u /* lines of a table whose cells blanks part */
#define BLANK_LINE_MOST 80u /* characters of such a line */
#define NUMBERS_MOST 12u    /* in such a line */
#define BLOCK 4096u

static bool is_bar(uint16_t c)
{
    return c == '|' || c == 0x2502;
}

static bool is_blank(uint16_t c)
{
    return c <= ' ' || c == 0x3000 || c == 0xA0;
}

/* What parts the cells of the line text[start..end): 1 bars, 2 tabs; 0: it is no row. */
static int parted_by(const uint16_t *text, size_t start, size_t end)
{
    size_t bars = 0, tabs = 0;
    while (start < end && is_blank(text[start]) && text[start] != '\t')
        start++;
    bool indented = start < end && text[start] == '\t';
    for (size_t i = start; i < end; i++) {
        bars += is_bar(text[i]);
        tabs += text[i] == '\t';
    }
    return bars > 0 ? 1 : tabs > indented ? 2 : 0;
}

/* |---|:---:| between the headings and the rows */
static bool is_rule(const uint16_t *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (!is_bar(text[i]) && !is_blank(text[i]) && text[i] != '-' && text[i] != ':' && text[i] != '+' && text[i] != '=')
            return false;
    return true;
}

/* The numbers at the end of the line text[start..end) that blanks part from a name before them and from each other; 0: no such
 * line. name_end: behind the name. */
static size_t numbers_behind(const uint16_t *text, size_t start, size_t end, size_t *name_end)
{
    size_t numbers = 0, at = end;
    if (end - start > BLANK_LINE_MOST)
        return 0;
    for (;;) {
        while (at > start && is_blank(text[at - 1]))
            at--;
        size_t last = at;
        bool digit = false, other = false;
        while (at > start && !is_blank(text[at - 1])) {
            uint16_t c = text[--at];
            digit |= c >= '0' && c <= '9';
            other |= !((c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-' || c == '%');
        }
        if (!digit || other || at == start || numbers == NUMBERS_MOST) {
            *name_end = last;
            break;
        }
        numbers++;
    }
    while (start < *name_end && is_blank(text[start]))
        start++;
    bool named = *name_end > start && cjk(text[start]);
    for (size_t i = start; i < *name_end; i++)
        named &= text[i] != ',' && text[i] != 0x3002 && text[i] != ';' && text[i] != 0xFF0C && text[i] != 0xFF1B;
    return named ? numbers : 0;
}

/* Whether the line text[start..end) heads the columns of a table whose cells blanks part. */
static bool heads_columns(const uint16_t *text, size_t start, size_t end)
{
    static const uint16_t words[][2] = {{0x6307, 0x6807}, {0x5355, 0x4F4D}, {0x9879, 0x76EE}, {0x540D, 0x79F0}, {0x5408, 0x8BA1}};  /* 指标 单位 项目 名称 合计 */
    bool blank = false, word = false, stop = end <= start || end - start > BLANK_LINE_MOST;
    for (size_t i = start; i < end && !stop; i++) {
        blank |= is_blank(text[i]) && i > start && i + 1 < end;
        stop = text[i] == 0x3002 || text[i] == ',' || text[i] == 0xFF0C;
        word |= text[i] == 0x5E74 || text[i] == '%';  /* 2020年, 增长% */
        for (size_t k = 0; i + 1 < end && k < sizeof words / sizeof *words; k++)
            word |= text[i] == words[k][0] && text[i + 1] == words[k][1];
    }
    return blank && word && !stop;
}

static size_t line_end(const uint16_t *text, size_t start, size_t n)
{
    while (start < n && text[start] != '\n')
        start++;
    return start;
}

/* How many lines from `start` on end with as many numbers as the first. */
static size_t blank_rows(const uint16_t *text, size_t start, size_t n, size_t *numbers)
{
    size_t rows = 0, name_end;
    for (size_t end; start < n; start = end + 1, rows++) {
        end = line_end(text, start, n);
        size_t found = numbers_behind(text, start, end, &name_end);
        if (found == 0 || (rows > 0 && found != *numbers))
            break;
        *numbers = found;
    }
    return rows;
}

static uint32_t add_node(struct page *page, enum element element, size_t first, size_t last)
{
    if (page->count == page->capacity) {
        size_t capacity = page->capacity ? 2 * page->capacity : 256;
        struct node *nodes = reallocarray(page->nodes, capacity, sizeof *nodes);
        if (nodes == NULL) {
            page->failed = true;
            return 0;
        }
        page->nodes = nodes;
        page->capacity = capacity;
    }
    page->nodes[page->count] = (struct node){.parent = UINT32_MAX, .next = (uint32_t)page->count + 1, .first = (uint32_t)first,
                                             .last = (uint32_t)last, .columns = 1, .rows = 1, .element = (uint8_t)element};
    return (uint32_t)page->count++;
}

static void add_row(struct page *page, const uint16_t *text, size_t start, size_t end, int parted)
{
    uint32_t row = add_node(page, ELEMENT_ROW, start, end);
    /* bars also stand at both ends: | a | b | */
    while (parted == 1 && start < end && is_blank(text[start]))
        start++;
    while (parted == 1 && end > start && is_blank(text[end - 1]))
        end--;
    if (parted == 1 && start < end && is_bar(text[start]))
        start++;
    if (parted == 1 && end > start && is_bar(text[end - 1]))
        end--;
    for (size_t i = start, from = start; i <= end && !page->failed; i++)
        if (i == end || (parted == 1 ? is_bar(text[i]) : text[i] == '\t')) {
            add_node(page, ELEMENT_CELL, from, i);
            from = i + 1;
        }
    if (!page->failed)
        page->nodes[row].next = (uint32_t)page->count;
}

/* A line's name and its last cells, as many as there are numbers; a heading's name may be several words. */
static void add_blank_row(struct page *page, const uint16_t *text, size_t start, size_t end, size_t cells)
{
    size_t from[NUMBERS_MOST], to[NUMBERS_MOST], found = 0, at = end;
    while (found < cells) {
        while (at > start && is_blank(text[at - 1]))
            at--;
        to[found] = at;
        while (at > start && !is_blank(text[at - 1]))
            at--;
        from[found++] = at;
    }
    uint32_t row = add_node(page, ELEMENT_ROW, start, end);
    add_node(page, ELEMENT_CELL, start, at);
    while (found-- > 0)
        add_node(page, ELEMENT_CELL, from[found], to[found]);
    if (!page->failed)
        page->nodes[row].next = (uint32_t)page->count;
}

/* The window's characters, once there is a table in it. */
static void add_text(struct page *page, const struct window *w)
{
    text_clear(&page->all, w->base);
    for (size_t i = 0; i < w->n && !page->all.failed; i++)
        text_add(&page->all, w->raw[i], w->offset[i], (uint32_t)(window_end(w, i + 1) - w->base));
    page->failed |= page->all.failed;
}

/* Keeps nodes[table ..) as a table, and takes its lines out of the window's text, or forgets them. */
static void end_table(struct page *page, uint32_t table, struct window *w, size_t end)
{
    if (page->failed)
        return;
    page->nodes[table].next = (uint32_t)page->count;
    page->nodes[table].last = (uint32_t)end;
    if (page->count <= table + 1u) {
        page->count = table;
        return;
    }
    if (page->all.n == 0)
        add_text(page, w);
    if (page->failed || !table_has_figures(page, table)) {
        page->count = table;
        return;
    }
    if (page->table_count == page->table_capacity) {
        size_t capacity = page->table_capacity ? 2 * page->table_capacity : 16;
        uint32_t *tables = reallocarray(page->tables, capacity, sizeof *tables);
        if (tables == NULL) {
            page->failed = true;
            return;
        }
        page->tables = tables;
        page->table_capacity = capacity;
    }
    page->tables[page->table_count++] = table;
    for (size_t i = page->nodes[table].first; i < end; i++)
        if (w->text[i] != '\n' || i + 1 < end)
            w->text[i] = WINDOW_DROPPED;
}

/* 2: a bar or a tab stands in the text; 1: three of its lines end with a digit; 0: neither. In 16 bits and without a branch, so that
 * the compiler may look at many characters at once: most windows have none of these. */
static int signs_of(const uint16_t *text, size_t n)
{
    size_t lines = 0;
    uint16_t signs = 0;
    for (size_t from = 0; from < n; from += BLOCK) {
        size_t end = n - from < BLOCK ? n : from + BLOCK;
        uint16_t ends = 0;
        for (size_t i = from; i < end; i++) {
            uint16_t c = text[i], digit = (uint16_t)(c - '0') < 10;
            signs = (uint16_t)(signs | (c == '\t') | (c == '|') | (c == 0x2502));
            ends = (uint16_t)(ends + (digit & (text[i + 1] == '\n')));
        }
        lines += ends;
    }
    return signs != 0 ? 2 : lines >= BLANK_ROWS_LEAST;
}

int window_tables(struct window *w, struct page *page)
{
    bool within = false;
    uint32_t table = 0;
    int parted = 0;
    page->count = page->table_count = page->all.n = 0;
    page->failed = false;
    const uint16_t *text = w->text;
    const int signs = signs_of(text, w->n);
    if (signs == 0)
        return E_OK;
    size_t above = SIZE_MAX;  /* where the line before begins */
    for (size_t start = 0; start < w->n && !page->failed;) {
        size_t end = start;
        bool sign = false;
        for (; signs > 1 && end < w->n && text[end] != '\n'; end++)
            sign |= text[end] == '\t' || is_bar(text[end]);
        if (signs == 1)
            end = line_end(text, start, w->n);
        bool number = end > start && ((text[end - 1] >= '0' && text[end - 1] <= '9') || text[end - 1] == '%');
        size_t numbers = 0, rows = number && !sign && above != SIZE_MAX && page->count < CELLS_MOST && heads_columns(text, above, start - 1)
                                   ? blank_rows(text, start, w->n, &numbers) : 0;
        if (rows >= BLANK_ROWS_LEAST) {
            if (within)
                end_table(page, table, w, above);
            within = false;
            table = add_node(page, ELEMENT_TABLE, above, end);
            add_blank_row(page, text, above, start - 1, numbers);
            for (; rows > 0 && !page->failed; rows--, start = end + 1) {
                end = line_end(text, start, w->n);
                add_blank_row(page, text, start, end, numbers);
            }
            end_table(page, table, w, start < w->n ? start : w->n);
            above = SIZE_MAX;
            continue;
        }
        above = start;
        int by = sign && page->count < CELLS_MOST ? parted_by(text, start, end) : 0;
        if (within && by != parted) {
            end_table(page, table, w, start);
            within = false;
        }
        if (by > 0 && !within) {
            table = add_node(page, ELEMENT_TABLE, start, end);
            within = true;
            parted = by;
        }
        if (within && !page->failed && !(by == 1 && is_rule(text, start, end)))
            add_row(page, text, start, end, parted);
        start = end + 1;
    }
    if (within)
        end_table(page, table, w, w->n);
    if (page->failed)
        return E_MEMORY;
    return page->table_count > 0 ? window_drop(w) : E_OK;
}
