/* pinyin.c — readings printed behind the characters they belong to: 產(chǎn)業(yè), 畲(shē)族乡, 瀼渡(ràng dù)镇.
 *
 * Automatic converters and careful editors put them into the middle of words, which breaks every name and label. A
 * bracketed run is taken for a reading, and left out, when all of this holds:
 *  1. the bracket, ( or （, stands right behind a Han character, and is closed;
 *  2. inside are only pinyin syllables — an initial or none, a final, blanks, apostrophes or middle dots between them —,
 *     not more than there are Han characters right before the bracket, and eight at most;
 *  3. at least one vowel carries a tone mark. Without any, only the unstressed particles that such converters leave bare
 *     count: 的(de), 了(le), 们(men) … In a text that shows many of them one syllable of two letters or more will do
 *     (省(sheng)), and its repetition right behind it.
 * 公里(km), (GDP), 吨(t), 毫米(mm) and 经济总量(GDP) stay: they have no tone mark. Which of its readings a character has in
 * its word is not checked: nothing but a reading looks like this. */
#include "data/extract/document.h"

#include <string.h>

#define SYLLABLES_MOST 8u
#define LETTERS_MOST 48u

/* A Latin letter of pinyin → its plain form, ü as v; *tone is set where it carries a mark. 0: none of them. */
static char plain_letter(uint16_t c, bool *tone)
{
    static const struct {
        uint16_t from, to;
        char letter;
    } marked[] = {{0xE0, 0xE1, 'a'},   {0x101, 0x101, 'a'}, {0x1CE, 0x1CE, 'a'}, {0xE8, 0xE9, 'e'},   {0x113, 0x113, 'e'},
                  {0x11B, 0x11B, 'e'}, {0xEC, 0xED, 'i'},   {0x12B, 0x12B, 'i'}, {0x1D0, 0x1D0, 'i'}, {0xF2, 0xF3, 'o'},
                  {0x14D, 0x14D, 'o'}, {0x1D2, 0x1D2, 'o'}, {0xF9, 0xFA, 'u'},   {0x16B, 0x16B, 'u'}, {0x1D4, 0x1D4, 'u'},
                  {0x1D6, 0x1DC, 'v'}, {0x103, 0x103, 'a'}, {0x115, 0x115, 'e'}, {0x12D, 0x12D, 'i'}, {0x14F, 0x14F, 'o'},
                  {0x16D, 0x16D, 'u'}, {0x144, 0x144, 'n'}, {0x148, 0x148, 'n'}, {0x1F9, 0x1F9, 'n'}, {0x1E3F, 0x1E3F, 'm'}};
    if (c >= 'a' && c <= 'z')
        return (char)c;
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if (c == 0xFC)
        return 'v';
    if (c == 0x251)  /* ɑ, ɡ: the school book's letters */
        return 'a';
    if (c == 0x261)
        return 'g';
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (c >= marked[i].from && c <= marked[i].to) {
            *tone = true;
            return marked[i].letter;
        }
    return 0;
}

static size_t initial_length(const char *s)
{
    if ((s[0] == 'z' || s[0] == 'c' || s[0] == 's') && s[1] == 'h')
        return 2;
    return s[0] != '\0' && strchr("bpmfdtnlgkhjqxrzcsyw", s[0]) != NULL ? 1 : 0;
}

/* The most syllables that letters[0..n) can be read as one after the other; 0 when they cannot. Longest finals first with
 * one step back: n is small. */
static unsigned syllables(const char *s, size_t n, unsigned deep)
{
    static const char *const finals[] = {"iang", "iong", "uang", "ueng", "ang", "eng", "ing", "ong", "iao", "ian", "uai", "uan", "van",
                                         "ai", "ei", "ao", "ou", "an", "en", "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un",
                                         "ue", "ve", "vn", "a", "o", "e", "i", "u", "v", "ng", "n", "m"};
    if (n == 0)
        return 0;
    if (deep >= SYLLABLES_MOST)
        return 0;
    size_t head = initial_length(s);
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++) {
        size_t length = strlen(finals[i]);
        if (head + length > n || strncmp(s + head, finals[i], length) != 0)
            continue;
        if (length <= 2 && (finals[i][0] == 'n' || finals[i][0] == 'm') && (head > 0 || head + length < n))
            continue;  /* n, ng, m: interjections that stand alone */
        if (head + length == n)
            return 1;
        unsigned rest = syllables(s + head + length, n - head - length, deep + 1);
        if (rest > 0)
            return rest + 1;
    }
    return 0;
}

static bool is_han(uint16_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 || c == 0xFFFD /* beyond the BMP */;
}

/* Requirement 3's particles, behind the character they read. */
static bool is_particle(uint16_t han, const char *letters)
{
    static const struct {
        uint16_t han[3];
        const char *reading;
    } particles[] = {{{0x7684, 0x5730, 0x5F97}, "de"}, {{0x4E86}, "le"},          {{0x4EEC, 0x5011}, "men"}, {{0x5B50}, "zi"},
                     {{0x7740, 0x8457}, "zhe"},        {{0x4E48, 0x9EBC}, "me"},  {{0x5417, 0x55CE}, "ma"},  {{0x5462}, "ne"},
                     {{0x5427}, "ba"},                 {{0x4E2A, 0x500B}, "ge"},  {{0x4E0A}, "shang"},       {{0x91CC, 0x88E1}, "li"}};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        for (size_t k = 0; k < 3; k++)
            if (particles[i].han[k] == han && strcmp(particles[i].reading, letters) == 0)
                return true;
    return false;
}

size_t pinyin_length(const uint16_t *t, size_t i, size_t n, bool toneless)
{
    char letters[LETTERS_MOST + 1];
    size_t count = 0, k = i + 1, han = 0, word = 0;
    unsigned heard = 0;
    bool tone = false;
    if (i == 0 || i >= n || !(t[i] == '(' || t[i] == 0xFF08) || !is_han(t[i - 1]))
        return 0;
    for (;; k++) {
        if (k >= n)
            return 0;
        char letter = plain_letter(t[k], &tone);
        if (letter != 0) {
            if (count == LETTERS_MOST)
                return 0;
            letters[count++] = letter;
            continue;
        }
        bool closed = t[k] == ')' || t[k] == 0xFF09;
        if (!closed && t[k] != ' ' && t[k] != '\'' && t[k] != 0x2019 && t[k] != 0xB7 && t[k] != 0x3000)
            return 0;
        letters[count] = '\0';
        if (count > word) {
            unsigned more = syllables(letters + word, count - word, 0);
            if (more == 0)
                return 0;
            heard += more;
            word = count;
        }
        if (closed)
            break;
    }
    while (han < SYLLABLES_MOST && han < i && is_han(t[i - 1 - han]))
        han++;
    if (heard == 0 || heard > han || !(tone || is_particle(t[i - 1], letters) || (toneless && heard == 1 && count >= 2)))
        return 0;
    return k + 1 - i;
}

size_t pinyin_repeated(const uint16_t *t, size_t i, size_t n)
{
    size_t length = 0;
    if (i < 4 || i >= n || t[i] != '(' || t[i - 1] != ')')
        return 0;
    while (i + length < n && length <= LETTERS_MOST && t[i + length] != ')')
        length++;
    length++;
    return i + length <= n && length <= i && memcmp(t + i - length, t + i, length * sizeof *t) == 0 ? length : 0;
}
