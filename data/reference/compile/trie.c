/* trie.c — joins all spellings into one static trie, laid out as a double array (J. Aoe, "An Efficient Digital Search
 * Algorithm by Using a Double-Array Structure", IEEE Trans. Software Eng. 15, 1989; see struct image_cell).
 *
 * Requirement 1: characters are numbered by how many edges carry them, so that the array is dense.
 * Requirement 2: states with many edges are placed first, those with one edge fill the holes.
 * Requirement 3: the array ends with as many free cells as there are characters: no bounds check while scanning.
 * Requirement 4: the same tables always give the same bytes. */
#include "data/reference/compile/compile.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    struct compile *compile;
    const uint16_t *units;
    uint16_t *rank;
    /* states in breadth-first order; the edges of a state are the states first[s] .. first[s+1] */
    uint32_t *first, *base, *cell_of;
    uint16_t *edge;             /* rank on the way into the state */
    uint32_t *ends;             /* spelling that ends here, or UINT32_MAX */
    uint32_t *low, *high;       /* the spellings below the state */
    uint32_t states;
    struct image_cell *cells;
    uint32_t *next_free;        /* union-find: the next free cell at or after */
    uint32_t cell_count, cell_capacity;
};

static int spelled_order(const void *a, const void *b, void *context)
{
    const struct spelled *x = a, *y = b;
    const struct builder *builder = context;
    for (uint32_t i = 0; i < x->length && i < y->length; i++) {
        uint16_t p = builder->rank[builder->units[x->first + i]], q = builder->rank[builder->units[y->first + i]];
        if (p != q)
            return p < q ? -1 : 1;
    }
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    if (x->term.class != y->term.class)
        return x->term.class - y->term.class;
    /* one region by two forms: the smaller form first, which is the one that is kept */
    if (x->term.class == TERM_REGION && x->term.value != y->term.value)
        return x->term.value < y->term.value ? -1 : 1;
    if (x->term.sub != y->term.sub)
        return x->term.sub - y->term.sub;
    return (x->term.value > y->term.value) - (x->term.value < y->term.value);
}

static bool same_text(const struct builder *builder, const struct spelled *x, const struct spelled *y)
{
    return x->length == y->length &&
           memcmp(builder->units + x->first, builder->units + y->first, x->length * sizeof *builder->units) == 0;
}

/* Requirement 1. */
struct use {
    uint32_t count, unit;
};
static int use_order(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->unit < y->unit ? -1 : 1;
}

static int rank_units(struct builder *builder, uint32_t *ranks)
{
    struct compile *compile = builder->compile;
    size_t count = compile->spelled_units.size / sizeof *builder->units;
    struct use *use = calloc(65536, sizeof *use);
    if (use == NULL)
        return memory_failed(compile);
    for (uint32_t i = 0; i < 65536; i++)
        use[i].unit = i;
    for (size_t i = 0; i < count; i++)
        use[builder->units[i]].count++;
    qsort(use, 65536, sizeof *use, use_order);
    for (uint32_t i = 0; i < 65535 && use[i].count > 0; i++)
        builder->rank[use[i].unit] = (uint16_t)(*ranks = i + 1);
    free(use);
    return E_OK;
}

/* A term's class as lexicon_opens says it. */
static uint64_t class_of(const struct term *term)
{
    switch ((enum term_class)term->class) {
    case TERM_CUE: return (uint64_t)1 << term->sub;
    case TERM_UNIT: return OPENS_UNIT;
    case TERM_WORD: return OPENS_WORD;
    case TERM_ITEM: return OPENS_ITEM;
    case TERM_VOCABULARY: return OPENS_VOCABULARY;
    case TERM_REGION: return OPENS_REGION;
    }
    return 0;
}

/* A spelling with all its terms. */
struct joined {
    uint64_t classes;
    struct image_spelling terms;
};

/* Sorts and joins the spellings: distinct terms go to the section, texts to `texts`, what each is to `joined`. */
static int join_spellings(struct builder *builder, struct spelled *spelled, size_t count, struct buffer *texts,
                          struct buffer *joined)
{
    struct compile *compile = builder->compile;
    qsort_r(spelled, count, sizeof *spelled, spelled_order, builder);
    uint32_t terms = 0;
    for (size_t i = 0; i < count; i++) {
        bool new_text = i == 0 || !same_text(builder, &spelled[i - 1], &spelled[i]);
        if (new_text) {
            buffer_add(texts, &spelled[i], sizeof *spelled);
            buffer_add(joined, &(struct joined){.terms = {terms, 0}}, sizeof(struct joined));
        } else if (spelled[i - 1].term.class == spelled[i].term.class && spelled[i - 1].term.value == spelled[i].term.value &&
                   (spelled[i].term.class == TERM_REGION || spelled[i - 1].term.sub == spelled[i].term.sub)) {
            continue;
        }
        struct term term;
        memset(&term, 0, sizeof term);  /* its padding too: Requirement 4 */
        term.class = spelled[i].term.class;
        term.sub = spelled[i].term.sub;
        term.value = spelled[i].term.value;
        buffer_add(&compile->section[IMAGE_term], &term, sizeof term);
        terms++;
        if (!joined->failed) {
            struct joined *last = (struct joined *)(void *)(joined->bytes + joined->size) - 1;
            last->classes |= class_of(&term);
            last->terms.count++;
        }
    }
    return texts->failed || joined->failed || compile->section[IMAGE_term].failed ? memory_failed(compile) : E_OK;
}

/* lexicon_opens: what the terms that begin with each unit are. */
static int mark_openers(struct builder *builder, const struct spelled *spelled, size_t count)
{
    struct compile *compile = builder->compile;
    uint64_t *opens = calloc(65536, sizeof *opens);
    if (opens == NULL)
        return memory_failed(compile);
    for (size_t i = 0; i < count; i++)
        opens[builder->units[spelled[i].first]] |= class_of(&spelled[i].term);
    buffer_add(&compile->section[IMAGE_opens], opens, 65536 * sizeof *opens);
    free(opens);
    return compile->section[IMAGE_opens].failed ? memory_failed(compile) : E_OK;
}

/* Walks the sorted texts level by level. */
static void make_states(struct builder *builder, const struct spelled *text, uint32_t count)
{
    builder->states = 1;
    builder->low[0] = 0;
    builder->high[0] = count;
    builder->ends[0] = UINT32_MAX;
    uint32_t depth_end = 1, depth = 0;
    for (uint32_t s = 0; s < builder->states; s++) {
        if (s == depth_end) {
            depth++;
            depth_end = builder->states;
        }
        uint32_t i = builder->low[s], high = builder->high[s];
        builder->first[s] = builder->states;
        if (i < high && text[i].length == depth)
            builder->ends[s] = i++;
        while (i < high) {
            uint16_t edge = builder->rank[builder->units[text[i].first + depth]];
            uint32_t t = builder->states++;
            builder->edge[t] = edge;
            builder->ends[t] = UINT32_MAX;
            builder->low[t] = i;
            while (i < high && builder->rank[builder->units[text[i].first + depth]] == edge)
                i++;
            builder->high[t] = i;
        }
    }
    builder->first[builder->states] = builder->states;
}

static uint32_t find_free(struct builder *builder, uint32_t cell)
{
    uint32_t root = cell;
    while (builder->next_free[root] != root)
        root = builder->next_free[root];
    while (builder->next_free[cell] != root) {
        uint32_t next = builder->next_free[cell];
        builder->next_free[cell] = root;
        cell = next;
    }
    return root;
}

static uint32_t place(struct builder *builder, uint32_t state)
{
    const uint16_t *edge = builder->edge + builder->first[state];
    uint32_t count = builder->first[state + 1] - builder->first[state];
    /* edges are sorted: the smallest goes to a free cell, and the others must find theirs free too */
    for (uint32_t at = find_free(builder, edge[0] + 1u);; at = find_free(builder, at + 1)) {
        uint32_t base = at - edge[0], i = 1;
        while (i < count && builder->next_free[base + edge[i]] == base + edge[i])
            i++;
        if (i == count) {
            for (i = 0; i < count; i++)
                builder->next_free[base + edge[i]] = base + edge[i] + 1;
            if (base + edge[count - 1] + 1 > builder->cell_count)
                builder->cell_count = base + edge[count - 1] + 1;
            return base;
        }
    }
}

struct order {
    uint32_t state, edges;
};
static int edges_order(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    if (x->edges != y->edges)
        return x->edges > y->edges ? -1 : 1;
    return x->state < y->state ? -1 : 1;
}

static int lay_out(struct builder *builder, const struct joined *joined, uint32_t ranks)
{
    struct compile *compile = builder->compile;
    struct order *order = calloc(builder->states, sizeof *order);
    int code = E_OK;
    if (order == NULL)
        return memory_failed(compile);
    for (uint32_t s = 0; s < builder->states; s++)
        order[s] = (struct order){s, builder->first[s + 1] - builder->first[s]};
    qsort(order, builder->states, sizeof *order, edges_order);  /* Requirement 2 */
    for (uint32_t i = 0; i < builder->cell_capacity; i++)
        builder->next_free[i] = i;
    builder->next_free[0] = 1;  /* the root */
    builder->cell_count = 1;
    for (uint32_t i = 0; i < builder->states && order[i].edges > 0; i++)
        builder->base[order[i].state] = place(builder, order[i].state);

    builder->cell_of[0] = 0;
    for (uint32_t s = 0; s < builder->states; s++)
        for (uint32_t t = builder->first[s]; t < builder->first[s + 1]; t++)
            builder->cell_of[t] = builder->base[s] + builder->edge[t];
    uint32_t total = builder->cell_count + ranks + 1;  /* Requirement 3 */
    struct image_cell *cells = malloc(total * sizeof *cells);
    struct image_spelling *spelling = calloc(total, sizeof *spelling);
    if (cells != NULL && spelling != NULL) {
        for (uint32_t i = 0; i < total; i++)
            cells[i] = (struct image_cell){0, IMAGE_FREE, 0};
        for (uint32_t s = 0; s < builder->states; s++) {
            uint32_t cell = builder->cell_of[s];
            cells[cell].base = builder->base[s];
            if (builder->ends[s] != UINT32_MAX) {
                cells[cell].classes = joined[builder->ends[s]].classes;
                spelling[cell] = joined[builder->ends[s]].terms;
            }
            for (uint32_t t = builder->first[s]; t < builder->first[s + 1]; t++)
                cells[builder->cell_of[t]].check = cell;
        }
        buffer_add(&compile->section[IMAGE_cell], cells, total * sizeof *cells);
        buffer_add(&compile->section[IMAGE_spelling], spelling, total * sizeof *spelling);
    }
    if (cells == NULL || spelling == NULL || compile->section[IMAGE_spelling].failed)
        code = memory_failed(compile);
    free(cells);
    free(spelling);
    free(order);
    return code;
}

int compile_lexicon(struct compile *compile)
{
    struct builder builder = {.compile = compile};
    struct buffer texts = {0}, joined = {0};
    struct arena arena = {0};
    uint32_t ranks = 0;
    size_t count = compile->spelled.size / sizeof(struct spelled);
    size_t most = compile->spelled_units.size / sizeof(uint16_t) + 2;
    int code;

    builder.units = (const uint16_t *)(const void *)compile->spelled_units.bytes;
    builder.rank = arena_alloc(&arena, 65536 * sizeof *builder.rank);
    builder.first = arena_alloc(&arena, most * sizeof *builder.first);
    builder.base = arena_alloc(&arena, most * sizeof *builder.base);
    builder.cell_of = arena_alloc(&arena, most * sizeof *builder.cell_of);
    builder.edge = arena_alloc(&arena, most * sizeof *builder.edge);
    builder.ends = arena_alloc(&arena, most * sizeof *builder.ends);
    builder.low = arena_alloc(&arena, most * sizeof *builder.low);
    builder.high = arena_alloc(&arena, most * sizeof *builder.high);
    if (builder.rank == NULL || builder.first == NULL || builder.base == NULL || builder.cell_of == NULL ||
        builder.edge == NULL || builder.ends == NULL || builder.low == NULL || builder.high == NULL) {
        code = memory_failed(compile);
        goto done;
    }
    if ((code = rank_units(&builder, &ranks)) != E_OK)
        goto done;
    if ((code = mark_openers(&builder, (const struct spelled *)(const void *)compile->spelled.bytes, count)) != E_OK)
        goto done;
    if ((code = join_spellings(&builder, (struct spelled *)(void *)compile->spelled.bytes, count, &texts, &joined)) != E_OK)
        goto done;
    make_states(&builder, (const struct spelled *)(const void *)texts.bytes,
                (uint32_t)(texts.size / sizeof(struct spelled)));
    /* one cell a state and as much again for holes, and room for the widest state at the end */
    builder.cell_capacity = builder.states * 2 + 3 * 65536;
    builder.next_free = arena_alloc(&arena, builder.cell_capacity * sizeof *builder.next_free);
    if (builder.next_free == NULL) {
        code = memory_failed(compile);
        goto done;
    }
    code = lay_out(&builder, (const struct joined *)(const void *)joined.bytes, ranks);
    if (code == E_OK)
        buffer_add(&compile->section[IMAGE_rank], builder.rank, 65536 * sizeof *builder.rank);
done:
    arena_free(&arena);
    buffer_free(&texts);
    buffer_free(&joined);
    return code;
}
