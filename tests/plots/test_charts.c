/* Each chart type, mark by mark: where the SVG's elements stand is computed again from the data and the axis that the chart
 * itself shows (its tick labels), to half a pixel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/plot.h"
#include "stats/curve.h"
#include "stats/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 400

struct element {
    char name[16], class[48], label[64], series[64], text[128];
    double x, y, width, height, cx, cy, r;
    const char *start;
};

struct picture {
    char *svg;
    struct element elements[MOST * 8];
    size_t count;
};

static double number_of(const char *line, const char *end, const char *name)
{
    const char *found = memmem(line, (size_t)(end - line), name, strlen(name));
    return found == NULL ? NAN : strtod(found + strlen(name), NULL);
}

static void text_of(const char *line, const char *end, const char *name, char stop, char *out, size_t size)
{
    const char *found = memmem(line, (size_t)(end - line), name, strlen(name));
    size_t used = 0;
    for (found = found == NULL ? end : found + strlen(name); found < end && *found != stop && used + 1 < size; found++)
        out[used++] = *found;
    out[used] = '\0';
}

static void draw(struct picture *picture, const struct figure *figure)
{
    size_t size;
    struct error error = {0};
    if (figure_draw(figure, FIGURE_SVG, &picture->svg, &size, &error) != E_OK)
        fail_msg("%s", error.text);
    picture->count = 0;
    for (const char *line = picture->svg, *end; (end = strchr(line, '\n')) != NULL && picture->count < MOST * 8; line = end + 1) {
        struct element *e = &picture->elements[picture->count];
        if (line[0] != '<')
            continue;
        e->start = line;
        size_t n = strcspn(line + 1, " >");
        snprintf(e->name, sizeof e->name, "%.*s", (int)(n < 15 ? n : 15), line + 1);
        text_of(line, end, " class=\"", '"', e->class, sizeof e->class);
        text_of(line, end, " data-label=\"", '"', e->label, sizeof e->label);
        text_of(line, end, " data-series=\"", '"', e->series, sizeof e->series);
        const char *close = memmem(line, (size_t)(end - line), "</text>", 7), *open = close;
        while (open != NULL && open > line && open[-1] != '>')
            open--;
        snprintf(e->text, sizeof e->text, "%.*s", open == NULL ? 0 : (int)(close - open), open == NULL ? "" : open);
        e->x = number_of(line, end, " x=\"");
        e->y = number_of(line, end, " y=\"");
        e->width = number_of(line, end, strcmp(e->name, "text") == 0 ? " textLength=\"" : " width=\"");
        e->height = number_of(line, end, " height=\"");
        e->cx = number_of(line, end, " cx=\"");
        e->cy = number_of(line, end, " cy=\"");
        e->r = number_of(line, end, " r=\"");
        picture->count++;
    }
}

static void picture_free(struct picture *picture)
{
    free(picture->svg);
    picture->svg = NULL;
}

static size_t count_class(const struct picture *picture, const char *class)
{
    size_t n = 0;
    for (size_t i = 0; i < picture->count; i++)
        n += strcmp(picture->elements[i].class, class) == 0;
    return n;
}

/* The mark of a class with this label and, unless NULL, series. */
static const struct element *mark_of(const struct picture *picture, const char *class, const char *label, const char *series)
{
    for (size_t i = 0; i < picture->count; i++) {
        const struct element *e = &picture->elements[i];
        if (strcmp(e->class, class) == 0 && strcmp(e->label, label) == 0 && (series == NULL || strcmp(e->series, series) == 0))
            return e;
    }
    fail_msg("no %s %s %s", class, label, series == NULL ? "" : series);
    return NULL;
}

static double plain(const char *text)   /* "1,234.5" */
{
    char digits[64];
    size_t used = 0;
    for (; *text != '\0' && used + 1 < sizeof digits; text++)
        if (*text != ',')
            digits[used++] = *text;
    digits[used] = '\0';
    return strtod(digits, NULL);
}

/* The axis as a reader sees it: the first and last tick label of a direction and the grid lines nearest to them. */
struct seen_axis {
    double value[2], place[2];
};
static double seen_at(const struct seen_axis *axis, double value)
{
    return axis->place[0] + (value - axis->value[0]) / (axis->value[1] - axis->value[0]) * (axis->place[1] - axis->place[0]);
}

/* Horizontal: ticks whose baseline is that of the first tick (or of the last one, `below`); their middle is their place. */
static struct seen_axis axis_across(const struct picture *picture, bool below)
{
    struct seen_axis axis = {{NAN, NAN}, {NAN, NAN}};
    double y = NAN;
    for (size_t i = 0; i < picture->count; i++) {
        const struct element *e = &picture->elements[i];
        if (strcmp(e->class, "tick") == 0 && (isnan(y) || (below && e->y > y)))
            y = e->y;
    }
    for (size_t i = 0; i < picture->count; i++) {
        const struct element *e = &picture->elements[i];
        if (strcmp(e->class, "tick") != 0 || fabs(e->y - y) > 0.01)
            continue;
        int at = isnan(axis.value[0]) ? 0 : 1;
        axis.value[at] = plain(e->text);
        axis.place[at] = e->x + (isnan(e->width) ? 6.7 : e->width) / 2;   /* one digit has no textLength */
    }
    assert_true(isfinite(axis.value[1]) && axis.value[1] != axis.value[0]);
    return axis;
}

/* Vertical: ticks of different baselines; the grid or zero line is the rect just before the label. */
static struct seen_axis axis_up(const struct picture *picture)
{
    struct seen_axis axis = {{NAN, NAN}, {NAN, NAN}};
    for (size_t i = 1; i < picture->count; i++) {
        const struct element *e = &picture->elements[i], *line = &picture->elements[i - 1];
        if (strcmp(e->class, "tick") != 0 || strcmp(line->name, "rect") != 0 || line->height > 1 || line->width < 20)
            continue;
        int at = isnan(axis.value[0]) ? 0 : 1;
        axis.value[at] = plain(e->text);
        axis.place[at] = line->y + 0.5;   /* floor(y) is drawn: half a pixel of doubt */
    }
    assert_true(isfinite(axis.value[1]) && axis.value[1] != axis.value[0]);
    return axis;
}

static void near_half(double got, double want, const char *what)
{
    if (!(fabs(got - want) <= 0.5 + 0.05))   /* SVG coordinates have five digits */
        fail_msg("%s: %g instead of %g", what, got, want);
}

static const char *const NAMES[] = {"甲县", "乙县", "丙县", "丁县", "戊县", "己县", "庚县", "辛县"};
static const double VALUES[] = {812, 640, 455, 390, 377.5, 201, 90, 12};
enum { N = 8 };

static void fill(struct mark *marks, const char *series, double factor)
{
    for (int i = 0; i < N; i++) {
        double v = VALUES[i] * factor;
        marks[i] = (struct mark){.label = NAMES[i], .series = series, .value = v, .low = v, .high = v};
    }
}

static void test_bar_and_lollipop(void **state)
{
    (void)state;
    struct mark marks[N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, NULL, 1);
    struct figure figure = {.type = FIGURE_BAR, .unit = "户", .marks = marks, .mark_count = N, .width = 800};
    draw(picture, &figure);
    struct seen_axis axis = axis_across(picture, false);
    for (int i = 0; i < N; i++) {
        const struct element *bar = mark_of(picture, "bar", NAMES[i], NULL);
        near_half(bar->x, seen_at(&axis, 0), NAMES[i]);
        near_half(bar->x + bar->width, seen_at(&axis, VALUES[i]), NAMES[i]);
    }
    picture_free(picture);
    figure.type = FIGURE_LOLLIPOP;
    draw(picture, &figure);
    axis = axis_across(picture, false);
    assert_int_equal(count_class(picture, "stem"), N);
    for (int i = 0; i < N; i++)
        near_half(mark_of(picture, "point", NAMES[i], NULL)->cx, seen_at(&axis, VALUES[i]), NAMES[i]);
    picture_free(picture);
    free(picture);
}

static void test_grouped_stacked_percent(void **state)
{
    (void)state;
    struct mark marks[3 * N];
    static const char *const parts[] = {"茶", "椒", "菌"};
    static const double factors[] = {1, 0.5, 2};
    struct picture *picture = calloc(1, sizeof *picture);
    for (int s = 0; s < 3; s++)
        fill(marks + s * N, parts[s], factors[s]);
    for (int type = 0; type < 2; type++)
        for (int how = 0; how < FIGURE_ARRANGEMENT_COUNT; how++) {
            struct figure figure = {.type = type == 0 ? FIGURE_BAR : FIGURE_COLUMN, .unit = "亩", .marks = marks, .mark_count = 3 * N,
                                    .arrangement = (enum figure_arrangement)how, .width = 900};
            draw(picture, &figure);
            struct seen_axis axis = type == 0 ? axis_across(picture, false) : axis_up(picture);
            assert_int_equal(count_class(picture, "key"), 3);
            for (int i = 0; i < N; i++) {
                double before = 0, sum = VALUES[i] * 3.5;
                for (int s = 0; s < 3; s++) {
                    const struct element *bar = mark_of(picture, "bar", NAMES[i], parts[s]);
                    double value = VALUES[i] * factors[s], from = how == FIGURE_GROUPED ? 0 : before, to = from + value;
                    if (how == FIGURE_PERCENT)
                        from *= 100 / sum, to *= 100 / sum;
                    double start = type == 0 ? bar->x : bar->y + bar->height, end = type == 0 ? bar->x + bar->width : bar->y;
                    near_half(start, seen_at(&axis, from), NAMES[i]);
                    /* a gap of one px parts stacked neighbours */
                    double gap = how == FIGURE_GROUPED || fabs(seen_at(&axis, to) - seen_at(&axis, from)) <= 3 ? 0 : type == 0 ? 1 : -1;
                    near_half(end + gap, seen_at(&axis, to), NAMES[i]);
                    before += value;
                }
            }
            picture_free(picture);
        }
    free(picture);
}

static void test_dot_dumbbell(void **state)
{
    (void)state;
    struct mark marks[2 * N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, "2016", 1);
    fill(marks + N, "2020", 1.4);
    struct figure figure = {.type = FIGURE_DUMBBELL, .unit = "元", .marks = marks, .mark_count = 2 * N};
    draw(picture, &figure);
    struct seen_axis axis = axis_across(picture, false);
    assert_int_equal(count_class(picture, "span"), N);
    assert_int_equal(count_class(picture, "value"), 2 * N);
    for (int i = 0; i < N; i++) {
        const struct element *a = mark_of(picture, "point", NAMES[i], "2016"), *b = mark_of(picture, "point", NAMES[i], "2020");
        near_half(a->cx, seen_at(&axis, VALUES[i]), NAMES[i]);
        near_half(b->cx, seen_at(&axis, VALUES[i] * 1.4), NAMES[i]);
        assert_true(a->cy == b->cy);
    }
    picture_free(picture);
    figure.type = FIGURE_DOT;
    figure.mark_count = N;
    draw(picture, &figure);
    axis = axis_across(picture, false);
    for (int i = 0; i < N; i++)
        near_half(mark_of(picture, "point", NAMES[i], NULL)->cx, seen_at(&axis, VALUES[i]), NAMES[i]);
    picture_free(picture);
    free(picture);
}

static void test_slope(void **state)
{
    (void)state;
    struct mark marks[2 * N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, "2016", 1);
    fill(marks + N, "2020", 1.4);
    struct figure figure = {.type = FIGURE_SLOPE, .unit = "元", .marks = marks, .mark_count = 2 * N};
    draw(picture, &figure);
    assert_int_equal(count_class(picture, "line"), N);
    assert_int_equal(count_class(picture, "name"), 2 * N);
    /* no axis is shown: heights must be one linear function of the values */
    const struct element *low = mark_of(picture, "point", NAMES[N - 1], "2016"), *high = mark_of(picture, "point", NAMES[0], "2020");
    struct seen_axis axis = {{VALUES[N - 1], VALUES[0] * 1.4}, {low->cy, high->cy}};
    for (int i = 0; i < N; i++) {
        const struct element *a = mark_of(picture, "point", NAMES[i], "2016"), *b = mark_of(picture, "point", NAMES[i], "2020");
        near_half(a->cy, seen_at(&axis, VALUES[i]), NAMES[i]);
        near_half(b->cy, seen_at(&axis, VALUES[i] * 1.4), NAMES[i]);
        near_half(a->cx, low->cx, NAMES[i]);
        near_half(b->cx, high->cx, NAMES[i]);
    }
    picture_free(picture);
    free(picture);
}

static void over_time(struct mark *marks, char years[][16], int series, const char *const *names)
{
    for (int s = 0; s < series; s++)
        for (int i = 0; i < N; i++) {
            snprintf(years[i], 16, "%d", 2013 + i);
            double v = VALUES[i] * (1 + 0.3 * s);
            marks[s * N + i] = (struct mark){.label = years[i], .series = names[s], .x = 2013 + i, .value = v, .low = v, .high = v};
        }
}

static void test_line_area_bump(void **state)
{
    (void)state;
    struct mark marks[3 * N];
    char years[N][16];
    struct picture *picture = calloc(1, sizeof *picture);
    over_time(marks, years, 3, NAMES);
    struct figure figure = {.type = FIGURE_LINE, .unit = "万元", .marks = marks, .mark_count = 3 * N};
    draw(picture, &figure);
    struct seen_axis axis = axis_up(picture);
    const struct element *first = mark_of(picture, "point", years[0], NAMES[0]), *last = mark_of(picture, "point", years[N - 1], NAMES[0]);
    for (int s = 0; s < 3; s++)
        for (int i = 0; i < N; i++) {
            const struct element *p = mark_of(picture, "point", years[i], NAMES[s]);
            near_half(p->cy, seen_at(&axis, marks[s * N + i].value), years[i]);
            near_half(p->cx, first->cx + (last->cx - first->cx) * i / (N - 1), years[i]);
        }
    picture_free(picture);
    figure.type = FIGURE_AREA;
    draw(picture, &figure);
    axis = axis_up(picture);
    for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int s = 0; s < 3; s++) {
            sum += marks[s * N + i].value;
            near_half(mark_of(picture, "point", years[i], NAMES[s])->cy, seen_at(&axis, sum), years[i]);
        }
    }
    picture_free(picture);
    figure.type = FIGURE_BUMP;   /* the third is always the first */
    draw(picture, &figure);
    double top = mark_of(picture, "point", years[0], NAMES[2])->cy, bottom = mark_of(picture, "point", years[0], NAMES[0])->cy;
    for (int i = 0; i < N; i++) {
        near_half(mark_of(picture, "point", years[i], NAMES[2])->cy, top, years[i]);
        near_half(mark_of(picture, "point", years[i], NAMES[1])->cy, (top + bottom) / 2, years[i]);
        near_half(mark_of(picture, "point", years[i], NAMES[0])->cy, bottom, years[i]);
    }
    picture_free(picture);
    free(picture);
}

static void test_scatter(void **state)
{
    (void)state;
    struct mark marks[N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, NULL, 1);
    double xs[N], ys[N];
    for (int i = 0; i < N; i++) {
        marks[i].x = xs[i] = 30 + 7.0 * i + (i % 3) * 4;
        ys[i] = VALUES[i];
    }
    struct figure figure = {.type = FIGURE_SCATTER, .unit = "元", .x_unit = "人", .marks = marks, .mark_count = N};
    draw(picture, &figure);
    struct seen_axis across = axis_across(picture, true), up = axis_up(picture);
    for (int i = 0; i < N; i++) {
        const struct element *p = mark_of(picture, "point", NAMES[i], NULL);
        near_half(p->cx, seen_at(&across, xs[i]), NAMES[i]);
        near_half(p->cy, seen_at(&up, ys[i]), NAMES[i]);
    }
    assert_int_equal(count_class(picture, "fit"), 1);
    assert_int_equal(count_class(picture, "band"), 1);
    assert_non_null(strstr(picture->svg, "n = 8"));
    picture_free(picture);
    free(picture);
}

static void test_box_strip_histogram(void **state)
{
    (void)state;
    struct mark marks[2 * N];
    struct summary s;
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, "东", 1);
    fill(marks + N, "西", 0.6);
    assert_int_equal(stats_summary(VALUES, N, &s), E_OK);
    struct figure figure = {.type = FIGURE_BOX, .unit = "元", .marks = marks, .mark_count = 2 * N};
    draw(picture, &figure);
    struct seen_axis axis = axis_across(picture, false);
    const struct element *box = NULL, *median = NULL;
    for (size_t i = 0; i < picture->count; i++)
        if (strcmp(picture->elements[i].class, "box") == 0 && strstr(picture->elements[i].start, "<title>东") != NULL)
            box = &picture->elements[i], median = &picture->elements[i + 1];
    assert_non_null(box);
    double edges[3];   /* a rectangle with an edge is a polygon: x1,y1 x2,… ; its edge is drawn inside */
    assert_int_equal(sscanf(strstr(box->start, "points=\""), "points=\"%lf,%lf %lf", &edges[0], &edges[1], &edges[2]), 3);
    near_half(edges[0] - 0.75, seen_at(&axis, s.q1), "first quartile");
    near_half(edges[2] + 0.75, seen_at(&axis, s.q3), "third quartile");
    near_half(median->x + median->width / 2, seen_at(&axis, s.median), "median");
    picture_free(picture);
    figure.type = FIGURE_STRIP;
    draw(picture, &figure);
    axis = axis_across(picture, false);
    for (int i = 0; i < 2 * N; i++)
        near_half(mark_of(picture, "point", marks[i].label, marks[i].series)->cx, seen_at(&axis, marks[i].value), marks[i].label);
    picture_free(picture);
    figure.type = FIGURE_HISTOGRAM;
    draw(picture, &figure);
    axis = axis_up(picture);
    struct seen_axis across = axis_across(picture, true);
    int counted = 0;
    for (size_t i = 0; i < picture->count; i++) {
        const struct element *e = &picture->elements[i];
        if (strcmp(e->class, "class") != 0)
            continue;
        double from = across.value[0] + (e->x - 0.5 - across.place[0]) * (across.value[1] - across.value[0]) / (across.place[1] - across.place[0]);
        double to = from + (e->width + 1) * (across.value[1] - across.value[0]) / (across.place[1] - across.place[0]);
        int n = 0;
        for (int k = 0; k < 2 * N; k++)
            n += marks[k].value >= from - 1 && marks[k].value < to - 1;
        near_half(e->y, seen_at(&axis, n), "class");
        counted += n;
    }
    assert_int_equal(counted, 2 * N);
    picture_free(picture);
    free(picture);
}

static void test_heatmap(void **state)
{
    (void)state;
    struct mark marks[2 * N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, "收入", 1);
    fill(marks + N, "人口", 1000);
    for (int i = 0; i < N; i++) {
        marks[i].unit = "元";
        marks[N + i].unit = "人";
    }
    marks[N + 2].value = marks[N + 2].low = marks[N + 2].high = NAN;
    struct figure figure = {.type = FIGURE_HEATMAP, .marks = marks, .mark_count = 2 * N};
    draw(picture, &figure);
    assert_int_equal(count_class(picture, "cell"), 2 * N - 1);
    assert_int_equal(count_class(picture, "cell missing"), 1);
    assert_non_null(strstr(picture->svg, ">收入（元）</text>"));
    assert_non_null(strstr(picture->svg, ">人口（万人）</text>"));
    double y = 0;
    for (int i = 0; i < N; i++) {   /* sorted by the first column, cells of a row side by side, both columns in one grid */
        const struct element *a = mark_of(picture, "cell", NAMES[i], "收入"), *b = i == 2 ? NULL : mark_of(picture, "cell", NAMES[i], "人口");
        assert_true(a->y > y);
        assert_true(b == NULL || (b->y == a->y && b->x > a->x + a->width && fabs(b->width - a->width) < 0.02));
        y = a->y;
    }
    const struct element *dark = mark_of(picture, "cell", NAMES[0], "收入"), *dark2 = mark_of(picture, "cell", NAMES[0], "人口");
    char fills[2][32];
    text_of(dark->start, strchr(dark->start, '\n'), "fill=\"", '"', fills[0], 32);
    text_of(dark2->start, strchr(dark2->start, '\n'), "fill=\"", '"', fills[1], 32);
    assert_string_equal(fills[0], fills[1]);   /* the largest of each column */
    picture_free(picture);
    free(picture);
}

static void test_lorenz(void **state)
{
    (void)state;
    struct mark marks[N];
    double x[N + 1], y[N + 1], gini, want;
    size_t n;
    char label[32];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, NULL, 1);
    for (int i = 0; i < N; i++)
        marks[i].x = NAN;
    assert_int_equal(curve_lorenz(VALUES, NULL, N, x, y, &n, &gini), E_OK);
    /* the definition: mean absolute difference over twice the mean */
    double differences = 0, mean = 0;
    for (int i = 0; i < N; i++) {
        mean += VALUES[i] / N;
        for (int k = 0; k < N; k++)
            differences += fabs(VALUES[i] - VALUES[k]);
    }
    want = differences / (2.0 * N * N * mean);
    assert_true(fabs(gini - want) < 1e-12);
    struct figure figure = {.type = FIGURE_LORENZ, .marks = marks, .mark_count = N};
    draw(picture, &figure);
    struct seen_axis across = axis_across(picture, true), up = axis_up(picture);
    snprintf(label, sizeof label, "基尼系数 %.3f", want);
    assert_non_null(strstr(picture->svg, label));
    const char *curve = strstr(picture->svg, "class=\"curve\""), *points = curve == NULL ? NULL : strstr(curve, "points=\"");
    assert_non_null(points);
    points += strlen("points=\"");
    for (size_t i = 0; i <= n; i++) {
        char *end;
        double px = strtod(points, &end), py = strtod(end + 1, &end);
        near_half(px, seen_at(&across, x[i] * 100), "share of units");
        near_half(py, seen_at(&up, y[i] * 100), "share of the total");
        points = end;
    }
    picture_free(picture);
    free(picture);
}

static void test_pyramid(void **state)
{
    (void)state;
    struct mark marks[2 * N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, "男", 1);
    fill(marks + N, "女", 0.9);
    struct figure figure = {.type = FIGURE_PYRAMID, .unit = "人", .marks = marks, .mark_count = 2 * N};
    draw(picture, &figure);
    double left = mark_of(picture, "bar", NAMES[0], "男")->width / VALUES[0];
    double zeros[2] = {mark_of(picture, "bar", NAMES[0], "男")->x + mark_of(picture, "bar", NAMES[0], "男")->width, mark_of(picture, "bar", NAMES[0], "女")->x};
    for (int i = 0; i < N; i++) {
        const struct element *m = mark_of(picture, "bar", NAMES[i], "男"), *w = mark_of(picture, "bar", NAMES[i], "女");
        near_half(m->width, VALUES[i] * left, NAMES[i]);
        near_half(w->width, VALUES[i] * 0.9 * left, NAMES[i]);   /* both sides have one scale */
        near_half(m->x + m->width, zeros[0], NAMES[i]);
        near_half(w->x, zeros[1], NAMES[i]);
        assert_true(m->y == w->y);
    }
    picture_free(picture);
    free(picture);
}

/* Small multiples: the same value is as long in every panel, and the same series has one colour. */
static void test_panels(void **state)
{
    (void)state;
    struct mark marks[2 * N];
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, NULL, 1);
    fill(marks + N, NULL, 0.25);
    for (int i = 0; i < 2 * N; i++)
        marks[i].panel = i < N ? "东部" : "西部";
    struct figure figure = {.type = FIGURE_BAR, .unit = "元", .marks = marks, .mark_count = 2 * N};
    draw(picture, &figure);
    assert_int_equal(count_class(picture, "panel"), 2);
    const struct element *bars[2 * N];
    size_t n = 0;
    for (size_t i = 0; i < picture->count && n < 2 * N; i++)
        if (strcmp(picture->elements[i].class, "bar") == 0)
            bars[n++] = &picture->elements[i];
    assert_int_equal(n, 2 * N);
    for (int i = 0; i < N; i++) {
        near_half(bars[N + i]->width, bars[i]->width / 4, NAMES[i]);
        near_half(bars[i]->y, bars[N + i]->y, NAMES[i]);
    }
    assert_true(bars[N]->x > bars[0]->x + bars[0]->width);
    picture_free(picture);
    free(picture);
}

static void test_references_and_highlights(void **state)
{
    (void)state;
    struct mark marks[N];
    double mean = 0;
    struct picture *picture = calloc(1, sizeof *picture);
    fill(marks, NULL, 1);
    for (int i = 0; i < N; i++)
        mean += VALUES[i] / N;
    const struct reference lines[] = {{.statistic = REFERENCE_MEAN}, {.label = "目标", .statistic = REFERENCE_VALUE, .value = 700}};
    const char *const names[] = {"丙"};
    struct figure figure = {.type = FIGURE_BAR, .unit = "户", .marks = marks, .mark_count = N, .references = lines, .reference_count = 2,
                            .highlights = names, .highlight_count = 1};
    draw(picture, &figure);
    struct seen_axis axis = axis_across(picture, false);
    int seen = 0;
    for (size_t i = 0; i < picture->count; i++) {
        const struct element *e = &picture->elements[i];
        if (strcmp(e->class, "reference") != 0)
            continue;
        near_half(number_of(e->start, strchr(e->start, '\n'), " x1=\""), seen_at(&axis, seen == 0 ? mean : 700), "reference");
        seen++;
    }
    assert_int_equal(seen, 2);
    char fill_one[32], fill_other[32];
    const struct element *one = mark_of(picture, "bar", "丙县", NULL), *other = mark_of(picture, "bar", "丁县", NULL);
    text_of(one->start, strchr(one->start, '\n'), "fill=\"", '"', fill_one, 32);
    text_of(other->start, strchr(other->start, '\n'), "fill=\"", '"', fill_other, 32);
    assert_string_equal(fill_one, "#0072b2");
    assert_string_not_equal(fill_one, fill_other);
    picture_free(picture);
    free(picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bar_and_lollipop), cmocka_unit_test(test_grouped_stacked_percent), cmocka_unit_test(test_dot_dumbbell),
        cmocka_unit_test(test_slope), cmocka_unit_test(test_line_area_bump), cmocka_unit_test(test_scatter),
        cmocka_unit_test(test_box_strip_histogram), cmocka_unit_test(test_heatmap), cmocka_unit_test(test_lorenz),
        cmocka_unit_test(test_pyramid), cmocka_unit_test(test_panels), cmocka_unit_test(test_references_and_highlights),
    };
    return cmocka_run_group_tests_name("plots/charts", tests, NULL, NULL);
}
