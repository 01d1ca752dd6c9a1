/* compile.c — turns the tables of this folder into the reference image that is linked into the program.
 *
 * usage: compile FOLDER IMAGE
 * Writes IMAGE (see image.h) and IMAGE.inc, the assembler text of the records that hold pointers (see image.S). The
 * tables are checked as they are read: an error names the file, the line and what to do. Runs at build time only. */
#include "data/reference/compile/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int write_file(struct compile *compile, const char *path, const struct buffer *content)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(content->bytes, 1, content->size, file) == content->size;
    if (file != NULL && fclose(file) != 0)
        good = false;
    if (!good && file != NULL)
        remove(path);
    return good ? E_OK : error_set(&compile->error, E_OUTPUT, "%s: cannot be written", path);
}

static int write_image(struct compile *compile, const char *path)
{
    static const char *const names[] = {
#define X(name, type) #name,
        IMAGE_SECTIONS(X)
#undef X
    };
    struct image_header header;
    struct buffer image = {0}, records = {0};
    char inc[1024];
    int code = E_OK;

    memset(&header, 0, sizeof header);
    memcpy(header.magic, IMAGE_MAGIC, sizeof IMAGE_MAGIC);
    header.layout = IMAGE_LAYOUT;
    header.section_count = IMAGE_SECTION_COUNT;
    memcpy(header.level_first, compile->level_first, sizeof header.level_first);
    header.unit_count = compile->unit_count;
    header.indicator_count = compile->indicator_count;
    snprintf(header.hash, sizeof header.hash, "%016llx%016llx", (unsigned long long)(compile->hash >> 64),
             (unsigned long long)compile->hash);
    uint64_t offset = sizeof header;
    for (int i = 0; i < IMAGE_SECTION_COUNT; i++) {
        offset = (offset + 7) / 8 * 8;
        header.section[i].offset = offset;
        header.section[i].bytes = compile->section[i].size;
        offset += compile->section[i].size;
    }
    header.size = offset;
    buffer_add(&image, &header, sizeof header);
    for (int i = 0; i < IMAGE_SECTION_COUNT; i++) {
        buffer_add(&image, "\0\0\0\0\0\0\0", header.section[i].offset - image.size);
        buffer_add(&image, compile->section[i].bytes, compile->section[i].size);
        if (compile->section[i].failed)
            image.failed = true;
    }
    /* the address of each section: lexicon.h and image.h read them there, and the records count from the text's */
    for (int i = 0; i < IMAGE_SECTION_COUNT; i++)
        buffer_format(&records, "    .global reference_section_%s\n    .set reference_section_%s, reference_image + %llu\n",
                      names[i], names[i], (unsigned long long)header.section[i].offset);
    buffer_add(&records, compile->records.bytes, compile->records.size);
    if (image.failed || records.failed || compile->records.failed)
        code = memory_failed(compile);
    else if (snprintf(inc, sizeof inc, "%s.inc", path) >= (int)sizeof inc)
        code = error_set(&compile->error, E_OUTPUT, "%s: the path is too long", path);
    if (code == E_OK)
        code = write_file(compile, inc, &records);
    if (code == E_OK)
        code = write_file(compile, path, &image);
    buffer_free(&image);
    buffer_free(&records);
    return code;
}

int main(int argc, char **argv)
{
    static int (*const steps[])(struct compile *) = {
        compile_fold, compile_regions, compile_villages, compile_aliases, compile_units,
        compile_cues, compile_items, compile_vocabulary, compile_indicators, compile_lexicon,
    };
    if (argc != 3) {
        fprintf(stderr, "usage: compile FOLDER IMAGE\n");
        return 2;
    }
    struct compile *compile = calloc(1, sizeof *compile);
    if (compile == NULL) {
        fprintf(stderr, "compile: out of memory\n");
        return 3;
    }
    compile->folder = argv[1];
    compile->hash = (unsigned __int128)0x6C62272E07BB0142 << 64 | 0x62B821756295C58D;  /* FNV-1a 128's start */
    int code = E_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == E_OK; i++)
        code = steps[i](compile);
    if (code == E_OK)
        code = write_image(compile, argv[2]);
    if (code != E_OK)
        fprintf(stderr, "compile: %s\n", compile->error.text);
    for (int i = 0; i < IMAGE_SECTION_COUNT; i++)
        buffer_free(&compile->section[i]);
    for (int i = 0; i < ITEM_CLASSES; i++)
        buffer_free(&compile->items[i]);
    buffer_free(&compile->records);
    buffer_free(&compile->spelled);
    buffer_free(&compile->spelled_units);
    free(compile->pool);
    free(compile);
    return error_exit_status((enum error_code)code);
}
