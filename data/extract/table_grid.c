/* table_grid.c — a table's cells in rows and columns, and which of them are headings.
 *
 * rowspan and colspan are expanded; rows on top without figures (or in <thead>, or all <th>) are headings, as are the columns
 * on the left without figures. A row on top that is one cell is part of the caption. */
#include "data/extract/table.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 128u
#define GRID_MOST ((size_t)4 << 20)  /* cells of one table; a larger one is read as text */
#define HEADING_ROWS_MOST 6u
#define CAPTION_MOST 80u

static bool is_blank(uint16_t c)
{
    return c <= ' ' || c == 0x3000 || c == 0xA0;
}

struct node trimmed(const struct page *page, uint32_t cell)
{
    struct node n = page->nodes[cell];
    if (n.last > page->all.n)
        n.last = (uint32_t)page->all.n;
    while (n.first < n.last && is_blank(page->all.raw[n.first]))
        n.first++;
    while (n.last > n.first && is_blank(page->all.raw[n.last - 1]))
        n.last--;
    return n;
}

bool is_year(const uint16_t *t, size_t n)
{
    return (n == 4 || (n == 5 && t[4] == 0x5E74)) && ((t[0] == '1' && t[1] == '9') || (t[0] == '2' && t[1] == '0')) && t[2] >= '0' && t[2] <= '9' &&
           t[3] >= '0' && t[3] <= '9';
}

bool is_figure(const struct page *page, uint32_t cell)
{
    struct node n = trimmed(page, cell);
    size_t length = n.last - n.first, digits = 0, signs = 0;
    const uint16_t *t = page->all.raw + n.first;
    if (length == 0 || length > NUMBER_MOST || is_year(t, length))
        return false;
    for (size_t i = 0; i < length; i++) {
        uint16_t c = fold_character(t[i]);
        digits += c >= '0' && c <= '9';
        signs += c == ',' || c == '.' || c == '%' || c == '+' || c == '-' || c == ' ' || c == 0x4E07 || c == 0x4EBF || c == 0x2014 || c == 0x4F59;
    }
    return digits > 0 && (digits + signs) * 5 >= length * 3 && ((t[0] < 0x4E00 && t[0] != '(') || length <= 8);
}

bool table_has_figures(const struct page *page, uint32_t table)
{
    size_t rows = 0, cells = 0, figures = 0, lengthy = 0, widest = 0, width = 0;
    const struct node *t = &page->nodes[table];
    for (uint32_t i = table + 1; i < t->next; i++) {
        const struct node *n = &page->nodes[i];
        if (n->element == ELEMENT_TABLE)
            return false;
        if (n->element == ELEMENT_ROW) {
            rows++;
            width = 0;
        } else if (n->element == ELEMENT_CELL || n->element == ELEMENT_HEAD_CELL) {
            widest = ++width > widest ? width : widest;
            if (n->last <= n->first)
                continue;
            cells++;
            figures += is_figure(page, i);
            lengthy += n->last - n->first > 60;
        }
    }
    return rows >= 2 && widest >= 2 && figures > 0 && figures * 5 >= cells && lengthy * 8 <= cells && t->links * 2 <= t->characters &&
           rows * COLUMNS_MOST <= GRID_MOST * 8;
}
static bool place_cells(struct table *t, uint32_t table)
{
    const struct page *page = t->page;
    uint32_t stop = page->nodes[table].next;
    size_t sum = 0, widest = 0;
    for (uint32_t i = table + 1; i < stop; i++) {
        const struct node *n = &page->nodes[i];
        if (n->element == ELEMENT_ROW) {
            t->rows++;
            sum = 0;
        } else if (n->element == ELEMENT_CELL || n->element == ELEMENT_HEAD_CELL) {
            sum += n->columns;
            widest = sum > widest ? sum : widest;
        }
    }
    /* what reaches down from the rows above makes a row wider than its own cells */
    size_t stride = 2 * widest + 1 < COLUMNS_MOST ? 2 * widest + 1 : COLUMNS_MOST;
    if (t->rows == 0 || t->rows * stride > GRID_MOST)
        return true;
    t->cells = malloc(t->rows * stride * sizeof *t->cells);
    if (t->cells == NULL)
        return false;
    memset(t->cells, 0xFF, t->rows * stride * sizeof *t->cells);
    size_t row = SIZE_MAX, column = 0;
    for (uint32_t i = table + 1; i < stop; i++) {
        const struct node *n = &page->nodes[i];
        if (n->element == ELEMENT_ROW) {
            row++;
            column = 0;
        } else if ((n->element == ELEMENT_CELL || n->element == ELEMENT_HEAD_CELL) && row != SIZE_MAX) {
            while (column < stride && t->cells[row * stride + column] != TABLE_NONE)
                column++;
            for (size_t c = column; c < column + n->columns && c < stride; c++)
                for (size_t r = row; r < row + n->rows && r < t->rows; r++)
                    t->cells[r * stride + c] = i;
            column += n->columns;
            if (column > stride)
                column = stride;
            t->columns = column > t->columns ? column : t->columns;
        }
    }
    for (size_t r = 1; r < t->rows && t->columns < stride; r++)
        memmove(t->cells + r * t->columns, t->cells + r * stride, t->columns * sizeof *t->cells);
    return true;
}

static bool in_head_rows(const struct page *page, uint32_t cell, uint32_t table)
{
    for (uint32_t up = page->nodes[cell].parent; up != TABLE_NONE && up != table; up = page->nodes[up].parent)
        if (page->nodes[up].element == ELEMENT_HEAD_ROWS)
            return true;
    return false;
}

static void find_headings(struct table *t, uint32_t table)
{
    const struct page *page = t->page;
    size_t deep = 0;
    bool opened = true;
    for (size_t r = 0; r < t->rows && r < HEADING_ROWS_MOST + 2 && opened; r++) {
        size_t figures = 0, heads = 0, filled = 0;
        uint32_t first = cell_at(t, r, 0);
        bool single = first != TABLE_NONE, thead = false;
        for (size_t c = 0; c < t->columns; c++) {
            uint32_t cell = cell_at(t, r, c);
            single &= cell == first || (cell != TABLE_NONE && trimmed(page, cell).last == trimmed(page, cell).first);
            if (cell == TABLE_NONE)
                continue;
            filled++;
            figures += is_figure(page, cell);
            heads += page->nodes[cell].element == ELEMENT_HEAD_CELL;
            thead |= in_head_rows(page, cell, table);
            if (r + page->nodes[cell].rows > deep && r == t->caption_rows && c > 0)
                deep = r + page->nodes[cell].rows;
        }
        if (single && figures == 0 && r == t->caption_rows && t->columns > 1) {
            t->caption_rows = t->top = r + 1;
            deep = 0;
        } else if (filled > 0 && (thead || heads == filled || figures == 0 || (r > t->caption_rows && r < deep)) && r < t->caption_rows + HEADING_ROWS_MOST) {
            t->top = r + 1;
        } else {
            opened = false;
        }
    }
    if (t->top >= t->rows)
        t->top = t->caption_rows;
    for (t->left = 0; t->left + 1 < t->columns; t->left++) {
        size_t figures = 0, filled = 0, running = 0, heads = 0;
        for (size_t r = t->top; r < t->rows; r++) {
            uint32_t cell = cell_at(t, r, t->left);
            struct node n = cell != TABLE_NONE ? trimmed(page, cell) : (struct node){0};
            if (n.last == n.first)
                continue;
            filled++;
            heads += page->nodes[cell].element == ELEMENT_HEAD_CELL;
            figures += is_figure(page, cell);
            size_t number = 0;
            for (size_t i = n.first; i < n.last && n.last - n.first < 6; i++)
                number = number * 10 + (size_t)(page->all.raw[i] - '0');
            running += number == r - t->top + 1;
        }
        if (heads < filled && figures * 2 > filled && !(t->left == 0 && running == figures))
            break;
    }
}

/* The lines before the table that may be its caption: short, no sentences, two at most. */
static void find_caption(struct table *t, uint32_t table)
{
    const struct text *all = &t->page->all;
    size_t first = t->page->nodes[table].first, at = first;
    bool gap = false;  /* an empty line below the caption */
    for (int lines = 0; lines < 2 && at > 0; lines++) {
        size_t end = at - 1, begin = end;  /* behind the line's end */
        while (begin > 0 && all->raw[begin - 1] != '\n' && end - begin <= CAPTION_MOST)
            begin--;
        if (end == begin && !gap && lines == 0) {
            gap = true;
            lines--;
            at = begin;
            continue;
        }
        if (end - begin > CAPTION_MOST || end == begin || all->raw[end - 1] == 0x3002)
            break;
        at = begin;
    }
    t->caption_first = at;
    t->caption_last = first;
}

int grid_read(struct table *t)
{
    if (!place_cells(t, t->node))
        return E_MEMORY;
    if (t->cells != NULL && t->columns > 0) {
        find_headings(t, t->node);
        find_caption(t, t->node);
    }
    return E_OK;
}
