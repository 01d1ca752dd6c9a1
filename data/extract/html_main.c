/* html_main.c — which of a page's characters are the article.
 *
 * After the idea of density scoring: an article is where text stands in blocks of some length, with sentence marks and few
 * links; navigation is short, all links, and says so in its class names.
 *  1. A block reads like text when less than two fifths of its own characters are links, and it has a sentence mark, or
 *     LINE_LEAST characters, or is a cell or list item without a link.
 *  2. The article is the innermost element that holds nine tenths of that text; an element that calls itself article or
 *     content is preferred where it holds half. Paragraphs, lists and tables are never it alone.
 *  3. Inside it these are left out: navigation, footers and what is named like them (unless it holds half of the page's
 *     text after all), hidden elements, lists and blocks that are mostly links.
 *  4. Tables with figures are read as tables (table.c) and left out of the text; those that only place text are text.
 *  5. The title is <h1>, else <title>; what <title> says behind it (the site) stands on the second line, then the line
 *     outside the article that says when it was published. A heading that repeats the title is left out. */
#include "data/extract/source.h"

#include <stdlib.h>
#include <string.h>

#define LINE_LEAST 25u
#define TITLE_MOST 120u
#define DATE_LINE_MOST 150u
#define NONE UINT32_MAX

static size_t length_of(const struct node *n)
{
    return n->last - n->first;
}

static bool reads_like_text(const struct node *n)
{
    if (!n->block || n->own == 0 || n->own_links * 5 > n->own * 2 || n->element == ELEMENT_TITLE)
        return false;
    bool plain = (n->element == ELEMENT_CELL || n->element == ELEMENT_HEAD_CELL || n->element == ELEMENT_ITEM || n->element == ELEMENT_HEADING) &&
                 n->own_links == 0;
    return n->own >= LINE_LEAST || n->own_marks > 0 || plain;
}

/* Sums of all that each element holds: children stand behind their parents. */
static void add_up(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct node *n = &page->nodes[i];
        n->characters = n->own;
        n->links = n->own_links;
        n->good = reads_like_text(n) ? n->own : 0;
    }
    for (size_t i = page->count; i-- > 0;) {
        const struct node *n = &page->nodes[i];
        if (n->parent == NONE)
            continue;
        struct node *parent = &page->nodes[n->parent];
        parent->characters += n->characters;
        parent->links += n->links;
        parent->link_count += n->link_count;
        if (!n->hidden)
            parent->good += n->good;
    }
}

static uint32_t all_good(const struct page *page)
{
    uint32_t good = 0;
    for (size_t i = 0; i < page->count; i = page->nodes[i].next)
        good += page->nodes[i].good;
    return good;
}

/* Requirement 3's exception: no-sidebar, page-with-menu and the like stand around everything. */
static bool is_furniture(const struct node *n, uint32_t good)
{
    return n->hidden || (n->furniture && n->good * 2 < good);
}

/* Takes the text of navigation out of every sum above it. */
static void discount_furniture(struct page *page, uint32_t good)
{
    for (size_t i = 0; i < page->count;) {
        struct node *n = &page->nodes[i];
        if (!is_furniture(n, good) || n->hidden) {
            i = n->hidden ? n->next : i + 1;
            continue;
        }
        for (uint32_t up = n->parent; up != NONE; up = page->nodes[up].parent)
            page->nodes[up].good -= n->good;
        i = n->next;
    }
}

static bool may_be_article(const struct node *n)
{
    return n->element == ELEMENT_ROOT || n->element == ELEMENT_BLOCK || n->element == ELEMENT_ARTICLE || n->element == ELEMENT_ROW ||
           n->element == ELEMENT_TABLE || n->element == ELEMENT_CELL;
}

/* The children of the page's own level have no parent; the article is searched below all of them. NONE: the whole page. */
static uint32_t find_article(const struct page *page, uint32_t good)
{
    uint32_t best = NONE, at = 0, stop = (uint32_t)page->count;
    for (;;) {
        uint32_t next = NONE;
        for (uint32_t i = at; i < stop; i = page->nodes[i].next) {
            const struct node *n = &page->nodes[i];
            bool most = (uint64_t)n->good * 10 >= (uint64_t)good * 9, favoured = n->favoured && n->good * 2 >= good;
            if (n->good > 0 && may_be_article(n) && !is_furniture(n, good) && (most || favoured)) {
                next = i;
                if (most || favoured)
                    break;
            }
        }
        if (next == NONE)
            return best;
        /* a table with figures is no place to look for an article in */
        if (page->nodes[next].element == ELEMENT_TABLE && table_has_figures(page, next))
            return best;
        best = next;
        good = page->nodes[next].good;
        at = next + 1;
        stop = page->nodes[next].next;
    }
}

/* ---- the title ---- */

static bool same_characters(const struct text *all, size_t a, size_t a_end, size_t b, size_t b_end)
{
    for (;; a++, b++) {
        while (a < a_end && all->raw[a] <= ' ')
            a++;
        while (b < b_end && all->raw[b] <= ' ')
            b++;
        if (a == a_end || b == b_end)
            return a == a_end && b == b_end;
        if (all->raw[a] != all->raw[b])
            return false;
    }
}

static bool has_units(const struct text *all, size_t first, size_t last, const uint16_t *word, size_t n)
{
    for (size_t i = first; i + n <= last; i++)
        if (memcmp(all->raw + i, word, n * sizeof *word) == 0)
            return true;
    return false;
}

/* Where <title> goes on with the site's name: 标题_县政府网, 标题 - 县政府网, 标题-县政府网. */
static size_t title_end(const struct text *all, size_t first, size_t last, size_t *site)
{
    static const uint16_t sites[][2] = {{0x653F, 0x5E9C}, {0x95E8, 0x6237}, {0x65B0, 0x95FB}, {0x65E5, 0x62A5}, {0x4E2D, 0x5FC3}, {0x9891, 0x9053}};
    *site = last;
    for (size_t i = first + 4; i + 1 < last; i++) {
        uint16_t c = all->raw[i];
        bool sure = c == '_' || c == '|' || c == 0xFF5C || (c == ' ' && i + 2 < last && (all->raw[i + 1] == '-' || all->raw[i + 1] == 0x2014 || all->raw[i + 1] == 0x2013) && all->raw[i + 2] == ' ');
        bool maybe = c == '-' || c == 0x2014 || c == 0x2013 || c == 0xFF0D;
        if (maybe) {
            uint16_t before = all->raw[i - 1], behind = all->raw[i + 1];
            maybe = !(before >= '0' && before <= '9' && behind >= '0' && behind <= '9') && has_units(all, i, last, (const uint16_t[]){0x7F51}, 1);
            for (size_t k = 0; k < sizeof sites / sizeof *sites; k++)
                maybe = maybe || has_units(all, i, last, sites[k], 2);
        }
        if (sure || maybe) {
            *site = i + 1;
            while (*site < last && (all->raw[*site] <= ' ' || all->raw[*site] == '-' || all->raw[*site] == '_' || all->raw[*site] == 0x2014 || all->raw[*site] == 0x2013))
                ++*site;
            return i;
        }
    }
    return last;
}

struct range {
    size_t first, last;
};

/* The title's characters; *site: the rest of <title>; *heading: the node it was taken from when that is not <title>. */
static struct range find_title(const struct page *page, uint32_t good, struct range *site, uint32_t *heading)
{
    struct range title = {0, 0}, top = {0, 0};
    size_t tops = 0;
    *site = (struct range){0, 0};
    *heading = NONE;
    for (uint32_t i = 0; i < page->count; i++) {
        const struct node *n = &page->nodes[i];
        if (n->element == ELEMENT_TITLE && title.last == title.first && length_of(n) > 0)
            title = (struct range){n->first, length_of(n) < 300 ? n->last : n->first + 300};
        if (is_furniture(n, good) && n->element != ELEMENT_TITLE) {
            i = n->next - 1;
            continue;
        }
        if (n->element == ELEMENT_TOP && length_of(n) >= 4 && length_of(n) <= TITLE_MOST && n->links * 2 < n->characters && tops++ == 0) {
            top = (struct range){n->first, n->last};
            *heading = i;
        }
    }
    if (title.last > title.first) {
        size_t rest, end = title_end(&page->all, title.first, title.last, &rest);
        if (end < title.last)
            *site = (struct range){rest, title.last};
        title.last = end;
        if (title.last - title.first > TITLE_MOST)
            title.last = title.first;
    }
    if (tops == 1 || (tops > 1 && title.last == title.first))
        return top;
    *heading = NONE;
    return title;
}

/* ---- what stays ---- */

static bool mostly_links(const struct node *n)
{
    if (n->links == 0 || n->characters == 0)
        return false;
    bool list = n->element == ELEMENT_LIST || n->element == ELEMENT_TABLE;
    bool dense = n->links * 2 > n->characters;
    return (list && dense) || (n->block && dense && n->link_count >= 2) || (n->block && n->links * 10 > n->characters * 9 && n->element != ELEMENT_HEADING && n->element != ELEMENT_TOP && n->own_marks == 0);
}

static bool repeats(const struct page *page, const struct node *n, struct range title)
{
    return n->block && title.last > title.first && n->characters > 0 && length_of(n) <= TITLE_MOST + 20 &&
           same_characters(&page->all, n->first, n->last, title.first, title.last);
}

static bool says_when(const struct text *all, size_t first, size_t last)
{
    static const uint16_t words[][2] = {{0x53D1, 0x5E03}, {0x65F6, 0x95F4}, {0x6642, 0x9593}, {0x65E5, 0x671F}, {0x6765, 0x6E90}, {0x4F86, 0x6E90}, {0x53D1, 0x8868}};
    bool year = false, word = false;
    for (size_t i = first; i + 6 < last && !year; i++)
        year = all->raw[i] == '2' && all->raw[i + 1] == '0' && all->raw[i + 4] != 0 &&
               (all->raw[i + 4] == '-' || all->raw[i + 4] == '/' || all->raw[i + 4] == '.' || all->raw[i + 4] == 0x5E74);
    for (size_t k = 0; k < sizeof words / sizeof *words && !word; k++)
        word = has_units(all, first, last, words[k], 2);
    /* a line that is the date and little else needs no word for it */
    return year && (word || last - first <= 20);
}

/* 浏览次数:1234, 阅读 1.2万, 字号:大 中 小 — where it begins in a line that says when, or begins with it; `last`: nowhere. */
static size_t readers_count(const struct text *all, size_t first, size_t last)
{
    static const uint16_t words[][2] = {{0x6D4F, 0x89C8}, {0x700F, 0x89BD}, {0x9605, 0x8BFB}, {0x95B1, 0x8B80}, {0x70B9, 0x51FB}, {0x9EDE, 0x64CA}, {0x8BBF, 0x95EE},
                                        {0x4EBA, 0x6C14}, {0x5B57, 0x53F7}, {0x5B57, 0x4F53}};
    for (size_t i = first; i + 2 < last; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (memcmp(all->raw + i, words[k], sizeof words[k]) != 0)
                continue;
            size_t j = i + 2;
            bool sign = false;
            while (j < last && (all->raw[j] == 0x6B21 || all->raw[j] == 0x6570 || all->raw[j] == 0x91CF || all->raw[j] == ':' || all->raw[j] == 0xFF1A ||
                                all->raw[j] == ' ' || all->raw[j] == '[' || all->raw[j] == '(' || all->raw[j] == 0xFF08))
                sign |= all->raw[j++] < 0x4E00 || all->raw[j - 1] >= 0xFF00;
            bool number = j < last && all->raw[j] >= '0' && all->raw[j] <= '9';
            bool size = words[k][0] == 0x5B57 && sign;
            if ((number || size) && (i == first || all->raw[first] == all->raw[i] || says_when(all, first, last)))
                return i;
        }
    return last;
}

/* The block outside the article, before its end, that says when it was published. */
static uint32_t find_date_line(const struct page *page, uint32_t article, uint32_t good)
{
    uint32_t stop = article == NONE ? 0 : page->nodes[article].next, inside = article == NONE ? 0 : article;
    for (uint32_t i = 0; i < page->count && i < stop; i++) {
        const struct node *n = &page->nodes[i];
        if (i == inside)
            break;
        if (is_furniture(n, good)) {
            i = n->next - 1;
            continue;
        }
        bool around = article != NONE && i < inside && n->next > inside;
        if (!around && n->block && n->element != ELEMENT_TITLE && length_of(n) > 7 && length_of(n) <= DATE_LINE_MOST && n->links * 2 < n->characters &&
            says_when(&page->all, n->first, n->last))
            return i;
    }
    return NONE;
}

static bool add_table(struct page *page, uint32_t node)
{
    if (page->table_count == page->table_capacity) {
        size_t capacity = page->table_capacity ? page->table_capacity * 2 : 16;
        uint32_t *tables = reallocarray(page->tables, capacity, sizeof *tables);
        if (tables == NULL)
            return false;
        page->tables = tables;
        page->table_capacity = capacity;
    }
    page->tables[page->table_count++] = node;
    return true;
}

int html_select(struct page *page)
{
    struct text *out = &page->text;
    const struct text *all = &page->all;
    add_up(page);
    uint32_t good = all_good(page);
    discount_furniture(page, good);
    good = all_good(page);
    uint32_t article = find_article(page, good), heading;
    struct range site, title = find_title(page, good, &site, &heading);
    uint32_t dated = find_date_line(page, article, good);
    if (title.last > title.first) {
        text_append(out, all, title.first, title.last);
        text_break(out);
        page->title_last = out->n > 0 ? out->n - 1 : 0;
    }
    if (site.last > site.first) {
        text_append(out, all, site.first, site.last);
        text_break(out);
    }
    if (dated != NONE) {
        text_append(out, all, page->nodes[dated].first, readers_count(all, page->nodes[dated].first, page->nodes[dated].last));
        text_break(out);
    }
    uint32_t i = article == NONE ? 0 : article + 1, stop = article == NONE ? (uint32_t)page->count : page->nodes[article].next;
    size_t from = article == NONE ? 0 : page->nodes[article].first, last = article == NONE ? all->n : page->nodes[article].last;
    while (i < stop) {
        const struct node *n = &page->nodes[i];
        bool table = n->element == ELEMENT_TABLE && !is_furniture(n, good) && table_has_figures(page, i);
        bool out_of_it = n->element == ELEMENT_TITLE || i == dated || is_furniture(n, good) || repeats(page, n, title) || (!table && mostly_links(n));
        size_t kept = n->first;
        if (!out_of_it && !table && n->block && n->own > 0 && length_of(n) <= DATE_LINE_MOST && n->next == i + 1) {
            size_t count = readers_count(all, n->first, n->last);
            out_of_it = count < n->last;
            kept = out_of_it ? count : n->first;
        }
        if (!out_of_it && !table) {
            i++;
            continue;
        }
        text_append(out, all, from, kept);
        text_break(out);
        from = n->last;
        if (table && !out_of_it && !add_table(page, i))
            return E_MEMORY;
        i = n->next;
    }
    if (from < last)
        text_append(out, all, from, last);
    text_break(out);
    return out->failed ? E_MEMORY : E_OK;
}
