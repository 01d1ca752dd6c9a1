/* trace.c — keeps what an explanation shows, while the stages decide. Nothing is decided here and nothing is computed twice: the
 * stages hand over the words, scores and tokens that they have in hand. */
#include "data/extract/trace.h"

#include "data/extract/document.h"

#include <string.h>

static const struct {
    const char *name, *text;
    enum aspect aspect;
} rules[] = {
#define X(name, aspect, text) {#name, text, ASPECT_##aspect},
    RULES(X)
#undef X
};

const char *rule_name(enum rule rule)
{
    return (size_t)rule < RULE_COUNT ? rules[rule].name : NULL;
}

const char *rule_text(enum rule rule)
{
    return (size_t)rule < RULE_COUNT ? rules[rule].text : NULL;
}

enum aspect rule_aspect(enum rule rule)
{
    return (size_t)rule < RULE_COUNT ? rules[rule].aspect : ASPECT_COUNT;
}

const char *aspect_name(enum aspect aspect)
{
    static const char *const names[] = {
#define X(name) #name,
        ASPECTS(X)
#undef X
    };
    return (size_t)aspect < ASPECT_COUNT ? names[aspect] : NULL;
}

static const struct {
    const char *name, *text;
} fates[] = {
#define X(name, text) {#name, text},
    ENTRY_FATES(X)
#undef X
};

const char *entry_fate_name(enum entry_fate fate)
{
    return (size_t)fate < sizeof fates / sizeof *fates ? fates[fate].name : NULL;
}

const char *entry_fate_text(enum entry_fate fate)
{
    return (size_t)fate < sizeof fates / sizeof *fates ? fates[fate].text : NULL;
}

void trace_free(struct trace *trace)
{
    arena_free(&trace->strings);
}

void trace_start(struct trace *trace)
{
    if (trace == NULL)
        return;
    struct arena strings = trace->strings;
    arena_reset(&strings);
    *trace = (struct trace){.strings = strings};
}

static const char *kept(struct trace *trace, const char *text)
{
    trace->failed |= text == NULL;
    return text;
}

void trace_token(struct trace *trace, struct trace_span *span, const struct window *w, size_t start, size_t end)
{
    span->text = kept(trace, window_utf8(w, start, end, &trace->strings));
    span->start = w->base + w->offset[start];
    span->end = end > start ? window_end(w, end) : span->start;
}

void trace_sentence(struct trace *trace, const struct window *w, const struct quantity *q, size_t start, size_t end)
{
    trace->before = kept(trace, window_utf8(w, start < q->start ? start : q->start, q->start, &trace->strings));
    trace->behind = kept(trace, window_utf8(w, q->end, end > q->end ? end : q->end, &trace->strings));
}

/* Joins two texts; *all is NULL at first. */
static void join(struct trace *trace, const char **all, const char *separator, const char *more)
{
    if (*all == NULL) {
        *all = more;
        return;
    }
    size_t a = strlen(*all), b = strlen(separator), c = strlen(more);
    char *text = arena_alloc(&trace->strings, a + b + c + 1);
    if (kept(trace, text) == NULL)
        return;
    memcpy(text, *all, a);
    memcpy(text + a, separator, b);
    memcpy(text + a + b, more, c + 1);
    *all = text;
}

/* What a token is to the scanner; NULL for breaks. */
static const char *class_of(struct trace *trace, const struct scan *s, const struct token *token)
{
    static const char *const cues[] = {
#define X(name) #name,
        CUE_CLASSES(X)
#undef X
    };
    const char *classes = NULL;
    switch ((enum token_kind)token->kind) {
    case TOKEN_REGION:
        return s->places[token->index].region != REGION_NONE ? "place" : "no place after all";
    case TOKEN_TIME:
        return s->periods[token->index].role == TIME_COMPARED ? "time compared with" : "time";
    case TOKEN_QUANTITY:
        return "quantity";
    case TOKEN_CUE:
        for (unsigned i = 0; i < CUE_CLASS_COUNT; i++)
            if (token_cue(token, (enum cue_class)i, NULL))
                join(trace, &classes, ", ", cues[i]);
        return classes;
    case TOKEN_BREAK:
        break;
    }
    return NULL;
}

void trace_stretch(struct trace *trace, const struct window *w, const struct scan *s, const struct quantity *q, size_t left,
                   size_t right)
{
    if (trace == NULL)
        return;
    trace_token(trace, &trace->left, w, left < q->start ? left : q->start, q->start);
    trace_token(trace, &trace->right, w, q->end, right > q->end ? right : q->end);
    /* tokens are ordered: find the first of the stretch by halves */
    size_t low = 0, high = s->token_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->tokens[middle].start < left)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->token_count && s->tokens[low].end <= right && trace->word_count < TRACE_WORDS; low++) {
        const struct token *token = &s->tokens[low];
        bool itself = token->start >= q->start && token->end <= q->end;
        const char *class = itself ? NULL : class_of(trace, s, token);
        if (class == NULL)
            continue;
        struct trace_word *word = &trace->words[trace->word_count++];
        word->class = class;
        uint32_t name = token->kind == TOKEN_REGION ? s->places[token->index].name_start : 0;
        trace_token(trace, &word->span, w, name > 0 ? name : token->start, token->end);
    }
}

/* A word of the dictionary as the clue spells it, or NULL. */
static const char *spelled(struct trace *trace, const struct clue *clue, uint32_t value)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < clue->n; i++) {
        size_t count = lexicon_opens(clue->words[i]) & OPENS_WORD ? lexicon_match(clue->words + i, clue->n - i, hits) : 0;
        for (size_t h = 0; h < count; h++)
            for (uint32_t k = 0; k < hits[h].term_count; k++)
                if (hits[h].terms[k].class == TERM_WORD && hits[h].terms[k].value == value)
                    return kept(trace, units_utf8(clue->words + i, hits[h].length, &trace->strings));
    }
    return NULL;
}

void trace_dictionary(struct trace *trace, const uint16_t *word, size_t length)
{
    if (trace->dictionary_count < TRACE_WORDS)
        trace->dictionary[trace->dictionary_count++] = kept(trace, units_utf8(word, length, &trace->strings));
}

/* What fits comes before what does not, then the higher score. */
static bool goes_before(const struct trace_entry *a, const struct trace_entry *b)
{
    return a->fate != b->fate ? a->fate < b->fate : a->score > b->score;
}

void trace_entry(struct trace *trace, const struct clue *clue, const struct alternative *a, unsigned score, enum entry_fate fate)
{
    struct trace_entry entry = {.id = indicator_at(a->indicator)->id, .score = score, .fate = fate};
    size_t at = 0;
    while (at < trace->entry_count && strcmp(trace->entries[at].id, entry.id) != 0)
        at++;
    /* of one entry only the best alternative; where all places are taken the last one gives way to a better one */
    if (at == trace->entry_count && at == TRACE_ENTRIES)
        at--;
    if (at < trace->entry_count && !goes_before(&entry, &trace->entries[at]))
        return;
    trace->entry_count += at == trace->entry_count;
    for (unsigned k = 0; k < a->word_count; k++) {
        const char *text = spelled(trace, clue, a->words[k]);
        if (text != NULL)
            join(trace, &entry.words, "+", text);
    }
    if (entry.words == NULL)
        entry.words = "";
    for (; at > 0 && goes_before(&entry, &trace->entries[at - 1]); at--)
        trace->entries[at] = trace->entries[at - 1];
    trace->entries[at] = entry;
}

void trace_winner(struct trace *trace, const char *id)
{
    for (size_t i = 0; i < trace->entry_count; i++)
        if (strcmp(trace->entries[i].id, id) == 0) {
            struct trace_entry winner = trace->entries[i];
            memmove(trace->entries + 1, trace->entries, i * sizeof *trace->entries);
            winner.fate = ENTRY_won;
            trace->entries[0] = winner;
            return;
        }
}
