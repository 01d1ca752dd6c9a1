/* The signs in every chart type: what is known by a bound, roughly, as a plan or an estimate, or not at all, is marked as such and
 * explained in the note, above zero and below it; what is exact has no sign. The table is that of plots/README.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum sign { EXACT, ABOVE, BELOW, BOTH, RANGE, ABOUT, PLANNED, ESTIMATED, MISSING, SIGN_COUNT };
enum family { DRAWN, WRITTEN, EDGED, RANKED, COUNTED };

/* What the note says of a sign; NULL: nothing. */
static const char *const NOTES[][SIGN_COUNT] = {
    [DRAWN] = {NULL, "≥ 与箭头：只知下限", "≤ 与箭头：只知上限", "≥、≤ 与箭头：只知下限、只知上限", "须线：上下限", "约：概数", "空心：计划数", "浅色：估计数", "缺：无数据"},
    [WRITTEN] = {NULL, "≥：只知下限", "≤：只知上限", "≥、≤：只知下限、只知上限", NULL, "约：概数", "空心：计划数", "浅色：估计数", "缺：无数据"},
    [EDGED] = {NULL, "虚线框：只知上下限、计划或估计", "虚线框：只知上下限、计划或估计", "虚线框：只知上下限、计划或估计", "虚线框：只知上下限、计划或估计", "约：概数",
               "虚线框：只知上下限、计划或估计", "虚线框：只知上下限、计划或估计", "缺：无数据"},
    [RANKED] = {NULL, "须线：可能的名次", "须线：可能的名次", "须线：可能的名次", "须线：可能的名次", NULL, "空心：计划数", "浅色：估计数", "缺：无数据"},
    [COUNTED] = {NULL, "按其数值计入", "按其数值计入", "按其数值计入", "按其数值计入", "按其数值计入", "按其数值计入", "按其数值计入", "不含无数据的"},
};
/* How the label of a mark of ±20 begins, above and below zero. */
static const char *const LABELS[SIGN_COUNT][2] = {
    {"：20亩", "：-20亩"}, {"：≥20亩", "：≥-20亩"}, {"：≤20亩", "：≤-20亩"}, {"：≥20亩", "：≥-20亩"}, {"：17–23亩", "：-23 至 -17亩"},
    {"：约20亩", "：约-20亩"}, {"：20亩（计划）", "：-20亩（计划）"}, {"：20亩（估计）", "：-20亩（估计）"}, {"缺", "缺"},
};

static enum family family_of(enum figure_type type)
{
    return type == FIGURE_HEATMAP ? WRITTEN : type == FIGURE_MAP || type == FIGURE_TILE ? EDGED : type == FIGURE_BUMP ? RANKED
         : type == FIGURE_BOX || type == FIGURE_HISTOGRAM || type == FIGURE_LORENZ ? COUNTED : DRAWN;
}

static void give_sign(struct mark *mark, enum sign sign, bool last)
{
    mark->high = sign == ABOVE || (sign == BOTH && !last) ? INFINITY : sign == RANGE ? mark->value + 3 : mark->value;
    mark->low = sign == BELOW || (sign == BOTH && last) ? -INFINITY : sign == RANGE ? mark->value - 3 : mark->value;
    mark->about = sign == ABOUT;
    mark->planned = sign == PLANNED;
    mark->estimated = sign == ESTIMATED;
    if (sign == MISSING)
        mark->value = mark->low = mark->high = NAN;
}

static const struct geometry *squares(struct arena *arena)
{
    struct buffer json = {0};
    struct error error = {0};
    const struct geometry *map;
    for (int i = 0; i < 4; i++)
        buffer_format(&json, "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"%d\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                      "[[[%d,20],[%d,20],[%d,21],[%d,21]]]}}", i == 0 ? "{\"features\":[" : ",", i, 100 + i, 101 + i, 101 + i, 100 + i);
    buffer_text(&json, "]}");
    assert_int_equal(geometry_read(json.bytes, json.size, "m.json", NULL, arena, &map, &error), E_OK);
    buffer_free(&json);
    return map;
}

/* An SVG with the sign at the third of four labels (and, for BOTH, at the last); NULL: refused, with the reason. */
static char *drawn(enum figure_type type, enum sign sign, double direction, const struct geometry *map, struct error *error)
{
    static const char *const names[] = {"甲", "乙", "丙", "丁"}, *const years[] = {"2016", "2017", "2018", "2019"};
    enum figure_shape shape = figure_type_shape(type);
    struct mark marks[8];
    size_t n = 0, size;
    char *svg;
    bool pairs = shape == SHAPE_CHANGE || shape == SHAPE_SIDES;
    static const char *const codes[] = {"0", "1", "2", "3"};
    for (size_t k = 0; k < 4; k++)
        for (size_t s = 0; s < (pairs ? 2 : 1); s++) {
            struct mark *mark = &marks[n++];
            *mark = (struct mark){.label = shape == SHAPE_COURSE ? years[k] : names[k], .series = pairs ? s == 0 ? "前" : "后" : "a", .code = codes[k],
                                  .x = shape == SHAPE_COURSE ? 2016 + (double)k : (double)k + 1, .value = direction * (10 + 5 * (double)k + (double)s)};
            give_sign(mark, s == 0 && (k == 2 || (sign == BOTH && k == 3)) ? sign : EXACT, k == 3);
        }
    const struct figure figure = {.type = type, .title = "t", .unit = "亩", .marks = marks, .mark_count = n, .map = map};
    return figure_draw(&figure, FIGURE_SVG, &svg, &size, error) == E_OK ? svg : NULL;
}

static size_t count_of(const char *svg, const char *class)
{
    char wanted[32];
    size_t n = 0;
    snprintf(wanted, sizeof wanted, " class=\"%s\"", class);
    for (const char *at = svg; (at = strstr(at, wanted)) != NULL; at++)
        n++;
    return n;
}

static void test_signs(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int type = 0; type < FIGURE_TYPE_COUNT; type++)
        for (int below = 0; below < 2; below++) {
            for (int sign = 0; sign < SIGN_COUNT; sign++) {
                struct error error = {0};
                enum family family = family_of((enum figure_type)type);
                char *svg = drawn((enum figure_type)type, (enum sign)sign, below ? -1 : 1, squares(&arena), &error);
                if (svg == NULL) {   /* areas, pyramids and Lorenz curves hold nothing below zero */
                    assert_true(below && (type == FIGURE_AREA || type == FIGURE_PYRAMID || type == FIGURE_LORENZ));
                    assert_int_equal(error.code, E_DOMAIN);
                    continue;
                }
                for (int other = 0; other < SIGN_COUNT; other++) {
                    const char *note = NOTES[family][other];
                    bool wanted = NOTES[family][sign] != NULL && note != NULL && strcmp(note, NOTES[family][sign]) == 0;
                    if (note != NULL && (strstr(svg, note) != NULL) != wanted)
                        fail_msg("%s, sign %d: the note does %ssay %s", figure_type_name((enum figure_type)type), sign, wanted ? "not " : "", note);
                }
                bool single = family != COUNTED && !(sign == MISSING && (type == FIGURE_SCATTER || type == FIGURE_STRIP || type == FIGURE_BUMP));
                if (single && strstr(svg, LABELS[sign][below]) == NULL)
                    fail_msg("%s: no mark is labelled %s", figure_type_name((enum figure_type)type), LABELS[sign][below]);
                if (family == DRAWN) {
                    assert_int_equal(count_of(svg, "arrow"), sign == BOTH ? 2 : sign == ABOVE || sign == BELOW);
                    assert_int_equal(count_of(svg, "whisker") > 0, sign == RANGE);
                }
                free(svg);
            }
            arena_free(&arena);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_signs)};
    return cmocka_run_group_tests_name("plots/signs", tests, NULL, NULL);
}
