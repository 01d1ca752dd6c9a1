/* spelling.c — the short names that follow from a region's official name by rule.
 *
 * 沿河土家族自治县 is written 沿河县, 沿河自治县 or 沿河: the nationalities' names are dropped first, the type word second.
 *   Rule 1: a bare name (without type word) has two characters at least: 盘县 has none.
 *   Rule 2: a nationality is dropped only when something remains: 东乡族自治县 is 东乡县.
 *   Rule 3: development zones and the like have no bare name: 吉林经济开发区 is not 吉林. Nor have mining districts
 *           (井陉矿区 is not 井陉).
 * What no rule derives stands in aliases.tsv. */
#include "data/reference/compile/compile.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 256

/* The 55 nationalities, without 族; 各 for the counties that name none. */
static const char *const nationalities[] = {
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣",
    "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌",
    "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安",
    "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺", "各",
};

static size_t characters(const char *text, size_t bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static bool ends_with(const char *text, size_t bytes, const char *ending)
{
    size_t n = strlen(ending);
    return bytes >= n && memcmp(text + bytes - n, ending, n) == 0;
}

/* The bytes of name[0..bytes) that remain without the nationalities at its end. `bare` also takes names without 族
 * (和布克赛尔蒙古自治县), which only an autonomous region's name holds. */
static size_t drop_nationalities(const char *name, size_t bytes, bool bare)
{
    for (bool dropped = true; dropped;) {
        dropped = false;
        for (size_t i = 0; i < sizeof nationalities / sizeof *nationalities; i++) {
            const char *nationality = nationalities[i];
            size_t n = strlen(nationality);
            size_t zu = ends_with(name, bytes, "族") ? strlen("族") : 0;
            if (zu == 0 && (!bare || characters(nationality, n) < 2))
                continue;
            /* what remains: one character before X族 (盘X族乡), two before X, which may be part of the name (内蒙古) */
            size_t least = zu > 0 ? 1 : 2;
            if (!ends_with(name, bytes - zu, nationality) || characters(name, bytes - zu - n) < least)
                continue;
            bytes -= zu + n;
            dropped = true;
            break;
        }
    }
    for (size_t i = 0; i < sizeof nationalities / sizeof *nationalities; i++) {
        size_t n = strlen(nationalities[i]);
        if (bytes == n + strlen("族") && ends_with(name, bytes, "族") && memcmp(name, nationalities[i], n) == 0)
            return n;  /* Rule 2: 东乡族 → 东乡 */
    }
    return bytes;
}

/* type word, the short type word that stands in its place, least characters that a bare name keeps (0: no bare name) */
struct type {
    int level;
    const char *word, *abbreviation;
    size_t least;
};
static const struct type types[] = {
    {2, "自治区", "", 2}, {2, "省", "省", 2}, {2, "市", "市", 2},
    {4, "自治州", "州", 2}, {4, "地区", "地区", 2}, {4, "市", "市", 2}, {4, "盟", "盟", 2},
    {6, "自治县", "县", 2}, {6, "自治旗", "旗", 2}, {6, "开发区", "开发区", 0}, {6, "园区", "园区", 0},
    {6, "食品区", "食品区", 0}, {6, "管理区", "管理区", 0}, {6, "示范区", "示范区", 0}, {6, "试验区", "试验区", 0},
    {6, "新区", "新区", 0}, {6, "矿区", "矿区", 0}, {6, "特区", "特区", 2}, {6, "林区", "林区", 3},
    {6, "县", "县", 2}, {6, "市", "市", 2}, {6, "旗", "旗", 2}, {6, "区", "区", 2},
    {9, "街道办事处", "街道", 2}, {9, "街道", "街道", 2}, {9, "民族苏木", "苏木", 2}, {9, "苏木", "苏木", 2},
    {9, "民族乡", "乡", 2}, {9, "乡", "乡", 2}, {9, "镇", "镇", 2},
};

static const struct type *type_of(const char *name, size_t bytes, int level)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].level == level && ends_with(name, bytes, types[i].word) && strlen(types[i].word) < bytes)
            return &types[i];
    return NULL;
}

static int give(spelling_sink *sink, void *context, const char *official, const char *stem, size_t bytes,
                const char *ending, enum region_form form)
{
    char text[NAME_BYTES];
    snprintf(text, sizeof text, "%.*s%s", (int)bytes, stem, ending);
    if (form != FORM_OFFICIAL && strcmp(text, official) == 0)
        return E_OK;
    return sink(context, text, form);
}

/* The spellings of one name: the official one first, when `whole`. */
static int give_all(const char *official, const char *name, int level, spelling_sink *sink, void *context)
{
    size_t bytes = strlen(name);
    int code = give(sink, context, official, name, bytes, "", name == official ? FORM_OFFICIAL : FORM_ABBREVIATED);
    const struct type *type = type_of(name, bytes, level);
    if (code != E_OK || type == NULL)
        return code;
    bool autonomous = strncmp(type->word, "自治", strlen("自治")) == 0;
    size_t whole = bytes - strlen(type->word);
    size_t stem = drop_nationalities(name, whole, autonomous);
    if (level == 2 && autonomous) {
        /* 内蒙古, 新疆: names that are complete without a type word */
        code = give(sink, context, official, name, stem, type->word, FORM_ABBREVIATED);
        return code != E_OK ? code : give(sink, context, official, name, stem, "", FORM_ABBREVIATED);
    }
    if (stem < whole || strcmp(type->word, type->abbreviation) != 0)
        code = give(sink, context, official, name, stem, type->abbreviation, FORM_ABBREVIATED);
    if (code == E_OK && autonomous)
        code = give(sink, context, official, name, stem, type->word, FORM_ABBREVIATED);
    if (code == E_OK && type->least > 0 && characters(name, stem) >= type->least)
        code = give(sink, context, official, name, stem, "", FORM_BARE);
    return code;
}

int region_spellings(const char *name, int level, const char *const above[2], spelling_sink *sink, void *context)
{
    if (strlen(name) >= NAME_BYTES / 2)
        return E_INPUT;
    int code = give_all(name, name, level, sink, context);
    if (level != 9)
        return code;
    /* 济源市沁园街道 repeats its county, （工业园区）城南街道 opens with a remark: texts write the rest */
    for (int i = 0; i < 2 && code == E_OK; i++) {
        size_t n = strlen(above[i]);
        if (n > 0 && strncmp(name, above[i], n) == 0 && characters(name + n, strlen(name + n)) >= 3)
            return give_all(name, name + n, level, sink, context);
    }
    const char *close = strstr(name, "）");
    if (code == E_OK && strncmp(name, "（", strlen("（")) == 0 && close != NULL && strlen(close) >= 4 * strlen("）"))
        code = give_all(name, close + strlen("）"), level, sink, context);
    return code;
}

bool region_is_placeholder(const char *name)
{
    return strcmp(name, "市辖区") == 0 || strcmp(name, "县") == 0 || strstr(name, "直辖县级行政区划") != NULL;
}
