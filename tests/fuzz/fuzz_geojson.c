/* fuzz_geojson.c — any bytes as GeoJSON or TopoJSON: finite coordinates or a message; what is read is drawn. */
#include "plots/geometry.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const struct geometry *map = NULL;
    struct error error = {0};
    char *bytes = NULL;
    size_t length = 0, points = 0;
    if (geometry_read((const char *)data, size, "fuzz.geojson", NULL, &arena, &map, &error) != E_OK) {
        MUST(error.text[0] != '\0');
        must_be_utf8(error.text);
        goto done;
    }
    for (size_t i = 0; i < map->count; i++) {
        MUST(isfinite(map->places[i].area));
        for (size_t r = 0; r < map->places[i].ring_count; r++) {
            const struct ring *ring = &map->places[i].rings[r];
            points += ring->count;
            for (size_t p = 0; p < ring->count; p++)
                MUST(isfinite(ring->points[p].x) && isfinite(ring->points[p].y));
        }
    }
    if (map->count > 0 && points < 2000) {
        const struct mark marks[] = {{.label = "思南县", .value = 3, .low = NAN, .high = NAN, .x = NAN},
                                     {.label = "x", .code = "520624", .value = 5, .low = NAN, .high = NAN, .x = NAN}};
        for (int type = FIGURE_MAP; type <= FIGURE_TILE; type++) {
            const struct figure figure = {.type = (enum figure_type)type, .map = map, .marks = marks, .mark_count = 2, .width = 400,
                                          .height = 400};
            if (figure_draw(&figure, FIGURE_SVG, &bytes, &length, &error) != E_OK)
                MUST(bytes == NULL);
            free(bytes);
            bytes = NULL;
        }
    }
done:
    arena_free(&arena);
    return 0;
}
