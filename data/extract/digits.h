/* digits.h — what a single character is inside a numeral. Asked for at every character of a text, so it is one look into a
 * small table: the slots are computed when the table is compiled, and two characters in one slot are a warning. */
#ifndef ZHIBIAO_DIGITS_H
#define ZHIBIAO_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digit {
    uint16_t unit;
    int8_t value;     /* 0 to 9, or -1 */
    uint8_t power;    /* of a scale: 1 for 十 … 12 for 兆, or 0 */
    bool starts;      /* a numeral may begin with it */
};
#define DIGIT_SLOTS 128
/* The factor is the smallest that gives all of them slots of their own. */
#define DIGIT_SLOT(unit) ((((unit) * 255u) & 0xFFFFu) >> 9)
extern const struct digit digit_table[DIGIT_SLOTS];  /* numeral_chinese.c */

static inline bool arabic_digit(uint16_t unit)
{
    return unit >= '0' && unit <= '9';
}

static inline int chinese_digit(uint16_t unit)
{
    const struct digit *digit = &digit_table[DIGIT_SLOT(unit)];
    return digit->unit == unit ? digit->value : -1;
}

static inline int scale_power(uint16_t unit)
{
    const struct digit *digit = &digit_table[DIGIT_SLOT(unit)];
    return digit->unit == unit ? digit->power : 0;
}

static inline bool numeral_starts(uint16_t unit)
{
    const struct digit *digit = &digit_table[DIGIT_SLOT(unit)];
    return arabic_digit(unit) || (digit->unit == unit && digit->starts);
}

#endif
