/* test_numerals.c — numerals as the scanner reads them: one by one, in running text, and against a peer's cases.
 *
 * `cases` holds what the grammar covers; `boundaries` where a numeral has to stop. When the file that $PEERS names
 * (or ../shared/peers/recognizers-number.tsv) is there, its numerals are compared as well: tab-separated columns suite,
 * input, expected_text, start, end (inclusive, in characters), value, unit. Rows that measure something else by this
 * project's rules are left out, each for a reason that `exclusions` names. */
#include "data/base/utf8.h"
#include "data/extract/document.h"
#include "data/extract/extract.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define UNITS_MAX 2048
#define FOUND_MAX 64
#define PEERS_DEFAULT "../shared/peers/recognizers-number.tsv"
#define PEERS_RIGHT 1.0  /* the share of the compared rows that must be right: all, since all were */

struct text {
    uint16_t raw[UNITS_MAX], folded[UNITS_MAX];
    uint32_t offset[UNITS_MAX];
    size_t n;
};

static void open_text(struct text *text, const char *utf8)
{
    size_t size = strlen(utf8);

    memset(text, 0, sizeof *text);
    for (size_t i = 0; i < size && text->n + 1 < UNITS_MAX;) {
        uint32_t point;
        int length = utf8_decode((const unsigned char *)utf8 + i, size - i, &point);
        text->offset[text->n] = (uint32_t)i;
        text->raw[text->n] = point > 0xFFFF ? (uint16_t)UTF8_REPLACEMENT : (uint16_t)point;
        text->folded[text->n] = fold_character(text->raw[text->n]);
        text->n++;
        i += (size_t)(length < 0 ? -length : length);
    }
    text->offset[text->n] = (uint32_t)size;
}

static bool close_to(double got, double want)
{
    return fabs(got - want) <= 1e-12 * fabs(want);
}

/* ---- one numeral that takes up the whole text ---- */

enum mark { PLAIN, PERCENT, PERMILLE, BARE };
static const struct {
    const char *text;
    double value;
    enum mark mark;
    enum bound bound;
    double low, high;  /* of a range */
} cases[] = {
    /* Arabic */
    {"0", 0, PLAIN, BOUND_exact, 0, 0},
    {"7", 7, PLAIN, BOUND_exact, 0, 0},
    {"007", 7, PLAIN, BOUND_exact, 0, 0},
    {"352", 352, PLAIN, BOUND_exact, 0, 0},
    {"１２５０", 1250, PLAIN, BOUND_exact, 0, 0},
    {"3.25", 3.25, PLAIN, BOUND_exact, 0, 0},
    {"３．６", 3.6, PLAIN, BOUND_exact, 0, 0},
    {"0.07", 0.07, PLAIN, BOUND_exact, 0, 0},
    {"12,480", 12480, PLAIN, BOUND_exact, 0, 0},
    {"1,306,500", 1306500, PLAIN, BOUND_exact, 0, 0},
    {"2,306,500.75", 2306500.75, PLAIN, BOUND_exact, 0, 0},
    {"８，１２０", 8120, PLAIN, BOUND_exact, 0, 0},
    {"1.5e3", 1500, PLAIN, BOUND_exact, 0, 0},
    {"6E-2", 0.06, PLAIN, BOUND_exact, 0, 0},
    {"25k", 25000, PLAIN, BOUND_exact, 0, 0},
    {"18446744073709551616", 18446744073709551616.0, PLAIN, BOUND_exact, 0, 0},
    {"123456789012345678901234567890", 123456789012345678901234567890.0, PLAIN, BOUND_exact, 0, 0},
    /* Arabic with scales: exact, multiplied out */
    {"129.73万", 1297300, PLAIN, BOUND_exact, 0, 0},
    {"36.05亿", 3605000000, PLAIN, BOUND_exact, 0, 0},
    {"1.005万", 10050, PLAIN, BOUND_exact, 0, 0},
    {"8.3万亿", 8300000000000, PLAIN, BOUND_exact, 0, 0},
    {"6万万", 600000000, PLAIN, BOUND_exact, 0, 0},
    {"3百", 300, PLAIN, BOUND_exact, 0, 0},
    {"3千", 3000, PLAIN, BOUND_exact, 0, 0},
    {"2百万", 2000000, PLAIN, BOUND_exact, 0, 0},
    {"3千万", 30000000, PLAIN, BOUND_exact, 0, 0},
    {"3千5百万", 35000000, PLAIN, BOUND_exact, 0, 0},
    {"2,150万", 21500000, PLAIN, BOUND_exact, 0, 0},
    {"5 万", 50000, PLAIN, BOUND_exact, 0, 0},
    {"120  亿", 12000000000, PLAIN, BOUND_exact, 0, 0},
    {"5萬億", 5000000000000, PLAIN, BOUND_exact, 0, 0},
    {"13万2", 132000, PLAIN, BOUND_exact, 0, 0},
    {"2亿5", 250000000, PLAIN, BOUND_exact, 0, 0},
    {"6万3千", 63000, PLAIN, BOUND_exact, 0, 0},
    {"6 万3 千2 百", 63200, PLAIN, BOUND_exact, 0, 0},
    {"2亿3000万", 230000000, PLAIN, BOUND_exact, 0, 0},
    {"7亿3万2千5百", 700032500, PLAIN, BOUND_exact, 0, 0},
    {"4万6000", 46000, PLAIN, BOUND_exact, 0, 0},
    {"3千零8", 3008, PLAIN, BOUND_exact, 0, 0},
    {"3千零45万", 30450000, PLAIN, BOUND_exact, 0, 0},
    {"20多万", 200000, PLAIN, BOUND_above, 0, 0},
    {"800余万", 8000000, PLAIN, BOUND_above, 0, 0},
    {"3.2余万", 32000, PLAIN, BOUND_above, 0, 0},
    {"10来万", 100000, PLAIN, BOUND_about, 0, 0},
    {"30几万", 300000, PLAIN, BOUND_above, 0, 0},
    /* Chinese */
    {"三", 3, PLAIN, BOUND_exact, 0, 0},
    {"两", 2, PLAIN, BOUND_exact, 0, 0},
    {"俩", 2, PLAIN, BOUND_exact, 0, 0},
    {"十", 10, PLAIN, BOUND_exact, 0, 0},
    {"十七", 17, PLAIN, BOUND_exact, 0, 0},
    {"八十", 80, PLAIN, BOUND_exact, 0, 0},
    {"八十六", 86, PLAIN, BOUND_exact, 0, 0},
    {"三百五十", 350, PLAIN, BOUND_exact, 0, 0},
    {"三百零六", 306, PLAIN, BOUND_exact, 0, 0},
    {"三百〇六", 306, PLAIN, BOUND_exact, 0, 0},
    {"两千零八", 2008, PLAIN, BOUND_exact, 0, 0},
    {"两千零八十", 2080, PLAIN, BOUND_exact, 0, 0},
    {"一千零十八", 1018, PLAIN, BOUND_exact, 0, 0},
    {"三千六百九十二", 3692, PLAIN, BOUND_exact, 0, 0},
    {"二万三千", 23000, PLAIN, BOUND_exact, 0, 0},
    {"十二万", 120000, PLAIN, BOUND_exact, 0, 0},
    {"一百二十万零五千", 1205000, PLAIN, BOUND_exact, 0, 0},
    {"三千零五万", 30050000, PLAIN, BOUND_exact, 0, 0},
    {"七亿六千二百零三万零四十", 762030040, PLAIN, BOUND_exact, 0, 0},
    {"两万三千亿", 2300000000000, PLAIN, BOUND_exact, 0, 0},
    {"六万亿", 6000000000000, PLAIN, BOUND_exact, 0, 0},
    {"四兆三千亿", 4300000000000, PLAIN, BOUND_exact, 0, 0},
    {"三万万", 300000000, PLAIN, BOUND_exact, 0, 0},
    {"半百", 50, PLAIN, BOUND_exact, 0, 0},
    /* accounting and Traditional characters */
    {"壹贰叁", 123, PLAIN, BOUND_exact, 0, 0},
    {"伍万", 50000, PLAIN, BOUND_exact, 0, 0},
    {"叁仟柒佰捌拾", 3780, PLAIN, BOUND_exact, 0, 0},
    {"玖拾肆萬陸仟", 946000, PLAIN, BOUND_exact, 0, 0},
    {"貳佰零壹", 201, PLAIN, BOUND_exact, 0, 0},
    {"兩億", 200000000, PLAIN, BOUND_exact, 0, 0},
    /* a digit behind a scale */
    {"二百三", 230, PLAIN, BOUND_exact, 0, 0},
    {"一千二", 1200, PLAIN, BOUND_exact, 0, 0},
    {"一万二", 12000, PLAIN, BOUND_exact, 0, 0},
    {"三亿六", 360000000, PLAIN, BOUND_exact, 0, 0},
    {"一万四百六", 10460, PLAIN, BOUND_exact, 0, 0},
    {"百二", 120, PLAIN, BOUND_exact, 0, 0},
    /* strings of digits */
    {"二〇一九", 2019, PLAIN, BOUND_exact, 0, 0},
    {"一九四九", 1949, PLAIN, BOUND_exact, 0, 0},
    {"一〇八", 108, PLAIN, BOUND_exact, 0, 0},
    {"三〇", 30, PLAIN, BOUND_exact, 0, 0},
    {"二〇〇万", 2000000, PLAIN, BOUND_exact, 0, 0},
    /* decimals */
    {"三十五点六", 35.6, PLAIN, BOUND_exact, 0, 0},
    {"零点八", 0.8, PLAIN, BOUND_exact, 0, 0},
    {"两点零五", 2.05, PLAIN, BOUND_exact, 0, 0},
    {"十点二五", 10.25, PLAIN, BOUND_exact, 0, 0},
    {"六點四萬", 64000, PLAIN, BOUND_exact, 0, 0},
    {"三点二余万", 32000, PLAIN, BOUND_above, 0, 0},
    {"二十六 点 三三", 26.33, PLAIN, BOUND_exact, 0, 0},
    /* blanks */
    {"三百 六 十 二", 362, PLAIN, BOUND_exact, 0, 0},
    {"十 余 万", 100000, PLAIN, BOUND_above, 0, 0},
    {"三 十　亿", 3000000000, PLAIN, BOUND_exact, 0, 0},
    /* surplus in the middle */
    {"二百余万", 2000000, PLAIN, BOUND_above, 0, 0},
    {"十多万", 100000, PLAIN, BOUND_above, 0, 0},
    {"十几万", 100000, PLAIN, BOUND_above, 0, 0},
    {"三千几百", 3000, PLAIN, BOUND_above, 0, 0},
    {"三千几百万", 30000000, PLAIN, BOUND_above, 0, 0},
    {"二百零几万", 2000000, PLAIN, BOUND_above, 0, 0},
    {"几十", 10, PLAIN, BOUND_above, 0, 0},
    {"几十万", 100000, PLAIN, BOUND_above, 0, 0},
    {"数百", 100, PLAIN, BOUND_above, 0, 0},
    {"数千万", 10000000, PLAIN, BOUND_above, 0, 0},
    {"百余万", 1000000, PLAIN, BOUND_above, 0, 0},
    {"百", 100, BARE, BOUND_exact, 0, 0},
    {"千万", 10000000, BARE, BOUND_exact, 0, 0},
    {"万亿", 1000000000000, BARE, BOUND_exact, 0, 0},
    /* ranges in themselves */
    {"两三", 2.5, PLAIN, BOUND_range, 2, 3},
    {"三五", 4, PLAIN, BOUND_range, 3, 5},
    {"七八百", 750, PLAIN, BOUND_range, 700, 800},
    {"两三万", 25000, PLAIN, BOUND_range, 20000, 30000},
    {"五六十万", 550000, PLAIN, BOUND_range, 500000, 600000},
    {"十七八", 17.5, PLAIN, BOUND_range, 17, 18},
    {"一百五六", 155, PLAIN, BOUND_range, 150, 160},
    {"一百五六十", 155, PLAIN, BOUND_range, 150, 160},
    {"三万五六", 35500, PLAIN, BOUND_range, 35000, 36000},
    {"二百三四十万", 2350000, PLAIN, BOUND_range, 2300000, 2400000},
    /* ranges with a mark */
    {"3—5万", 40000, PLAIN, BOUND_range, 30000, 50000},
    {"3-5", 4, PLAIN, BOUND_range, 3, 5},
    {"0.8～1.2", 1, PLAIN, BOUND_range, 0.8, 1.2},
    {"0.1—0.2", 0.15, PLAIN, BOUND_range, 0.1, 0.2},
    {"2000——3000", 2500, PLAIN, BOUND_range, 2000, 3000},
    {"10至20万", 150000, PLAIN, BOUND_range, 100000, 200000},
    {"2—3万亿", 2500000000000, PLAIN, BOUND_range, 2000000000000, 3000000000000},
    {"3000—5万", 26500, PLAIN, BOUND_range, 3000, 50000},
    {"8000万到1亿", 90000000, PLAIN, BOUND_range, 80000000, 100000000},
    {"三到五", 4, PLAIN, BOUND_range, 3, 5},
    {"三至五万", 40000, PLAIN, BOUND_range, 30000, 50000},
    {"两到三百", 250, PLAIN, BOUND_range, 200, 300},
    {"一到二十", 10.5, PLAIN, BOUND_range, 1, 20},
    {"五十到六十万", 550000, PLAIN, BOUND_range, 500000, 600000},
    {"两千到一万", 6000, PLAIN, BOUND_range, 2000, 10000},
    /* fractions */
    {"百分之三十", 30, PERCENT, BOUND_exact, 0, 0},
    {"百分之百", 100, PERCENT, BOUND_exact, 0, 0},
    {"百分之58.6", 58.6, PERCENT, BOUND_exact, 0, 0},
    {"百分之零点七", 0.7, PERCENT, BOUND_exact, 0, 0},
    {"百 分之 四十", 40, PERCENT, BOUND_exact, 0, 0},
    {"百分之二三十", 25, PERCENT, BOUND_range, 20, 30},
    {"百分之三到百分之五", 4, PERCENT, BOUND_range, 3, 5},
    {"百分之三至五", 4, PERCENT, BOUND_range, 3, 5},
    {"百分之几十", 10, PERCENT, BOUND_above, 0, 0},
    {"千分之三点一五", 3.15, PERMILLE, BOUND_exact, 0, 0},
    {"千分之8", 8, PERMILLE, BOUND_exact, 0, 0},
    {"万分之五", 0.05, PERCENT, BOUND_exact, 0, 0},
    {"百万分之二", 0.0002, PERCENT, BOUND_exact, 0, 0},
    {"五分之一", 20, PERCENT, BOUND_exact, 0, 0},
    {"四分之三", 75, PERCENT, BOUND_exact, 0, 0},
    {"三分之一", 100.0 / 3, PERCENT, BOUND_exact, 0, 0},
    {"8分之3", 37.5, PERCENT, BOUND_exact, 0, 0},
    {"三又二分之一", 3.5, PLAIN, BOUND_exact, 0, 0},
    {"2又4分之1", 2.25, PLAIN, BOUND_exact, 0, 0},
    {"3/4", 75, PERCENT, BOUND_exact, 0, 0},
    /* tenths, discounts, halves */
    {"三成", 30, PERCENT, BOUND_exact, 0, 0},
    {"8成", 80, PERCENT, BOUND_exact, 0, 0},
    {"十成", 100, PERCENT, BOUND_exact, 0, 0},
    {"七成六", 76, PERCENT, BOUND_exact, 0, 0},
    {"三成半", 35, PERCENT, BOUND_exact, 0, 0},
    {"6.5成", 65, PERCENT, BOUND_exact, 0, 0},
    {"六点五成", 65, PERCENT, BOUND_exact, 0, 0},
    {"七八成", 75, PERCENT, BOUND_range, 70, 80},
    {"3—5成", 40, PERCENT, BOUND_range, 30, 50},
    {"半成", 5, PERCENT, BOUND_exact, 0, 0},
    {"八折", 80, PERCENT, BOUND_exact, 0, 0},
    {"9.5折", 95, PERCENT, BOUND_exact, 0, 0},
    {"85折", 85, PERCENT, BOUND_exact, 0, 0},
    {"八五折", 85, PERCENT, BOUND_exact, 0, 0},
    {"半数", 50, PERCENT, BOUND_exact, 0, 0},
    {"一半", 50, PERCENT, BOUND_exact, 0, 0},
};

static void whole_numerals(void **state)
{
    static struct text text;
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct numeral m;
        open_text(&text, cases[i].text);
        bool read = numeral_starts(text.folded[0]) && numeral_scan(text.folded, text.raw, 0, text.n, &m);
        enum mark mark = !read ? PLAIN : m.bare ? BARE : m.permille ? PERMILLE : m.ratio ? PERCENT : PLAIN;
        bool right = read && m.end == text.n && m.start == 0 && close_to(m.value, cases[i].value) && mark == cases[i].mark &&
                     m.bound == cases[i].bound;
        if (right && cases[i].bound == BOUND_range)
            right = close_to(m.low, cases[i].low) && close_to(m.high, cases[i].high);
        if (!right) {
            wrong++;
            print_error("%s: want %.17g", cases[i].text, cases[i].value);
            if (read)
                print_error(", got %.17g (%g to %g) of %u of %zu characters, mark %d, bound %s\n", m.value, m.low, m.high,
                            m.end - m.start, text.n, mark, bound_name(m.bound));
            else
                print_error(", got nothing\n");
        }
    }
    print_message("  %zu numerals, %zu wrong\n", sizeof cases / sizeof *cases, wrong);
    assert_int_equal(wrong, 0);
}

/* ---- running text: what is read, and that nothing more is ---- */

/* What extract_numerals finds, as "text=value" with blanks between. */
static const struct {
    const char *text, *found;
} boundaries[] = {
    {"投资100万，2019年完工", "100万=1000000 2019=2019"},
    {"5个、3个", "5=5 3=3"},
    {"投资100万2个项目", "100万=1000000 2=2"},
    {"投入5万2019年到位", "5万=50000 2019=2019"},
    {"总产100，200户受益", "100=100 200=200"},
    {"1, 234", "1=1 234=234"},
    {"分成12,3456两组", "12=12 3456=3456 两=2"},
    {"电话0856-8230001", "0856=856 8230001=8230001"},
    {"138-1234-5678", "138=138 1234=1234 5678=5678"},
    {"网址10.20.30.40", "10=10 20=20 30=30 40=40"},
    {"会议八点三十分开始", "八=8 三十=30"},
    {"一点两小时", "一=1 两=2"},
    {"500千瓦", "500=500"},
    {"5万千瓦时", "5万=50000"},
    {"100兆瓦", "100=100"},
    {"提高3百分点", "3=3"},
    {"重5千克", "5=5"},
    {"长三千米", "三千=3000"},
    {"万一下雨", "一=1"},
    {"万亩茶园", ""},
    {"几个人", ""},
    {"人数百分之五", "百分之五=5"},
    {"三成立了合作社", "三=3"},
    {"7成员国", "7=7"},
    {"五折合人民币", "五=5"},
    {"半年", ""},
    {"半成品", ""},
    {"二分之后", "二=2"},
    {"2/3的农户", "2/3=66.666666666666671"},
    {"2020/3/15", "2020=2020 3=3 15=15"},
    {"7/5日", "7=7 5=5"},
    {"负3.5", "负3.5=-3.5"},
    {"-12度", "-12=-12"},
    {"担负3项任务", "3=3"},
    {"A-3", "3=3"},
    {"3-5", "3-5=4"},
    {"5-3", "5=5 3=3"},
    {".5", ".5=0.5"},
    {"-.25", "-.25=-0.25"},
    {"第1.5", "1.5=1.5"},
    {"三三两两", "三=3 三=3 两=2 两=2"},
    {"一二三产业", "一二三=123"},
    {"五到十", "五到十=7.5"},
    {"五到村里", "五=5"},
    {"二百五, 三百六。", "二百五=250 三百六=360"},
    {"1e5m", "1=1 5=5"},
    {"3km", "3=3"},
    {"2又三天", "2=2 三=3"},
    {"五又三天", "五=5 三=3"},
    {"100零头", "100=100"},
    {"一百零头", "一百=100"},
    {"99999999999999999999亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿", NULL},
};

struct listing {
    const char *text;
    struct buffer found;
};

static void list_numeral(size_t start, size_t length, double value, void *context)
{
    struct listing *listing = context;

    assert_true(isfinite(value));
    buffer_format(&listing->found, "%s%.*s=%.17g", listing->found.size > 0 ? " " : "", (int)length, listing->text + start, value);
}

static void running_text(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof boundaries / sizeof *boundaries; i++) {
        struct listing listing = {.text = boundaries[i].text};
        assert_int_equal(extract_numerals(listing.text, strlen(listing.text), list_numeral, &listing), 0);
        const char *found = listing.found.size > 0 ? listing.found.bytes : "";
        if (boundaries[i].found != NULL && strcmp(found, boundaries[i].found) != 0) {
            wrong++;
            print_error("%s: want \"%s\", got \"%s\"\n", listing.text, boundaries[i].found, found);
        }
        buffer_free(&listing.found);
    }
    print_message("  %zu texts, %zu wrong\n", sizeof boundaries / sizeof *boundaries, wrong);
    assert_int_equal(wrong, 0);
}

/* Every start within arbitrary sequences of numeral characters ends where it should: behind the start, within the text;
 * each character that starts a numeral is announced by numeral_starts. */
static void any_sequence(void **state)
{
    static const char *const pieces[] = {"1", "0", "23", "9999", ".", ",", "-", "—", "/", " ", "一", "两", "三", "五", "九", "零", "〇",
                                         "十", "百", "千", "万", "亿", "兆", "点", "分之", "又", "余", "多", "几", "数", "半", "成", "折",
                                         "到", "e", "k", "个", "。", "年"};
    static struct text text;
    uint32_t random = 20240229;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct buffer bytes = {0};
        for (int k = 0; k < 12; k++) {
            random = random * 1664525u + 1013904223u;
            buffer_text(&bytes, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        assert_false(bytes.failed);
        open_text(&text, bytes.bytes);
        for (size_t i = 0; i < text.n; i++) {
            struct numeral m;
            if (!numeral_scan(text.folded, text.raw, i, text.n, &m))
                continue;
            assert_true(numeral_starts(text.folded[i]));
            assert_true(m.end > i && m.end <= text.n && (m.start == i || m.start + 1 == i));
            assert_true(isfinite(m.value) && m.value >= 0);
            assert_true(m.bound != BOUND_range || isnan(m.low) || (m.low <= m.value && m.value <= m.high));
        }
        buffer_free(&bytes);
    }
}

/* Runs as long as a window are read once: a second look at each place would take minutes here. */
static void long_runs(void **state)
{
    static const char *const pieces[] = {"1234", "12,345", "1-2", "1/2", "1.2", "一百", "一二三", "百", "五分之", "三又", "几百", "5亿1万", "1 "};
    enum { SIZE = 1 << 20 };
    char *text = malloc(SIZE + 32);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct listing listing = {.text = text};
        size_t length = strlen(pieces[i]), size = 0;
        for (; size < SIZE; size += length)
            memcpy(text + size, pieces[i], length);
        assert_int_equal(extract_numerals(text, size, list_numeral, &listing), 0);
        assert_false(listing.found.failed);
        buffer_free(&listing.found);
    }
    free(text);
}

/* A cell of a table, with approximators and unit. */
static void cells(void **state)
{
    static const struct {
        const char *text;
        double value;
        enum bound bound;
        const char *unit;
    } table[] = {
        {"1,234.5元", 1234.5, BOUND_exact, "元"}, {"３万余户", 30000, BOUND_above, "户"},    {"近2亿元", 200000000, BOUND_below, "元"},
        {"12.5%", 12.5, BOUND_exact, "%"},        {"-3.2%", -3.2, BOUND_exact, "%"},           {"负3.2%", -3.2, BOUND_exact, "%"},
        {"百余户", 100, BOUND_above, "户"},        {"数百人", 100, BOUND_above, "人"},           {"3—5万元", 40000, BOUND_range, "元"},
        {"近百名", 100, BOUND_below, "人"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct observation o;
        if (extract_number(table[i].text, &o) != 0)
            fail_msg("%s is not read", table[i].text);
        if (!close_to(o.value, table[i].value) || o.bound != table[i].bound || o.unit == NULL || strcmp(o.unit, table[i].unit) != 0)
            fail_msg("%s: %.17g %s %s", table[i].text, o.value, bound_name(o.bound), o.unit ? o.unit : "without unit");
    }
    struct observation o;
    assert_int_equal(extract_number("n/a", &o), -1);
    assert_int_equal(extract_number("", &o), -1);
    assert_int_equal(extract_number("3户5人", &o), -1);
}

/* ---- a peer's cases ---- */

struct row {
    const char *suite, *input, *expected, *value;
    long start, end;  /* -1: no number in the input */
};

/* Why a row is not compared. `part` is looked for in the column `where`. */
enum column { INPUT, EXPECTED };
static const struct exclusion {
    const char *reason;
    enum column where;
    bool whole;        /* the column is `part`, not only contains it */
    const char *suite; /* NULL: either */
    const char *part;
} exclusions[] = {
    /* GUIDELINES: a counter stays as the text has it; the value of 五十打 is 50, its unit 打 */
    {"打 is a counter here, not a factor of twelve", EXPECTED, false, "number", "打"},
    /* formulas are no statements about an indicator */
    {"powers (2^-1)", EXPECTED, false, NULL, "^"},
    /* k directly behind the digits is read; M is metres, mega or a size as often as a million */
    {"letters M, and k behind a blank", EXPECTED, true, NULL, "-2.5 m"},
    {"letters M, and k behind a blank", EXPECTED, true, NULL, "百 分 之  52.5 k"},
    /* two numbers with a blank between them stay two in a table that lost its lines */
    {"Arabic numbers joined over a blank", EXPECTED, true, NULL, "4 6/3"},
    {"Arabic numbers joined over a blank", EXPECTED, true, NULL, "1 3/5"},
    {"Arabic numbers joined over a blank", EXPECTED, true, NULL, "1 4/3"},
    {"Arabic numbers joined over a blank", EXPECTED, true, NULL, "7 2 折"},
    /* a unit's word is looked up in the lexicon as it is spelled; two blanks may stand before it */
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "    个百分点"},
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "百 分 点"},
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "百 分点"},
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "百分 点"},
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "百 分 點"},
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "百 分點"},
    {"blanks inside a unit, or three before it", EXPECTED, false, NULL, "百分 點"},
    /* GUIDELINES: a range is one observation with its middle; the peer reads no range, or its end only */
    {"ranges", INPUT, true, NULL, "二三十个百分点"},
    {"ranges", INPUT, true, NULL, "二三十個百分點"},
    {"ranges", INPUT, true, NULL, "百分之二三十"},
    {"ranges", INPUT, true, NULL, "找出酒精量在5-20%之间的产品"},
    /* 五分之一 is 20 % here; the peer's percentage model does not take fractions, its number model does */
    {"a fraction is a percentage", INPUT, true, "percentage", "五百分之2.2"},
    {"a discount is a percentage, also in the number suite", INPUT, true, "number", "苹果折扣一折"},
    {"对折 holds no numeral", EXPECTED, true, NULL, "对折"},
    {"对折 holds no numeral", EXPECTED, true, NULL, "對折"},
    {"no written form: 零十, a second minus in a fraction", EXPECTED, true, NULL, "零十"},
    {"no written form: 零十, a second minus in a fraction", EXPECTED, false, NULL, "之负"},
    {"no written form: 零十, a second minus in a fraction", EXPECTED, false, NULL, "之 负"},
    {"no written form: 零十, a second minus in a fraction", EXPECTED, false, NULL, "之負"},
    {"no written form: 零十, a second minus in a fraction", EXPECTED, false, NULL, "之 負"},
    {"the peer gives no value", EXPECTED, false, NULL, "四千五百六十九万八千三百一十一亿"},
};

static const char *excluded(const struct row *row)
{
    for (const struct exclusion *e = exclusions; e < exclusions + sizeof exclusions / sizeof *exclusions; e++) {
        const char *column = e->where == INPUT ? row->input : row->expected;
        if (e->suite != NULL && strcmp(e->suite, row->suite) != 0)
            continue;
        if (e->whole ? strcmp(column, e->part) == 0 : strstr(column, e->part) != NULL)
            return e->reason;
    }
    return NULL;
}

static int count_observation(const struct observation *observation, void *context)
{
    (void)observation;
    ++*(size_t *)context;
    return 0;
}

/* A row without a number is right when the extractor makes no observation of it. */
static bool measures_nothing(const struct row *row)
{
    struct extract_options options = {.source = "peers", .published = "2020-06-01"};
    struct arena arena = {0};
    struct error error;
    size_t observations = 0;

    int status = extract_text(&options, (const unsigned char *)row->input, strlen(row->input), &arena, NULL, count_observation,
                              &observations, &error);
    arena_free(&arena);
    return status == 0 && observations == 0;
}

/* The numeral that ends where the row's does. The peer begins behind 百分之 where it reads numbers only. */
static bool reads_numeral(const struct row *row, const struct text *text, double *value)
{
    for (size_t i = 0; i < text->n;) {
        struct numeral m;
        if (!numeral_starts(text->folded[i]) || !numeral_scan(text->folded, text->raw, i, text->n, &m)) {
            i++;
            continue;
        }
        bool negative = numeral_negative(text->folded, m.start), percent = strstr(row->input, "百分之") == row->input && row->start == 3;
        long start = (long)m.start - negative;
        *value = negative ? -m.value : m.value;
        if (m.ratio && !percent)
            *value /= m.permille ? 1000 : 100;
        if (m.end == (uint32_t)row->end + 1 && (start == row->start || (percent && start == 0)))
            return true;
        i = m.end;
    }
    return false;
}

static bool reads_percentage(const struct row *row, struct text *text, double *value)
{
    struct window window = {.text = text->folded, .raw = text->raw, .offset = text->offset, .n = text->n};

    for (size_t i = 0; i < text->n;) {
        struct quantity q;
        bool accepted;
        size_t length = numeral_starts(text->folded[i]) ? quantity_scan(&window, i, NULL, &q, &accepted) : 0;
        if (length == 0) {
            i++;
            continue;
        }
        *value = q.number.value / (q.number.permille ? 10 : 1);
        if (q.unit != NULL && q.start == (uint32_t)row->start && q.end == (uint32_t)row->end + 1)
            return true;
        i += length;
    }
    return false;
}

static bool compare(const struct row *row, double *value)
{
    static struct text text;

    *value = NAN;
    if (row->start < 0)
        return measures_nothing(row);
    open_text(&text, row->input);
    bool found = strcmp(row->suite, "number") == 0 ? reads_numeral(row, &text, value) : reads_percentage(row, &text, value);
    return found && fabs(*value - strtod(row->value, NULL)) <= 1e-9 * fabs(*value);
}

static bool parse_row(char *line, struct row *row)
{
    char *columns[7], *next = line;

    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < 7; i++) {
        columns[i] = next;
        char *tab = strchr(next, '\t');
        if (tab == NULL && i < 6)
            return false;
        if (tab != NULL)
            *tab = '\0';
        next = tab != NULL ? tab + 1 : next + strlen(next);
    }
    *row = (struct row){columns[0], columns[1], columns[2], columns[5], strtol(columns[3], NULL, 10), strtol(columns[4], NULL, 10)};
    return strcmp(row->suite, "suite") != 0;
}

static void peers(void **state)
{
    const char *path = getenv("PEERS") != NULL ? getenv("PEERS") : PEERS_DEFAULT;
    FILE *stream = fopen(path, "r");
    static char line[8192];
    size_t compared = 0, right = 0, left_out = 0, counts[sizeof exclusions / sizeof *exclusions] = {0};

    (void)state;
    if (stream == NULL)
        skip();
    while (fgets(line, sizeof line, stream) != NULL) {
        struct row row;
        double value;
        if (!parse_row(line, &row))
            continue;
        const char *reason = excluded(&row);
        if (reason != NULL) {
            left_out++;
            for (size_t i = 0; i < sizeof exclusions / sizeof *exclusions; i++)
                if (strcmp(exclusions[i].reason, reason) == 0) {
                    counts[i]++;
                    break;
                }
            continue;
        }
        compared++;
        if (compare(&row, &value))
            right++;
        else
            print_message("  %s: %s: %s = %s, read as %.15g\n", row.suite, row.input, row.expected, row.value, value);
    }
    assert_int_equal(fclose(stream), 0);
    print_message("  %zu rows compared, %zu right (%.1f %%), %zu left out:\n", compared, right,
                  compared > 0 ? 100.0 * (double)right / (double)compared : 0, left_out);
    for (size_t i = 0; i < sizeof exclusions / sizeof *exclusions; i++)
        if (counts[i] > 0)
            print_message("  %4zu  %s\n", counts[i], exclusions[i].reason);
    assert_true(compared > 0 && (double)right >= PEERS_RIGHT * (double)compared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numerals), cmocka_unit_test(running_text), cmocka_unit_test(any_sequence),
        cmocka_unit_test(long_runs),      cmocka_unit_test(cells),          cmocka_unit_test(peers),
    };
    struct error error;

    if (reference_open(&error) != 0) {
        print_error("%s\n", error.text);
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
