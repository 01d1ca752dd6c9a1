/* period.c — time expressions, read against the publication date.
 *
 * Requirements (../shared gold guidelines in our words):
 *  1. 2019年, 2020年3月, 2020年1—8月, 2014年至2016年, 2018-2020年, 上半年, 前三季度: what they say, both ends included;
 *  2. 今年, 去年, 3月7日, 27日: completed from the publication date or the last date named;
 *  3. 截至…, 目前, 累计: asof; 年末: asof December;
 *  4. N年来, 自2012年以来: up to the publication; N年内: from it on; 近年来 and 过去: undated, and say so. */
#include "data/extract/document.h"

#include <stdio.h>
#include <string.h>

enum cue_time {
    NOW = 1, THIS_YEAR, LAST_YEAR, BEFORE_LAST, NEXT_YEAR, RECENT, THAT_YEAR, YEAR_END, FIRST_HALF, SECOND_HALF, FIRST_QUARTER,
    THREE_QUARTERS, THIS_MONTH, LAST_MONTH, SINCE, CUMULATIVE, UP_TO, YEAR_START, PAST, TWO_MONTHS, PAST_YEAR,
    SECOND_QUARTER, THIRD_QUARTER, FOURTH_QUARTER
};

#define UNKNOWN_YEAR 2000
#define RENAMED_MOST 14u  /* characters from a year to the word of renaming */
#define DATE_DIGITS 12u  /* Chinese digits in a row */

static bool is_digit(uint16_t c)
{
    return c >= '0' && c <= '9';
}

static size_t spaces(const uint16_t *t, size_t i, size_t n)
{
    while (i < n && (t[i] == ' ' || t[i] == 0x3000) )
        i++;
    return i;
}

/* An integer of at most `most` digits at i, Arabic or Chinese. Returns its end, or i. */
static size_t integer(const struct window *w, size_t i, int most, int *value)
{
    size_t start = i;
    int v = 0;
    while (i < w->n && is_digit(w->text[i]) && i - start < (size_t)most)
        v = v * 10 + (w->text[i++] - '0');
    if (i > start) {
        if (i < w->n && is_digit(w->text[i]))
            return start;
        *value = v;
        return i;
    }
    /* a long string of digits is no part of a date, and need not be read to its end */
    size_t digits = i;
    while (digits < w->n && digits - i <= DATE_DIGITS && chinese_digit(w->text[digits]) >= 0)
        digits++;
    struct numeral m;
    if (digits - i <= DATE_DIGITS && i < w->n && w->text[i] >= 0x3007 && numeral_starts(w->text[i]) && numeral_scan(w->text, w->raw, i, w->n, &m) &&
        m.bound == BOUND_exact && !m.ratio && m.value >= 0 && m.value < 10000) {
        *value = (int)m.value;
        return m.end;
    }
    return start;
}

#define DATE_TEXT 11  /* YYYY-MM-DD and NUL */

static char *two_digits(char *out, unsigned value)
{
    *out++ = (char)('0' + value / 10);
    *out++ = (char)('0' + value % 10);
    return out;
}

/* By hand: a text names a date every few lines, and snprintf would be the dearest part of reading it. Returns the end. */
static char *print_date(char *out, struct date d)
{
    unsigned year = (unsigned)d.year % 10000;
    out = two_digits(two_digits(out, year / 100), year % 100);
    if (d.month > 0 || d.day > 0) {
        *out++ = '-';
        out = two_digits(out, (unsigned)d.month % 100);
    }
    if (d.day > 0) {
        *out++ = '-';
        out = two_digits(out, (unsigned)d.day % 100);
    }
    *out = '\0';
    return out;
}

static void set(struct period_token *p, enum time_role role, struct date from, const struct date *to)
{
    char *end = p->text;
    p->role = role;
    if (role == TIME_ASOF) {
        memcpy(end, "asof:", 5);
        end += 5;
    }
    end = print_date(end, from);
    if (to != NULL) {
        *end++ = '/';
        print_date(end, *to);
    }
}

static void set_asof_now(const struct calendar *c, struct period_token *p, enum time_role role)
{
    p->role = role;
    p->text[0] = '\0';
    if (c->published.year > 0) {
        memcpy(p->text, "asof:", 5);
        print_date(p->text + 5, c->published);
    }
}

static bool plausible(struct date d)
{
    return d.year >= 1900 && d.year <= 2100 && d.month >= 0 && d.month <= 12 && d.day >= 0 && d.day <= 31;
}

/* YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYY年M月D日 at i. Returns the end, or i. */
static size_t full_date(const struct window *w, size_t i, struct date *d)
{
    const uint16_t *t = w->text;
    size_t start = i, n = w->n;
    int y, m, day;
    size_t e = integer(w, i, 4, &y);
    if (e == i || y < 1900 || y > 2100)
        return start;
    i = spaces(t, e, n);
    bool chinese = i < n && t[i] == 0x5E74;
    if (!chinese && (i != e || i >= n || !(t[i] == '-' || t[i] == '/' || t[i] == '.')))
        return start;
    uint16_t sign = t[i];
    i = spaces(t, i + 1, n);
    e = integer(w, i, 2, &m);
    if (e == i || m < 1 || m > 12)
        return start;
    i = spaces(t, e, n);
    if (i >= n || (chinese ? t[i] != 0x6708 : t[i] != sign))
        return start;
    i = spaces(t, i + 1, n);
    e = integer(w, i, 2, &day);
    if (e == i || day < 1 || day > 31)
        return start;
    if (chinese) {
        if (e >= n || (t[e] != 0x65E5 && t[e] != 0x53F7))
            return start;
        e++;
    }
    *d = (struct date){y, m, day};
    return e;
}

/* 09.01.2018, as pages of German and Russian make have it. Returns the end, or i. */
static size_t european_date(const struct window *w, size_t i, struct date *d)
{
    int day, month, year;
    size_t a = integer(w, i, 2, &day), b = a, c;
    if (a == i || a >= w->n || w->text[a] != '.' || (b = integer(w, a + 1, 2, &month)) == a + 1 || b >= w->n || w->text[b] != '.')
        return i;
    c = integer(w, b + 1, 4, &year);
    if (c != b + 5 || (c < w->n && w->text[c] == '.'))
        return i;
    *d = (struct date){year, month, day};
    return plausible(*d) && month >= 1 && day >= 1 ? c : i;
}

static bool line_has(const uint16_t *t, size_t from, size_t to, const uint16_t *word, size_t length)
{
    for (size_t i = from; i + length <= to; i++)
        if (memcmp(t + i, word, length * sizeof *t) == 0)
            return true;
    return false;
}

/* 预计2021年6月投产: a date that is still to come does not say when the text was written. */
static bool planned_before(const struct window *w, size_t start)
{
    for (size_t i = start; i-- > 0 && start - i <= 8;) {
        uint16_t c = w->text[i];
        if (c == ',' || c == 0x3002 || c == '\n' || c == ';')
            return false;
        if (cue_at(w->text, i, start, CUE_plan, NULL) > 0)
            return true;
    }
    return false;
}

/* 始于2000年, 成立于2015年, 自2012年: when something began does not say when the text was written. */
static bool founded_before(const uint16_t *t, size_t start)
{
    uint16_t before = start > 0 ? t[start - 1] : 0, earlier = start > 1 ? t[start - 2] : 0;
    return before == 0x81EA || before == 0x4ECE ||
           (before == 0x4E8E && (earlier == 0x59CB || earlier == 0x5EFA || earlier == 0x7ACB || earlier == 0x521B));
}

/* 1956年改称…, 1984年恢复乡名: the history of a place's name and bounds. t[i] is behind the year. */
bool renamed_behind(const uint16_t *t, size_t i, size_t n)
{
    /* 改称 更名 改名 易名 乡名 镇名 村名 县名 建乡 建镇 设乡 设镇 设县 建县 置县 撤乡 撤区 撤县 并入 划归 划入 隶属 析置 命名 公社 改置 复置 合并 */
    static const uint16_t words[][2] = {
        {0x6539, 0x79F0}, {0x66F4, 0x540D}, {0x6539, 0x540D}, {0x6613, 0x540D}, {0x4E61, 0x540D}, {0x9547, 0x540D}, {0x6751, 0x540D}, {0x53BF, 0x540D}, {0x5EFA, 0x4E61},
        {0x5EFA, 0x9547}, {0x8BBE, 0x4E61}, {0x8BBE, 0x9547}, {0x8BBE, 0x53BF}, {0x5EFA, 0x53BF}, {0x7F6E, 0x53BF}, {0x64A4, 0x4E61}, {0x64A4, 0x533A}, {0x64A4, 0x53BF},
        {0x5E76, 0x5165}, {0x5212, 0x5F52}, {0x5212, 0x5165}, {0x96B6, 0x5C5E}, {0x6790, 0x7F6E}, {0x547D, 0x540D}, {0x516C, 0x793E}, {0x6539, 0x7F6E}, {0x590D, 0x7F6E}, {0x5408, 0x5E76}};
    for (size_t end = i + RENAMED_MOST; i < end && i + 1 < n && cjk(t[i]); i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (memcmp(t + i, words[k], sizeof words[k]) == 0)
                return true;
    return false;
}

/* 2017年以来, 2019年起: since then, for how long is not said. t[i] is 年. */
static bool since_behind(const uint16_t *t, size_t i, size_t n)
{
    return i + 2 < n && ((t[i + 1] == 0x4EE5 && t[i + 2] == 0x6765) || t[i + 1] == 0x8D77 || (t[i + 1] == 0x81F3 && t[i + 2] == 0x4ECA));
}

/* (2019年为3706户): what the year before was like. t[i] is 年. */
static bool year_before(const uint16_t *t, size_t i)
{
    return i >= 5 && t[i - 5] == '(' && (t[i + 1] == 0x4E3A || t[i + 1] == 0x662F || t[i + 1] == 0x4EC5);
}

/* Whether the text looks back on the end of a year: 2019年底的, 截至2019年末. */
static bool year_over(const struct window *w, int year)
{
    const uint16_t *t = w->text;
    for (size_t i = 4; i + 2 < w->n; i++)
        if (t[i] == 0x5E74 && (t[i + 1] == 0x5E95 || t[i + 1] == 0x672B)) {
            int v = 0;
            for (size_t k = i - 4; k < i; k++)
                v = is_digit(t[k]) ? v * 10 + t[k] - '0' : 0;
            if (v == year && (t[i + 2] == 0x7684 || (i >= 6 && t[i - 6] == 0x622A)))  /* 的 截 */
                return true;
        }
    return false;
}

void calendar_find(struct calendar *c, const struct window *w, const char *published)
{
    static const uint16_t marks[][2] = {{0x53D1, 0x5E03}, {0x65F6, 0x95F4}, {0x65E5, 0x671F}, {0x6765, 0x6E90}, {0x53D1, 0x8868}, {0x66F4, 0x65B0}};
    *c = (struct calendar){0};
    int y, m, d;
    if (published != NULL && sscanf(published, "%4d-%2d-%2d", &y, &m, &d) == 3) {
        c->published = c->latest = (struct date){y, m, d};
        c->given = true;
        return;
    }
    size_t n = w->n < 4000 ? w->n : 4000, line = 0;
    int best = 0, year_named = 0;
    struct date last = {0};
    for (size_t i = 0; i < n; i++) {
        if (w->text[i] == '\n')
            line = i + 1;
        if (!numeral_starts(w->text[i]) || (i > 0 && is_digit(w->text[i - 1])))
            continue;
        struct date found;
        size_t e = full_date(w, i, &found);
        if (e == i)
            e = european_date(w, i, &found);
        if (e == i)
            continue;
        size_t stop = e;
        while (stop < n && w->text[stop] != '\n' && stop - line < 200)
            stop++;
        int score = stop - line < 60 ? 2 : 0;
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            score += line_has(w->text, line, i, marks[k], 2) && i - line < 60 ? 2 : 0;
        bool in_sentence = line_has(w->text, e, stop, (const uint16_t[]){0x3002}, 1);
        if (in_sentence && i - line > 8)
            score -= 2;
        if (score > best && best < 2) {  /* the first good one: later ones stand in link lists */
            best = score;
            c->published = found;
        }
        i = e - 1;
    }
    c->given = best > 0;
    if (!c->given) {
        /* no publication date: the latest month that the text itself names (requirement 2's fallback) */
        for (size_t i = 0; i + 1 < w->n; i++) {
            const uint16_t *t = w->text;
            int value;
            if (t[i] == 0x5E74 && i >= 4 && is_digit(t[i - 1]) && is_digit(t[i - 2]) && is_digit(t[i - 3]) && is_digit(t[i - 4])) {
                int v = 0;
                for (size_t k = i - 4; k < i; k++)
                    v = v * 10 + t[k] - '0';
                v += year_before(t, i);
                if (v > year_named && !planned_before(w, i - 4) && !founded_before(t, i - 4) && !renamed_behind(t, i + 1, w->n) && !since_behind(t, i, w->n) && v >= 1950 && v <= 2100)
                    year_named = v;
            } else if (t[i] == 0x6708 && i >= 1 && is_digit(t[i - 1])) {
                size_t s = i;
                while (s > 0 && is_digit(t[s - 1]) && i - s < 2)
                    s--;
                int month = 0, day = 0, year = 0;
                integer(w, s, 2, &month);
                integer(w, i + 1, 2, &day);
                if (s >= 5 && t[s - 1] == 0x5E74)
                    integer(w, s - 5, 4, &year);
                struct date here = {year > 0 ? year : year_named, month, day <= 31 ? day : 0};
                if (planned_before(w, year > 0 ? s - 5 : s))
                    continue;
                if (month <= 12 && (here.year > last.year || (here.year == last.year && (here.month > last.month || (here.month == last.month && here.day > last.day)))))
                    last = here;
            } else if (cue_at(t, i, w->n, CUE_time, &value) > 0 && value >= 2000 && value > year_named) {
                year_named = value;  /* the name of a campaign that had one year */
            }
        }
        if (year_named > 0) {
            /* the month of an earlier year does not say when the text was written */
            c->published = last.year == year_named || last.year == 0 ? last : (struct date){0};
            c->published.year = year_named;
            /* 11月16日…下降到2019年底的1.39万户: that year was over */
            if (c->published.month > 0 && year_over(w, year_named))
                c->published.year++;
        }
    }
    c->latest = c->published;
}

static struct date year_of(int year)
{
    return (struct date){year, 0, 0};
}

/* What may follow a year: month and day, months, half, quarter, end. Returns the end. */
static size_t within_year(struct calendar *c, const struct window *w, size_t i, int year, struct period_token *p)
{
    const uint16_t *t = w->text;
    size_t n = w->n;
    int month, day, value, month2;
    struct date to;
    set(p, TIME_POINT, year_of(year), NULL);
    c->latest = year_of(year);
    size_t k = spaces(t, i, n);
    size_t e = integer(w, k, 2, &month);
    if (e > k && month >= 1 && month <= 12) {
        size_t s = e;
        if (s < n && t[s] == 0x6708 && s + 1 < n && (t[s + 1] == 0x81F3 || t[s + 1] == '-' || t[s + 1] == 0x5230 || t[s + 1] == 0x2014)) {
            size_t f = integer(w, s + 2, 2, &month2);
            if (f > s + 2 && f < n && t[f] == 0x6708 && month2 > month && month2 <= 12) {
                to = (struct date){year, month2, 0};
                set(p, TIME_POINT, (struct date){year, month, 0}, &to);
                c->latest = to;
                return f + (f + 1 < n && t[f + 1] == 0x4EFD) + 1;
            }
        }
        if (s + 1 < n && (t[s] == '-' || t[s] == 0x2014 || t[s] == 0x81F3 || t[s] == '~' || t[s] == 0x2013)) {
            size_t f = s + 1;
            while (f < n && t[f] == 0x2014)
                f++;
            size_t g = integer(w, f, 2, &month2);
            if (g > f && g < n && t[g] == 0x6708 && month2 > month && month2 <= 12) {
                to = (struct date){year, month2, 0};
                set(p, TIME_POINT, (struct date){year, month, 0}, &to);
                c->latest = to;
                return g + 1 + (g + 1 < n && t[g + 1] == 0x4EFD);
            }
        }
        s = spaces(t, s, n);
        if (s < n && t[s] == 0x6708) {
            s++;
            s += s < n && t[s] == 0x4EFD;
            struct date d = {year, month, 0};
            size_t f = spaces(t, s, n), g = integer(w, f, 2, &day);
            if (g > f && day >= 1 && day <= 31 && g < n && (t[g] == 0x65E5 || t[g] == 0x53F7)) {
                d.day = day;
                s = g + 1;
            } else if (s < n && (t[s] == 0x5E95 || t[s] == 0x672B)) {
                set(p, TIME_ASOF, d, NULL);
                c->latest = d;
                return s + 1;
            }
            set(p, TIME_POINT, d, NULL);
            c->latest = d;
            return s;
        }
    }
    size_t cue = cue_at(t, k, n, CUE_time, &value);
    struct date from;
    switch (cue > 0 ? value : 0) {
    case YEAR_END:
        set(p, TIME_ASOF, (struct date){year, 12, 0}, NULL);
        return k + cue;
    case YEAR_START:
        set(p, TIME_ASOF, (struct date){year, 1, 0}, NULL);
        return k + cue;
    case FIRST_HALF: from = (struct date){year, 1, 0}; to = (struct date){year, 6, 0}; break;
    case SECOND_HALF: from = (struct date){year, 7, 0}; to = (struct date){year, 12, 0}; break;
    case FIRST_QUARTER: from = (struct date){year, 1, 0}; to = (struct date){year, 3, 0}; break;
    case SECOND_QUARTER: from = (struct date){year, 4, 0}; to = (struct date){year, 6, 0}; break;
    case THIRD_QUARTER: from = (struct date){year, 7, 0}; to = (struct date){year, 9, 0}; break;
    case FOURTH_QUARTER: from = (struct date){year, 10, 0}; to = (struct date){year, 12, 0}; break;
    case THREE_QUARTERS: from = (struct date){year, 1, 0}; to = (struct date){year, 9, 0}; break;
    case TWO_MONTHS: from = (struct date){year, 1, 0}; to = (struct date){year, 2, 0}; break;
    default:
        if (k < n && (t[k] == 0x5E95 || t[k] == 0x672B)) {
            set(p, TIME_ASOF, (struct date){year, 12, 0}, NULL);
            return k + 1;
        }
        if (k < n && t[k] == 0x5EA6)
            return k + 1;
        return i;
    }
    set(p, TIME_POINT, from, &to);
    c->latest = to;
    return k + cue;
}

/* 以来 behind a date makes it a span up to the publication. */
/* The length of 以来, or of 算起, 开始 and 起 where 从 or 自 stands before the date. */
static size_t since_word(const struct window *w, size_t i, bool led)
{
    const uint16_t *t = w->text;
    if (i + 1 >= w->n)
        return 0;
    if ((t[i] == 0x4EE5 && t[i + 1] == 0x6765) || (led && ((t[i] == 0x7B97 && t[i + 1] == 0x8D77) || (t[i] == 0x5F00 && t[i + 1] == 0x59CB))))
        return 2;
    return led && t[i] == 0x8D77 && t[i + 1] == ',';
}

#define SINCE_LED 30u   /* characters from a date behind 自 to its 以来 */
#define SINCE_BARE 12u

/* 自2017年两地结对以来, 2012年实施以来: what began stands between. */
static bool closed_by_since(const struct window *w, size_t i, size_t reach)
{
    for (size_t end = i + reach; i < end && i + 1 < w->n && w->text[i] != ',' && w->text[i] != 0x3002 && w->text[i] != '\n'; i++)
        if (w->text[i] == 0x4EE5 && w->text[i + 1] == 0x6765)
            return true;
    return false;
}

static size_t since(const struct calendar *c, const struct window *w, size_t i, bool led, struct period_token *p)
{
    size_t length = since_word(w, i, led);
    if (c->published.year == 0 || (length == 0 && !closed_by_since(w, i, led ? SINCE_LED : SINCE_BARE)))
        return i;
    char from[24] = "", to[DATE_TEXT];
    const char *text = strncmp(p->text, "asof:", 5) == 0 ? p->text + 5 : p->text;
    snprintf(from, sizeof from, "%.10s", text);
    char *slash = strchr(from, '/');
    if (slash != NULL)
        *slash = '\0';
    struct date end = c->published;
    if (strlen(from) == 4)
        end.month = end.day = 0;
    else if (strlen(from) == 7)
        end.day = 0;
    print_date(to, end);
    p->role = TIME_SPAN;
    if (strcmp(from, to) >= 0)  /* later than what is taken for the publication: no end is known */
        snprintf(p->text, sizeof p->text, "%s", from);
    else
        snprintf(p->text, sizeof p->text, "%s/%s", from, to);
    return i + length;
}

/* 2019年, 二〇一九年, 2014年至2016年, 2018-2020年 and what follows a year. */
static size_t absolute(struct calendar *c, const struct window *w, size_t start, struct period_token *p)
{
    const uint16_t *t = w->text;
    size_t n = w->n;
    struct date d;
    bool led = start > 0 && (t[start - 1] == 0x4ECE || t[start - 1] == 0x81EA);  /* 从 自 */
    size_t e = full_date(w, start, &d);
    if (e > start) {
        set(p, TIME_POINT, d, NULL);
        c->latest = c->named = d;
        /* a clock time behind a date belongs to it */
        size_t k = spaces(t, e, n);
        while (k < n && (is_digit(t[k]) || t[k] == ':') && k - e < 12)
            k++;
        return k > e + 3 && k < n ? k : e;
    }
    int y, y2;
    e = integer(w, start, 4, &y);
    if (e == start || y < 1900 || y > 2100 || e - start < 4)
        return start;
    size_t k = spaces(t, e, n);
    /* 2018-2020年, 2018至2020年, 2018年-2020年 */
    size_t s = k + (k < n && t[k] == 0x5E74);
    if (s < n && (t[s] == '-' || t[s] == 0x2014 || t[s] == 0x81F3 || t[s] == 0x5230 || t[s] == '~' || t[s] == 0xFF5E || t[s] == 0x2013)) {
        size_t f = s + 1;
        while (f < n && t[f] == 0x2014)
            f++;
        size_t g = integer(w, f, 4, &y2);
        size_t h = spaces(t, g, n);
        if (g > f && g - f == 4 && y2 > y && y2 <= 2100 && h < n && t[h] == 0x5E74 && !(h + 1 < n && is_digit(t[h + 1]))) {
            struct date to = year_of(y2);
            set(p, TIME_POINT, year_of(y), &to);
            c->latest = to;
            return since(c, w, h + 1, led, p);
        }
    }
    if (k >= n || t[k] != 0x5E74)
        return start;
    size_t end = within_year(c, w, k + 1, y, p);
    c->named = c->latest;
    return since(c, w, end, led, p);
}

/* N年来, 近三年来, N年内, N年多来: a span of years that ends or begins at the publication. */
static size_t span_of_years(const struct calendar *c, const struct window *w, size_t start, struct period_token *p)
{
    const uint16_t *t = w->text;
    size_t n = w->n, i = start;
    while (i < n && i < start + 2 && (t[i] == 0x8FD1 || t[i] == 0x8FD9 || t[i] == 0x8FC7 || t[i] == 0x53BB || t[i] == 0x672A || t[i] == 0x6765))
        i++;  /* 近 这 过去 未来 */
    bool pointing = i == start + 1 && t[start] == 0x8FD9;  /* 这一年 without 来 is a year named before */
    bool near = i > start && !pointing, future = near && t[start] == 0x672A;
    int years = 0;
    struct numeral m;
    if (i >= n || !numeral_starts(t[i]) || !numeral_scan(t, w->raw, i, n, &m) || m.value < 1 || m.value > 100 || m.ratio)
        return start;
    years = (int)m.value;
    i = m.end;
    while (i < n && (t[i] == 0x591A || t[i] == 0x4F59))
        i++;
    bool month = false;
    if (i + 1 < n && t[i] == 0x4E2A && t[i + 1] == 0x6708) {
        month = true;
        i += 2;
    } else if (i + 1 < n && t[i] == 0x5468 && t[i + 1] == 0x5E74) {  /* 周年 */
        i += 2;
        near = true;
    } else if (i < n && t[i] == 0x5E74) {
        i++;
    } else {
        return start;
    }
    while (i < n && (t[i] == 0x591A || t[i] == 0x95F4))
        i++;
    bool past = false;
    if (i + 1 < n && t[i] == 0x4EE5 && t[i + 1] == 0x6765) {
        past = true;
        i += 2;
    } else if (i < n && t[i] == 0x6765 && !(i + 1 < n && t[i + 1] == 0x4E34)) {
        past = true;
        i++;
    } else if (i < n && t[i] == 0x5185) {
        future = true;
        i++;
    } else if (!near) {
        return start;
    } else if (!future) {
        past = true;
    }
    if (c->published.year == 0 || !c->given) {
        p->role = TIME_UNDATED;
        p->text[0] = '\0';
        return i;
    }
    struct date from = c->published, to = c->published;
    from.day = to.day = 0;
    int months = month ? years : 12 * years, at = c->published.year * 12 + (c->published.month > 0 ? c->published.month - 1 : 0);
    /* 一年来, 五年来 under 2015年工作回顾: whole years up to that of the section, which the report of early 2016 looks back on */
    bool review = past && !month && c->section.year > 0 && !c->ahead && c->published.year - c->section.year <= 1;
    if (review) {
        struct date last = year_of(c->section.year), first = year_of(c->section.year - years + 1);
        set(p, years == 1 ? TIME_POINT : TIME_SPAN, first, years == 1 ? NULL : &last);
    } else if (past) {
        from.year = (at - months) / 12;
        from.month = from.month ? (at - months) % 12 + 1 : 0;
        set(p, TIME_SPAN, from, &to);
    } else if (future) {
        to.year = (at + months) / 12;
        to.month = to.month ? (at + months) % 12 + 1 : 0;
        set(p, TIME_FUTURE, from, &to);
    } else {
        return start;
    }
    return i;
}

static size_t from_cue(struct calendar *c, const struct window *w, size_t start, size_t length, int value, struct period_token *p)
{
    const uint16_t *t = w->text;
    size_t n = w->n, end = start + length;
    struct date now = c->published, to;
    if (value >= 2000 || value == SINCE)
        return start;  /* only dates the text as a whole */
    if (value >= 1000) {
        /* the n-th five-year plan: the 9th began in 1996, the 13th in 2016; alone (“十四五”开局) it dates nothing */
        int first = 1996 + (value - 1009) * 5;
        size_t next = end + (end < n && (t[end] == 0x201D || t[end] == 0x300D));
        bool alone = length <= 3 || t[end - 1] == 0x201D || t[end - 1] == 0x300D;
        if (alone && !(next + 1 < n && t[next] == 0x4EE5 && t[next + 1] == 0x6765))
            return start;
        if (alone)
            end = next;
        to = year_of(first + 4);
        set(p, TIME_POINT, year_of(first), &to);
        if (t[end - 1] == 0x672B || (end - 1 > start && t[end - 2] == 0x672B))
            set(p, TIME_ASOF, (struct date){first + 4, 12, 0}, NULL);
        return since(c, w, end, false, p);
    }
    switch (value) {
    case NOW:
        set_asof_now(c, p, TIME_ASOF);
        return end;
    case CUMULATIVE:
        set_asof_now(c, p, TIME_CUMULATIVE);
        return end;
    case RECENT:
    case PAST:
        p->role = TIME_UNDATED;
        p->text[0] = '\0';
        return end;
    case UP_TO: {
        /* 截至2019年底, 截至12月15日, 截至目前, 截至今年6月 */
        size_t k = spaces(t, end, n);
        struct period_token inner;
        int next;
        bool again = cue_at(t, k, n, CUE_time, &next) > 0 && next == UP_TO;  /* 截至截至…, a million times */
        size_t e = k < n && !again ? period_scan(c, w, k, &inner) : 0;
        if (e > 0 && inner.text[0] != '\0' && strchr(inner.text, '/') == NULL) {
            p->role = TIME_ASOF;
            if (strncmp(inner.text, "asof:", 5) == 0)
                memcpy(p->text, inner.text, sizeof p->text);
            else if (strlen(inner.text) == 4)
                snprintf(p->text, sizeof p->text, "asof:%.20s-12", inner.text);
            else
                snprintf(p->text, sizeof p->text, "asof:%.20s", inner.text);
            return k + e;
        }
        set_asof_now(c, p, TIME_ASOF);
        return end;
    }
    case THAT_YEAR:
        to = c->named.year > 0 ? c->named : c->latest;  /* also in the next paragraph */
        if (to.year == 0)
            return start;
        return since(c, w, within_year(c, w, end, to.year, p), false, p);
    default:
        break;
    }
    if (now.year == 0) {
        p->role = value == NEXT_YEAR ? TIME_FUTURE : TIME_UNDATED;
        p->text[0] = '\0';
        return end;
    }
    int base = c->latest.year ? c->latest.year : now.year;
    if (c->reported > 0)
        now = (struct date){c->reported, 12, 0};
    switch (value) {
    case PAST_YEAR: {
        /* the latest year that an undated text names is the one it reports on */
        int past = c->given || (now.month > 0 && now.month < 12) ? now.year - 1 : now.year;
        set(p, TIME_POINT, year_of(c->section.year == 0 ? past : c->ahead ? c->section.year - 1 : c->section.year), NULL);
        return end;
    }
    case THIS_YEAR: return since(c, w, within_year(c, w, end, now.year, p), false, p);
    case LAST_YEAR: return since(c, w, within_year(c, w, end, now.year - 1, p), false, p);
    case BEFORE_LAST: return since(c, w, within_year(c, w, end, now.year - 2, p), false, p);
    case NEXT_YEAR: return within_year(c, w, end, now.year + 1, p);
    case YEAR_END:
    case YEAR_START:
    case FIRST_HALF:
    case SECOND_HALF:
    case FIRST_QUARTER:
    case SECOND_QUARTER:
    case THIRD_QUARTER:
    case FOURTH_QUARTER:
    case THREE_QUARTERS:
    case TWO_MONTHS: return within_year(c, w, start, base, p);
    case THIS_MONTH:
    case LAST_MONTH: {
        int at = now.year * 12 + now.month - 1 - (value == LAST_MONTH);
        set(p, TIME_POINT, (struct date){at / 12, at % 12 + 1, 0}, NULL);
        return end;
    }
    default: return start;
    }
}

size_t period_scan(struct calendar *c, const struct window *w, size_t start, struct period_token *p)
{
    const uint16_t *t = w->text;
    size_t n = w->n, e;
    if (numeral_starts(t[start])) {
        if ((e = absolute(c, w, start, p)) > start)
            return e - start;
        if ((e = span_of_years(c, w, start, p)) > start)
            return e - start;
        /* 3月7日, 3月, 1—8月, 27日: the year and month come from what is known */
        int month, day;
        int year = c->latest.year ? c->latest.year : c->published.year;
        const bool known = year > 0;  /* else a month is one of some year */
        size_t k = integer(w, start, 2, &month);
        bool arabic = is_digit(t[start]);
        if (k > start && month >= 1 && month <= 12) {
            size_t s = spaces(t, k, n);
            bool months = s + 1 < n && (t[s] == '-' || t[s] == 0x2014 || t[s] == 0x81F3 || t[s] == '~' || t[s] == 0x2013) && arabic;
            if ((s < n && t[s] == 0x6708) || months) {
                struct calendar before = *c;
                e = within_year(c, w, start, known ? year : UNKNOWN_YEAR, p);
                bool found = e > start && strlen(p->text) > 4;
                if (found && known)
                    return since(c, w, e, false, p) - start;
                *c = before;
                if (found) {
                    *p = (struct period_token){TIME_UNDATED, ""};
                    return e - start;
                }
            }
        }
        if (k > start && arabic && k < n && t[k] == 0x65E5 && month >= 1 && month <= 31 && c->latest.month > 0 &&
            !(start > 0 && t[start - 1] == 0x7B2C)) {
            /* 27日，: a day of the month that was named last */
            uint16_t next = k + 1 < n ? t[k + 1] : 0;
            day = month;
            if (next == ',' || next == 0x4E0A || next == 0x4E0B || next == 0x665A || next == 0x3001 || next == 0x81F3) {
                struct date d = {c->latest.year, c->latest.month, day};
                if (plausible(d)) {
                    set(p, TIME_POINT, d, NULL);
                    return k + 1 - start;
                }
            }
        }
    }
    int value;
    if (t[start] == 0x8FD1 || t[start] == 0x8FD9 || t[start] == 0x8FC7 || t[start] == 0x672A)
        if ((e = span_of_years(c, w, start, p)) > start)
            return e - start;
    size_t length = cue_at(t, start, n, CUE_time, &value);
    if (length > 0 && (e = from_cue(c, w, start, length, value, p)) > start)
        return e - start;
    if (t[start] == 0x81EA && start + 1 < n && (is_digit(t[start + 1]) || t[start + 1] == 0x4ECE))  /* 自2012年以来 */
        if ((e = absolute(c, w, start + 1, p)) > start + 1)
            return e - start;
    return 0;
}
