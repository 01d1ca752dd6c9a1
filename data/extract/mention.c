/* mention.c — what the mention of a place is to the figures beside it, told by the words around it: the place they are about,
 * a helper, a destination, a yardstick, a neighbour, or part of another name. */
#include "data/extract/document.h"

#include <string.h>

/* The tail words that make a place name part of another name (requirement 4). */
bool is_part_of_name(const struct window *w, size_t end)
{
    return cue_at(w->text, end, w->n, CUE_tail, NULL) > 0;
}

/* 甘肃昀坤农牧有限公司: a bare name that opens another's, mostly a firm's. The official form (丹寨县…公司) says where the firm is. */
bool opens_firm(const struct window *w, const struct token *token, enum region_form form)
{
    /* 公司 集团 大学 医院 学院 银行 中学 */
    static const uint16_t firm[][2] = {{0x516C, 0x53F8}, {0x96C6, 0x56E2}, {0x5927, 0x5B66}, {0x533B, 0x9662}, {0x5B66, 0x9662}, {0x94F6, 0x884C}, {0x4E2D, 0x5B66}, {0x4F5C, 0x793E}};
    /* 松源溪, 修水河: a water or a mountain */
    static const uint16_t nature[] = {0x6EAA, 0x6CB3, 0x6C5F, 0x6E56, 0x5C71, 0x5CAD, 0x5CE1, 0x5CF0};
    if (form != FORM_BARE)
        return false;
    for (size_t i = 0; token->end + 1 < w->n && i < sizeof nature / sizeof *nature; i++)
        if (w->text[token->end] == nature[i] && w->text[token->end + 1] != 0x533A && w->text[token->end + 1] != 0x5730)  /* 山区 山地 */
            return true;
    for (size_t i = token->end; i < token->end + 16 && i + 1 < w->n && cjk(w->text[i]); i++)
        for (size_t k = 0; k < sizeof firm / sizeof *firm; k++)
            if (memcmp(w->text + i, firm[k], sizeof firm[k]) == 0)
                return true;
    return false;
}

/* A donor: its name is followed, within a few characters, by a word of helping that has an object. */
bool is_donor(const struct window *w, size_t end)
{
    for (size_t i = end; i < end + 5 && i < w->n; i++) {
        uint16_t c = w->text[i];
        if (c == '\n' || c == 0x3002 || c == ',' || c == 0x3001)
            return false;
        size_t length = cue_at(w->text, i, w->n, CUE_donor, NULL);
        if (length > 0) {
            uint16_t next = i + length < w->n ? w->text[i + length] : 0;
            return next != 0x7684 && next != ',' && next != 0x3002 && next != 0x5DE5;  /* 的 ， 。 工作 */
        }
    }
    return false;
}

/* 到上海市务工, 赴浙江考察: where people go. */
bool is_journey(const struct window *w, const struct token *token)
{
    static const uint16_t aims[][2] = {{0x52A1, 0x5DE5}, {0x5C31, 0x4E1A}, {0x6253, 0x5DE5}, {0x4E0A, 0x73ED}, {0x8003, 0x5BDF}, {0x57F9, 0x8BAD},
                                       {0x5B66, 0x4E60}, {0x8DDF, 0x5C97}, {0x5C31, 0x8BFB}, {0x53C2, 0x89C2}, {0x53C2, 0x52A0}, {0x63A8, 0x4ECB}, {0x62DB, 0x5546}, {0x6D3D, 0x8C08}, {0x5C55, 0x9500}};
    uint16_t before = token->start > 0 ? w->text[token->start - 1] : 0;
    if (before != 0x5230 && before != 0x8D74 && before != 0x5F80 && before != 0x53BB)  /* 到 赴 往 去 */
        return false;
    for (size_t i = token->end; i < token->end + 8 && i + 1 < w->n && cjk(w->text[i]); i++)
        for (size_t k = 0; k < sizeof aims / sizeof *aims; k++)
            if (memcmp(w->text + i, aims[k], sizeof aims[k]) == 0)
                return true;
    return false;
}

/* 销往, 远销, 卖到, 运往, 来自 right before a name; 引进山东寿光致富能人, 邀请…: where somebody comes from. */
bool is_destination(const struct window *w, size_t start)
{
    static const uint16_t words[][2] = {{0x9500, 0x5F80}, {0x8FDC, 0x9500}, {0x5356, 0x5230}, {0x8FD0, 0x5F80}, {0x53D1, 0x5F80}, {0x6765, 0x81EA},
                                        {0x5F15, 0x8FDB}, {0x5F15, 0x5165}, {0x9080, 0x8BF7}, {0x8058, 0x8BF7},
                                        {0x9500, 0x5230}, {0x51FA, 0x53E3}, {0x70ED, 0x9500}, {0x7545, 0x9500}, {0x5916, 0x9500}, {0x4F9B, 0x5E94}};
    for (size_t i = 0; start >= 2 && i < sizeof words / sizeof *words; i++)
        if (w->text[start - 2] == words[i][0] && w->text[start - 1] == words[i][1])
            return true;
    return false;
}

/* 比全省平均水平高, 高于全国, 居全州第3位, 在全市排名第三: what the figure is measured against, not what it is about. */
bool is_yardstick(const struct window *w, const struct token *token)
{
    const uint16_t *t = w->text;
    size_t start = token->start, end = token->end;
    while (start > 0 && (t[start - 1] == 0x201C || t[start - 1] == 0x300C || t[start - 1] == 0x300E))
        start--;  /* 被评为“福建省十强县” */
    uint16_t before = start > 0 ? t[start - 1] : 0, earlier = start > 1 ? t[start - 2] : 0;
    if (before == 0x6BD4 || before == 0x8F83 || before == 0x5360)  /* 比 较 占 */
        return true;
    if (before == 0x4E8E && (earlier == 0x9AD8 || earlier == 0x4F4E || earlier == 0x5FEB || earlier == 0x4F18 || earlier == 0x597D || earlier == 0x6162))
        return true;  /* 高于 低于 快于 优于 好于 慢于 */
    if (before == 0x51FA && (earlier == 0x9AD8 || earlier == 0x8D85))  /* 高出 超出 */
        return true;
    if (before == 0x8D85 || (before == 0x8FC7 && earlier == 0x8D85) || (before == 0x5148 && earlier == 0x9886))  /* 超 超过 领先 */
        return true;
    for (size_t length = 1; length <= 2 && length <= start; length++)
        if (cue_at(t, start - length, start, CUE_rank, NULL) == length)
            return true;
    static const uint16_t joins[][2] = {{0x8DFB, 0x8EAB}, {0x6324, 0x8FDB}, {0x8DE8, 0x5165}, {0x8FC8, 0x5165}, {0x6B65, 0x5165}, {0x56F4, 0x7ED5}};
    for (size_t k = 0; k < sizeof joins / sizeof *joins; k++)  /* 跻身 挤进 跨入 迈入 步入 全省强县行列; 围绕全县的战略 */
        if (earlier == joins[k][0] && before == joins[k][1])
            return true;
    /* 列为全省首批, 评为全国先进, 获评全市示范: an honour */
    if (end < w->n && (t[end] == 0x9996 || t[end] == 0x552F))  /* 全镇首座, 全县唯一 */
        return true;
    if (before == 0x8BC4 || (before == 0x4E3A && (earlier == 0x5217 || earlier == 0x8BC4 || earlier == 0x5B9A || earlier == 0x9009)))
        return true;
    for (size_t i = end; i < end + 8 && i < w->n; i++) {
        if (t[i] == 0x7B2C && i + 1 < w->n && numeral_starts(t[i + 1]))  /* 第 */
            return true;
        if (t[i] == 0x5E73 && i + 1 < w->n && t[i + 1] == 0x5747 && i <= end + 1)  /* 平均 right behind it */
            return start > 0 && (before == 0x8D85 || before == 0x8FC7 || before == 0x4E0E || before == 0x51FA);  /* 超 过 与 出 */
        if (i <= end + 1 && cue_at(t, i, w->n, CUE_rank, NULL) >= 2)
            return true;  /* 在全省名列前茅 */
        if (!cjk(t[i]) || cue_at(t, i, w->n, CUE_verb, NULL) > 0)
            return false;
    }
    return false;
}

static bool one_of(uint16_t c, const uint16_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c == set[i])
            return true;
    return false;
}

/* 东邻涪陵区, 隔江与巧家县相望: what lies beside the place that is told of. */
bool is_neighbour(const struct window *w, const struct token *token)
{
    static const uint16_t beside[] = {0x90BB, 0x63A5, 0x6BD7, 0x9760, 0x8FDE, 0x6FD2, 0x754C};  /* 邻 接 毗 靠 连 濒 界 */
    static const uint16_t behind[][2] = {{0x76F8, 0x671B}, {0x63A5, 0x58E4}, {0x76F8, 0x90BB}, {0x6BD7, 0x90BB}, {0x4EA4, 0x754C}, {0x4E3A, 0x90BB}, {0x76F8, 0x8FDE}, {0x6BD7, 0x8FDE}, {0x63A5, 0x754C}, {0x4E3A, 0x754C}};
    const uint16_t *t = w->text;
    if (token->start > 0 && one_of(t[token->start - 1], beside, sizeof beside / sizeof *beside))
        return true;
    for (size_t i = token->end; i < token->end + 24 && i + 1 < w->n && (cjk(t[i]) || t[i] == 0x3001); i++) {
        const uint16_t c = t[i];
        if (c != 0x76F8 && c != 0x63A5 && c != 0x6BD7 && c != 0x4EA4 && c != 0x4E3A)
            continue;  /* what none of them begins with */
        for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
            if (memcmp(t + i, behind[k], sizeof behind[k]) == 0)
                return true;
    }
    return false;
}

/* 距省城350公里, 北距州府西昌131公里, 隔江与巧家县相望, 东邻涪陵区, 以贾西村为核心: a place that
 * only says where another lies. */
bool is_landmark(const struct window *w, const struct token *token)
{
    static const uint16_t apart[] = {0x8DDD, 0x79BB};                           /* 距 离 */
    /* 以贾西村为核心: 为 核 中 龙 重 依 示 主 试 */
    static const uint16_t centre[] = {0x6838, 0x4E2D, 0x9F99, 0x91CD, 0x4F9D, 0x793A, 0x4E3B, 0x8BD5};
    const uint16_t *t = w->text;
    if (token->end + 1 < w->n && t[token->end] == 0x4E3A && one_of(t[token->end + 1], centre, sizeof centre / sizeof *centre))
        return true;
    if (token->end + 1 < w->n && t[token->end] == 0x5728 && t[token->end + 1] == 0x5185)  /* 包括土桥乡在内 */
        return true;
    /* 县城驻共和镇, 乡政府驻大庄村 */
    if (token->start > 1 && t[token->start - 1] == 0x9A7B && (t[token->start - 2] == 0x57CE || t[token->start - 2] == 0x5E9C || t[token->start - 2] == 0x59D4))
        return true;
    /* 距云南省省会昆明市约456公里: across the names of what it is the capital of */
    static const uint16_t seat[] = {0x4F1A, 0x5E9C, 0x57CE};  /* 省会 州府 省城 */
    bool capital = token->start > 0 && one_of(t[token->start - 1], seat, sizeof seat / sizeof *seat);
    for (size_t i = token->start; i-- > 0 && token->start - i <= (capital ? 12u : 5u) && cjk(t[i]);)
        if (one_of(t[i], apart, sizeof apart / sizeof *apart))
            return true;
    return is_neighbour(w, token);
}

/* 位于铜仁地区西部, 是内丘县的薄弱村: the place that what was named before lies in. */
bool is_whereabouts(const struct window *w, const struct token *token)
{
    static const uint16_t before[] = {0x4E8E, 0x662F, 0x5C5E, 0x5904, 0x5728, 0x4E3A};  /* 位于 是 属 地处 在 为 */
    static const uint16_t sides[] = {0x4E1C, 0x897F, 0x5357, 0x5317, 0x4E2D, 0x8179};   /* 东 西 南 北 中 腹 */
    const uint16_t *t = w->text;
    /* 今年是黔东南州实现快速发展的一年: who does it */
    bool acts = token->start > 0 && t[token->start - 1] == 0x662F && cue_at(t, token->end, w->n, CUE_verb, NULL) > 0;
    /* 在奉节，有26个乡镇…: what a sentence opens with is its scene */
    bool scene = token->start > 0 && t[token->start - 1] == 0x5728 && (token->start == 1 || !cjk(t[token->start - 2])) && !cjk(t[token->end]);
    size_t start = token->start;
    if (start > 2 && t[start - 1] == 0x56FD && t[start - 2] == 0x4E2D)
        start -= 2;  /* 是中国江西省… */
    if (start > 0 && !acts && !scene && one_of(t[start - 1], before, sizeof before / sizeof *before))
        return true;
    /* 萍乡市下辖的一个县, 汉中市东南隅 */
    if (token->end + 2 < w->n && t[token->end] == 0x4E0B && (t[token->end + 1] == 0x8F96 || t[token->end + 1] == 0x5C5E) && t[token->end + 2] == 0x7684)
        return true;
    for (size_t i = token->end; i < token->end + 4 && i + 1 < w->n; i++)
        if ((t[i + 1] == 0x90E8 || t[i + 1] == 0x9685 || t[i + 1] == 0x7AEF || t[i + 1] == 0x7F18) && one_of(t[i], sides, sizeof sides / sizeof *sides))  /* 部 */
            return true;
    return false;
}

/* 位于, 地处, 坐落于 right before a name. */
bool lies_in(const struct window *w, const struct token *token)
{
    size_t i = token->start;
    const uint16_t *t = w->text;
    return i >= 2 && ((t[i - 2] == 0x4F4D && t[i - 1] == 0x4E8E) || (t[i - 2] == 0x5730 && t[i - 1] == 0x5904) || (t[i - 2] == 0x843D && t[i - 1] == 0x4E8E));
}

/* 镇安县在南京设立展销中心: where somebody from elsewhere does something. */
bool is_venue(const struct window *w, const struct token *token)
{
    if (token->start == 0 || w->text[token->start - 1] != 0x5728)
        return false;
    for (size_t i = token->end; i < token->end + 3 && i < w->n; i++)
        if (cue_at(w->text, i, w->n, CUE_verb, NULL) > 0)
            return true;
    return false;
}

/* 供电公司, 人民政府, 农业农村局 behind a place: one of its bodies. */
bool is_body(const struct window *w, size_t end)
{
    static const uint16_t bodies[][2] = {{0x516C, 0x53F8}, {0x653F, 0x5E9C}, {0x94F6, 0x884C}, {0x533B, 0x9662}, {0x6CD5, 0x9662}, {0x5927, 0x5B66}, {0x534F, 0x4F1A}, {0x96C6, 0x56E2}};
    for (size_t i = end; i < end + 8 && i + 1 < w->n && cjk(w->text[i]); i++) {
        if (w->text[i] == 0x5C40 || w->text[i] == 0x59D4 || w->text[i] == 0x529E)  /* 局 委 办 */
            return true;
        for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++)
            if (memcmp(w->text + i, bodies[k], sizeof bodies[k]) == 0)
                return true;
    }
    return false;
}

/* A county's name of two characters (高县, 和县) that may be the end of one word and the beginning of another (最高县市). */
bool stands_alone(const struct window *w, const struct token *token)
{
    static const uint16_t before[] = {0x5728, 0x5230, 0x81F3, 0x4ECE, 0x81EA, 0x4E0E, 0x53CA, 0x4E8E, 0x662F, 0x7531, 0x7684, 0x7B49, 0x7701, 0x5E02, 0x5DDE,
                                      0x53BF, 0x533A, 0x5E74, 0x6708, 0x65E5, 0x5411, 0x8D70, 0x8FDB, 0x5BF9, 0x4E3A, 0x548C, 0x8D74, 0x7ED9, 0x5C06, 0x6765};
    return token->start == 0 || !cjk(w->text[token->start - 1]) || one_of(w->text[token->start - 1], before, sizeof before / sizeof *before);
}
