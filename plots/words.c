/* words.c — see words.h. */
#include "plots/words.h"

const struct words words_chinese = {
    .english = false,
#define X(name, zh, en) .name = zh,
    WORDS(X)
#undef X
};
const struct words words_english = {
    .english = true,
#define X(name, zh, en) .name = en,
    WORDS(X)
#undef X
};
