/* table_lines.c — tables in plain text: lines one below another whose cells bars (|) or tabs part.
 *
 * Such lines are made the nodes of a page, so that they are read as a page's tables are, and are taken out of the window's
 * text. What has no figures, or long cells, stays text: a menu (首页 | 新闻), an indented paragraph. */
#include "data/extract/source.h"

#include <stdlib.h>

#define CELLS_MOST 100000u  /* of one window: what is beyond is read as text */

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

/* Without a branch, so that the compiler may look at many characters at once: most windows have no sign in them. */
static bool has_sign(const uint16_t *text, size_t n)
{
    unsigned signs = 0;
    for (size_t i = 0; i < n; i++)
        signs |= (unsigned)(text[i] == '\t') | (unsigned)(text[i] == '|') | (unsigned)(text[i] == 0x2502);
    return signs != 0;
}

int window_tables(struct window *w, struct page *page)
{
    bool within = false;
    uint32_t table = 0;
    int parted = 0;
    page->count = page->table_count = page->all.n = 0;
    page->failed = false;
    const uint16_t *text = w->text;
    if (!has_sign(text, w->n))
        return E_OK;
    for (size_t start = 0; start < w->n && !page->failed;) {
        size_t end = start;
        bool sign = false;
        for (; end < w->n && text[end] != '\n'; end++)
            sign |= text[end] == '\t' || is_bar(text[end]);
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
