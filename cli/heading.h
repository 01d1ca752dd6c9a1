/* heading.h — what a column's heading says besides a name: its unit and its period. */
#ifndef ZHIBIAO_CLI_HEADING_H
#define ZHIBIAO_CLI_HEADING_H

#include "cli/cli.h"

struct heading {
    const char *label;              /* without unit and year; "" when nothing else stands there */
    const char *unit;               /* "亿元", "公斤/亩"; NULL: none */
    char period[PERIOD_TEXT];       /* "2019年产值", "2019": the year; "" : none */
};
/* Reads "2019年茶叶面积(万亩)", "产值/亿元", "产值：亿元", "产值(单位：亿元)", "税收万元", "增速%", "2019". Strings are in the arena.
 * E_MEMORY; E_INPUT for a scale that no unit follows ("(万圆)"): *unknown is then that text. */
int heading_read(const char *text, struct arena *arena, struct heading *heading, const char **unknown);

/* Whether a number in front of it makes it a unit: 元, 万元, 公斤/亩, %. */
bool unit_known(const char *text);

#endif
