/* Maps: GeoJSON and TopoJSON as they come, where their regions stand, which region a mark means, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/geometry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct geometry *read_map(const char *json, const char *object)
{
    const struct geometry *map = NULL;
    struct error error = {0};
    if (geometry_read(json, strlen(json), "m.json", object, &arena, &map, &error) != E_OK)
        fail_msg("%s", error.text);
    return map;
}

#define FEATURE(properties, ring) "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" ring "]}}"
#define FEATURES(list) "{\"type\":\"FeatureCollection\",\"features\":[" list "]}"
#define SQUARE "[[0,0],[10,0],[10,10],[0,10],[0,0]]"

/* Which region a mark means: its code, its label, or the one name that begins so. */
static void test_joining(void **state)
{
    (void)state;
    const struct geometry *map = read_map(FEATURES(
        FEATURE("\"name\":\"沿河土家族自治县\",\"code\":520627,\"kind\":\"县\"", SQUARE) ","
        FEATURE("\"name\":\"沿滩区\",\"code\":\"510311\",\"kind\":\"县\"", SQUARE) ","
        FEATURE("\"name\":\"永福县\",\"empty\":\"\",\"none\":null", SQUARE) ","
        FEATURE("\"name\":\"永福镇\"", SQUARE)), NULL);
    static const struct {
        const char *code, *label;
        size_t place;
    } cases[] = {
        {"520627", "别的", 0}, {"510311", NULL, 1}, {NULL, "沿滩区", 1}, {NULL, "沿河", 0}, {NULL, "沿河土家族自治县城", 0},
        {NULL, "永福", NAME_NONE}, {NULL, "沿", NAME_NONE}, {NULL, "县", NAME_NONE}, {NULL, "", NAME_NONE}, {NULL, NULL, NAME_NONE}, {"1", "思南县", NAME_NONE},
    };
    assert_int_equal(map->count, 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct mark mark = {.code = cases[i].code, .label = cases[i].label};
        assert_int_equal(geometry_find(map, &mark), cases[i].place);
    }
}

/* Points, lines and rings of fewer than three corners are no regions; holes and parts belong to theirs. */
static void test_what_is_a_region(void **state)
{
    (void)state;
    const struct geometry *map = read_map(FEATURES(
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}},"
        "{\"type\":\"Feature\",\"geometry\":null},"
        FEATURE("\"NAME\":\"a line\"", "[[0,0],[10,0],[0,0]]") ","
        "{\"type\":\"Feature\",\"id\":7,\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE ",[[4,4],[6,4],[6,6]]],[[[20,0],[21,0],[21,1]]]]}}"), NULL);
    assert_int_equal(map->count, 1);
    assert_int_equal(map->places[0].ring_count, 3);
    assert_int_equal(map->places[0].rings[0].count, 4);   /* closed: the last corner is the first */
    assert_string_equal(map->places[0].name, "");
    assert_int_equal(geometry_find(map, &(struct mark){.code = "7"}), 0);
}

/* Equal areas on the globe stay equal on paper, in both projections; north is up. */
static void test_projection(void **state)
{
    (void)state;
    const struct geometry *map = read_map(FEATURES(FEATURE("\"name\":\"low\"", "[[100,20],[101,20],[101,21],[100,21]]") ","
                                                   FEATURE("\"name\":\"high\"", "[[100,50],[101,50],[101,51],[100,51]]")), NULL);
    double want = (sin(21 * M_PI / 180) - sin(20 * M_PI / 180)) / (sin(51 * M_PI / 180) - sin(50 * M_PI / 180));
    assert_true(fabs(map->places[0].area / map->places[1].area / want - 1) < 0.01);
    assert_true(map->places[1].centre.y < map->places[0].centre.y);
    /* most of the globe: cylindrical */
    map = read_map(FEATURES(FEATURE("\"name\":\"west\"", "[[-120,0],[-119,0],[-119,1],[-120,1]]") ","
                            FEATURE("\"name\":\"east\"", "[[60,50],[61,50],[61,51],[60,51]]") ","
                            FEATURE("\"name\":\"middle\"", "[[0,0],[1,0],[1,1],[0,1]]")), NULL);
    want = sin(1 * M_PI / 180) / (sin(51 * M_PI / 180) - sin(50 * M_PI / 180));
    assert_true(fabs(map->places[0].area / map->places[1].area / want - 1) < 0.01);
    assert_true(map->places[0].centre.x < map->places[1].centre.x);
    /* across the antimeridian: side by side */
    map = read_map(FEATURES(FEATURE("\"name\":\"fiji\"", "[[178,-18],[179,-18],[179,-17],[178,-17]]") ","
                            FEATURE("\"name\":\"lau\"", "[[-179,-18],[-178,-18],[-178,-17],[-179,-17]]")), NULL);
    assert_true(map->places[0].centre.x < map->places[1].centre.x);
    assert_true(map->box.width < 0.2);
    /* planar already: y of GeoJSON points up, of TopoJSON down */
    map = read_map(FEATURES(FEATURE("\"name\":\"low\"", "[[0,0],[500,0],[500,500],[0,500]]") ","
                            FEATURE("\"name\":\"high\"", "[[0,500],[500,500],[500,1000],[0,1000]]")), NULL);
    assert_true(map->places[1].centre.y < map->places[0].centre.y);
    assert_true(fabs(map->places[0].area - 250000) < 1e-6);
}

#define TOPOLOGY(transform, arcs, objects) "{\"type\":\"Topology\"," transform "\"arcs\":[" arcs "],\"objects\":{" objects "}}"
#define TWO_ARCS "[[0,0],[500,0],[500,500]],[[0,0],[0,500],[500,500]]"

static void test_topology(void **state)
{
    (void)state;
    static const char ONE[] = "\"nation\":{\"type\":\"GeometryCollection\",\"geometries\":[]},"
                              "\"counties\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Polygon\",\"arcs\":[[0,-2]],\"properties\":{\"name\":\"甲\"}}]}";
    char json[1024];
    snprintf(json, sizeof json, TOPOLOGY("", TWO_ARCS, "%s"), ONE);
    const struct geometry *map = read_map(json, NULL);   /* the object with most geometries */
    assert_int_equal(map->count, 1);
    assert_int_equal(map->places[0].rings[0].count, 4);
    assert_true(fabs(map->places[0].area - 250000) < 1e-6);
    /* quantized: steps, scaled and moved */
    snprintf(json, sizeof json, TOPOLOGY("\"transform\":{\"scale\":[100,100],\"translate\":[1000,0]},", "[[0,0],[5,0],[0,5]],[[0,0],[0,5],[5,0]]", "%s"), ONE);
    map = read_map(json, "counties");
    assert_true(fabs(map->places[0].area - 250000) < 1e-6);
    assert_true(fabs(map->box.x - 1000) < 1e-9);
}

static void test_what_is_refused(void **state)
{
    (void)state;
#define OBJECT(arcs) "\"o\":{\"geometries\":[{\"type\":\"Polygon\",\"arcs\":" arcs "}]}"
    static const char *const cases[][3] = {
        {"{}", NULL, "m.json: $: neither GeoJSON with \"features\" nor TopoJSON with \"objects\""},
        {FEATURES(""), NULL, "m.json: $: no polygons: a map needs regions"},
        {FEATURES(FEATURE("", "7")), NULL, "m.json: $.features[0]: a ring is wanted here, an array, not a number"},
        {FEATURES(FEATURE("", "[[0]]")), NULL, "m.json: $.features[0]: a position [x, y] is wanted in the coordinates"},
        {FEATURES(FEATURE("", "[7]")), NULL, "m.json: $.features[0]: a position [x, y] is wanted in the coordinates"},
        {FEATURES(FEATURE("", "[[\"0\",1]]")), NULL, "m.json: $.features[0]: a position [x, y] is wanted in the coordinates"},
        {FEATURES(FEATURE("", "[[0,\"1\"]]")), NULL, "m.json: $.features[0]: a position [x, y] is wanted in the coordinates"},
        {FEATURES(FEATURE("", "[[0,1e999]]")), NULL, "m.json: $.features[0]: a coordinate beyond ±1e+15 is on no map"},
        {FEATURES(FEATURE("", "[[1e999,0]]")), NULL, "m.json: $.features[0]: a coordinate beyond ±1e+15 is on no map"},
        {TOPOLOGY("", TWO_ARCS, ""), NULL, "m.json: $: \"objects\" has no geometries"},
        {TOPOLOGY("", TWO_ARCS, OBJECT("[[0]]")), "p", "m.json: $: \"objects\" has no p"},
        {TOPOLOGY("", TWO_ARCS, OBJECT("[[2]]")), NULL, "m.json: $.geometries[0]: an arc that does not exist"},
        {TOPOLOGY("", TWO_ARCS, OBJECT("[[-3]]")), NULL, "m.json: $.geometries[0]: an arc that does not exist"},
        {TOPOLOGY("", TWO_ARCS, OBJECT("[[1e300]]")), NULL, "m.json: $.geometries[0]: an arc that does not exist"},
        {TOPOLOGY("", TWO_ARCS, OBJECT("[[\"0\"]]")), NULL, "m.json: $.geometries[0]: an arc that does not exist"},
        {TOPOLOGY("", "[[0]]", OBJECT("[[0]]")), NULL, "m.json: $: a position [x, y] is wanted in the coordinates"},
        {TOPOLOGY("\"transform\":{},", TWO_ARCS, OBJECT("[[0]]")), NULL, "m.json: $: a position [x, y] is wanted in the coordinates"},
        {TOPOLOGY("\"transform\":{\"scale\":[1,1]},", TWO_ARCS, OBJECT("[[0]]")), NULL, "m.json: $: a position [x, y] is wanted in the coordinates"},
        {FEATURES(FEATURE("", "[[0,-2e15]]")), NULL, "m.json: $.features[0]: a coordinate beyond ±1e+15 is on no map"},
        {TOPOLOGY("\"transform\":{\"scale\":[1e308,1],\"translate\":[0,0]},", "[[9,9]]", OBJECT("[[0]]")), NULL,
         "m.json: $: a coordinate beyond ±1e+15 is on no map"},
        {TOPOLOGY("\"transform\":{\"scale\":[1e15,1],\"translate\":[0,0]},", "[[9,9]]", OBJECT("[[0]]")), NULL,
         "m.json: $: the steps and scale of an arc lead to a position beyond ±1e+15"},
        {TOPOLOGY("\"transform\":{\"scale\":[1,1e15],\"translate\":[0,0]},", "[[9,9]]", OBJECT("[[0]]")), NULL,
         "m.json: $: the steps and scale of an arc lead to a position beyond ±1e+15"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct geometry *map;
        struct error error = {0};
        int status = geometry_read(cases[i][0], strlen(cases[i][0]), "m.json", cases[i][1], &arena, &map, &error);
        if (status != E_INPUT)
            fail_msg("%s: status %d", cases[i][0], status);
        assert_null(map);
        assert_string_equal(error.text, cases[i][2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_joining, release),
        cmocka_unit_test_teardown(test_what_is_a_region, release),
        cmocka_unit_test_teardown(test_projection, release),
        cmocka_unit_test_teardown(test_topology, release),
        cmocka_unit_test_teardown(test_what_is_refused, release),
    };
    return cmocka_run_group_tests_name("plots/geometry", tests, NULL, NULL);
}
