/* html.c — a page → its visible characters, each with its bytes, and the elements around them. libxml2 parses.
 *
 * Requirements:
 *  1. Offsets: libxml2 is given a masked copy of the page in UTF-8, so that its position in the copy is the position in the
 *     page. Every piece of text it reports is looked up there: it either stands in front of the position as it is, or is
 *     what a character reference says.
 *  2. Each element that is a block stands on lines of its own; blanks are collapsed, and a line break in the source beside a
 *     Chinese character is none.
 *  3. Readings (rt, rp) and what is never text (scripts, options, hidden elements) are left out; marks of notes too.
 *  4. Nesting and the number of elements have limits: libxml2 searches its stack for every closing tag.
 * Elements are handed over as they come; no tree of libxml2's is ever built. */
#include "data/extract/source.h"

#include "data/base/utf8.h"
#include "data/extract/libxml.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NONE UINT32_MAX
#define FULL_BUFFER 512u  /* bytes: less than libxml2's buffer, more than a character reference gives */

struct tag {
    const char *name;
    enum element element;
    bool block;
};
/* by name, for bsearch; what is missing here is an inline element without meaning */
static const struct tag tags_known[] = {
    {"a", ELEMENT_LINK, false},          {"address", ELEMENT_BLOCK, true},     {"article", ELEMENT_ARTICLE, true},
    {"aside", ELEMENT_FURNITURE, true},  {"blockquote", ELEMENT_BLOCK, true},  {"body", ELEMENT_ROOT, true},
    {"br", ELEMENT_BREAK, false},        {"button", ELEMENT_DROPPED, false},   {"caption", ELEMENT_CAPTION, true},
    {"center", ELEMENT_BLOCK, true},     {"dd", ELEMENT_ITEM, true},           {"details", ELEMENT_BLOCK, true},
    {"dir", ELEMENT_LIST, true},         {"div", ELEMENT_BLOCK, true},         {"dl", ELEMENT_LIST, true},
    {"dt", ELEMENT_ITEM, true},          {"fieldset", ELEMENT_BLOCK, true},    {"figcaption", ELEMENT_PARAGRAPH, true},
    {"figure", ELEMENT_BLOCK, true},     {"footer", ELEMENT_FURNITURE, true},  {"form", ELEMENT_BLOCK, true},
    {"frameset", ELEMENT_BLOCK, true},   {"h1", ELEMENT_TOP, true},            {"h2", ELEMENT_HEADING, true},
    {"h3", ELEMENT_HEADING, true},       {"h4", ELEMENT_HEADING, true},        {"h5", ELEMENT_HEADING, true},
    {"h6", ELEMENT_HEADING, true},       {"header", ELEMENT_BLOCK, true},      {"hr", ELEMENT_BREAK, false},
    {"html", ELEMENT_ROOT, true},        {"iframe", ELEMENT_DROPPED, false},   {"legend", ELEMENT_PARAGRAPH, true},
    {"li", ELEMENT_ITEM, true},          {"main", ELEMENT_ARTICLE, true},      {"math", ELEMENT_DROPPED, false},
    {"menu", ELEMENT_LIST, true},        {"nav", ELEMENT_FURNITURE, true},     {"noscript", ELEMENT_DROPPED, false},
    {"object", ELEMENT_DROPPED, false},  {"ol", ELEMENT_LIST, true},           {"option", ELEMENT_DROPPED, false},
    {"p", ELEMENT_PARAGRAPH, true},      {"pre", ELEMENT_PARAGRAPH, true},     {"rp", ELEMENT_DROPPED, false},
    {"rt", ELEMENT_DROPPED, false},      {"rtc", ELEMENT_DROPPED, false},      {"script", ELEMENT_DROPPED, false},
    {"section", ELEMENT_BLOCK, true},    {"select", ELEMENT_DROPPED, false},   {"style", ELEMENT_DROPPED, false},
    {"summary", ELEMENT_PARAGRAPH, true}, {"sup", ELEMENT_RAISED, false},      {"svg", ELEMENT_DROPPED, false},
    {"table", ELEMENT_TABLE, true},      {"tbody", ELEMENT_BLOCK, true},       {"td", ELEMENT_CELL, true},
    {"template", ELEMENT_DROPPED, false}, {"textarea", ELEMENT_DROPPED, false}, {"tfoot", ELEMENT_BLOCK, true},
    {"th", ELEMENT_HEAD_CELL, true},     {"thead", ELEMENT_HEAD_ROWS, true},   {"time", ELEMENT_TIME, false},
    {"title", ELEMENT_TITLE, true},      {"tr", ELEMENT_ROW, true},            {"ul", ELEMENT_LIST, true},
    {"video", ELEMENT_DROPPED, false},
};

struct builder {
    struct page *page;
    struct libxml lib;
    htmlParserCtxtPtr parser;
    const unsigned char *source;  /* the masked copy */
    size_t size, at;              /* bytes before `at` are done */
    const struct passage *passage;
    struct { uint32_t node; uint8_t element; uint32_t begun; } stack[HTML_DEPTH_MOST];
    size_t depth;
    unsigned dropped, links;      /* elements of that kind around the position */
    uint32_t node, block;         /* innermost ones, or NONE */
    bool blank, newline;          /* blanks that are not written yet */
    int date_rank;
    const char *limit;            /* what the page has too much of */
};

static int by_name(const void *name, const void *kind)
{
    return strcmp(name, ((const struct tag *)kind)->name);
}

/* Without a handler it would print. */
static void on_error(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

static void stop(struct builder *b)
{
    b->lib.xmlStopParser(b->parser);
}

/* ---- characters ---- */

static bool is_wide(uint16_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF);
}

static bool is_mark(uint16_t c)
{
    return c == 0x3002 || c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == ',' || c == ';' || c == 0xFF1A;
}

static void put(struct builder *b, uint32_t point, size_t from, size_t to)
{
    struct text *all = &b->page->all;
    uint16_t unit = point > 0xFFFF ? (uint16_t)UTF8_REPLACEMENT : (uint16_t)point;
    if (unit == ' ' || unit == '\t' || unit == '\n' || unit == '\r') {
        b->blank = true;
        b->newline |= unit == '\n';
        return;
    }
    if (unit == 0x200B || unit == 0xFEFF || unit == 0xAD || unit == 0x7F)
        return;  /* nothing to be seen */
    if (unit == 0xA0)
        unit = ' ';
    const uint32_t *map = b->passage->map;
    uint32_t start = map ? map[from] : (uint32_t)from, end = map ? map[to] : (uint32_t)to;
    uint16_t before = all->n > 0 ? all->raw[all->n - 1] : '\n';
    if (before == '\n' && unit == ' ')
        return;
    if (b->blank && before != '\n' && before != ' ' && !(b->newline && (is_wide(before) || is_wide(unit))))
        text_add(all, ' ', all->end[all->n - 1], all->end[all->n - 1]);
    b->blank = b->newline = false;
    text_add(all, unit, start, end);
    if (b->block != NONE && unit != ' ' && unit != 0x3000) {
        struct node *block = &b->page->nodes[b->block];
        block->own++;
        block->own_links += b->links > 0;
        block->own_marks += is_mark(unit);
    }
    if (all->failed) {
        b->page->failed = true;
        stop(b);
    }
}

static void on_characters(void *context, const xmlChar *bytes, int length)
{
    struct builder *b = context;
    size_t n = (size_t)length, cursor = (size_t)b->lib.xmlByteConsumed(b->parser), from = SIZE_MAX;
    if (length <= 0 || cursor > b->size)
        return;
    /* libxml2 reports text when its cursor is behind it, or, where its buffer is full, on the last character */
    for (size_t back = 0; back <= (n >= FULL_BUFFER ? 4 : 0) && from == SIZE_MAX; back++)
        if (cursor + back >= n && cursor + back - n >= b->at && cursor + back <= b->size &&
            memcmp(b->source + cursor + back - n, bytes, n) == 0)
            from = cursor + back - n;
    if (from == SIZE_MAX) {
        /* a character reference: everything since its & */
        size_t begin = cursor > b->at ? cursor : b->at;
        while (begin > b->at && b->source[begin - 1] != '&')
            begin--;
        begin -= begin > b->at;
        for (size_t i = 0; i < n && b->dropped == 0;) {
            uint32_t point;
            int used = utf8_decode(bytes + i, n - i, &point);
            put(b, point, begin, cursor > begin ? cursor : begin);
            i += (size_t)(used < 0 ? -used : used);
        }
        b->at = cursor > b->at ? cursor : b->at;
        return;
    }
    for (size_t i = 0; i < n && b->dropped == 0;) {
        uint32_t point;
        int used = utf8_decode(bytes + i, n - i, &point);
        used = used < 0 ? -used : used;
        if (point == '?' && b->passage->bytes[from + i] != '?')
            point = UTF8_REPLACEMENT;
        put(b, point, from + i, from + i + (size_t)used);
        i += (size_t)used;
    }
    b->at = from + n;
}

/* ---- elements ---- */

static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (size_t i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
        if (strcasecmp((const char *)attributes[i], name) == 0)
            return attributes[i + 1] != NULL ? (const char *)attributes[i + 1] : "";
    return NULL;
}

/* Whether one of the words of a class or id begins or ends like one of a list. */
static bool has_word(const char *names, const char *const *list)
{
    for (const char *s = names; s != NULL && *s != '\0';) {
        size_t n = strcspn(s, " \t\n-_");
        for (size_t i = 0; list[i] != NULL && n > 0; i++) {
            size_t length = strlen(list[i]);
            if (n >= length && (strncasecmp(s, list[i], length) == 0 || strncasecmp(s + n - length, list[i], length) == 0))
                return true;
        }
        s += n;
        s += *s != '\0';
    }
    return false;
}

static void read_hints(struct node *node, const xmlChar **attributes)
{
    static const char *const furniture[] = {"nav", "menu", "foot", "footer", "copyright", "bread", "breadcrumb", "crumb", "crumbs", "related",
                                            "recommend", "share", "comment", "comments", "sidebar", "banner", "login", "search",
                                            "pager", "pagination", "toolbar", "advert", "links", "subscribe", NULL};
    static const char *const favoured[] = {"article", "content", "maintext", "zoom", "editor", "detail", "newstext", "entry", "text",
                                           "main", "con", NULL};
    const char *class = attribute(attributes, "class"), *id = attribute(attributes, "id"), *style = attribute(attributes, "style");
    node->furniture = node->element == ELEMENT_FURNITURE || has_word(class, furniture) || has_word(id, furniture);
    node->favoured = node->element == ELEMENT_ARTICLE || has_word(class, favoured) || has_word(id, favoured);
    node->hidden = attribute(attributes, "hidden") != NULL;
    const char *display = style != NULL ? strcasestr(style, "display") : NULL;
    if (display != NULL) {
        display += strlen("display");
        display += strspn(display, " \t:");
        node->hidden |= strncasecmp(display, "none", 4) == 0;
    }
}

static void keep_date(struct builder *b, int rank, const char *text)
{
    char date[11];
    if (text != NULL && rank > b->date_rank && date_read(text, date)) {
        memcpy(b->page->published, date, sizeof date);
        b->date_rank = rank;
    }
}

static void read_meta(struct builder *b, const xmlChar **attributes)
{
    static const char *const names[] = {"article:published_time", "og:published_time", "og:release_date", "pubdate", "publishdate",
                                        "publish_date", "publish-date", "publishtime", "datepublished", "dc.date.issued",
                                        "dcterms.issued", "dcterms.created", "article:create_at", "weibo:article:create_at"};
    static const char *const keys[] = {"property", "name", "itemprop"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const char *key = attribute(attributes, keys[k]);
        for (size_t i = 0; key != NULL && i < sizeof names / sizeof *names; i++)
            if (strcasecmp(key, names[i]) == 0)
                keep_date(b, 4, attribute(attributes, "content"));
        if (key != NULL && (strcasecmp(key, "dc.date") == 0 || strcasecmp(key, "date") == 0))
            keep_date(b, 1, attribute(attributes, "content"));
    }
}

static uint16_t span_of(const char *text)
{
    long n = text != NULL ? strtol(text, NULL, 10) : 1;
    return (uint16_t)(n < 1 ? 1 : n > 1000 ? 1000 : n);
}

static uint32_t add_node(struct builder *b, const struct tag *kind)
{
    struct page *page = b->page;
    if (page->count == HTML_NODES_MOST) {
        b->limit = "elements";
        stop(b);
        return NONE;
    }
    if (page->count == page->capacity) {
        size_t capacity = page->capacity ? page->capacity * 2 : 256;
        struct node *nodes = reallocarray(page->nodes, capacity, sizeof *nodes);
        if (nodes == NULL) {
            page->failed = true;
            stop(b);
            return NONE;
        }
        page->nodes = nodes;
        page->capacity = capacity;
    }
    page->nodes[page->count] = (struct node){.parent = b->node, .element = (uint8_t)kind->element, .block = kind->block,
                                             .columns = 1, .rows = 1};
    return (uint32_t)page->count++;
}

static void end_line(struct builder *b)
{
    text_break(&b->page->all);
    b->blank = b->newline = false;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    static const struct tag unknown = {"", ELEMENT_OTHER, false};
    struct builder *b = context;
    struct page *page = b->page;
    if (b->depth == HTML_DEPTH_MOST) {
        b->limit = "depth";
        stop(b);
        return;
    }
    const struct tag *kind = bsearch(name, tags_known, sizeof tags_known / sizeof *tags_known, sizeof *tags_known, by_name);
    kind = kind != NULL ? kind : &unknown;
    if (kind == &unknown && strcmp((const char *)name, "meta") == 0)
        read_meta(b, attributes);
    if (kind->element == ELEMENT_TIME)
        keep_date(b, attribute(attributes, "pubdate") || attribute(attributes, "itemprop") ? 3 : 2, attribute(attributes, "datetime"));
    struct node hints = {.element = (uint8_t)kind->element};
    read_hints(&hints, attributes);
    uint32_t node = NONE;
    if (kind->block || hints.furniture || hints.hidden) {
        if (kind->block)
            end_line(b);
        node = add_node(b, kind);
    }
    b->stack[b->depth].element = kind->element == ELEMENT_DROPPED || hints.hidden ? ELEMENT_DROPPED : (uint8_t)kind->element;
    b->stack[b->depth].node = node;
    b->stack[b->depth].begun = (uint32_t)page->all.n;
    if (node != NONE) {
        struct node *n = &page->nodes[node];
        n->furniture = hints.furniture;
        n->favoured = hints.favoured;
        n->hidden = hints.hidden;
        n->first = (uint32_t)page->all.n;
        if (kind->element == ELEMENT_CELL || kind->element == ELEMENT_HEAD_CELL) {
            n->columns = span_of(attribute(attributes, "colspan"));
            n->rows = span_of(attribute(attributes, "rowspan"));
        }
        b->node = node;
        if (kind->block)
            b->block = node;
    }
    b->dropped += b->stack[b->depth].element == ELEMENT_DROPPED;
    if (kind->element == ELEMENT_LINK && attribute(attributes, "href") != NULL) {
        b->links++;
        if (b->block != NONE)
            page->nodes[b->block].link_count++;
    } else if (kind->element == ELEMENT_LINK) {
        b->stack[b->depth].element = ELEMENT_OTHER;  /* an anchor only names a place on the page */
    } else if (kind->element == ELEMENT_BREAK) {
        end_line(b);
    }
    b->depth++;
}

/* [1], ① as a link, or a digit behind a word: the mark of a note, not the 2 of m². */
static bool is_note(const struct text *all, size_t first)
{
    size_t i = first, n = all->n;
    if (i >= n || n - i > 5)
        return false;
    uint16_t before = first > 0 ? all->raw[first - 1] : 0;
    bool bracket = all->raw[i] == '[' || all->raw[i] == '(' || all->raw[i] == 0xFF3B || all->raw[i] == 0xFF08;
    if (bracket || all->raw[i] == '*' || (all->raw[i] >= 0x2460 && all->raw[i] <= 0x2473))
        return true;
    for (; i < n; i++)
        if (all->raw[i] < '0' || all->raw[i] > '9')
            return false;
    return !((before | 0x20) >= 'a' && (before | 0x20) <= 'z') && before != 0x7C73;
}

static void on_end(void *context, const xmlChar *name)
{
    struct builder *b = context;
    struct page *page = b->page;
    (void)name;  /* libxml2 closes in the order in which it opened */
    if (b->depth == 0)
        return;
    b->depth--;
    uint32_t node = b->stack[b->depth].node;
    uint8_t element = b->stack[b->depth].element;
    b->dropped -= element == ELEMENT_DROPPED;
    b->links -= element == ELEMENT_LINK && b->links > 0;
    if (element == ELEMENT_RAISED && b->stack[b->depth].begun < page->all.n && is_note(&page->all, b->stack[b->depth].begun))
        page->all.n = b->stack[b->depth].begun;
    if (node == NONE)
        return;
    page->nodes[node].last = (uint32_t)page->all.n;
    page->nodes[node].next = (uint32_t)page->count;
    b->node = page->nodes[node].parent;
    if (page->nodes[node].block) {
        end_line(b);
        b->block = b->node;
        while (b->block != NONE && !page->nodes[b->block].block)
            b->block = page->nodes[b->block].parent;
    }
}

/* ---- the page ---- */

bool html_likely(const char *peek, size_t size, const char *name)
{
    static const char *const tags[] = {"html", "head", "body", "div", "p", "table", "meta", "title", "article", "section", "main", "span",
                                       "ul", "ol", "h1", "h2", "h3", "br", "a", "center", "font", "script", "style", "link", "base",
                                       "header", "tr", "td", "tbody", "img", "b", "strong", "ruby"};
    size_t i = 0, opened = 0, closed = 0;
    const char *dot = strrchr(name, '.');
    bool named = dot != NULL && (strcasecmp(dot, ".html") == 0 || strcasecmp(dot, ".htm") == 0 || strcasecmp(dot, ".xhtml") == 0 ||
                                 strcasecmp(dot, ".shtml") == 0);
    while (i < size && (peek[i] == ' ' || peek[i] == '\t' || peek[i] == '\n' || peek[i] == '\r'))
        i++;
    bool first = i < size && peek[i] == '<';
    for (; i + 1 < size; i++) {
        if (peek[i] != '<')
            continue;
        if (strncasecmp(peek + i, "<!doctype html", size - i < 14 ? size - i : 14) == 0 && size - i >= 14 && first && opened == 0)
            return true;
        closed += peek[i + 1] == '/';
        for (size_t k = 0; k < sizeof tags / sizeof *tags; k++) {
            size_t length = strlen(tags[k]);
            if (i + 1 + length < size && strncasecmp(peek + i + 1, tags[k], length) == 0 &&
                (peek[i + 1 + length] == '>' || peek[i + 1 + length] == '/' || peek[i + 1 + length] == ' ' || peek[i + 1 + length] == '\n' || peek[i + 1 + length] == '\t')) {
                opened++;
                break;
            }
        }
    }
    /* a page opens with a tag; in the middle of a text a few tags are not enough */
    return opened > 0 && (first || named || (opened >= 3 && closed >= 2));
}

int html_parse(const struct passage *passage, struct page *page, size_t *replaced, struct error *error)
{
    int status = E_OK;
    jmp_buf out;
    struct libxml_memory memory = {0};
    struct builder *b = calloc(1, sizeof *b);
    unsigned char *copy = malloc(passage->size + 1);
    page->count = page->table_count = 0;
    page->title_first = page->title_last = 0;
    page->published[0] = '\0';
    page->failed = false;
    text_clear(&page->all, passage->base);
    text_clear(&page->text, passage->base);
    if (b == NULL || copy == NULL) {
        status = E_MEMORY;
        goto done;
    }
    memcpy(copy, passage->bytes, passage->size);
    /* what is no UTF-8 becomes question marks byte by byte, so that nothing moves; on_characters() tells them from real ones */
    for (size_t i = 0; i < passage->size;) {
        uint32_t point;
        int n = copy[i] < 0x80 ? 1 : utf8_decode(copy + i, passage->size - i, &point);
        if (n < 0) {
            ++*replaced;
            memset(copy + i, '?', (size_t)-n);
        }
        i += (size_t)(n < 0 ? -n : n);
    }
    html_mask(copy, passage->size);
    *b = (struct builder){.page = page, .source = copy, .size = passage->size, .passage = passage, .node = NONE, .block = NONE};
    if ((status = libxml_load(&b->lib, error)) != E_OK)
        goto done;
    libxml_watch(&memory);
    b->parser = b->lib.htmlCreateMemoryParserCtxt((const char *)copy, (int)passage->size);
    if (b->parser == NULL) {
        status = passage->size == 0 ? E_OK : E_MEMORY;
        goto done;
    }
    (void)b->lib.htmlCtxtUseOptions(b->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                            HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
    (void)b->lib.xmlSwitchEncoding(b->parser, XML_CHAR_ENCODING_UTF8);
    *b->parser->sax = (htmlSAXHandler){.startElement = on_start, .endElement = on_end, .characters = on_characters,
                                       .ignorableWhitespace = on_characters, .initialized = XML_SAX2_MAGIC, .serror = on_error};
    b->parser->userData = b;
    if (memory.failed) {
        status = E_MEMORY;
        goto done;
    }
    memory.out = &out;
    if (setjmp(out) == 0)
        (void)b->lib.htmlParseDocument(b->parser);
    memory.out = NULL;
    page->failed |= memory.failed;
    while (b->depth > 0)
        on_end(b, NULL);
    if (b->limit != NULL && strcmp(b->limit, "depth") == 0)
        status = error_set(error, E_INPUT, "a HTML page with elements nested more than %d deep; save the article alone, or as plain text",
                           HTML_DEPTH_MOST);
    else if (b->limit != NULL)
        status = error_set(error, E_INPUT, "a HTML page of more than %zu elements; save the article alone, or as plain text",
                           HTML_NODES_MOST);
    else if (page->failed || page->all.failed || b->parser->disableSAX)
        status = E_MEMORY;  /* nothing else makes libxml2 stop by itself */
done:
    if (b != NULL && b->parser != NULL)
        b->lib.htmlFreeParserCtxt(b->parser);
    libxml_watch(NULL);
    free(copy);
    free(b);
    return status;
}

void page_free(struct page *page)
{
    text_free(&page->all);
    text_free(&page->text);
    free(page->nodes);
    free(page->tables);
    *page = (struct page){0};
}
