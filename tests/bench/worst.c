/* worst.c — looks for the text of 1 MB that takes longest to extract, and prints the slowest it found.
 *
 * usage: worst [SECONDS [SEED]]
 * A text is a pattern of pieces (what the scanners look at: numerals, units, marks, names, cues) repeated until it is
 * full. Every piece alone and all pairs come first; then patterns are mutated, those that cost most a byte most often.
 * The search measures short texts and keeps the champions; the ranking is over the full length, so that what grows faster
 * than its input shows. In-process, from bytes to JSON, as `zhibiao extract` does it; the time is processor time. */
#include "cli/cli.h"
#include "cli/observation.h"
#include "data/extract/extract.h"
#include "data/reference/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FULL ((size_t)1000000)
#define SHORT ((size_t)40000)
#define PIECES 12     /* of a pattern, at most */
#define CHAMPIONS 24
#define LISTED 5

static const char *const atoms[] = {
    "1", "9", "0", "12", "3.5", ".", ",", "，", "。", "、", "；", "：", ":", "\n", "\r\n", " ", "　", "\t", "\xC2\xA0", "(", ")", "（",
    "）", "《", "》", "“", "”", "「", "[", "]", "-", "—", "~", "至", "到", "/", "%", "‰", "+", "·", "e", "k", "www.", "http://",
    "一", "二", "三", "两", "五", "九", "零", "〇", "十", "百", "千", "万", "亿", "兆", "半", "几", "数", "余", "多", "来", "点", "又", "分之",
    "成", "折", "第", "个", "户", "人", "元", "亩", "公里", "吨", "名", "年", "月", "日", "时", "号", "度", "岁", "倍", "位", "镇", "乡", "村", "社区",
    "县", "市", "省", "紫云县", "紫云", "猫营镇", "贵州省", "广州市", "合作", "和", "及", "等", "该县", "全镇", "全县", "各", "本", "2019年", "3月", "今年",
    "去年", "年末", "目前", "截至", "累计", "近", "近三年来", "以来", "自", "十三五", "上半年", "一季度", "较", "比", "同比", "增长", "下降", "减少",
    "占", "达", "达到", "为", "约", "超过", "不足", "以上", "左右", "以内", "种植", "改造", "投资", "带动", "建成", "新增", "销往", "帮扶", "对口帮扶",
    "的", "了", "每", "户均", "人均", "亩产", "年产", "其中", "分别", "辣椒", "茶叶", "面积", "资金", "收入", "人口", "贫困户", "群众", "产业", "发展",
    "生产总值", "预计", "计划", "将", "目标", "一是", "首先", "不", "居", "排名", "比例", "结构", "分享到", "责任编辑", "来源", "发布时间", "a", "Z",
    "<p>", "&nbsp;", "\xFF", "\xE4\xB8", "𠀀", "é", "ā", "(ā)", "辣椒4600亩", "1200余户", "增长6.4%", "1户", "2万元", "三个", "1.", "1、", "一、",
};
#define ATOMS (sizeof atoms / sizeof *atoms)

struct pattern {
    unsigned short piece[PIECES];
    unsigned count;
    double seconds;   /* per byte in the search, for the full length in the ranking */
};

static uint64_t random_state;
static unsigned random_below(unsigned n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % n;
}

struct sink {
    struct buffer buffer;
    struct observation_repeats repeats;
};
static int sink(const struct observation *o, void *context)
{
    struct sink *to = context;
    observation_json(&to->buffer, o, &to->repeats);
    if (to->buffer.size > (1 << 17))
        buffer_clear(&to->buffer);
    return 0;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double measure(const struct pattern *p, size_t size, char *text, struct sink *to, struct arena *arena)
{
    struct extract_options options = {.source = "worst.txt", .published = "2020-06-01", .encoding = "UTF-8"};
    struct error error;
    size_t used = 0;
    for (unsigned i = 0; used < size; i = (i + 1) % p->count) {
        size_t n = strlen(atoms[p->piece[i]]);
        if (used + n > size)
            n = size - used;
        memcpy(text + used, atoms[p->piece[i]], n);
        used += n;
    }
    double start = now();
    extract_text(&options, (const unsigned char *)text, size, arena, NULL, sink, to, &error);
    double end = now();
    arena_reset(arena);
    return end - start;
}

static void keep(struct pattern *best, unsigned *count, const struct pattern *p)
{
    unsigned at = *count;
    while (at > 0 && best[at - 1].seconds < p->seconds)
        at--;
    if (at == CHAMPIONS)
        return;
    if (*count < CHAMPIONS)
        ++*count;
    memmove(best + at + 1, best + at, (*count - at - 1) * sizeof *best);
    best[at] = *p;
}

static struct pattern mutate(const struct pattern *from)
{
    struct pattern p = *from;
    switch (random_below(4)) {
    case 0: p.piece[random_below(p.count)] = (unsigned short)random_below(ATOMS); break;
    case 1:
        if (p.count < PIECES) {
            unsigned at = random_below(p.count + 1);
            memmove(p.piece + at + 1, p.piece + at, (p.count - at) * sizeof *p.piece);
            p.piece[at] = (unsigned short)random_below(ATOMS);
            p.count++;
        }
        break;
    case 2:
        if (p.count > 1) {
            unsigned at = random_below(p.count);
            memmove(p.piece + at, p.piece + at + 1, (p.count - at - 1) * sizeof *p.piece);
            p.count--;
        }
        break;
    default: {
        unsigned a = random_below(p.count), b = random_below(p.count);
        unsigned short piece = p.piece[a];
        p.piece[a] = p.piece[b];
        p.piece[b] = piece;
    }
    }
    return p;
}

static void print(const struct pattern *p)
{
    printf("  %.3f s: ", p->seconds);
    for (unsigned i = 0; i < p->count; i++)
        for (const char *c = atoms[p->piece[i]]; *c != '\0'; c++)
            if ((unsigned char)*c < 0x20 || *c == 0x7F || (unsigned char)*c == 0xFF)
                printf("\\x%02X", (unsigned char)*c);
            else
                putchar(*c);
    putchar('\n');
}

int main(int argc, char **argv)
{
    double budget = argc > 1 ? atof(argv[1]) : 20;
    struct pattern best[CHAMPIONS], ranked[CHAMPIONS];
    unsigned count = 0, rank = 0;
    struct sink to = {0};
    struct arena arena = {0};
    struct error error;
    char *text = malloc(FULL);
    random_state = argc > 2 ? strtoull(argv[2], NULL, 10) * 2 + 1 : 88172645463325253u;
    if (text == NULL || reference_open(&error) != E_OK)
        return 3;
    /* every piece alone, over the full length: what grows faster than its input is found here */
    double start = now();
    for (unsigned i = 0; i < ATOMS; i++) {
        struct pattern p = {.piece = {(unsigned short)i}, .count = 1};
        p.seconds = measure(&p, FULL, text, &to, &arena);
        if (p.seconds > 0.1) {
            struct pattern full = p;
            keep(ranked, &rank, &full);
        }
        p.seconds /= FULL;
        keep(best, &count, &p);
    }
    double searched = now() + budget;
    unsigned tried = ATOMS;
    for (; now() < searched; tried++) {
        struct pattern p;
        if (tried % 4 == 0) {
            p.count = 1 + random_below(5);
            for (unsigned i = 0; i < p.count; i++)
                p.piece[i] = (unsigned short)random_below(ATOMS);
        } else {
            p = mutate(&best[random_below(count)]);
        }
        /* long texts now and then: the quadratic ones are short ones' equals while they are short */
        size_t size = tried % 16 == 0 ? SHORT * 8 : SHORT;
        p.seconds = measure(&p, size, text, &to, &arena) / (double)size;
        if (count < CHAMPIONS || p.seconds > best[count - 1].seconds) {
            double again = measure(&p, size, text, &to, &arena) / (double)size;  /* not a hiccup of the machine */
            p.seconds = again < p.seconds ? again : p.seconds;
            bool known = false;
            for (unsigned i = 0; i < count; i++)
                known |= best[i].count == p.count && memcmp(best[i].piece, p.piece, p.count * sizeof *p.piece) == 0;
            if (!known)
                keep(best, &count, &p);
        }
    }
    for (unsigned i = 0; i < count; i++) {
        best[i].seconds = measure(&best[i], FULL, text, &to, &arena);
        double again = measure(&best[i], FULL, text, &to, &arena);
        best[i].seconds = again < best[i].seconds ? again : best[i].seconds;
        keep(ranked, &rank, &best[i]);
    }
    printf("slowest text of 1 MB: %.3f s of %u patterns tried in %.0f s\n", ranked[0].seconds, tried, now() - start);
    for (unsigned i = 0; i < rank && i < LISTED; i++)
        print(&ranked[i]);
    free(text);
    buffer_free(&to.buffer);
    observation_repeats_free(&to.repeats);
    arena_free(&arena);
    return 0;
}
