/* cells.c — what a table's cell says: a figure with its decimal text, a missing figure, or neither.
 *
 * A plain decimal is by far the commonest and is read here; everything else (万 and 亿, Chinese numerals, 余, ranges, units in
 * the cell) goes to the extractor's reader, so that a table and a sentence mean the same by the same characters. */
#include "cli/table.h"

#include "data/base/number.h"
#include "data/base/utf8.h"
#include "data/extract/extract.h"

#include <math.h>
#include <string.h>

/* Marks of statistical yearbooks and of programs. */
static const char *const missing_marks[] = {
    "",   "-",   "--",   "---", "—", "——",  "–", "－", "…",    "……", "...", "..", ".", "/",  "／", "*", "x",
    "NA", "N/A", "#N/A", "n.a.", "NaN", "nan", "null", "NULL", "None", "无", "缺", "空", "缺失", "暂无", "不详", "?",
};

bool cell_is_missing(const char *text)
{
    if (text[0] >= '0' && text[0] <= '9')
        return false;
    for (size_t i = 0; i < sizeof missing_marks / sizeof *missing_marks; i++)
        if (strcasecmp(text, missing_marks[i]) == 0)
            return true;
    return false;
}

/* Whether commas stand between groups of three digits only: "1,234,567.8". */
static bool grouped_well(const char *text)
{
    const char *p = text + (text[0] == '-' || text[0] == '+');
    size_t first = strspn(p, "0123456789");
    if (first < 1 || first > 3)
        return false;
    for (p += first; *p == ','; p += 4)
        if (strspn(p + 1, "0123456789") != 3)
            return false;
    return strchr(p, ',') == NULL;
}

/* Writes the plain decimal that text is, full-width characters and the minus sign folded, commas left out. */
static bool plain_decimal(const char *text, char out[NUMBER_TEXT])
{
    size_t used = 0;
    bool digit = false, exponent = false, point = false;
    char folded[256];
    size_t length = 0;
    for (const char *p = text; *p != '\0';) {
        uint32_t point_read;
        int n = utf8_decode((const unsigned char *)p, strlen(p), &point_read);
        if (n < 0 || length + 1 >= sizeof folded)
            return false;
        if (point_read >= 0xFF01 && point_read <= 0xFF5E)
            point_read -= 0xFEE0;
        if (point_read == 0x2212)
            point_read = '-';
        if (point_read > 0x7E)
            return false;
        folded[length++] = (char)point_read;
        p += n;
    }
    folded[length] = '\0';
    if (memchr(folded, ',', length) != NULL && !grouped_well(folded))
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = folded[i];
        if (c == ',')
            continue;
        if (used + 1 >= 128)
            return false;
        if (c >= '0' && c <= '9') {
            digit = true;
        } else if (c == '.' && !point && !exponent) {
            point = true;
        } else if ((c == 'e' || c == 'E') && digit && !exponent) {
            exponent = true;
            digit = false;  /* one must follow */
        } else if (!((c == '-' || c == '+') && (i == 0 || folded[i - 1] == 'e' || folded[i - 1] == 'E'))) {
            return false;
        }
        out[used++] = c;
    }
    out[used] = '\0';
    return digit;
}

static bool is_infinite(const char *text)
{
    const char *p = text + (text[0] == '-' || text[0] == '+');
    return strcasecmp(p, "inf") == 0 || strcasecmp(p, "infinity") == 0 || strcmp(p, "∞") == 0;
}

/* "≥600", "600以上": the bound, and the text between; `core` has room for the text. */
static bool marked_bound(const char *text, char core[256], enum bound *bound)
{
    static const struct {
        const char *mark;
        bool front;
        enum bound bound;
    } marks[] = {
        {"≥", true, BOUND_above},    {">=", true, BOUND_above},   {">", true, BOUND_above},     {"＞", true, BOUND_above},
        {"≤", true, BOUND_below},    {"<=", true, BOUND_below},   {"<", true, BOUND_below},     {"＜", true, BOUND_below},
        {"≈", true, BOUND_about},    {"以上", false, BOUND_above}, {"以下", false, BOUND_below}, {"以内", false, BOUND_below},
        {"左右", false, BOUND_about},
    };
    size_t n = strlen(text);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t mark = strlen(marks[i].mark);
        if (n <= mark || n - mark >= 256)
            continue;
        const char *at = marks[i].front ? text : text + n - mark;
        if (memcmp(at, marks[i].mark, mark) != 0)
            continue;
        const char *inner = marks[i].front ? text + mark : text;
        inner += strspn(inner, " ");
        snprintf(core, 256, "%.*s", (int)(n - mark), inner);
        *bound = marks[i].bound;
        return true;
    }
    return false;
}

/* Number and measure together as the extractor reads them; 0: read. */
static int extract_joined(const char *text, const char *measure, struct observation *number)
{
    char joined[640];
    int n = snprintf(joined, sizeof joined, "%s%s", text, measure);
    return n < 0 || (size_t)n >= sizeof joined ? -1 : extract_number(joined, number);
}

static const char *read_core(const char *text, const char *measure, struct cell_figure *figure, char plain[NUMBER_TEXT])
{
    struct observation number = {0};
    bool is_plain = plain_decimal(text, plain);
    if (is_plain && number_parse(plain, strlen(plain), &figure->value) != 0)
        return "is too large for a number";
    if (is_plain && measure[0] == '\0')
        return NULL;
    if (is_plain) {
        /* 1.5 of 万元 is 15000 of 元, without a rounding between; a sign in front is no part of the extractor's number */
        const char *magnitude = plain + (plain[0] == '-' || plain[0] == '+');
        if (extract_joined(magnitude, measure, &number) != 0 || number.unit == NULL)
            return NULL;  /* the measure is no unit */
        number.value = plain[0] == '-' ? -number.value : number.value;
    } else if (extract_number(text, &number) != 0 || (number.unit == NULL && measure[0] != '\0')) {
        if (extract_joined(text, measure, &number) != 0 && extract_number(text, &number) != 0)
            return "is not a number";
    }
    if (isnan(number.value))
        return "is not a number";
    figure->value = number.value;
    figure->bound = number.bound;
    figure->unit = number.unit;
    if (number.bound == BOUND_range) {
        figure->low = number.low;
        figure->high = number.high;
    }
    number_format(number.value, plain);
    return NULL;
}

const char *cell_read_measure(const char *text, const char *measure, struct cell_figure *figure, struct arena *arena)
{
    char plain[NUMBER_TEXT], core[256];
    enum bound bound = BOUND_exact;
    *figure = (struct cell_figure){.value = NAN, .low = NAN, .high = NAN, .bound = BOUND_exact};
    if (is_infinite(text))
        return "is infinite, and no figure of a table can be";
    const char *why = read_core(text, measure, figure, plain);
    if (why != NULL && marked_bound(text, core, &bound) && read_core(core, measure, figure, plain) == NULL &&
        figure->bound == BOUND_exact) {
        figure->bound = (int)bound;
        why = NULL;
    }
    if (why == NULL)
        figure->text = arena_copy(arena, plain, strlen(plain));
    return why;
}

const char *cell_read(const char *text, struct cell_figure *figure, struct arena *arena)
{
    return cell_read_measure(text, "", figure, arena);
}

int delimiter_option(const struct settings *settings, char *delimiter, struct error *error)
{
    const char *text = settings->delimiter;
    *delimiter = '\0';
    if (text == NULL)
        return E_OK;
    if (strcmp(text, "\\t") == 0 || strcmp(text, "tab") == 0)
        *delimiter = '\t';
    else if (strlen(text) == 1 && strchr("\"'\r\n0123456789.+-", text[0]) == NULL && (unsigned char)text[0] < 0x80)
        *delimiter = text[0];
    else
        return error_set(error, E_USAGE, "--delimiter '%s': write one character that no number or quote has, such as , ; | or tab",
                         text);
    return E_OK;
}
