/* geometry.c — see geometry.h.
 *
 * Longitude and latitude are projected to Albers' equal-area conic (Snyder 1987, eq. 14-1 to 14-6) with its parallels at one
 * and five sixths of the map's height, on the sphere: a choropleth compares areas. Maps that span most of the globe get
 * Lambert's cylindrical equal-area projection. The map is cut where its longitudes leave the widest gap, so that what
 * crosses the antimeridian stays together. Coordinates beyond ±180 and ±90 are planar already: TopoJSON of that kind is made
 * for screens, with y downwards. */
#include "plots/geometry.h"

#include "data/base/number.h"
#include "plots/json.h"

#include <math.h>
#include <stdlib.h>

#define RADIANS (M_PI / 180)
#define POINTS_MAX 20000000
#define REACH 1e15   /* the earth is 4e10 mm around; centroids take the third power of a coordinate */

struct reader {
    struct json_reader json;
    struct geometry *geometry;
    struct point **arcs;         /* TopoJSON: decoded arcs and their sizes */
    size_t *arc_sizes, arc_count;
    size_t points;
    bool topology;
};

static int no_memory(struct reader *reader)
{
    return error_set(reader->json.error, E_MEMORY, "%s: out of memory", reader->json.name);
}

/* ---- properties ---- */

static bool add_key(struct reader *reader, const char *text, size_t place)
{
    struct geometry *g = reader->geometry;
    size_t known = g->keys.count, capacity = g->keys.capacity, key;
    if (text[0] == '\0')
        return true;
    char *copy = arena_copy(reader->json.arena, text, strlen(text));
    if (copy == NULL || (key = names_add(&g->keys, reader->json.arena, copy)) == NAME_NONE)
        return false;
    if (g->keys.capacity != capacity) {
        size_t *places = arena_alloc(reader->json.arena, g->keys.capacity * sizeof *places);
        if (places == NULL)
            return false;
        if (known > 0)
            memcpy(places, g->key_places, known * sizeof *places);
        g->key_places = places;
    }
    if (g->keys.count > known)
        g->key_places[key] = place;
    else if (g->key_places[key] != place)
        g->key_places[key] = NAME_NONE;
    return true;
}

static bool read_properties(struct reader *reader, const cJSON *feature, size_t place)
{
    static const char *const best[] = {"name", "NAME", "名称", "Name", "NAME_ZH", "fullname"};
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(feature, "properties"), *id = cJSON_GetObjectItemCaseSensitive(feature, "id"), *item;
    char number[NUMBER_TEXT];
    struct place *p = &reader->geometry->places[place];
    if (id != NULL && !add_key(reader, cJSON_IsString(id) ? id->valuestring : cJSON_IsNumber(id) ? number_format(id->valuedouble, number) : "", place))
        return false;
    cJSON_ArrayForEach(item, properties) {
        if (!add_key(reader, cJSON_IsString(item) ? item->valuestring : cJSON_IsNumber(item) ? number_format(item->valuedouble, number) : "", place))
            return false;
    }
    for (size_t i = 0; i < sizeof best / sizeof *best && p->name == NULL; i++) {
        item = cJSON_GetObjectItemCaseSensitive(properties, best[i]);
        if (cJSON_IsString(item) && (p->name = text_clean(reader->json.arena, item->valuestring)) == NULL)
            return false;
    }
    if (p->name == NULL)
        p->name = "";
    return true;
}

/* ---- rings ---- */

static int add_ring(struct reader *reader, struct place *place, struct point *points, size_t count)
{
    while (count > 1 && points[0].x == points[count - 1].x && points[0].y == points[count - 1].y)
        count--;
    if (count < 3)
        return E_OK;
    if ((place->ring_count & (place->ring_count - 1)) == 0) {   /* full at each power of two */
        struct ring *rings = arena_alloc(reader->json.arena, (place->ring_count == 0 ? 1 : place->ring_count * 2) * sizeof *rings);
        if (rings == NULL)
            return no_memory(reader);
        if (place->ring_count > 0)
            memcpy(rings, place->rings, place->ring_count * sizeof *rings);
        place->rings = rings;
    }
    place->rings[place->ring_count++] = (struct ring){points, count};
    reader->points += count;
    return reader->points > POINTS_MAX ? json_wrong(&reader->json, "more than %d points", POINTS_MAX) : E_OK;
}

/* also false for NaN */
static bool in_reach(struct point p)
{
    return fabs(p.x) <= REACH && fabs(p.y) <= REACH;
}

static int read_position(struct reader *reader, const cJSON *item, struct point *point)
{
    const cJSON *x = cJSON_IsArray(item) ? item->child : NULL, *y = x == NULL ? NULL : x->next;
    if (x == NULL || y == NULL || !cJSON_IsNumber(x) || !cJSON_IsNumber(y))
        return json_wrong(&reader->json, "a position [x, y] is wanted in the coordinates");
    *point = (struct point){x->valuedouble, y->valuedouble};
    return in_reach(*point) ? E_OK : json_wrong(&reader->json, "a coordinate beyond ±%g is on no map", REACH);
}

/* One ring: of GeoJSON its positions, of TopoJSON its arcs, the shared ends once. */
static int read_ring(struct reader *reader, const cJSON *item, struct place *place)
{
    const cJSON *element;
    size_t room = 0, n = 0;
    if (!cJSON_IsArray(item))
        return json_wrong(&reader->json, "a ring is wanted here, an array, not %s", json_kind(item));
    cJSON_ArrayForEach(element, item) {
        /* an index beyond every size_t is none: 1e308, and what cJSON makes of 1e3081 */
        bool number = reader->topology && cJSON_IsNumber(element) && fabs(element->valuedouble) <= 1e9;
        double index = number ? element->valuedouble : 0;
        size_t arc = (size_t)(index < 0 ? -index - 1 : index);
        if (reader->topology && (!number || arc >= reader->arc_count))
            return json_wrong(&reader->json, "an arc that does not exist");
        room += reader->topology ? reader->arc_sizes[arc] : 1;
    }
    struct point *points = arena_alloc(reader->json.arena, (room + 1) * sizeof *points);
    if (points == NULL)
        return no_memory(reader);
    cJSON_ArrayForEach(element, item) {
        if (!reader->topology) {
            int code = read_position(reader, element, &points[n++]);
            if (code != E_OK)
                return code;
            continue;
        }
        bool backwards = element->valuedouble < 0;
        size_t arc = (size_t)(backwards ? -element->valuedouble - 1 : element->valuedouble), size = reader->arc_sizes[arc];
        for (size_t i = n > 0 ? 1 : 0; i < size; i++)
            points[n++] = reader->arcs[arc][backwards ? size - 1 - i : i];
    }
    return add_ring(reader, place, points, n);
}

static int read_polygon(struct reader *reader, const cJSON *item, struct place *place)
{
    const cJSON *ring;
    int code = E_OK;
    cJSON_ArrayForEach(ring, item)
        if (code == E_OK)
            code = read_ring(reader, ring, place);
    return code;
}

static int read_shape(struct reader *reader, const cJSON *shape, struct place *place)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(shape, "type"), *part;
    const cJSON *body = cJSON_GetObjectItemCaseSensitive(shape, reader->topology ? "arcs" : "coordinates");
    const char *name = cJSON_IsString(type) ? type->valuestring : "";
    int code = E_OK;
    if (strcmp(name, "Polygon") == 0)
        return read_polygon(reader, body, place);
    if (strcmp(name, "MultiPolygon") == 0)
        cJSON_ArrayForEach(part, body)
            if (code == E_OK)
                code = read_polygon(reader, part, place);
    return code;   /* points and lines are no regions */
}

/* ---- documents ---- */

static int places_start(struct reader *reader, const cJSON *list)
{
    if (!cJSON_IsArray(list))
        return json_wrong(&reader->json, "neither GeoJSON with \"features\" nor TopoJSON with \"objects\"");
    reader->geometry->places = arena_alloc(reader->json.arena, ((size_t)cJSON_GetArraySize(list) + 1) * sizeof(struct place));
    return reader->geometry->places == NULL ? no_memory(reader) : E_OK;
}

static int read_features(struct reader *reader, const cJSON *list)
{
    const cJSON *feature;
    int code = places_start(reader, list), n = 0;
    size_t mark = json_enter(&reader->json, reader->topology ? "geometries" : "features", 0), inner;
    cJSON_ArrayForEach(feature, list) {
        struct geometry *g = reader->geometry;
        if (code != E_OK)
            return code;
        inner = json_enter(&reader->json, NULL, n++);
        code = read_shape(reader, reader->topology ? feature : cJSON_GetObjectItemCaseSensitive(feature, "geometry"), &g->places[g->count]);
        if (code == E_OK && g->places[g->count].ring_count > 0) {
            if (!read_properties(reader, feature, g->count))
                return no_memory(reader);
            g->count++;
        }
        if (code == E_OK)
            json_leave(&reader->json, inner);
    }
    if (code == E_OK)
        json_leave(&reader->json, mark);
    return code;
}

static int read_arcs(struct reader *reader, const cJSON *root)
{
    const cJSON *arcs = cJSON_GetObjectItemCaseSensitive(root, "arcs"), *transform = cJSON_GetObjectItemCaseSensitive(root, "transform"), *arc, *item;
    struct point scale = {1, 1}, translate = {0, 0};
    int code = E_OK;
    if (transform != NULL && ((code = read_position(reader, cJSON_GetObjectItemCaseSensitive(transform, "scale"), &scale)) != E_OK ||
                              (code = read_position(reader, cJSON_GetObjectItemCaseSensitive(transform, "translate"), &translate)) != E_OK))
        return code;
    size_t count = (size_t)cJSON_GetArraySize(arcs);
    reader->arcs = arena_alloc(reader->json.arena, (count + 1) * sizeof *reader->arcs);
    reader->arc_sizes = arena_alloc(reader->json.arena, (count + 1) * sizeof *reader->arc_sizes);
    if (reader->arcs == NULL || reader->arc_sizes == NULL)
        return no_memory(reader);
    cJSON_ArrayForEach(arc, arcs) {
        struct point at = {0, 0}, *points = arena_alloc(reader->json.arena, ((size_t)cJSON_GetArraySize(arc) + 1) * sizeof *points);
        size_t n = 0;
        if (points == NULL)
            return no_memory(reader);
        cJSON_ArrayForEach(item, arc) {
            struct point step = {0, 0};
            if ((code = read_position(reader, item, &step)) != E_OK)
                return code;
            at = transform != NULL ? (struct point){at.x + step.x, at.y + step.y} : step;   /* quantized arcs are steps */
            points[n] = (struct point){at.x * scale.x + translate.x, at.y * scale.y + translate.y};
            if (!in_reach(points[n]))
                return json_wrong(&reader->json, "the steps and scale of an arc lead to a position beyond ±%g", REACH);
            n++;
        }
        reader->arcs[reader->arc_count] = points;
        reader->arc_sizes[reader->arc_count++] = n;
    }
    return E_OK;
}

/* Of a topology with several objects (counties, states, nation) the one with most geometries, or the one asked for. */
static const cJSON *choose_object(const cJSON *objects, const char *wanted)
{
    const cJSON *object, *best = NULL;
    cJSON_ArrayForEach(object, objects) {
        const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "geometries");
        if (wanted != NULL ? strcmp(object->string, wanted) == 0
                           : best == NULL || cJSON_GetArraySize(list) > cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(best, "geometries")))
            best = object;
    }
    return best;
}

/* ---- projection ---- */

static void each_point(struct geometry *g, void change(struct point *point, const double *with), const double *with)
{
    for (size_t i = 0; i < g->count; i++)
        for (size_t r = 0; r < g->places[i].ring_count; r++)
            for (size_t k = 0; k < g->places[i].rings[r].count; k++)
                change(&g->places[i].rings[r].points[k], with);
}

static void grow_box(struct point *point, const double *with)
{
    double *box = (double *)(void *)(size_t)(const void *)with;
    box[0] = fmin(box[0], point->x), box[1] = fmax(box[1], point->x), box[2] = fmin(box[2], point->y), box[3] = fmax(box[3], point->y);
}
static void mark_longitude(struct point *point, const double *with)
{
    double *used = (double *)(void *)(size_t)(const void *)with;
    used[(int)fmin(359, fmax(0, floor(point->x + 180)))] = 1;
}
static void flip(struct point *point, const double *with)
{
    (void)with;
    point->y = -point->y;
}
/* with: cut, n, C, rho0, centre */
static void albers(struct point *point, const double *with)
{
    double longitude = point->x < with[0] ? point->x + 360 : point->x, theta = with[1] * (longitude - with[4]) * RADIANS;
    double rho = sqrt(fmax(0, with[2] - 2 * with[1] * sin(point->y * RADIANS))) / with[1];
    *point = (struct point){rho * sin(theta), -(with[3] - rho * cos(theta))};
}
static void cylindrical(struct point *point, const double *with)
{
    double longitude = point->x < with[0] ? point->x + 360 : point->x;
    *point = (struct point){(longitude - with[4]) * RADIANS * cos(30 * RADIANS), -sin(point->y * RADIANS) / cos(30 * RADIANS)};
}

static void project(struct geometry *g, bool topology)
{
    double box[4] = {INFINITY, -INFINITY, INFINITY, -INFINITY}, used[360] = {0}, with[5];
    each_point(g, grow_box, box);
    if (box[0] < -180.001 || box[1] > 180.001 || box[2] < -90.001 || box[3] > 90.001) {
        if (!topology)
            each_point(g, flip, NULL);
        return;
    }
    each_point(g, mark_longitude, used);
    int widest = -1, after = 0;   /* the widest run of degrees without a point, around the globe */
    for (int start = 0; start < 360; start++) {
        int run = 0;
        while (run < 360 && used[(start + run) % 360] == 0)
            run++;
        if (run > widest) {
            widest = run;
            after = start + run;
        }
    }
    double cut = (after % 360) - 180.0;   /* the map begins here */
    with[0] = cut;
    double west = INFINITY, east = -INFINITY;
    for (int d = 0; d < 360; d++)
        if (used[d] != 0) {
            double longitude = d - 180.0 < cut ? d + 180.0 : d - 180.0;
            west = fmin(west, longitude);
            east = fmax(east, longitude + 1);
        }
    with[4] = (west + east) / 2;
    double south = box[2] + (box[3] - box[2]) / 6, north = box[2] + (box[3] - box[2]) * 5 / 6;
    with[1] = (sin(south * RADIANS) + sin(north * RADIANS)) / 2;
    if (east - west > 150 || fabs(with[1]) < 0.05) {
        each_point(g, cylindrical, with);
        return;
    }
    with[2] = cos(south * RADIANS) * cos(south * RADIANS) + 2 * with[1] * sin(south * RADIANS);
    with[3] = sqrt(fmax(0, with[2] - 2 * with[1] * sin((box[2] + box[3]) / 2 * RADIANS))) / with[1];
    each_point(g, albers, with);
}

/* Boxes, and the centroid of each place's largest ring (the shoelace formula). */
static void measure(struct geometry *g)
{
    double whole[4] = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (size_t i = 0; i < g->count; i++) {
        struct place *place = &g->places[i];
        double box[4] = {INFINITY, -INFINITY, INFINITY, -INFINITY};
        for (size_t r = 0; r < place->ring_count; r++) {
            const struct ring *ring = &place->rings[r];
            struct point origin = ring->points[0];   /* differences keep the digits */
            double twice = 0, x = 0, y = 0;
            for (size_t k = 0; k < ring->count; k++) {
                struct point a = ring->points[k], b = ring->points[(k + 1) % ring->count];
                grow_box(&a, box);
                a.x -= origin.x, a.y -= origin.y, b.x -= origin.x, b.y -= origin.y;
                double cross = a.x * b.y - b.x * a.y;
                twice += cross;
                x += (a.x + b.x) * cross;
                y += (a.y + b.y) * cross;
            }
            if (fabs(twice) / 2 > place->area || r == 0) {
                place->area = fabs(twice) / 2;
                place->centre = twice == 0 ? origin : (struct point){origin.x + x / (3 * twice), origin.y + y / (3 * twice)};
            }
        }
        place->box = (struct box){box[0], box[2], box[1] - box[0], box[3] - box[2]};
        whole[0] = fmin(whole[0], box[0]), whole[1] = fmax(whole[1], box[1]), whole[2] = fmin(whole[2], box[2]), whole[3] = fmax(whole[3], box[3]);
    }
    g->box = (struct box){whole[0], whole[2], whole[1] - whole[0], whole[3] - whole[2]};
}

int geometry_read(const char *json, size_t size, const char *name, const char *object, struct arena *arena, const struct geometry **result, struct error *error)
{
    struct reader reader = {.json = {.name = name, .arena = arena, .error = error}};
    cJSON *root = NULL;
    int code = json_parse(&reader.json, json, size, &root);
    *result = NULL;
    if (code == E_OK && (reader.geometry = arena_alloc(arena, sizeof *reader.geometry)) == NULL)
        code = no_memory(&reader);
    if (code == E_OK) {
        const cJSON *objects = cJSON_GetObjectItemCaseSensitive(root, "objects"), *chosen = objects == NULL ? NULL : choose_object(objects, object);
        reader.topology = objects != NULL;
        if (objects != NULL && chosen == NULL)
            code = json_wrong(&reader.json, "\"objects\" has no %s", object != NULL ? object : "geometries");
        if (code == E_OK && reader.topology)
            code = read_arcs(&reader, root);
        if (code == E_OK)
            code = read_features(&reader, reader.topology ? cJSON_GetObjectItemCaseSensitive(chosen, "geometries") : cJSON_GetObjectItemCaseSensitive(root, "features"));
        if (code == E_OK && reader.geometry->count == 0)
            code = json_wrong(&reader.json, "no polygons: a map needs regions");
    }
    cJSON_Delete(root);
    if (code == E_OK) {
        project(reader.geometry, reader.topology);
        measure(reader.geometry);
        *result = reader.geometry;
    }
    return code;
}

/* ---- joining ---- */

static size_t find_key(const struct geometry *g, const char *text)
{
    size_t key = text == NULL || text[0] == '\0' ? NAME_NONE : names_find(&g->keys, text);
    return key == NAME_NONE ? NAME_NONE : g->key_places[key];
}

size_t geometry_find(const struct geometry *g, const struct mark *mark)
{
    size_t place = find_key(g, mark->code), length = mark->label == NULL ? 0 : strlen(mark->label), found = NAME_NONE;
    if (place == NAME_NONE)
        place = find_key(g, mark->label);
    if (place != NAME_NONE || length < 6)
        return place;
    for (size_t i = 0; i < g->count; i++) {   /* 沿河 and 沿河土家族自治县, if only one begins so */
        size_t n = strlen(g->places[i].name), shorter = n < length ? n : length;
        if (shorter < 6 || strncmp(g->places[i].name, mark->label, shorter) != 0)
            continue;
        if (found != NAME_NONE)
            return NAME_NONE;
        found = i;
    }
    return found;
}
