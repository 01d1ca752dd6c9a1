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
static bool plain_decimal(const char *text, char out[128])
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

const char *cell_read(const char *text, struct cell_figure *figure, struct arena *arena)
{
    char plain[NUMBER_TEXT > 128 ? NUMBER_TEXT : 128];
    struct observation number = {0};
    *figure = (struct cell_figure){.value = NAN, .low = NAN, .high = NAN, .bound = BOUND_exact};
    if (is_infinite(text))
        return "is infinite, and no figure of a table can be";
    if (plain_decimal(text, plain)) {
        if (number_parse(plain, strlen(plain), &figure->value) != 0)
            return "is too large for a number";
    } else {
        if (extract_number(text, &number) != 0 || isnan(number.value))
            return "is not a number";
        figure->value = number.value;
        figure->bound = number.bound;
        figure->unit = number.unit;
        if (number.bound == BOUND_range) {
            figure->low = number.low;
            figure->high = number.high;
        }
        number_format(number.value, plain);
    }
    figure->text = arena_copy(arena, plain, strlen(plain));
    return NULL;
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
