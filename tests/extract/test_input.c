/* test_input.c — pages, tables, JSON Lines and encodings: what is found, and that offsets point into the bytes as read. */
#include "data/extract/document.h"
#include "data/extract/extract.h"
#include "data/base/utf8.h"
#include "data/reference/reference.h"

#include <iconv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROWS 96

struct seen {
    size_t count, documents, troubles;
    struct {
        size_t start, end;
        double value;
        char unit[16], per[16], quote[64], region[40], period[32], label[96], source[64], kind[16], evidence[1300], item[32], id[64];
    } rows[ROWS];
    char title[200], published[32], encoding[32], trouble[1024], source[64], place[64];
    size_t replaced, document_start, document_end;
};

static void copy(char *to, size_t room, const char *from)
{
    snprintf(to, room, "%s", from ? from : "");
}

static int note(const struct observation *o, void *context)
{
    struct seen *seen = context;
    if (seen->count < ROWS) {
        size_t i = seen->count;
        seen->rows[i].start = o->start;
        seen->rows[i].end = o->end;
        seen->rows[i].value = o->value;
        copy(seen->rows[i].unit, 16, o->unit);
        copy(seen->rows[i].per, 16, o->per_count > 0 ? o->per[0] : NULL);
        copy(seen->rows[i].quote, 64, o->quote);
        copy(seen->rows[i].region, 40, o->region_name);
        copy(seen->rows[i].period, 32, o->period);
        copy(seen->rows[i].label, 96, o->indicator);
        copy(seen->rows[i].source, 64, o->source);
        copy(seen->rows[i].kind, 16, kind_name(o->kind));
        copy(seen->rows[i].evidence, sizeof seen->rows[i].evidence, o->evidence);
        copy(seen->rows[i].item, 32, o->item);
        copy(seen->rows[i].id, 64, o->indicator_id);
    }
    seen->count++;
    return 0;
}

static int ended(const struct document_facts *facts, const struct error *trouble, void *context)
{
    struct seen *seen = context;
    seen->documents++;
    copy(seen->source, 64, facts->source);
    copy(seen->place, 64, facts->place);
    seen->document_start = facts->start;
    seen->document_end = facts->end;
    if (trouble != NULL) {
        if (seen->troubles++ == 0)
            copy(seen->trouble, 1024, trouble->text);
        return E_OK;
    }
    copy(seen->title, 200, facts->title);
    copy(seen->published, 32, facts->published);
    copy(seen->encoding, 32, facts->encoding);
    seen->replaced += facts->replaced;
    return E_OK;
}

static int run_as(const char *source, const char *encoding, const void *bytes, size_t size, struct seen *seen, struct error *error)
{
    struct extractor *x = NULL;
    struct extract_options options = {.source = source, .encoding = encoding};
    memset(seen, 0, sizeof *seen);
    assert_int_equal(extractor_open(&x, error), E_OK);
    int status = extract_documents(x, &options, bytes, size, note, ended, seen, error);
    extractor_close(x);
    return status;
}

static void run(const char *text, struct seen *seen)
{
    struct error error;
    if (run_as("t", NULL, text, strlen(text), seen, &error) != E_OK)
        fail_msg("%s", error.text);
}

static size_t row_with(const struct seen *seen, const char *quote, size_t nth)
{
    for (size_t i = 0; i < seen->count && i < ROWS; i++)
        if (strcmp(seen->rows[i].quote, quote) == 0 && nth-- == 0)
            return i;
    fail_msg("%s was not found", quote);
    return 0;
}

/* ---- what an observation's bytes say, without markup, escapes and readings ---- */

static size_t add(char *out, size_t n, uint32_t point)
{
    return point == ' ' || point == 0xA0 || point == '\n' ? n : n + (size_t)utf8_encode(point, out + n);
}

static void plain(const char *s, size_t size, bool json, char *out)
{
    char step[4096];
    size_t n = 0, m = 0;
    assert_true(size < 1300);
    for (size_t i = 0; i < size;) {
        if (json && s[i] == '\\' && s[i + 1] == 'u') {
            unsigned point;
            assert_int_equal(sscanf(s + i + 2, "%4x", &point), 1);
            n += (size_t)utf8_encode(point, step + n);
            i += 6;
        } else if (json && s[i] == '\\') {
            step[n++] = s[i + 1] == 'n' ? '\n' : s[i + 1];
            i += 2;
        } else {
            step[n++] = s[i++];
        }
    }
    step[n] = '\0';
    for (size_t i = 0; i < n;) {
        unsigned point;
        if (strncmp(step + i, "<rt>", 4) == 0 || strncmp(step + i, "<rp>", 4) == 0 || strncmp(step + i, "<!--", 4) == 0) {
            char end[8];
            snprintf(end, sizeof end, step[i + 1] == '!' ? "-->" : "</%.2s>", step + i + 1);
            i = (size_t)(strstr(step + i, end) - step) + strlen(end);
        } else if (step[i] == '<') {
            i = (size_t)(strchr(step + i, '>') - step) + 1;
        } else if (step[i] == '(' && strspn(step + i + 1, "abcdefghijklmnopqrstuvwxyz") < strcspn(step + i + 1, ")")) {
            i = (size_t)(strchr(step + i, ')') - step) + 1;
        } else if (sscanf(step + i, "&#x%x;", &point) == 1 || sscanf(step + i, "&#%u;", &point) == 1) {
            m = add(out, m, point);
            i = (size_t)(strchr(step + i, ';') - step) + 1;
        } else if (strncmp(step + i, "&nbsp;", 6) == 0) {
            i += 6;
        } else {
            uint32_t c;
            int length = utf8_decode((unsigned char *)step + i, n - i, &c);
            assert_true(length > 0);
            m = add(out, m, c);
            i += (size_t)length;
        }
    }
    out[m] = '\0';
}

static void check_offsets(const char *encoding, const char *bytes, size_t size, bool json, const struct seen *seen)
{
    for (size_t i = 0; i < seen->count && i < ROWS; i++) {
        char text[4096], said[4096], quote[64];
        iconv_t converter = iconv_open("UTF-8", encoding);
        assert_true(seen->rows[i].start < seen->rows[i].end && seen->rows[i].end <= size);
        char *in = (char *)bytes + seen->rows[i].start, *at = text;
        size_t left = seen->rows[i].end - seen->rows[i].start, space = sizeof text;
        if (iconv(converter, &in, &left, &at, &space) == (size_t)-1)
            fail_msg("%s: its bytes are no %s", seen->rows[i].quote, encoding);
        iconv_close(converter);
        plain(text, (size_t)(at - text), json, said);
        plain(seen->rows[i].quote, strlen(seen->rows[i].quote), false, quote);
        assert_string_equal(said, quote);
    }
}

static size_t convert(const char *to, const char *text, char *out, size_t room)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char *in = (char *)text, *at = out;
    size_t left = strlen(text), space = room;
    assert_true(iconv(converter, &in, &left, &at, &space) != (size_t)-1);
    iconv_close(converter);
    return room - space;
}

/* ---- pages ---- */

static const char PAGE[] =
    "<!DOCTYPE html>\n<html><head><title>紫云县2019年辣椒产业小结_紫云县人民政府网</title>\n"
    "<meta name=\"PubDate\" content=\"2020-01-15 10:20\">\n"
    "<script>var a = \"<p>2018年种植辣椒9999亩</p>\"; if (a<b) { f(); }</script><style>p { margin: 12px }</style></head>\n"
    "<body class=\"no-sidebar\"><div class=\"top-nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/n\">新闻动态2000条</a></li></ul></div>\n"
    "<!-- 种植茶叶8888亩。 -->\n<div id=\"main\"><h1>紫云县2019年辣椒产业小结</h1>\n<p>发布时间:2020-01-15 来源:县农业农村局</p>\n"
    "<div class=\"content\"><p>&nbsp;&nbsp;2019年,<ruby>紫云<rp>(</rp><rt>zǐyún</rt><rp>)</rp></ruby>县<b>猫营镇</b>種植辣椒<b>4600</b>\n畝(mǔ),"
    "带动1200餘(yú)户增收,其中&#36139;&#x56F0;户\n3&#48;0户。大棚面积1.2万m<sup>2</sup><sup>[1]</sup>,覆盖率90&#37;。</p>\n"
    "<ul><li>修路12<!-- 里 -->公里;</li><li>建桥3座。</li></ul>\n"
    "<ul><li><a href=\"x\">2018年产值100万元</a></li><li><a href=\"y\">种植辣椒50亩</a></li></ul></div></div>\n"
    "<div style=\"display: none\">种植辣椒777亩。</div><div class=\"footer\">版权所有 访问量23000次 种茶5亩。</div></body></html>\n";

static void the_article_is_found(void **state)
{
    (void)state;
    static const char *const quotes[] = {"4600畝", "1200餘户", "300户", "1.2万m2", "90%", "12公里", "3座"};
    struct seen seen;
    run(PAGE, &seen);
    assert_int_equal(seen.count, sizeof quotes / sizeof *quotes);
    for (size_t i = 0; i < seen.count; i++)
        assert_string_equal(seen.rows[i].quote, quotes[i]);
    assert_string_equal(seen.title, "紫云县2019年辣椒产业小结");
    assert_string_equal(seen.published, "2020-01-15");
    assert_string_equal(seen.rows[0].region, "猫营镇");
    assert_string_equal(seen.rows[0].unit, "亩");
    assert_string_equal(seen.rows[3].unit, "平方米");
    check_offsets("UTF-8", PAGE, strlen(PAGE), false, &seen);
    /* the quote ends where its own characters end, before a reading or markup behind it */
    assert_memory_equal(PAGE + seen.rows[0].end, "(mǔ)", strlen("(mǔ)"));
}

static void pages_in_every_encoding(void **state)
{
    (void)state;
    static const char *const encodings[] = {"GB18030", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    struct seen expected, seen;
    struct error error;
    run(PAGE, &expected);
    for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
        char bytes[4 * sizeof PAGE];
        size_t size = convert(encodings[e], PAGE, bytes, sizeof bytes);
        assert_int_equal(run_as("p.html", NULL, bytes, size, &seen, &error), E_OK);
        assert_string_equal(seen.encoding, encodings[e]);
        assert_int_equal(seen.count, expected.count);
        for (size_t i = 0; i < seen.count; i++)
            assert_string_equal(seen.rows[i].quote, expected.rows[i].quote);
        check_offsets(encodings[e], bytes, size, false, &seen);
    }
    /* a declared charset counts where the bytes alone leave doubt, and not against them */
    static const char short_page[] = "<html><head><meta charset=\"big5\"></head><body><p>全鎮種植茶葉120公頃。</p></body></html>";
    char bytes[512];
    size_t size = convert("BIG5", short_page, bytes, sizeof bytes);
    assert_int_equal(run_as("p.html", NULL, bytes, size, &seen, &error), E_OK);
    assert_string_equal(seen.encoding, "BIG5");
    assert_string_equal(seen.rows[0].quote, "120公頃");
    assert_int_equal(run_as("p.html", NULL, short_page, strlen(short_page), &seen, &error), E_OK);
    assert_string_equal(seen.encoding, "UTF-8");
}

static void pages_without_structure(void **state)
{
    (void)state;
    struct seen seen;
    run("<p>紫云县2020年修路12公里。<p>建桥3座。", &seen);
    assert_int_equal(seen.count, 2);
    run("紫云县动态\n<br>2020年修路12公里。<br>建桥3座。</br><b>种茶</b><b>5亩</b>。", &seen);
    assert_int_equal(seen.count, 3);
    /* a few signs in a text are no page */
    run("产量<500公斤的地块有30亩,>500公斤的有20亩。\n", &seen);
    assert_true(seen.count >= 3);
    assert_string_equal(seen.rows[0].quote, "500公斤");
    /* layout tables are text, whatever their size */
    run("<html><body><table><tr><td><table><tr><td>首页</td></tr></table></td><td><p>2020年紫云县修路12公里,投入资金300万元,"
        "全县各族群众出行条件明显改善。</p><p>建桥3座。</p></td></tr></table></body></html>", &seen);
    assert_int_equal(seen.count, 3);
    assert_string_equal(seen.rows[0].quote, "12公里");
    run("<html><body></body></html>", &seen);
    assert_int_equal(seen.count, 0);
}

static void broken_bytes_of_a_page(void **state)
{
    (void)state;
    static const char page[] = "<html><body><p>2020年紫云县\xE4\xB8修路12公里\xFF,建桥3座。</p></body></html>";
    struct seen seen;
    struct error error;
    assert_int_equal(run_as("t", "UTF-8", page, strlen(page), &seen, &error), E_OK);
    assert_int_equal(seen.replaced, 2);
    assert_int_equal(seen.count, 2);
    check_offsets("UTF-8", page, strlen(page), false, &seen);
}

/* ---- tables ---- */

static const char TABLES[] =
    "<html><head><title>紫云县2019年统计</title></head><body><h1>紫云县2019年统计</h1><p>现将各乡镇情况公布如下,请各单位对照检查。</p>\n"
    "<p>表1 2019年各乡镇辣椒种植情况(单位:亩)</p>\n"
    "<table><thead><tr><th rowspan=2>序号</th><th rowspan=\"2\">乡镇</th><th colspan=\"2\">辣椒</th><th rowspan=2>带动农户(户)</th><th rowspan=2>电话</th></tr>"
    "<tr><th>种植面积</th><th>产值(万元)</th></tr></thead>\n"
    "<tr><td>1</td><td>猫营镇</td><td>4,600</td><td>1<b>380</b></td><td>1200余</td><td>35230001</td></tr>\n"
    "<tr><td>2</td><td>白石岩乡</td><td>3&nbsp;100</td><td>930.5</td><td>—</td><td>35230002</td></tr>\n"
    "<tr><td colspan=2>合计</td><td>7700</td><td>2310.5</td><td>1200</td><td></td></tr></table>\n"
    "<table><tr><td>指标</td><td>单位</td><td>2018年</td><td>2019年</td><td>比上年增长(%)</td></tr>\n"
    "<tr><td>一、地区生产总值</td><td>亿元</td><td>76.2</td><td>82.5</td><td>8.3</td></tr>\n"
    "<tr><td>农村居民人均可支配收入</td><td>元</td><td>9000</td><td>9872</td><td>9.7</td></tr>\n"
    "<tr><td>粮食产量</td><td>万吨</td><td>12.3</td><td>12.06</td><td>-1.2</td></tr></table>\n"
    "<table><caption>紫云县历年公路里程(公里)</caption><tr><th>年份</th><th>里程</th></tr><tr><td>2017</td><td>1802</td></tr><tr><td>2018</td><td>1850</td></tr></table>\n"
    "</body></html>";

static void tables_are_read_cell_by_cell(void **state)
{
    (void)state;
    static const struct {
        const char *quote;
        size_t nth;
        double value;
        const char *unit, *region, *period, *label, *kind;
    } expected[] = {
        {"4,600", 0, 4600, "亩", "猫营镇", "2019", "辣椒种植面积", "level"},
        {"1380", 0, 13800000, "元", "猫营镇", "2019", "辣椒产值", "level"},
        {"1200余", 0, 1200, "户", "猫营镇", "2019", "带动农户", "level"},
        {"3 100", 0, 3100, "亩", "白石岩乡", "2019", "辣椒种植面积", "level"},
        {"7700", 0, 7700, "亩", "紫云苗族布依族自治县", "2019", "辣椒种植面积", "level"},
        {"76.2", 0, 7620000000, "元", "紫云苗族布依族自治县", "2018", "地区生产总值", "level"},
        {"82.5", 0, 8250000000, "元", "紫云苗族布依族自治县", "2019", "地区生产总值", "level"},
        {"8.3", 0, 8.3, "%", "紫云苗族布依族自治县", "2019", "地区生产总值增长率", "growth"},
        {"9872", 0, 9872, "元", "紫云苗族布依族自治县", "2019", "农村居民人均可支配收入", "mean"},
        {"-1.2", 0, -1.2, "%", "紫云苗族布依族自治县", "2019", "粮食产量增长率", "growth"},
        {"12.06", 0, 120600, "吨", "紫云苗族布依族自治县", "2019", "粮食产量", "level"},
        {"1850", 0, 1850, "公里", "紫云苗族布依族自治县", "2018", "里程", "level"},
    };
    struct seen seen;
    run(TABLES, &seen);
    assert_int_equal(seen.count, 8 + 9 + 2);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        size_t r = row_with(&seen, expected[i].quote, expected[i].nth);
        if (fabs(seen.rows[r].value - expected[i].value) > 1e-9 * fabs(expected[i].value))
            fail_msg("%s is %.15g", expected[i].quote, seen.rows[r].value);
        assert_string_equal(seen.rows[r].unit, expected[i].unit);
        assert_string_equal(seen.rows[r].region, expected[i].region);
        assert_string_equal(seen.rows[r].period, expected[i].period);
        assert_string_equal(seen.rows[r].label, expected[i].label);
        assert_string_equal(seen.rows[r].kind, expected[i].kind);
    }
    assert_string_equal(seen.rows[row_with(&seen, "9872", 0)].per, "人");
    assert_string_equal(seen.rows[row_with(&seen, "9872", 0)].id, "rural_disposable_income_per_capita");
    assert_string_equal(seen.rows[row_with(&seen, "4,600", 0)].item, "辣椒");
    assert_string_equal(seen.rows[row_with(&seen, "930.5", 0)].evidence, "2 | 白石岩乡 | 3 100 | 930.5 | — | 35230002");
    check_offsets("UTF-8", TABLES, strlen(TABLES), false, &seen);
}

static void tables_of_other_shapes(void **state)
{
    (void)state;
    struct seen seen;
    /* regions in the columns, indicators in the rows, units behind a slash or in the row */
    run("<table><tr><th>2020年</th><th>紫云县</th><th>普定县</th></tr><tr><td>茶园面积/亩</td><td>1200</td><td>3400</td></tr>"
        "<tr><td>户均收入(元)</td><td>32000</td><td>41000</td></tr></table>", &seen);
    assert_int_equal(seen.count, 4);
    assert_string_equal(seen.rows[0].region, "紫云苗族布依族自治县");
    assert_string_equal(seen.rows[1].region, "普定县");
    assert_string_equal(seen.rows[1].unit, "亩");
    assert_string_equal(seen.rows[1].label, "茶园面积");
    assert_string_equal(seen.rows[2].per, "户");
    assert_string_equal(seen.rows[3].period, "2020");
    /* a caption in the first row, years on top, a caption that names what is counted */
    run("<table><tr><td colspan=3>紫云县各乡镇辣椒产量 单位:吨</td></tr><tr><td>乡镇</td><td>2018</td><td>2019</td></tr>"
        "<tr><td>猫营镇</td><td>310</td><td>420</td></tr><tr><td>板当镇</td><td>150</td><td>160</td></tr></table>", &seen);
    assert_int_equal(seen.count, 4);
    assert_string_equal(seen.rows[1].label, "辣椒产量");
    assert_string_equal(seen.rows[1].unit, "吨");
    assert_string_equal(seen.rows[1].period, "2019");
    assert_string_equal(seen.rows[3].region, "板当镇");
    /* no headings: the row says what it is */
    run("<table><tr><td>紫云县2020年种植面积</td><td>4600亩</td></tr><tr><td>带动农户</td><td>1200户</td></tr></table>", &seen);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.rows[0].unit, "亩");
    assert_string_equal(seen.rows[0].period, "2020");
    /* spans that reach out of the table */
    run("<table><tr><th colspan=1000 rowspan=60000>乡镇<th>面积(亩)<tr><td rowspan=999>猫营镇<td>12<tr><td>13</table>", &seen);
    assert_true(seen.count <= 2);
}

/* ---- JSON Lines ---- */

static void every_record_is_a_document(void **state)
{
    (void)state;
    static const char lines[] =
        "{\"id\": 17, \"url\": \"http://a/1\", \"title\": \"紫云县猫营镇小结\", \"published\": \"2020-01-15T08:00:00Z\", "
        "\"text\": \"\\u53bb\\u5e74,全镇\\u79CD植辣椒4\\u0036\\u00300亩。\\n带动1200\\u4f59户\\u589e\\u6536\\uD83D\\uDE00。\"}\n"
        "\n"
        "{\"text\": \"<p>2019年,<b>普定县</b>投入资金3&nbsp;亿元。</p><p>修路12<i>公里<\\/i>。</p>\", \"url\": \"http://a/2\", \"id\": null}\r\n"
        "{\"id\": \"x\", \"text\": \"cut off\n"
        "[1, 2]\n"
        "{\"id\": \"y\", \"text\": 5}\n"
        "{\"nested\": {\"text\": \"{[\\\"\", \"a\": [1, {\"b\": 2}]}, \"text\": \"2019年紫云县修路8公里。\"}";
    struct seen seen;
    run(lines, &seen);
    assert_int_equal(seen.documents, 6);
    assert_int_equal(seen.troubles, 3);
    assert_string_equal(seen.trouble, "t:4: no valid JSON at byte 22 of the line; correct it or remove the line");
    assert_int_equal(seen.count, 5);
    assert_string_equal(seen.rows[0].source, "17");
    assert_string_equal(seen.rows[0].region, "猫营镇");
    assert_string_equal(seen.rows[0].period, "2019");
    assert_string_equal(seen.rows[0].quote, "4600亩");
    assert_string_equal(seen.rows[1].quote, "1200余户");
    assert_string_equal(seen.rows[2].source, "http://a/2");
    assert_string_equal(seen.rows[2].region, "普定县");
    assert_string_equal(seen.rows[3].quote, "12公里");
    assert_string_equal(seen.rows[4].source, "t:7");
    assert_int_equal(seen.document_end, strlen(lines));
    check_offsets("UTF-8", lines, strlen(lines), true, &seen);

    /* the same in other encodings */
    static const char *const encodings[] = {"GB18030", "UTF-16LE", "UTF-16BE", "UTF-32LE"};
    for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
        char bytes[8192];
        struct seen other;
        struct error error;
        size_t size = convert(encodings[e], lines, bytes, sizeof bytes);
        assert_int_equal(run_as("t", NULL, bytes, size, &other, &error), E_OK);
        assert_int_equal(other.count, seen.count);
        assert_int_equal(other.troubles, 3);
        check_offsets(encodings[e], bytes, size, true, &other);
    }
}

static void titles_of_records(void **state)
{
    (void)state;
    struct seen seen;
    /* a title that the text repeats counts once; its figures are figures */
    run("{\"title\": \"紫云县投入资金300万元\", \"text\": \"紫云县投入资金300万元\\n2019年,全县修路12公里。\"}", &seen);
    assert_int_equal(seen.count, 2);
    run("{\"text\": \"2019年,全县修路12公里。\", \"title\": \"紫云县投入资金300万元\"}", &seen);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.title, "紫云县投入资金300万元");
    assert_string_equal(seen.rows[1].region, "紫云苗族布依族自治县");
    assert_true(seen.rows[0].start > seen.rows[1].start);  /* in the file the title stands behind the text */
    /* no record among the first lines: a text that begins with a brace */
    run("{1} 2019年紫云县修路12公里。\n{2} 建桥3座。\n", &seen);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.rows[0].source, "t");
}

static void one_input_at_once(void **state)
{
    (void)state;
    /* extract_text: all records, then the first trouble */
    static const char lines[] = "{\"text\": \"修路12公里。\"}\n{\n{\"text\": \"建桥3座。\"}\n";
    struct arena arena = {0};
    struct seen seen = {0};
    struct document_facts facts = {0};
    struct error error;
    struct extract_options options = {.source = "t.jsonl"};
    assert_int_equal(extract_text(&options, (const unsigned char *)lines, strlen(lines), &arena, &facts, note, &seen, &error), E_INPUT);
    assert_int_equal(seen.count, 2);
    assert_int_equal(facts.observations, 2);
    assert_string_equal(error.text, "t.jsonl:2: no valid JSON at byte 2 of the line; correct it or remove the line");
    arena_free(&arena);
}

/* ---- encodings ---- */

static void marks_and_no_marks(void **state)
{
    (void)state;
    static const char text[] = "紫云县猫营镇2019年工作小结\n2020-01-15\n\n2019年,全镇種植辣椒4600亩,带动1200余户增收。\n";
    static const struct {
        const char *encoding, *mark;
        size_t length;
    } forms[] = {{"UTF-8", "\xEF\xBB\xBF", 3}, {"UTF-16LE", "\xFF\xFE", 2}, {"UTF-16BE", "\xFE\xFF", 2}, {"UTF-32LE", "\xFF\xFE\0\0", 4},
                 {"UTF-32BE", "\0\0\xFE\xFF", 4}, {"GB18030", "\x84\x31\x95\x33", 4}};
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
        for (int marked = 0; marked < 2; marked++)
            for (int named = 0; named < 2; named++) {
                char bytes[2048];
                struct seen seen;
                struct error error;
                size_t mark = marked ? forms[f].length : 0;
                memcpy(bytes, forms[f].mark, mark);
                size_t size = mark + convert(forms[f].encoding, text, bytes + mark, sizeof bytes - mark);
                assert_int_equal(run_as("t", named ? forms[f].encoding : NULL, bytes, size, &seen, &error), E_OK);
                assert_string_equal(seen.encoding, forms[f].encoding);
                assert_int_equal(seen.count, 2);
                assert_string_equal(seen.title, "紫云县猫营镇2019年工作小结");
                check_offsets(forms[f].encoding, bytes, size, false, &seen);
            }
    /* lone halves of surrogate pairs and half a unit at the end are broken, a pair is not */
    static const unsigned char wide[] = {'2', 0, ' ', 0, 0x00, 0xD8, ' ', 0, 0x3D, 0xD8, 0x00, 0xDE, ' ', 0, '3', 0, 0x69, 0x51, 0x2C};
    struct seen seen;
    struct error error;
    assert_int_equal(run_as("t", "UTF-16LE", wide, sizeof wide, &seen, &error), E_OK);
    assert_int_equal(seen.replaced, 2);
}

static void readings_are_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool reading;
    } cases[] = {{"產(chǎn)", true},     {"業(yè)", true},     {"畲（shē）", true},   {"辣椒(là jiāo)", true}, {"贵州(guìzhōu)", true}, {"女(nǚ)", true},
                 {"西安(xī’ān)", true},  {"公里(km)", false},  {"总值(GDP)", false},   {"吨(t)", false},         {"猫(māo māo)", false},  {"米(m²)", false},
                 {"猫(café au)", false}, {"猫(naïve)", false}, {"3(sān)", false},      {"猫(mao)", false},       {"猫(", false},          {"猫()", false},
                 {"的(de)", true},       {"猫(tǔ豆)", false},  {"猫(zhuāngg)", false}, {"猫(ēeēeēe)", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint16_t units[64];
        size_t n = 0, bracket = 0;
        for (const char *s = cases[i].text; *s != '\0';) {
            uint32_t point;
            s += utf8_decode((const unsigned char *)s, strlen(s), &point);
            if (point == '(' || point == 0xFF08)
                bracket = n;
            units[n++] = (uint16_t)point;
        }
        size_t length = pinyin_length(units, bracket, n, false);
        if ((length > 0) != cases[i].reading || (length > 0 && bracket + length != n))
            fail_msg("%s: %zu", cases[i].text, length);
    }
    static const char text[] = "2019年,紫云縣猫營鎮發(fā)展辣椒產(chǎn)業(yè),種植(zhòng zhí)4600畝(mǔ),修路12公里(km)。";
    struct seen seen;
    run(text, &seen);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.rows[0].region, "猫营镇");
    check_offsets("UTF-8", text, strlen(text), false, &seen);
    assert_null(strstr(seen.rows[0].evidence, "mǔ"));
    assert_non_null(strstr(seen.rows[0].evidence, "(km)"));
}

/* ---- limits ---- */

static char *repeat(const char *head, const char *unit, size_t times, const char *tail, size_t *size)
{
    size_t h = strlen(head), u = strlen(unit), t = strlen(tail);
    char *text = malloc(h + u * times + t + 1);
    assert_non_null(text);
    memcpy(text, head, h);
    for (size_t i = 0; i < times; i++)
        memcpy(text + h + i * u, unit, u);
    memcpy(text + h + u * times, tail, t + 1);
    *size = h + u * times + t;
    return text;
}

static void limits_have_names(void **state)
{
    (void)state;
    static const struct {
        const char *head, *unit;
        size_t times;
        const char *tail, *message;
    } cases[] = {
        {"<html><body>", "<div>", 100000, "2019年投入3亿元。", "t: a HTML page with elements nested more than 256 deep; save the article alone, or as plain text"},
        {"<html><body>", "<p>", 1000001, "", "t: a HTML page of more than 1000000 elements; save the article alone, or as plain text"},
        {"<html><body>", "一二三四五六七", 800000, "", "t: a HTML page of more than 16 MiB; save the article alone, or as plain text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size;
        char *text = repeat(cases[i].head, cases[i].unit, cases[i].times, cases[i].tail, &size);
        struct seen seen;
        struct error error;
        assert_int_equal(run_as("t", NULL, text, size, &seen, &error), E_INPUT);
        assert_string_equal(error.text, cases[i].message);
        free(text);
    }
    size_t size;
    char *text = repeat("{\"text\":\"修路8公里。\"}\n{\"text\":\"", "一二三四五六七", 800000, "\"}\n{\"text\":\"建桥3座。\"}\n", &size);
    struct seen seen;
    struct error error;
    assert_int_equal(run_as("t", NULL, text, size, &seen, &error), E_OK);
    assert_int_equal(seen.troubles, 1);
    assert_string_equal(seen.trouble, "t:2: a record of more than 16 MiB; split it");
    assert_int_equal(seen.count, 2);
    free(text);
}

/* What once made parsers slow: no limit is passed, and the figure is still found. The suite's time is the test. */
static void damaged_pages_are_read(void **state)
{
    (void)state;
    static const char *const units[] = {"</x>", "&x", "<!--", "<p>", "<", "<a", "<script>", "<a b='", "<b><i></b>", "</div>", "<td>", "<!x>", "&#x4E2D",
                                        "<ruby>", "<tr><td>3", "]]>", "<?", "</table>"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size;
        struct seen seen;
        struct error error;
        char *text = repeat("<html><body><p>2019年紫云县投入3亿元。</p>", units[i], 200000 / strlen(units[i]), "", &size);
        int status = run_as("t", NULL, text, size, &seen, &error);
        if (status != E_OK && strstr(error.text, "nested more than") == NULL)
            fail_msg("%s: %s", units[i], error.text);
        if (status == E_OK && (seen.count == 0 || strcmp(seen.rows[0].quote, "3亿元") != 0))
            fail_msg("%s: the figure is lost", units[i]);
        free(text);
    }
    /* as many attributes as there is room for */
    struct buffer page = {0};
    struct seen seen;
    buffer_text(&page, "<html><body><p");
    for (int i = 0; i < 50000; i++)
        buffer_format(&page, " a%d=\"%d\"", i, i);
    buffer_text(&page, ">2019年紫云县投入3亿元。</p>");
    run(page.bytes, &seen);
    assert_int_equal(seen.count, 1);
    buffer_free(&page);
}

static void one_long_line(void **state)
{
    (void)state;
    size_t size;
    char *text = repeat("紫云县", "二〇一九年投入资金三亿元。", 200000, "2019年修路12公里。", &size);
    struct seen seen;
    struct error error;
    assert_int_equal(run_as("t", NULL, text, size, &seen, &error), E_OK);
    assert_int_equal(seen.count, 200001);
    free(text);
}

/* A sentence of more than 500 figures is no prose: the rest of it is passed over, and what follows it is read. */
static void one_endless_sentence(void **state)
{
    (void)state;
    size_t size;
    char *text = repeat("紫云县", "二〇一九年投入资金三亿元和其他", 20000, "。2019年修路12公里。", &size);
    struct seen seen;
    struct error error;
    assert_int_equal(run_as("t", NULL, text, size, &seen, &error), E_OK);
    assert_int_equal(seen.count, 501);
    free(text);
}

static void many_records(void **state)
{
    (void)state;
    size_t size;
    char *text = repeat("", "{\"title\":\"紫云县\",\"text\":\"2019年修路12公里。\"}\n", 20000, "", &size);
    struct seen seen;
    struct error error;
    assert_int_equal(run_as("t", NULL, text, size, &seen, &error), E_OK);
    assert_int_equal(seen.documents, 20000);
    assert_int_equal(seen.count, 20000);
    assert_string_equal(seen.place, "t:20000");
    free(text);
}

/* Damage of every kind: whatever is found lies within the bytes, and nothing crashes (run under the sanitizers too). */
static void random_damage(void **state)
{
    (void)state;
    static const char *const originals[] = {PAGE, TABLES, "{\"id\":1,\"title\":\"紫云县\",\"text\":\"<p>2019年修路12公里\\u3002</p>\"}\n{\"text\":\"建桥3座。\"}\n"};
    static const char signs[] = "<>/\"'&;={}[]\\ \n!-?#x3";
    uint32_t random = 12345;
    for (int round = 0; round < 600; round++) {
        const char *original = originals[round % 3];
        size_t size = strlen(original);
        char *text = malloc(size + 1);
        assert_non_null(text);
        memcpy(text, original, size + 1);
        for (int k = 0; k < 1 + round % 12; k++) {
            random = random * 1664525u + 1013904223u;
            size_t at = (random >> 8) % size;
            random = random * 1664525u + 1013904223u;
            if (random >> 31)
                text[at] = signs[(random >> 8) % (sizeof signs - 1)];
            else
                text[at] = (char)(random >> 16);
        }
        struct seen seen;
        struct error error;
        (void)run_as(round % 2 ? "t.html" : "t.jsonl", NULL, text, size, &seen, &error);
        for (size_t i = 0; i < seen.count && i < ROWS; i++)
            assert_true(seen.rows[i].start <= seen.rows[i].end && seen.rows[i].end <= size);
        free(text);
    }
}

int main(void)
{
    struct error error;
    if (reference_open(&error) != E_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_article_is_found),        cmocka_unit_test(pages_in_every_encoding), cmocka_unit_test(pages_without_structure),
        cmocka_unit_test(broken_bytes_of_a_page),      cmocka_unit_test(tables_are_read_cell_by_cell), cmocka_unit_test(tables_of_other_shapes),
        cmocka_unit_test(every_record_is_a_document),  cmocka_unit_test(titles_of_records),       cmocka_unit_test(one_input_at_once),
        cmocka_unit_test(marks_and_no_marks),          cmocka_unit_test(readings_are_left_out),   cmocka_unit_test(limits_have_names),
        cmocka_unit_test(damaged_pages_are_read),      cmocka_unit_test(one_long_line),           cmocka_unit_test(one_endless_sentence),           cmocka_unit_test(many_records),
        cmocka_unit_test(random_damage),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
