/* extract.c — drives the stages over a document and assembles the observations.
 *
 * How far a time expression reaches: its sentence and the rest of its paragraph until another replaces it; a list lead
 * (一是 …) or a new paragraph ends it; 累计 only speaks of its sentence. Where nothing dates an action, the span that the
 * opening of the article names (一年来, 一周年) does; standing facts stay undated. */
#include "data/extract/extract.h"

#include "data/extract/document.h"
#include "data/extract/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_SENTENCE 40u  /* characters: what is shorter leans on what was said before it */
#define LEAD_MOST 300u      /* where a report names its period */
#define RATES_LEAST 4u      /* a report of figures has so many growth rates … */
#define RATES_APART 150u    /* … and one in so many characters */
#define HISTORY 8u          /* labels that 分别 can look back at */
#define TITLE_MOST 120u     /* a heading that begins further down is a section's, not the article's */
#define EVIDENCE_MOST 400u  /* characters of a sentence that are kept as evidence */

struct job {
    const struct extract_options *options;
    struct window *window;
    struct scan *scan;
    const struct calendar *calendar;
    bool report;                   /* the opening dates every figure, not only what was done */
    struct period_token opening;   /* the span that the opening names; "" when none */
    size_t opening_at;             /* figures before this byte are not of it */
    struct arena *strings;         /* reset with every window */
    const char *evidence;          /* of the sentence at hand, made when its first number needs it */
    size_t evidence_start, evidence_end;
    bool standing;                 /* the last quantity was a standing fact */
    struct label history[HISTORY]; /* the last labels, by the index of their quantity */
    struct label level;            /* of the last amount in the paragraph; its unit is NULL when there is none */
    struct label above;            /* the first of the last sentence that breaks nothing down; its unit is NULL when there is none */
    struct place place;            /* whose code and path these are; REGION_NONE: of none yet */
    char code[REGION_CODE], path[REGION_PATH];
    observation_sink *sink;
    void *context;
    size_t count, passed;
};

static const char *title_of(const struct window *w, struct arena *arena)
{
    for (size_t i = 0; i < w->n && i < 2000;) {
        size_t end = i;
        while (end < w->n && w->text[end] != '\n')
            end++;
        size_t a = i, b = end;
        while (a < b && (w->text[a] <= ' ' || w->text[a] == 0x3000))
            a++;
        while (b > a && (w->text[b - 1] <= ' ' || w->text[b - 1] == 0x3000))
            b--;
        /* a title is short, is no sentence, and is not a list of names */
        size_t commas = 0;
        for (size_t k = a; k < b; k++)
            commas += w->text[k] == ',' || w->text[k] == '>';
        if (b - a >= 4 && b - a <= 60 && w->text[b - 1] != 0x3002 && commas < 2)
            return window_utf8(w, a, b, arena);
        i = end + 1;
    }
    return NULL;
}

/* The span that an article is about stands before its figures: later ones are those of single works. */
#define LEAD_SPAN_MOST 700u     /* characters */
#define LEAD_FIGURES_MOST 6u
#define ANNOUNCED_MOST 40u      /* characters from a date to the 如下 of its sentence */

/* Whether the sentence ends with 如下 and its stop. */
static bool announced_below(const struct window *w, size_t i)
{
    static const uint16_t below[] = {0x5982, 0x4E0B};
    for (size_t end = i + ANNOUNCED_MOST; i < end && i + 2 < w->n && w->text[i] != 0x3002 && w->text[i] != '\n'; i++)
        if (memcmp(w->text + i, below, sizeof below) == 0)
            return w->text[i + 2] == ':' || w->text[i + 2] == 0x3002 || w->text[i + 2] == '\n' || w->text[i + 2] == ',';
    return false;
}

static void find_opening(const struct scan *s, const struct window *w, struct reading *r)
{
    size_t figures = 0;
    for (size_t i = 0; i < s->token_count && s->tokens[i].start < LEAD_SPAN_MOST && figures < LEAD_FIGURES_MOST; i++) {
        figures += s->tokens[i].kind == TOKEN_QUANTITY;
        if (s->tokens[i].kind == TOKEN_TIME) {
            const struct period_token *p = &s->periods[s->tokens[i].index];
            if (p->role == TIME_SPAN && strchr(p->text, '/') != NULL) {
                r->opening = *p;
                r->opening_at = w->base + w->offset[s->tokens[i].start];
                return;
            }
        }
    }
    /* 现将2020年11月1日零时我县人口的基本情况公布如下: the date of all that follows */
    for (size_t i = 0; i < s->token_count && s->tokens[i].start < LEAD_SPAN_MOST; i++) {
        const struct token *token = &s->tokens[i];
        const struct period_token *p = token->kind == TOKEN_TIME ? &s->periods[token->index] : NULL;
        if (p != NULL && (p->role == TIME_POINT || p->role == TIME_ASOF) && p->text[0] != '\0' && announced_below(w, token->end)) {
            r->opening = *p;
            r->opening_at = w->base + w->offset[token->start];
            r->report = true;
            return;
        }
    }
    /* a report of figures (同比增长 again and again) is about the period that it opens with: 上半年, 2020年 */
    size_t rates = 0, end = 0;
    const struct period_token *lead = NULL;
    for (size_t i = 0; i < s->token_count; i++) {
        const struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_QUANTITY) {
            const char *role = s->quantities[token->index].unit->role;
            rates += is_text(role, "percent") && i > 0 && (token_cue(token - 1, CUE_growth, NULL) || token_cue(token - 1, CUE_decline, NULL));
        } else if (token->kind == TOKEN_TIME && lead == NULL && token->start < LEAD_MOST) {
            const struct period_token *p = &s->periods[token->index];
            if (p->role == TIME_POINT && p->text[0] != '\0' && strlen(p->text) != 10)  /* no day */
                lead = p;
        }
        end = token->end;
    }
    if (lead != NULL && rates >= RATES_LEAST && end / rates < RATES_APART) {
        r->opening = *lead;
        r->report = true;
    }
}

struct clock {
    const struct period_token *paragraph, *sentence;
    struct period_token section;   /* the heading's year; "" when none */
    int section_year;              /* the heading's, or 0 */
    bool over;                     /* the paragraph went back to a year before the section's */
    bool done;                     /* the heading says that what follows is over */
    bool planned;                  /* the heading says that what follows is planned */
    bool figures;                  /* the section's year is that of every figure */
    size_t heading, bracket;       /* the next of them to come */
};

static int year_of_period(const char *text)
{
    const char *slash = strchr(text, '/');
    const char *last = slash ? slash + 1 : strncmp(text, "asof:", 5) == 0 ? text + 5 : text;
    return atoi(last);
}

/* Whether a period begins after the publication. */
static bool begins_later(const struct job *job, const struct period_token *p)
{
    int year = 0, month = 0;
    const struct date *now = &job->calendar->published;
    const char *text = strncmp(p->text, "asof:", 5) == 0 ? p->text + 5 : p->text;
    if (now->year == 0 || text[0] == '\0')
        return false;
    for (int i = 0; i < 4 && text[0] >= '0' && text[0] <= '9'; i++)
        year = year * 10 + (*text++ - '0');
    for (int i = 1; text[0] == '-' && i < 3 && text[i] >= '0' && text[i] <= '9'; i++)
        month = month * 10 + (text[i] - '0');
    return year > now->year || (year == now->year && month > now->month && now->month > 0);
}

/* When a figure is of, and why. */
struct dating {
    const char *text;                    /* NULL: nothing dates it */
    const struct period_token *token;    /* of this window, or NULL */
    enum rule rule;
};

static struct dating period_of(const struct job *job, const struct clock *clock, const struct quantity *q, enum status status, bool action, bool plan_dated)
{
    const struct period_token *p = clock->sentence != NULL ? clock->sentence : clock->paragraph;
    if (status == STATUS_planned && p != NULL) {
        int year = p->text[0] ? year_of_period(p->text) : 0;
        /* a planned outcome has the date that its plan names, not the date of writing */
        bool future = p->role == TIME_FUTURE || (p->role == TIME_ASOF && begins_later(job, p)) || (p->role == TIME_POINT && (plan_dated || year >= job->calendar->published.year || (job->calendar->given && year > 0)));
        if (!future || !p->text[0])
            return (struct dating){.rule = RULE_period_unplanned};
    }
    if (status == STATUS_planned && p == NULL) {
        if (clock->planned && clock->section.text[0])
            return (struct dating){clock->section.text, NULL, RULE_period_section};
        return (struct dating){.rule = RULE_period_none};
    }
    if (p != NULL && (p->role == TIME_UNDATED || !p->text[0]))
        return (struct dating){NULL, p, RULE_period_vague};
    if (p != NULL)
        return (struct dating){p->text, p, p == clock->sentence ? RULE_period_sentence : RULE_period_paragraph};
    if (clock->section.text[0] && (action || clock->figures))
        return (struct dating){clock->section.text, NULL, RULE_period_section};
    bool behind = job->window->base + job->window->offset[q->start] >= job->opening_at;
    if ((action || job->report) && behind && job->opening.text[0])
        return (struct dating){job->opening.text, NULL, RULE_period_opening};
    return (struct dating){.rule = RULE_period_none};
}

/* The code and path of a place: those of the figure before it, as a rule. */
static void name_place(struct job *job, const struct place *place)
{
    if (job->place.region == place->region && job->place.village == place->village)
        return;
    job->place = *place;
    region_code(place->region, job->code);
    region_path(place->region, job->path);
    if (place->village != NULL) {
        size_t used = strlen(job->path);
        snprintf(job->path + used, sizeof job->path - used, "/%s", place->village);
    }
}

/* What one quantity of a sentence turned out to be. */
struct finding {
    size_t token;
    const struct quantity *q;
    const struct label *label;
    enum status status;
    struct dating dating;
    uint64_t rules;                  /* of the status */
    const struct token *plan;        /* the word or time that makes it planned, or NULL */
    size_t sentence, sentence_end;
};

/* The rest of the trace: what lies outside the label. */
static void trace_finding(const struct job *job, const struct finding *f, uint64_t rules, size_t sentence, size_t sentence_end)
{
    struct trace *trace = job->options->trace;
    const struct window *w = job->window;
    const struct scan *s = job->scan;
    uint32_t mention = s->where[s->tokens[f->token].index].mention;
    trace->rules = rules;
    trace_sentence(trace, w, f->q, sentence, sentence_end);
    if (mention > 0) {
        const struct token *token = &s->tokens[mention - 1];
        uint32_t name = token->kind == TOKEN_REGION ? s->places[token->index].name_start : 0;
        trace_token(trace, &trace->place, w, name > 0 ? name : token->start, token->end);
    }
    if (f->dating.token != NULL)
        for (size_t i = f->token + 1 < s->token_count ? f->token + 2 : f->token + 1; i-- > 0;)
            if (s->tokens[i].kind == TOKEN_TIME && &s->periods[s->tokens[i].index] == f->dating.token) {
                trace_token(trace, &trace->time, w, s->tokens[i].start, s->tokens[i].end);
                break;
            }
    if (f->plan != NULL)
        trace_token(trace, &trace->plan, w, f->plan->start, f->plan->end);
}

static int emit(struct job *job, const struct finding *f)
{
    const struct window *w = job->window;
    const struct quantity *q = f->q;
    const struct label *label = f->label;
    const struct place *place = &job->scan->where[job->scan->tokens[f->token].index];
    size_t sentence = f->sentence, sentence_end = f->sentence_end;
    uint64_t rules = label->rules | f->rules | (uint64_t)1 << f->dating.rule | (uint64_t)1 << place->rule;
    /* a place named before this sentence holds on as the subject of its paragraph */
    if (place->mention > 0 && job->scan->tokens[place->mention - 1].start < sentence)
        rules |= RULE_BIT(region_kept);
    if (sentence_end - sentence > EVIDENCE_MOST) {
        /* in steps, so that neighbours have their evidence in common */
        size_t step = EVIDENCE_MOST / 2, behind = (q->start - sentence) / step * step;
        sentence += behind > step / 2 ? behind - step / 2 : 0;
        if (sentence_end - sentence > EVIDENCE_MOST)
            sentence_end = sentence + EVIDENCE_MOST;
        if (sentence_end < q->end)
            sentence_end = q->end;
    }
    struct observation o = {
        .source = job->options->source,
        .start = w->base + w->offset[q->start],
        .end = window_end(w, q->end),
        .value = label->decline ? -q->number.value : q->number.value,
        .low = label->decline ? -q->number.high : q->number.low,
        .high = label->decline ? -q->number.low : q->number.high,
        .bound = q->number.bound,
        .unit = q->unit->name,
        .per_count = q->per_count,
        .period = f->dating.text,
        .indicator = label->text,
        .indicator_id = label->id,
        .item = label->item,
        .kind = label->kind,
        .status = f->status,
        .confidence = confidence_of(rules),
    };
    if (o.confidence < job->options->min_confidence)
        return E_OK;
    if (o.bound != BOUND_range)
        o.low = o.high = NAN;
    for (unsigned i = 0; i < q->per_count; i++)
        o.per[i] = per_name(q->per[i]);
    if (place->region != REGION_NONE) {
        name_place(job, place);
        o.region_code = job->code;
        o.region_name = place->village ? place->village : region_name(place->region);
        o.region_path = job->path;
        o.how = place->how;
    }
    o.quote = window_utf8(w, q->start, q->end, job->strings);
    if (job->evidence == NULL || job->evidence_start != sentence || job->evidence_end != sentence_end) {
        job->evidence = window_utf8(w, sentence, sentence_end, job->strings);
        job->evidence_start = sentence;
        job->evidence_end = sentence_end;
    }
    o.evidence = job->evidence;
    if (o.quote == NULL || o.evidence == NULL)
        return E_MEMORY;
    if (job->options->trace != NULL) {
        trace_finding(job, f, rules, sentence, sentence_end);
        if (job->options->trace->failed)
            return E_MEMORY;
    }
    job->count++;
    return job->sink(&o, job->context);
}

static const struct period_token undated = {TIME_UNDATED, ""};

/* One sentence: tokens[first..last). */
static int sentence(struct job *job, size_t first, size_t last, struct clock *clock)
{
    struct scan *s = job->scan;
    struct label labels[2];
    const struct label *previous = NULL;
    const struct quantity *before = NULL;
    const struct period_token *local = NULL, *parts = NULL;
    unsigned turn = 0;
    bool plan = clock->planned && !clock->over, action = false, plan_dated = false;
    const struct token *planned_by = NULL;  /* the heading, unless a word or a time of the sentence does */
    int noun;
    for (size_t i = first; i < last && !action; i++)
        action = token_cue(&s->tokens[i], CUE_verb, NULL);
    size_t begin = first > 0 ? s->tokens[first - 1].end : 0;
    size_t end = last < s->token_count ? s->tokens[last].end : job->window->n;
    while (begin < end && (job->window->text[begin] <= ' ' || job->window->text[begin] == 0x3000))
        begin++;
    while (end > begin && job->window->text[end - 1] <= ' ')
        end--;
    const struct label *above = breaks_down(job->window, begin, end) && job->above.unit != NULL ? &job->above : NULL;
    bool first_label = above == NULL;
    if (announces_work(job->window, begin, end))
        clock->planned = plan = true;
    clock->sentence = NULL;
    const struct period_token *outer_sentence = NULL, *outer_paragraph = NULL;
    unsigned figures = 0;
    bool inside = false, holds_figure = false, brief = false, has_figure = false;
    bool part_figure = false, late = false;  /* since the last semicolon: a figure stood there, a plan opened behind it */
    bool fresh = false;  /* no figure stands behind the last time of the sentence */
    for (size_t i = first; i < last && !has_figure; i++)
        has_figure = s->tokens[i].kind == TOKEN_QUANTITY;
    for (size_t i = first; i < last; i++) {
        const struct token *token = &s->tokens[i];
        /* 可达23.9亿元(2020年22.1亿元)，增长8%: a time in a bracket dates what stands in it */
        for (; clock->bracket < s->bracket_count && s->brackets[clock->bracket] < token->start; clock->bracket++) {
            if (s->brackets[clock->bracket] < begin)
                continue;
            uint16_t c = job->window->text[s->brackets[clock->bracket]];
            if (c == '(' && !inside) {
                inside = true;
                outer_sentence = clock->sentence;
                outer_paragraph = clock->paragraph;
                if (job->window->text[s->brackets[clock->bracket] + 1] == 0x539F)  /* (原标准5000元) */
                    local = &undated;
            } else if (c == ')' && inside) {
                inside = false;
                if (!holds_figure)
                    continue;  /* 种植面积(2018年)2.4万亩 */
                holds_figure = false;
                clock->sentence = outer_sentence;
                clock->paragraph = outer_paragraph;
            }
        }
        holds_figure |= inside && token->kind == TOKEN_QUANTITY;
        if (brief && token->kind == TOKEN_BREAK && token->sub >= BREAK_CLAUSE)
            plan = brief = false;
        /* 总产量80吨，预计产值48万元；总产量120吨: a plan behind a figure is that figure's part of the list only */
        if (token->kind == TOKEN_BREAK && token->sub == BREAK_SEMICOLON) {
            bool meanwhile = job->window->text[token->end] == 0x540C && job->window->text[token->end + 1] == 0x65F6;  /* ；同时扩大到1000亩 */
            plan &= !late || meanwhile;
            late = part_figure = false;
        }
        part_figure |= token->kind == TOKEN_QUANTITY;
        if (token->kind == TOKEN_TIME) {
            const struct period_token *p = &s->periods[token->index];
            if (p->role == TIME_LOCAL)
                local = p;
            if (p->role == TIME_COMPARED || p->role == TIME_LOCAL)
                continue;
            if (p->role == TIME_CUMULATIVE) {
                if (clock->sentence == NULL && clock->paragraph == NULL && job->calendar->published.year > 0)
                    clock->sentence = p;
            } else {
                bool later = job->window->text[token->end - 1] != 0x6765 && begins_later(job, p);  /* 2021年以来 has begun, whatever else is thought of the date */
                /* 年底可以分红: every year's end, where nothing is planned */
                if (later && !plan && p->role == TIME_ASOF && token->end - token->start == 2 && job->window->text[token->start] == 0x5E74)
                    continue;
                clock->sentence = p;
                fresh = p->role == TIME_POINT;
                /* 年底还能分红: a date still to come that no plan names says nothing of the sentences behind */
                /* 年末失业率3.05%: an end without a year is the end of what the sentences around it are of */
                /* 该村于2005年由四村合并而成。: when it began is the time of no figure */
                bool founding = !has_figure && ((token->start > 0 && job->window->text[token->start - 1] == 0x4E8E) ||
                                                renamed_behind(job->window->text, token->end, job->window->n));
                bool end_only = p->role == TIME_ASOF && token->end - token->start == 2 && job->window->text[token->start] == 0x5E74 && clock->paragraph != NULL;
                /* 预计8月底完工。: when it will be done is no time of what is */
                uint16_t last_character = job->window->text[token->end - 1];
                bool due = plan && p->role == TIME_ASOF && (last_character == 0x5E95 || last_character == 0x672B);  /* 底 末 */
                if (!end_only && !founding && !due && (!later || p->role == TIME_FUTURE || (plan && p->role == TIME_POINT)))
                    clock->paragraph = p;
                bool future = p->role == TIME_FUTURE || later;
                if (clock->planned && p->role == TIME_POINT && p->text[0] != '\0' && year_of_period(p->text) < clock->section_year)
                    clock->over = true;  /* 过去的一年 in a section about the next one */
                plan_dated = future || (plan && p->role == TIME_POINT);
                bool bygone = p->role == TIME_POINT && p->text[0] != '\0' && job->calendar->given && year_of_period(p->text) < job->calendar->published.year;
                plan = future || (plan && (p->role != TIME_ASOF || (planned_by != NULL && planned_by->end == token->start)) && !clock->over && !bygone);  /* 计划今年9月底完成 */
                if (future)
                    planned_by = token;
            }
        } else if (token_cue(token, CUE_lead, NULL) && (token->start == begin || !cjk(job->window->text[token->start]) || !cjk(job->window->text[token->end]) || job->window->text[token->end - 1] == 0x662F)) {
            /* 一是, 最后，…; but 最后剩下的84户 goes on */
            clock->paragraph = clock->sentence = NULL;
            plan = false;
        } else if (token_cue(token, CUE_plan, &noun)) {
            bool opens = noun == 0   ? true
                         : noun == 1 ? plan_opens(s, job->window, i)
                         : noun == 2 ? !plan_is_noun(s, job->window, i)
                         : noun == 6 ? plan_opens(s, job->window, i) || (plan_floor(s, job->window, i, last) && !plan)
                         : noun == 5 ? !plan_is_noun(s, job->window, i) && !plan
                         : noun == 4 ? !plan
                                     : !clock->done;  /* 预计全年完成…: a review estimates what is over */
            if (noun == 4 || noun == 5)
                brief |= opens;  /* 产值可达2000万元，带动就业200人: the prospect ends with its clause */
            opens = opens && job->window->text[token->end] != 0x4E86 && !plan_begun(job->window, token);  /* 争取了, 先后规划建设 */
            late |= opens && part_figure && !plan;
            plan |= opens;
            plan_dated |= opens && fresh;  /* 2018年,全乡预计实现…: the date is the plan's */
            if (opens)
                planned_by = token;
        } else if (token_cue(token, CUE_topic, &noun) && noun == 1 && plan_announces(job->window, token)) {
            plan = true;  /* 主要预期目标是: … */
            planned_by = token;
        } else if (token_cue(token, CUE_negative, NULL)) {
            plan = false;
        } else if (token->kind == TOKEN_QUANTITY && (fresh = false, ++figures > SENTENCE_FIGURES)) {
            job->passed++;
        } else if (token->kind == TOKEN_QUANTITY && !is_limit(s, job->window, i, last)) {
            struct quantity *q = &s->quantities[token->index];
            struct label_input in = {before, job->window, s, first, i, previous, job->level.unit != NULL ? &job->level : NULL, NULL, above, job->options->trace};
            trace_start(in.trace);
            if (q->partner > 0 && token->index - (q->partner - 1) < HISTORY)
                in.partner = &job->history[(q->partner - 1) % HISTORY];
            struct label *label = &labels[turn ^= 1];
            int status = label_make(&in, q, label, job->strings);
            if (status != E_OK)
                return status;
            /* 其余4000人将在安置区就业: the plan's word stands right behind */
            const struct token *will = i + 1 < last && token[1].start == token->end && token_cue(&token[1], CUE_plan, NULL) && job->window->text[token->end] == 0x5C06 ? &token[1] : NULL;
            if (!plan && (will != NULL || names_aim(job->window, q->end))) {
                plan = brief = true;
                planned_by = will != NULL ? will : token;
            }
            struct finding f = {.token = i, .q = q, .label = label, .status = plan ? STATUS_planned : STATUS_actual,
                                .sentence = begin, .sentence_end = end};
            f.dating = period_of(job, clock, q, f.status, action, plan_dated);
            f.plan = plan ? planned_by : NULL;
            f.rules = !plan ? RULE_BIT(status_done) : f.plan == NULL ? RULE_BIT(status_section)
                    : f.plan->kind == TOKEN_TIME ? RULE_BIT(status_future) : RULE_BIT(status_word);
            if (end - begin < SHORT_SENTENCE)
                f.rules |= RULE_BIT(sentence_short);
            /* 最高达39℃: as standing as the mean before it */
            job->standing = standing_fact(s, job->window, first, i) || (job->standing && label->base_length > 1 && label->base[0] == 0x6700);
            if (!plan && job->standing && !dated_before(s, first, i))
                f.dating = (struct dating){.rule = RULE_period_standing};  /* 海拔, 无霜期: no year of the text is theirs */
            if (q->part != 1 || local != NULL)
                parts = q->part > 1 ? parts : local;
            else
                parts = NULL;
            if (parts != NULL)  /* 由去年的20:30:50: all three are last year's */
                f.dating = (struct dating){parts->text[0] != '\0' ? parts->text : NULL, parts, RULE_period_beside};
            local = NULL;
            if (q->member > 0 && s->respectives[q->group].by_time) {
                const struct period_token *own = &s->periods[s->tokens[s->respectives[q->group].part[q->member - 1].time].index];
                f.dating = (struct dating){own->text[0] != '\0' ? own->text : NULL, own, RULE_period_member};
            }
            status = emit(job, &f);
            if (status != E_OK)
                return status;
            if ((label->kind == KIND_level || label->kind == KIND_mean) && !label->aim)
                job->level = *label;
            if (first_label && label->subject_length >= 2) {
                job->above = *label;
                first_label = false;
            }
            job->history[token->index % HISTORY] = *label;
            previous = label;
            before = q;
        }
    }
    return E_OK;
}

/* Takes over the headings that stand before a position. */
static void read_headings(const struct job *job, struct clock *clock, size_t position)
{
    const struct scan *s = job->scan;
    for (; clock->heading < s->heading_count && s->headings[clock->heading].line <= position; clock->heading++) {
        const struct heading *h = &s->headings[clock->heading];
        if (h->year > 0) {
            if (h->year != clock->section_year)
                clock->planned = false;
            clock->section_year = h->year;
            clock->section.role = TIME_POINT;
            snprintf(clock->section.text, sizeof clock->section.text, "%04d", h->year % 10000);
            /* a heading inside the text dates all of its section, the title only what was done */
            clock->figures |= h->line > TITLE_MOST;
        }
        if (h->planned != 0) {
            clock->planned = h->planned > 0;
            clock->done = h->planned < 0;
        }
        clock->figures |= h->figures;
    }
}

static int assemble(struct job *job)
{
    struct scan *s = job->scan;
    struct clock clock = {0};
    size_t first = 0;
    for (size_t i = 0; i <= s->token_count; i++) {
        bool stop = i == s->token_count || (s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub >= BREAK_SENTENCE);
        if (!stop)
            continue;
        if (i > first) {
            read_headings(job, &clock, s->tokens[first].start);
            int status = sentence(job, first, i, &clock);
            if (status != E_OK)
                return status;
        }
        if (i < s->token_count && s->tokens[i].sub == BREAK_LINE)
            clock.paragraph = NULL;
        if (i < s->token_count && s->tokens[i].sub == BREAK_LINE) {
            job->level.unit = NULL;
            clock.over = false;
        }
        first = i + 1;
    }
    return E_OK;
}

static bool next_window(struct reading *r, struct window *w)
{
    return r->input->decoder != NULL ? decoder_next(r->input->decoder, w) : text_window(r->input->text, &r->at, w);
}

int reading_open(struct reading *r, const struct document_input *input, struct error *error)
{
    const struct extract_options *options = input->options;
    *r = (struct reading){.input = input, .topic = REGION_NONE, .fallback = REGION_NONE};
    if (options->region != NULL && (r->fallback = region_find(options->region)) == REGION_NONE)
        return error_set(error, E_INPUT, "%s: unknown region code '%s'; `zhibiao regions` lists them", options->source, options->region);
    return E_OK;
}

int reading_next(struct reading *r, struct extractor *x, bool *more)
{
    *more = next_window(r, &x->window);
    if (!*more)
        return E_OK;
    arena_reset(&x->strings);
    if (x->window.failed || window_tables(&x->window, &x->lines) != E_OK || window_join_lines(&x->window) != E_OK)
        return E_MEMORY;
    bool first = r->windows++ == 0;
    if (first) {
        calendar_find(&r->calendar, &x->window, r->input->options->published);
        r->title = title_of(&x->window, &x->facts);
    }
    scan_window(&x->scan, &r->calendar, &x->window);
    x->calendar = r->calendar;
    if (x->scan.failed)
        return E_MEMORY;
    if (first)
        find_opening(&x->scan, &x->window, r);
    /* until a window has named the topic, each must wait for the one before it */
    x->topic = r->topic;
    x->resolved = r->topic == REGION_NONE && r->fallback == REGION_NONE;
    if (x->resolved && regions_resolve(&x->scan, &x->window, &r->topic, r->fallback, &x->strings) != E_OK)
        return E_MEMORY;
    x->topic = r->topic;
    return E_OK;
}

/* The tables of a plain text stand below its title, as those of a page do. */
static void page_title(struct page *page, const char *title)
{
    const struct passage passage = {(const unsigned char *)title, title != NULL ? strlen(title) : 0, 0, NULL};
    size_t replaced = 0;
    text_clear(&page->text, 0);
    text_passage(&page->text, &passage, &replaced);
    page->title_first = 0;
    page->title_last = page->text.n;
}

static int read_tables(const struct reading *r, struct extractor *x, const struct page *page, const struct calendar *calendar,
                       region_id topic, size_t *count, observation_sink *sink, void *context)
{
    const struct table_setting setting = {r->input->options, calendar, topic, r->fallback, sink, context};
    int status = E_OK;
    for (size_t i = 0; i < page->table_count && status == E_OK; i++) {
        arena_reset(&x->strings);
        status = table_extract(page, page->tables[i], &setting, x, count);
    }
    return status;
}

int reading_finish(const struct reading *r, struct extractor *x, size_t *count, observation_sink *sink, void *context)
{
    struct job job = {.options = r->input->options, .window = &x->window, .scan = &x->scan, .calendar = &x->calendar,
                      .opening = r->opening, .opening_at = r->opening_at, .report = r->report, .strings = &x->strings, .sink = sink, .context = context};
    job.place.region = REGION_NONE;
    if ((!x->resolved && regions_resolve(&x->scan, &x->window, &x->topic, r->fallback, &x->strings) != E_OK) ||
        respective_find(&x->scan, &x->window) != E_OK)
        return E_MEMORY;
    int status = assemble(&job);
    *count += job.count;
    x->passed += job.passed;
    if (status != E_OK || x->lines.table_count == 0)
        return status;
    page_title(&x->lines, r->title);
    return x->lines.text.failed ? E_MEMORY : read_tables(r, x, &x->lines, &x->calendar, x->topic, count, sink, context);
}

int document_extract(struct extractor *x, const struct document_input *input, struct document_facts *facts,
                     observation_sink *sink, void *context, struct error *error)
{
    const struct extract_options *options = input->options;
    struct reading r;
    bool more = true;
    size_t count = 0;
    x->passed = 0;
    int status = reading_open(&r, input, error);
    if (status != E_OK)
        return status;
    while (status == E_OK && (status = reading_next(&r, x, &more)) == E_OK && more) {
        status = reading_finish(&r, x, &count, sink, context);
        if (!x->resolved && r.fallback != REGION_NONE)
            r.topic = x->topic;
    }
    if (status == E_OK && input->page != NULL)
        status = read_tables(&r, x, input->page, &r.calendar, r.topic, &count, sink, context);
    facts->observations = count;
    facts->passed = x->passed;
    if (status == E_OK)
        reading_facts(&r, x, facts);
    return status == E_MEMORY ? error_set(error, E_MEMORY, "%s: out of memory", options->source) : status;
}

void reading_facts(const struct reading *r, struct extractor *x, struct document_facts *facts)
{
    facts->title = r->title;
    if (r->calendar.given) {
        char text[48];
        int n = snprintf(text, sizeof text, "%04d-%02d-%02d", r->calendar.published.year, r->calendar.published.month, r->calendar.published.day);
        facts->published = arena_copy(&x->facts, text, (size_t)n);
    }
}
