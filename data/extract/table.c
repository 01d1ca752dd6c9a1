/* table.c — a page's table with figures, read cell by cell.
 *
 * Requirements:
 *  1. rowspan and colspan are expanded; rows on top without figures (or in <thead>, or all <th>) are headings, as are the
 *     columns on the left without figures. A row that is one cell is part of the caption where it stands on top.
 *  2. The words of a figure's label are those of its row and column headings; where they name nothing (only a place, a
 *     year, 合计, 绝对数), those of the caption.
 *  3. Places and times in headings and caption are found by the stages of the engine, on lines made of the headings, so that
 *     the same discourse rules hold: a column's place or time comes before a row's, that before the caption's and title's.
 *  4. The unit stands in the cell, in a heading in brackets or behind a slash, in a column named 单位, or in the caption
 *     (单位:万元).
 *  5. A figure's quote and offsets are its cell's, its evidence is its row. */
#include "data/extract/numeral.h"
#include "data/extract/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define COLUMNS_MOST 128u
#define GRID_MOST ((size_t)4 << 20)  /* cells of one table; a larger one is read as text */
#define HEADING_ROWS_MOST 6u
#define NUMBER_MOST 40u              /* characters of a cell that is a number */
#define LINES_MOST 50000u            /* characters of headings that are looked at together */
#define HEADING_MOST 80u             /* characters of one heading */
#define CAPTION_MOST 80u
#define EVIDENCE_MOST 400u

/* What stands behind a heading so that the engine says what place a figure there would be about. */
static const uint16_t probe[] = {0xFF0C, 0x6709, '1', '0', '0', 0x6237, 0x3002, '\n'};  /* ，有100户。 */
#define PROBE (sizeof probe / sizeof *probe)

/* ---- cells ---- */

static bool is_blank(uint16_t c)
{
    return c <= ' ' || c == 0x3000 || c == 0xA0;
}

static struct node trimmed(const struct page *page, uint32_t cell)
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

static bool is_year(const uint16_t *t, size_t n)
{
    return (n == 4 || (n == 5 && t[4] == 0x5E74)) && ((t[0] == '1' && t[1] == '9') || (t[0] == '2' && t[1] == '0')) && t[2] >= '0' && t[2] <= '9' &&
           t[3] >= '0' && t[3] <= '9';
}

/* Whether a cell is most likely a figure: digits, and little else. */
static bool is_figure(const struct page *page, uint32_t cell)
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

/* ---- the grid ---- */

struct header {
    size_t line, length;       /* in the window: the heading's characters */
    char *label;               /* its words without place, time and unit; "" */
    char *unit;                /* or NULL */
    const char *period;        /* or NULL */
    struct place place;
    bool explicit;             /* it names its place itself */
    bool skipped;              /* a running number, a telephone number */
    bool growth, rank, planned, share;
};

struct table {
    const struct page *page;
    const struct table_setting *setting;
    struct extractor *x;
    uint32_t node;             /* the table's */
    uint32_t *cells;           /* rows × columns nodes */
    size_t rows, columns;
    size_t top, left;          /* rows and columns of headings */
    size_t unit_column, caption_rows;
    size_t caption_first, caption_last;  /* in page.all: the lines before the table */
    struct header caption, *column, *row;
    size_t *count;
};

static uint32_t cell_at(const struct table *t, size_t row, size_t column)
{
    return t->cells[row * t->columns + column];
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
            while (column < stride && t->cells[row * stride + column] != NONE)
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
    for (uint32_t up = page->nodes[cell].parent; up != NONE && up != table; up = page->nodes[up].parent)
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
        bool single = first != NONE, thead = false;
        for (size_t c = 0; c < t->columns; c++) {
            uint32_t cell = cell_at(t, r, c);
            single &= cell == first || (cell != NONE && trimmed(page, cell).last == trimmed(page, cell).first);
            if (cell == NONE)
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
            struct node n = cell != NONE ? trimmed(page, cell) : (struct node){0};
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
    for (int lines = 0; lines < 2 && at > 0; lines++) {
        size_t end = at - 1, begin = end;  /* behind the line's end */
        while (begin > 0 && all->raw[begin - 1] != '\n' && end - begin <= CAPTION_MOST)
            begin--;
        if (end - begin > CAPTION_MOST || end == begin || all->raw[end - 1] == 0x3002)
            break;
        at = begin;
    }
    t->caption_first = at;
    t->caption_last = first;
}

/* ---- headings as lines ---- */

static void add_units(struct window *w, const uint16_t *units, size_t n)
{
    for (size_t i = 0; i < n && w->n < WINDOW_UNITS; i++) {
        w->raw[w->n] = units[i];
        w->text[w->n++] = fold_character(units[i]);
    }
}

static void add_cell(struct window *w, const struct page *page, uint32_t cell)
{
    struct node n = trimmed(page, cell);
    size_t room = n.last - n.first > HEADING_MOST ? HEADING_MOST : n.last - n.first;
    for (size_t i = 0; i < room; i++)
        if (page->all.raw[n.first + i] != '\n')
            add_units(w, page->all.raw + n.first + i, 1);
    if (is_year(page->all.raw + n.first, n.last - n.first) && n.last - n.first == 4)
        add_units(w, (const uint16_t[]){0x5E74}, 1);
}

static void end_line(struct window *w, struct header *h)
{
    h->length = w->n - h->line;
    add_units(w, probe, PROBE);
}

static bool has_text(const uint16_t *t, size_t n, const char *word)
{
    /* word: BMP characters in UTF-8 */
    uint16_t units[8];
    size_t length = 0;
    const unsigned char *s = (const unsigned char *)word;
    while (*s != '\0' && length < 8) {
        if (*s < 0x80) {
            units[length++] = *s++;
        } else if (*s < 0xE0) {
            units[length++] = (uint16_t)((s[0] & 0x1F) << 6 | (s[1] & 0x3F));
            s += 2;
        } else {
            units[length++] = (uint16_t)((s[0] & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F));
            s += 3;
        }
    }
    for (size_t i = 0; i + length <= n; i++)
        if (memcmp(t + i, units, length * sizeof *units) == 0)
            return true;
    return false;
}

static bool has_any(const uint16_t *t, size_t n, const char *const *words)
{
    for (; *words != NULL; words++)
        if (has_text(t, n, *words))
            return true;
    return false;
}

/* A unit's text is one when a number in front of it has it. */
static char *unit_text(const uint16_t *t, size_t n, struct arena *arena)
{
    char number[64];
    struct observation o;
    while (n > 0 && is_blank(t[0]))
        t++, n--;
    while (n > 0 && is_blank(t[n - 1]))
        n--;
    if (n == 0 || n > 12 || (t[0] >= '0' && t[0] <= '9') || chinese_digit(t[0]) >= 0)
        return NULL;
    char *text = units_utf8(t, n, arena);
    if (text == NULL)
        return NULL;
    size_t whole = strcspn(text, "/");
    snprintf(number, sizeof number, "1%s", text);
    if (extract_number(number, &o) == 0 && o.unit != NULL)
        return text;
    snprintf(number, sizeof number, "1%.*s", (int)(whole < 40 ? whole : 40), text);
    if (extract_number(number, &o) == 0 && o.unit != NULL)
        return text;
    /* 万 alone: a scale without a unit */
    return n == 1 && (t[0] == 0x4E07 || t[0] == 0x4EBF) ? text : NULL;
}

static void drop(bool *gone, size_t from, size_t to)
{
    memset(gone + from, 1, (to - from) * sizeof *gone);
}

/* The unit in brackets, behind a slash or behind 单位: — taken out of the heading's words. */
static char *take_unit(const uint16_t *t, size_t n, bool *gone, struct arena *arena)
{
    char *unit = NULL;
    for (size_t i = 0; i < n; i++) {
        if (t[i] == '(' || t[i] == '[' || t[i] == 0x3010) {
            size_t close = i + 1;
            while (close < n && t[close] != ')' && t[close] != ']' && t[close] != 0x3011)
                close++;
            size_t from = i + 1;
            if (close - from > 3 && t[from] == 0x5355 && t[from + 1] == 0x4F4D && (t[from + 2] == ':' || t[from + 2] == 0xFF1A))
                from += 3;
            char *found = unit_text(t + from, close - from, arena);
            if (found != NULL) {
                unit = found;
                drop(gone, i, close < n ? close + 1 : n);
            }
        } else if (i + 3 < n && t[i] == 0x5355 && t[i + 1] == 0x4F4D && (t[i + 2] == ':' || t[i + 2] == 0xFF1A)) {
            size_t end = i + 3;
            while (end < n && (end - i - 3 < 1 || (!is_blank(t[end]) && t[end] != ')' && t[end] != 0x3001 && t[end] != ',' && t[end] != 0xFF0C)))
                end++;
            /* 单位:亩、万元 says nothing of a single column */
            bool several = end < n && (t[end] == 0x3001 || t[end] == ',' || t[end] == 0xFF0C);
            if (!several && (unit = unit_text(t + i + 3, end - i - 3, arena)) != NULL && i > 0 && t[i - 1] == '(')
                i--;
            drop(gone, i, end);
            i = end;
        } else if (t[i] == '/' && i > 0 && unit == NULL) {
            char *found = unit_text(t + i + 1, n - i - 1, arena);
            if (found != NULL) {
                unit = found;
                drop(gone, i, n);
            }
        }
    }
    return unit;
}

static const char *const generic[] = {"合计", "总计", "小计", "绝对数", "总量", "数值", "指标值", "本期", "累计", "实绩", "实际", "实际数", "完成", "完成数", "完成情况",
                                      "指标", "指标名称", "名称", "项目", "地区", "区域", "乡镇", "县区", "县市", "区县", "单位", "行政村", "村", "村名", "全县", "全市", "全镇",
                                      "全乡", "全省", "全区", "数量", "数据", "年份", "年度", "时间", "比上年", "同比", "其中", "计划", "计划数", "目标", "", NULL};

/* The words of a heading without what was dropped, list numbers and punctuation at its ends; "" for generic ones. */
static char *words_of(const uint16_t *t, size_t n, const bool *gone, bool growth, struct arena *arena)
{
    static const char *const rises[] = {"比上年同期", "较上年同期", "比上年", "较上年", "同比", "环比", "增长率", "增长速度", "增长", "增速", "增幅", "增减", "±", "+-", NULL};
    uint16_t kept[HEADING_MOST * 4];
    size_t used = 0;
    for (size_t i = 0; i < n && used < HEADING_MOST * 4; i++)
        if (!gone[i] && !is_blank(t[i]))
            kept[used++] = t[i];
    size_t from = 0;
    while (from < used && (numeral_starts(kept[from]) || kept[from] == '.' || kept[from] == 0x3001 || kept[from] == '(' || kept[from] == ')' || kept[from] == '#' || kept[from] == '-')) {
        /* 一、农业, 1.粮食, (2)茶叶; but 三产 is a word */
        if (numeral_starts(kept[from]) && !(from + 1 < used && (kept[from + 1] == 0x3001 || kept[from + 1] == '.' || kept[from + 1] == ')' || numeral_starts(kept[from + 1]))))
            break;
        from++;
    }
    if (used - from > 3 && kept[from] == 0x5176 && kept[from + 1] == 0x4E2D)
        from += 2;  /* 其中 */
    while (from < used && (kept[from] == ':' || kept[from] == 0xFF1A || kept[from] == ',' || kept[from] == 0x7684 || kept[from] == '#'))
        from++;
    while (used > from && (kept[used - 1] == ':' || kept[used - 1] == 0xFF1A || kept[used - 1] == ',' || kept[used - 1] == '(' || kept[used - 1] == '*' || kept[used - 1] == '/'))
        used--;
    char *text = units_utf8(kept + from, used - from, arena);
    for (size_t k = 0; growth && text != NULL && rises[k] != NULL; k++) {
        char *at = strstr(text, rises[k]);
        if (at != NULL)
            memmove(at, at + strlen(rises[k]), strlen(at + strlen(rises[k])) + 1);
    }
    for (size_t k = 0; text != NULL && generic[k] != NULL; k++)
        if (strcmp(text, generic[k]) == 0)
            text[0] = '\0';
    return text;
}

/* Takes from the scan what it found on the heading's line (requirement 3). */
static int read_heading(struct table *t, struct header *h, size_t *token, bool is_caption)
{
    static const char *const growth[] = {"增长", "增速", "增幅", "同比", "环比", "±", "比上年", "较上年", "增减", NULL};
    static const char *const rank[] = {"排名", "位次", "名次", "排位", NULL};
    static const char *const planned[] = {"计划", "目标", "预计", "规划", NULL};
    static const char *const share[] = {"占比", "比重", "百分比", "率", NULL};
    static const char *const skipped[] = {"序号", "编号", "电话", "邮编", "代码", "传真", "身份证", "联系", "备注", NULL};
    const struct window *w = &t->x->window;
    const struct scan *s = &t->x->scan;
    const uint16_t *line = w->text + h->line;
    bool gone[HEADING_MOST * 8] = {false};
    size_t n = h->length < HEADING_MOST * 8 ? h->length : HEADING_MOST * 8, end = h->line + h->length;
    while (*token < s->token_count && s->tokens[*token].start < h->line)
        ++*token;
    for (; *token < s->token_count && s->tokens[*token].start < end + PROBE; ++*token) {
        const struct token *at = &s->tokens[*token];
        size_t from = at->start - h->line, to = at->end - h->line;
        if (at->kind == TOKEN_QUANTITY && at->start > end) {
            h->place = s->where[at->index];
            continue;
        }
        if (to > n)
            continue;
        if (at->kind == TOKEN_TIME) {
            const struct period_token *p = &s->periods[at->index];
            if (p->role != TIME_COMPARED && p->role != TIME_UNDATED && p->text[0] != '\0') {
                h->period = arena_copy(&t->x->strings, p->text, strlen(p->text));
                if (h->period == NULL)
                    return E_MEMORY;
            }
            drop(gone, from, to);
            if (to < n && (line[to] == 0x5EA6 || line[to] == 0x4EFD))  /* 年度, 月份 */
                drop(gone, to, to + 1);
        } else if (at->kind == TOKEN_REGION && s->places[at->index].region != REGION_NONE) {
            h->explicit = true;
            drop(gone, from, to);
        } else if (is_caption && token_cue(at, CUE_scope, NULL)) {
            drop(gone, from, to);
        }
    }
    h->unit = take_unit(line, n, gone, &t->x->strings);
    h->growth = has_any(line, n, growth);
    h->rank = has_any(line, n, rank);
    h->planned = has_any(line, n, planned);
    h->share = has_any(line, n, share);
    h->skipped = has_any(line, n, skipped);
    h->label = words_of(line, n, gone, h->growth, &t->x->strings);
    return h->label != NULL ? E_OK : E_MEMORY;
}

static char *after_last(char *text, const char *word)
{
    char *at = strstr(text, word);
    return at != NULL ? at + strlen(word) : text;
}

/* 表1-2 各乡镇辣椒种植情况统计表 → 辣椒种植 */
static void shorten_caption(char *label)
{
    static const char *const ends[] = {"一览表", "统计表", "情况表", "明细表", "汇总表", "统计", "情况", "表", "主要", NULL};
    static const char *const openings[] = {"各县市区", "各县(市、区)", "各县区", "各乡镇", "各镇", "各县", "各村", "分乡镇", "分县", NULL};
    char *from = label;
    if (strncmp(from, "附", strlen("附")) == 0)
        from += strlen("附");
    if (strncmp(from, "表", strlen("表")) == 0) {
        from += strlen("表");
        from += strspn(from, "0123456789.-: ");
        for (size_t k = 0; k < 3; k++)
            if (strncmp(from, (const char *[]){"一", "二", "三"}[k], 3) == 0)
                from += 3;
    }
    for (size_t k = 0; openings[k] != NULL; k++)
        from = after_last(from, openings[k]);
    memmove(label, from, strlen(from) + 1);
    for (size_t k = 0; ends[k] != NULL; k++) {
        size_t n = strlen(label), e = strlen(ends[k]);
        if (n > e && strcmp(label + n - e, ends[k]) == 0)
            label[n - e] = '\0';
    }
}

/* Makes the lines of the title, the caption, all columns and rows [from, to), scans them, and reads them. */
static int read_headings(struct table *t, size_t from, size_t *to)
{
    struct window *w = &t->x->window;
    const struct page *page = t->page;
    struct calendar calendar = *t->setting->calendar;
    struct header title = {0};
    w->n = w->base = 0;
    w->has_end = false;
    add_units(w, page->text.raw + page->title_first, page->title_last - page->title_first);
    end_line(w, &title);
    t->caption = (struct header){.line = w->n};
    for (size_t i = t->caption_first; i < t->caption_last; i++)
        add_units(w, page->all.raw[i] == '\n' ? (const uint16_t[]){' '} : page->all.raw + i, 1);
    for (uint32_t i = t->node + 1; i < page->nodes[t->node].next && page->nodes[i].element != ELEMENT_ROW; i++)
        if (page->nodes[i].element == ELEMENT_CAPTION) {
            add_units(w, (const uint16_t[]){' '}, 1);
            add_cell(w, page, i);
        }
    for (uint32_t i = 0; i < t->caption_rows; i++)
        if (cell_at(t, i, 0) != NONE) {
            add_units(w, (const uint16_t[]){' '}, 1);
            add_cell(w, page, cell_at(t, i, 0));
        }
    end_line(w, &t->caption);
    for (size_t c = 0; c < t->columns; c++) {
        t->column[c] = (struct header){.line = w->n, .place = {.region = REGION_NONE}};
        for (size_t r = t->caption_rows; r < t->top; r++)
            if (cell_at(t, r, c) != NONE && (r == t->caption_rows || cell_at(t, r, c) != cell_at(t, r - 1, c)))
                add_cell(w, page, cell_at(t, r, c));
        end_line(w, &t->column[c]);
    }
    size_t rows = from, begun = w->n;
    for (; rows < t->rows && (rows == from || w->n - begun < LINES_MOST); rows++) {
        struct header *h = &t->row[rows - from];
        *h = (struct header){.line = w->n, .place = {.region = REGION_NONE}};
        for (size_t c = 0; c < t->left; c++) {
            uint32_t cell = cell_at(t, rows, c);
            if (cell == NONE || c == t->unit_column || t->column[c].skipped || (c > 0 && cell == cell_at(t, rows, c - 1)) || is_figure(page, cell))
                continue;
            add_cell(w, page, cell);
        }
        end_line(w, h);
    }
    *to = rows;
    for (size_t i = 0; i <= w->n; i++)
        w->offset[i] = (uint32_t)i;
    w->text[w->n] = w->raw[w->n] = 0;
    region_id topic = t->setting->topic, above = t->setting->fallback != REGION_NONE ? t->setting->fallback : topic;
    scan_window(&t->x->scan, &calendar, w);
    if (t->x->scan.failed || regions_resolve(&t->x->scan, w, &topic, above, &t->x->strings) != E_OK)
        return E_MEMORY;
    size_t token = 0;
    int status = read_heading(t, &title, &token, true);
    if (status == E_OK)
        status = read_heading(t, &t->caption, &token, true);
    if (status == E_OK) {
        shorten_caption(t->caption.label);
        if (t->caption.period == NULL)
            t->caption.period = title.period;
    }
    for (size_t c = 0; c < t->columns && status == E_OK; c++)
        status = read_heading(t, &t->column[c], &token, false);
    /* the corner of a table speaks for all of it */
    for (size_t c = 0; c < t->left && status == E_OK; c++)
        if (t->column[c].period != NULL)
            t->caption.period = t->column[c].period;
    for (size_t r = from; r < rows && status == E_OK; r++)
        status = read_heading(t, &t->row[r - from], &token, false);
    return status;
}

/* ---- figures ---- */

static char *row_text(const struct table *t, size_t row, struct arena *arena)
{
    uint16_t units[EVIDENCE_MOST + 8];
    size_t n = 0;
    for (size_t c = 0; c < t->columns && n < EVIDENCE_MOST; c++) {
        uint32_t cell = cell_at(t, row, c);
        if (cell == NONE || (c > 0 && cell == cell_at(t, row, c - 1)))
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

/* Requirement 2. "" when nothing names the figure. */
static char *label_of(const struct table *t, const struct header *row, const struct header *column, struct arena *arena)
{
    const char *of_row = row->label, *of_column = column->label;
    bool growth = row->growth || column->growth;
    const char *caption = of_row[0] == '\0' && (of_column[0] == '\0') ? t->caption.label : "";
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
    if (cell == NONE || column->skipped || c == t->unit_column || (r > 0 && cell == cell_at(t, r - 1, c)) || (c > 0 && cell == cell_at(t, r, c - 1)))
        return E_OK;
    struct node range = trimmed(t->page, cell);
    if (range.last == range.first || range.last - range.first > NUMBER_MOST)
        return E_OK;
    char *text = text_utf8(&t->page->all, range.first, range.last, arena);
    /* a growth rate's own unit is %; what grew has the row's */
    const char *unit = column->unit, *of_row = row->unit != NULL ? row->unit : t->caption.unit;
    if (t->unit_column < t->columns && cell_at(t, r, t->unit_column) != NONE) {
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
    o.confidence = (o.indicator_id != NULL ? 0.8 : 0.7) + (o.unit != NULL ? 0.05 : 0) + (place->region == REGION_NONE ? 0 : place->how == HOW_explicit ? 0.1 : 0.05);
    o.confidence = floor(o.confidence * 100 + 0.5) / 100;
    o.evidence = evidence;
    ++*t->count;
    return setting->sink(&o, setting->context);
}

static size_t find_unit_column(const struct table *t)
{
    for (size_t c = 0; c < t->columns; c++)
        for (size_t r = t->caption_rows; r < t->top; r++) {
            uint32_t cell = cell_at(t, r, c);
            struct node n = cell != NONE ? trimmed(t->page, cell) : (struct node){0};
            const uint16_t *text = t->page->all.raw + n.first;
            size_t length = n.last - n.first;
            if (length >= 2 && length <= 6 && fold_character(text[length - 2]) == 0x5355 && text[length - 1] == 0x4F4D) {
                /* 单位 is also an institution: units are found below */
                char *unit = NULL;
                for (size_t k = t->top; k < t->rows && k < t->top + 3 && unit == NULL; k++) {
                    uint32_t below = cell_at(t, k, c);
                    struct node name = below != NONE ? trimmed(t->page, below) : (struct node){0};
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
    int status = place_cells(&t, table) ? E_OK : E_MEMORY;
    if (status != E_OK || t.cells == NULL || t.columns < 2)
        goto done;
    find_headings(&t, table);
    find_caption(&t, table);
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
        status = read_headings(&t, r, &to);
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
