/* table_heading.c — what a table's headings and caption say: words, place, time, unit.
 *
 * Places and times are found by the stages of the engine, on lines made of the headings, so that the rules of sentences
 * hold for tables too. Behind each heading stands a small sentence with a number: the place that the engine gives that number
 * is the heading's. */
#include "data/extract/table.h"

#include "data/extract/numeral.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MOST 50000u            /* characters of headings that are looked at together */
#define HEADING_MOST 80u             /* characters of one heading */

static const uint16_t probe[] = {0xFF0C, 0x6709, '1', '0', '0', 0x6237, 0x3002, '\n'};  /* ，有100户。 */
#define PROBE (sizeof probe / sizeof *probe)

static bool is_blank(uint16_t c)
{
    return c <= ' ' || c == 0x3000 || c == 0xA0;
}

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
    uint16_t units[8] = {0};
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

char *unit_text(const uint16_t *t, size_t n, struct arena *arena)
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
    uint16_t kept[HEADING_MOST * 4] = {0};
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
int headings_read(struct table *t, size_t from, size_t *to)
{
    struct window *w = &t->x->window;
    const struct page *page = t->page;
    struct calendar calendar = *t->setting->calendar;
    struct header title = {0};
    static const uint16_t blank = ' ';
    w->n = w->base = 0;
    w->has_end = false;
    if (page->title_last > page->title_first)  /* a page without text has no array either */
        add_units(w, page->text.raw + page->title_first, page->title_last - page->title_first);
    end_line(w, &title);
    t->caption = (struct header){.line = w->n};
    for (size_t i = t->caption_first; i < t->caption_last; i++)
        add_units(w, page->all.raw[i] == '\n' ? &blank : page->all.raw + i, 1);
    for (uint32_t i = t->node + 1; i < page->nodes[t->node].next && page->nodes[i].element != ELEMENT_ROW; i++)
        if (page->nodes[i].element == ELEMENT_CAPTION) {
            add_units(w, &blank, 1);
            add_cell(w, page, i);
        }
    for (uint32_t i = 0; i < t->caption_rows; i++)
        if (cell_at(t, i, 0) != TABLE_NONE) {
            add_units(w, &blank, 1);
            add_cell(w, page, cell_at(t, i, 0));
        }
    end_line(w, &t->caption);
    for (size_t c = 0; c < t->columns; c++) {
        t->column[c] = (struct header){.line = w->n, .place = {.region = REGION_NONE}};
        for (size_t r = t->caption_rows; r < t->top; r++)
            if (cell_at(t, r, c) != TABLE_NONE && (r == t->caption_rows || cell_at(t, r, c) != cell_at(t, r - 1, c)))
                add_cell(w, page, cell_at(t, r, c));
        end_line(w, &t->column[c]);
    }
    size_t rows = from, begun = w->n;
    for (; rows < t->rows && (rows == from || w->n - begun < LINES_MOST); rows++) {
        struct header *h = &t->row[rows - from];
        *h = (struct header){.line = w->n, .place = {.region = REGION_NONE}};
        for (size_t c = 0; c < t->left; c++) {
            uint32_t cell = cell_at(t, rows, c);
            if (cell == TABLE_NONE || c == t->unit_column || t->column[c].skipped || (c > 0 && cell == cell_at(t, rows, c - 1)) || is_figure(page, cell))
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
