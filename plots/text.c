/* text.c — glyph outlines and everything that follows from their widths.
 *
 * GNU libplot's own labels know Latin-1 only, so each string is drawn as filled outlines. They are read unhinted in font
 * units, brought to one em of 2048 units whatever the face, and kept per character for the life of the object: a chart
 * repeats its characters. The bold cut is made from the regular one (the Chinese faces that Debian has by default come
 * in one weight). A character that the first face lacks is taken from whichever face fontconfig names for it. */
#include "plots/text.h"

#include "data/base/utf8.h"
#include "plots/font.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_OUTLINE_H
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FACES_MAX 8
#define BOLD_STRENGTH 58   /* stroke weight added, in 1/2048 em */

struct glyph_entry {
    uint32_t key;            /* character * 2 + bold, plus 1: 0 is an empty place */
    struct glyph glyph;
};

struct text {
    FT_Library library;
    struct FT_MemoryRec_ memory;         /* FreeType's, which notes in error what there was none for */
    FT_Face faces[FACES_MAX];
    struct mapped {
        void *bytes;
        size_t size;
    } files[FACES_MAX];                  /* of the faces */
    size_t face_count;
    struct font_finder *finder;
    struct arena arena;                  /* the outlines */
    struct glyph_entry *entries;         /* open addressing, a power of two of places */
    size_t entry_count, entry_places;
    char family[256];                    /* for SVG: the first face's, then others that have Chinese */
    struct error error;                  /* the first failure */
};

static const struct glyph EMPTY;

static int text_fail_memory(struct text *text)
{
    if (text->error.code == E_OK)
        error_set(&text->error, E_MEMORY, "drawing text: out of memory");
    return E_MEMORY;
}

/* FreeType goes on without a part of a font that it had no memory for, and draws otherwise: note it here. */
static void *font_memory(FT_Memory memory, void *bytes)
{
    if (bytes == NULL)
        text_fail_memory(memory->user);
    return bytes;
}
static void *font_alloc(FT_Memory memory, long size)
{
    return font_memory(memory, malloc((size_t)size));
}
static void *font_realloc(FT_Memory memory, long old_size, long size, void *bytes)
{
    (void)old_size;
    return font_memory(memory, realloc(bytes, (size_t)size));
}
static void font_free(FT_Memory memory, void *bytes)
{
    (void)memory;
    free(bytes);
}

/* Not left to FreeType, which does not tell a file that cannot be mapped from one that is no font. */
static bool map_font(struct text *text, const char *path, struct mapped *mapped)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
    if (good) {
        mapped->size = (size_t)about.st_size;
        mapped->bytes = mmap(NULL, mapped->size, PROT_READ, MAP_PRIVATE, file, 0);
        good = mapped->bytes != MAP_FAILED;
        if (!good && errno == ENOMEM)
            text_fail_memory(text);
    }
    if (file >= 0)
        close(file);
    return good;
}

static FT_Face face_add(struct text *text, const struct font_file *file)
{
    FT_Face face;
    struct mapped mapped;
    if (text->face_count == FACES_MAX || !map_font(text, file->path, &mapped))
        return NULL;
    if (FT_New_Memory_Face(text->library, mapped.bytes, (FT_Long)mapped.size, file->index, &face) != 0)
        goto unusable;
    if (!FT_IS_SCALABLE(face) || face->units_per_EM == 0) {
        FT_Done_Face(face);
        goto unusable;
    }
    text->files[text->face_count] = mapped;
    text->faces[text->face_count++] = face;
    return face;
unusable:
    munmap(mapped.bytes, mapped.size);
    return NULL;
}

int text_open(const char *family, struct text **result, struct error *error)
{
    int code = E_OK;
    struct font_file file;
    static const char *const preferred[] = {"WenQuanYi Micro Hei", "Noto Sans CJK SC", "Source Han Sans SC"};
    struct text *text = calloc(1, sizeof *text);
    *result = NULL;
    if (text == NULL || (text->finder = font_finder_new()) == NULL) {
        code = error_set(error, E_MEMORY, "opening fonts: out of memory");
        goto done;
    }
    text->memory = (struct FT_MemoryRec_){text, font_alloc, font_free, font_realloc};
    if (FT_New_Library(&text->memory, &text->library) != 0) {
        text->library = NULL;
        code = error_set(error, E_FONT, "opening fonts: FreeType cannot be started");
        goto done;
    }
    FT_Add_Default_Modules(text->library);
    FT_Set_Default_Properties(text->library);
    if (family != NULL && family[0] != '\0') {
        if (!font_find_family(text->finder, family, &file) || face_add(text, &file) == NULL)
            code = error_set(error, E_FONT, "the font family \"%s\" is not installed; `fc-list : family` lists those that are",
                             family);
        goto done;
    }
    for (size_t i = 0; text->face_count == 0 && font_usual(i) != NULL; i++)
        face_add(text, font_usual(i));
    /* fontconfig does not outlive a want of memory */
    for (size_t i = 0; text->face_count == 0 && text->error.code == E_OK && i < sizeof preferred / sizeof *preferred; i++)
        if (font_find_family(text->finder, preferred[i], &file))
            face_add(text, &file);
    if (text->face_count == 0 && text->error.code == E_OK && font_find_character(text->finder, 0x4E00, &file))
        face_add(text, &file);
    if (text->face_count == 0 && text->error.code == E_OK && font_find_character(text->finder, 'n', &file))
        face_add(text, &file);
    if (text->face_count == 0 && text->error.code == E_OK)
        code = error_set(error, E_FONT, "no scalable font is installed; install the package fonts-wqy-microhei or fonts-noto-cjk");
    if (text->error.code != E_OK)
        code = error_set(error, text->error.code, "%s", text->error.text);
done:
    if (code != E_OK) {
        text_close(text);
        return code;
    }
    /* the name goes into an attribute between quotes; a list of names that need none */
    if (text->faces[0]->family_name != NULL && strpbrk(text->faces[0]->family_name, "\"'<>&,;") == NULL)
        snprintf(text->family, sizeof text->family, "%.100s, ", text->faces[0]->family_name);
    strcat(text->family, "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif");
    *result = text;
    return E_OK;
}

struct FT_LibraryRec_ *text_library(struct text *text)
{
    return text->library;
}

const char *text_family(const struct text *text)
{
    return text->family;
}

void text_close(struct text *text)
{
    if (text == NULL)
        return;
    for (size_t i = 0; i < text->face_count; i++) {
        FT_Done_Face(text->faces[i]);
        munmap(text->files[i].bytes, text->files[i].size);
    }
    if (text->library != NULL)
        FT_Done_Library(text->library);
    font_finder_free(text->finder);
    arena_free(&text->arena);
    free(text->entries);
    free(text);
}

int text_status(const struct text *text, struct error *error)
{
    return text->error.code == E_OK ? E_OK : error_set(error, text->error.code, "%s", text->error.text);
}

/* ---- outlines ---- */

struct collector {
    struct outline *outlines;   /* NULL while only counting */
    size_t count;
    double scale;
};

static int collect(struct collector *to, enum outline_kind kind, const FT_Vector *a, const FT_Vector *b, const FT_Vector *c)
{
    if (to->outlines != NULL) {
        struct outline *o = &to->outlines[to->count];
        const FT_Vector *points[3] = {a, b, c};
        o->kind = kind;
        for (int i = 0; i < 3 && points[i] != NULL; i++) {
            o->x[i] = (float)((double)points[i]->x * to->scale);
            o->y[i] = (float)((double)points[i]->y * to->scale);
        }
    }
    to->count++;
    return 0;
}
static int collect_move(const FT_Vector *a, void *to) { return collect(to, OUTLINE_MOVE, a, NULL, NULL); }
static int collect_line(const FT_Vector *a, void *to) { return collect(to, OUTLINE_LINE, a, NULL, NULL); }
static int collect_quadratic(const FT_Vector *a, const FT_Vector *b, void *to) { return collect(to, OUTLINE_QUADRATIC, a, b, NULL); }
static int collect_cubic(const FT_Vector *a, const FT_Vector *b, const FT_Vector *c, void *to) { return collect(to, OUTLINE_CUBIC, a, b, c); }

/* The face that has the character (and its glyph index); a face that fontconfig names is kept. */
static FT_Face face_for(struct text *text, uint32_t point, FT_UInt *index)
{
    struct font_file file;
    for (size_t i = 0; i < text->face_count; i++)
        if ((*index = FT_Get_Char_Index(text->faces[i], point)) != 0)
            return text->faces[i];
    if (font_find_character(text->finder, point, &file)) {
        FT_Face face = face_add(text, &file);
        if (face != NULL && (*index = FT_Get_Char_Index(face, point)) != 0)
            return face;
    }
    return NULL;
}

static bool is_cjk(uint32_t point)
{
    return (point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFF00 && point <= 0xFFEF) || (point >= 0x20000 && point <= 0x3FFFF);
}

static void glyph_load(struct text *text, uint32_t point, bool bold, struct glyph *glyph)
{
    static const FT_Outline_Funcs FUNCS = {collect_move, collect_line, collect_quadratic, collect_cubic, 0, 0};
    FT_UInt index = 0;
    FT_Face face = face_for(text, point, &index);
    if (face == NULL || FT_Load_Glyph(face, index, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING) != 0 ||
        face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
        char shown[5] = "";
        shown[utf8_encode(point, shown)] = '\0';
        if (text->error.code == E_OK)
            error_set(&text->error, E_FONT, "no installed font has the character %s (U+%04X); install the package %s", shown,
                      (unsigned)point,
                      is_cjk(point) ? "fonts-wqy-microhei or fonts-noto-cjk" : "fonts-noto-core (for Chinese: fonts-noto-cjk), or leave it out");
        return;
    }
    FT_Outline *outline = &face->glyph->outline;
    struct collector to = {.scale = TEXT_EM / face->units_per_EM};
    glyph->advance = (double)face->glyph->advance.x * to.scale;
    if (bold && outline->n_points > 0) {
        FT_Pos strength = (FT_Pos)lround(BOLD_STRENGTH / to.scale);
        FT_Outline_Embolden(outline, strength);  /* grows to the right and up: the advance follows by half of it */
        FT_Outline_Translate(outline, -strength / 4, -strength / 2);
        glyph->advance += BOLD_STRENGTH / 2.0;
    }
    if (FT_Outline_Decompose(outline, &FUNCS, &to) != 0 || to.count == 0)
        return;  /* a space */
    to.outlines = arena_alloc(&text->arena, to.count * sizeof *to.outlines);
    if (to.outlines == NULL) {
        text_fail_memory(text);
        return;
    }
    to.count = 0;
    FT_Outline_Decompose(outline, &FUNCS, &to);
    glyph->outlines = to.outlines;
    glyph->count = to.count;
}

/* The place of a key: its own, or the empty one where it belongs. */
static struct glyph_entry *place_of(struct glyph_entry *entries, size_t places, uint32_t key)
{
    size_t i = (key * 2654435761u) & (places - 1);
    while (entries[i].key != 0 && entries[i].key != key)
        i = (i + 1) & (places - 1);
    return &entries[i];
}

static bool entries_grow(struct text *text)
{
    size_t places = text->entry_places == 0 ? 512 : text->entry_places * 2;
    struct glyph_entry *entries = calloc(places, sizeof *entries);
    if (entries == NULL)
        return false;
    for (size_t i = 0; i < text->entry_places; i++)
        if (text->entries[i].key != 0)
            *place_of(entries, places, text->entries[i].key) = text->entries[i];
    free(text->entries);
    text->entries = entries;
    text->entry_places = places;
    return true;
}

const struct glyph *text_glyph(struct text *text, uint32_t point, bool bold)
{
    if (text->entry_count * 2 >= text->entry_places && !entries_grow(text)) {
        text_fail_memory(text);
        return &EMPTY;
    }
    uint32_t key = point * 2 + (bold ? 1 : 0) + 1;
    struct glyph_entry *entry = place_of(text->entries, text->entry_places, key);
    if (entry->key == 0) {
        entry->key = key;
        text->entry_count++;
        glyph_load(text, point, bold, &entry->glyph);
    }
    return &entry->glyph;
}

/* ---- measuring and wrapping ---- */

static double width_of(struct text *text, const char *bytes, size_t length, double size, bool bold)
{
    double units = 0;
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += (size_t)abs(utf8_decode((const unsigned char *)bytes + i, length - i, &point));
        units += text_glyph(text, point, bold)->advance;
    }
    return units * size / TEXT_EM;
}

double text_width(struct text *text, const char *string, double size, bool bold)
{
    return width_of(text, string, strlen(string), size, bold);
}

/* Whether a line may begin with this character: closing marks stay with what they close (GB/T 15834). */
static bool may_begin_line(uint32_t point)
{
    static const uint32_t closing[] = {0x3001, 0x3002, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF01, 0xFF09, 0xFF0C, 0xFF1A,
                                       0xFF1B, 0xFF1F, 0x201D, 0x2019, 0x2026, 0xFF05, '%', ')', ',', '.', ';', ':', '!', '?', ' '};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (closing[i] == point)
            return false;
    return true;
}

/* Where the line that starts at bytes ends: after as many characters as fit, moved back to a place where it may break
 * (between Chinese characters, after a space or hyphen); a word longer than the line is cut. At least one character. */
static size_t line_end(struct text *text, const char *bytes, size_t length, double size, bool bold, double width)
{
    size_t i = 0, good = 0;
    double used = 0;
    uint32_t before = 0, point;
    while (i < length) {
        size_t step = (size_t)abs(utf8_decode((const unsigned char *)bytes + i, length - i, &point));
        if (i > 0 && may_begin_line(point) && (is_cjk(point) || is_cjk(before) || before == ' ' || before == '-' || before == '/'))
            good = i;
        used += text_glyph(text, point, bold)->advance * size / TEXT_EM;
        if (used > width && i > 0 && point != ' ')
            return good > 0 ? good : i;
        i += step;
        before = point;
    }
    return length;
}

/* The longest beginning that fits with "…" after it. */
static size_t cut_end(struct text *text, const char *bytes, size_t length, double size, bool bold, double width)
{
    double used = text_width(text, "…", size, bold);
    size_t i = 0;
    uint32_t point;
    while (i < length) {
        size_t step = (size_t)abs(utf8_decode((const unsigned char *)bytes + i, length - i, &point));
        used += text_glyph(text, point, bold)->advance * size / TEXT_EM;
        if (used > width)
            break;
        i += step;
    }
    while (i > 0 && bytes[i - 1] == ' ')
        i--;
    return i;
}

size_t text_wrap(struct text *text, struct arena *arena, const char *string, double size, bool bold, double width,
                 size_t most, const char *const **result)
{
    size_t count = 0, length = strlen(string);
    const char **lines = arena_alloc(arena, most * sizeof *lines);
    *result = lines;
    if (lines == NULL) {
        text_fail_memory(text);
        return 0;
    }
    while (length > 0 && count < most) {
        size_t end = line_end(text, string, length, size, bold, width);
        bool cut = end < length && count + 1 == most;
        if (cut)
            end = cut_end(text, string, length, size, bold, width);
        size_t shown = end;
        while (!cut && shown > 0 && string[shown - 1] == ' ')
            shown--;
        char *line = arena_alloc(arena, shown + sizeof "…");
        if (line == NULL) {
            text_fail_memory(text);
            return 0;
        }
        memcpy(line, string, shown);
        if (cut)
            strcpy(line + shown, "…");
        lines[count++] = line;
        if (cut)
            break;
        string += end;
        length -= end;
        while (length > 0 && *string == ' ')
            string++, length--;
    }
    return count;
}

/* Characters that steer but have no shape: soft hyphen, zero-width and bidi controls, joiners, variation selectors. */
static bool is_invisible(uint32_t point)
{
    return point == 0xAD || point == 0x61C || (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF ||
           (point >= 0xE0000 && point <= 0xE0FFF);
}

char *text_clean(struct arena *arena, const char *string)
{
    size_t length = strlen(string), used = 0;
    char *out = arena_alloc(arena, length + 1);
    bool space = true;  /* leading and repeated spaces go */
    for (size_t i = 0; out != NULL && i < length;) {
        uint32_t point;
        int step = utf8_decode((const unsigned char *)string + i, length - i, &point);
        i += (size_t)abs(step);
        if (step < 0)
            point = '?';
        bool control = point <= 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0x2028 || point == 0x2029;
        if (is_invisible(point) || (control && space))
            continue;
        space = control;
        if (control)
            out[used++] = ' ';
        else
            used += (size_t)utf8_encode(point, out + used);
    }
    if (out != NULL) {
        if (used > 0 && out[used - 1] == ' ')
            used--;
        out[used] = '\0';
    }
    return out;
}
