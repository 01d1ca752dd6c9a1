/* font.c — fontconfig's answers to two questions: where is this family, who has this character.
 *
 * fontconfig prints to standard error when it has no configuration or cannot write a cache (HOME unset, a read-only
 * system). Nothing here may print, so standard error is turned away for the moment in which it loads. */
#include "plots/font.h"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct font_finder {
    FcConfig *config;
    bool loaded;
};

/* Debian's paths of the preferred families; 2 is the SC face of the Noto collection. Elsewhere fontconfig finds them. */
static const struct font_file USUAL[] = {
    {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0},
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2},
};

const struct font_file *font_usual(size_t i)
{
    return i < sizeof USUAL / sizeof *USUAL ? &USUAL[i] : NULL;
}

struct font_finder *font_finder_new(void)
{
    return calloc(1, sizeof(struct font_finder));
}

void font_finder_free(struct font_finder *finder)
{
    if (finder == NULL)
        return;
    if (finder->config != NULL)
        FcConfigDestroy(finder->config);
    free(finder);
}

static FcConfig *finder_config(struct font_finder *finder)
{
    if (finder->loaded)
        return finder->config;
    finder->loaded = true;
    fflush(stderr);
    int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    int null = saved < 0 ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC);
    bool turned = null >= 0 && dup2(null, STDERR_FILENO) >= 0;
    finder->config = FcInitLoadConfigAndFonts();
    if (turned)
        dup2(saved, STDERR_FILENO);
    if (null >= 0)
        close(null);
    if (saved >= 0)
        close(saved);
    return finder->config;
}

/* What fontconfig holds nearest to the pattern; takes the pattern. */
static FcPattern *nearest(FcConfig *config, FcPattern *pattern)
{
    FcResult result;
    FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);  /* a bitmap has no outline to draw */
    FcPatternAddInteger(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR);
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcPattern *match = FcFontMatch(config, pattern, &result);
    FcPatternDestroy(pattern);
    return match;
}

static bool file_of(FcPattern *match, struct font_file *file)
{
    FcChar8 *path;
    FcBool outline = FcFalse;
    if (FcPatternGetString(match, FC_FILE, 0, &path) != FcResultMatch || strlen((char *)path) >= sizeof file->path)
        return false;
    if (FcPatternGetBool(match, FC_OUTLINE, 0, &outline) == FcResultMatch && !outline)
        return false;
    strcpy(file->path, (char *)path);
    if (FcPatternGetInteger(match, FC_INDEX, 0, &file->index) != FcResultMatch)
        file->index = 0;
    return true;
}

bool font_find_family(struct font_finder *finder, const char *family, struct font_file *file)
{
    FcConfig *config = finder_config(finder);
    FcPattern *pattern = config == NULL ? NULL : FcPatternCreate();
    if (pattern == NULL)
        return false;
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPattern *match = nearest(config, pattern);
    bool found = false;
    FcChar8 *name;
    /* fontconfig always has an answer: it counts only if it is the family that was asked for */
    for (int i = 0; match != NULL && !found && FcPatternGetString(match, FC_FAMILY, i, &name) == FcResultMatch; i++)
        found = FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0;
    found = found && file_of(match, file);
    if (match != NULL)
        FcPatternDestroy(match);
    return found;
}

bool font_find_character(struct font_finder *finder, uint32_t point, struct font_file *file)
{
    FcConfig *config = finder_config(finder);
    FcPattern *pattern = NULL, *match = NULL;
    FcCharSet *wanted = FcCharSetCreate(), *offered = NULL;
    bool found = false;
    if (config == NULL || wanted == NULL || !FcCharSetAddChar(wanted, point) || (pattern = FcPatternCreate()) == NULL)
        goto done;
    FcPatternAddCharSet(pattern, FC_CHARSET, wanted);
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"sans-serif");
    match = nearest(config, pattern);
    found = match != NULL && FcPatternGetCharSet(match, FC_CHARSET, 0, &offered) == FcResultMatch &&
            FcCharSetHasChar(offered, point) && file_of(match, file);
done:
    if (match != NULL)
        FcPatternDestroy(match);
    if (wanted != NULL)
        FcCharSetDestroy(wanted);
    return found;
}
