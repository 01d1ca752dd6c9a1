/* numeral.h — what numeral.c and numeral_chinese.c share. document.h has the public part. */
#ifndef ZHIBIAO_NUMERAL_H
#define ZHIBIAO_NUMERAL_H

#include "data/extract/decimal.h"
#include "data/extract/document.h"

#define NUMERAL_BLANKS 2  /* blanks that may stand between the pieces of one numeral */

/* One number without signs, fractions or range marks. */
struct part {
    struct decimal low, high;  /* the same unless neighbouring digits make a range (两三) */
    bool range;
    bool arabic, point;        /* starts with Arabic digits; has a decimal point */
    bool scaled;               /* has a 十 百 千 万 亿 */
    bool bare;                 /* scales only: 百, 千万 */
    enum bound bound;          /* above or about behind 余 多 几 来 inside the number */
    int power;                 /* of the scales at its end: 3—5万亿 shares 12 */
    uint8_t whole;             /* Arabic digits before the point */
};
/* Reads the number at text[i], i < n. Returns its end, or i where there is none. */
size_t part_scan(const uint16_t *text, const uint16_t *raw, size_t i, size_t n, struct part *part);

/* Over NUMERAL_BLANKS blanks at most. */
size_t skip_blanks(const uint16_t *text, size_t i, size_t n);
/* Arabic digits with grouping commas, a point, an exponent. Returns the end. */
size_t arabic_scan(const uint16_t *text, const uint16_t *raw, size_t i, size_t n, struct part *part);

#endif
