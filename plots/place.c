/* place.c — keeping labels apart: pure geometry. */
#include "plots/chart.h"

#include <math.h>

/* With o_i the height of all labels above label i, the shifted wishes u_i = wish_i - o_i - height_i / 2 must come out
 * ascending: that is isotonic regression, solved by pooling adjacent violators, then clipped to the room there is. The
 * pools are the runs of equal values in centres, so no other memory is needed; quadratic at worst, for some hundred labels. */
void labels_spread(const double *wishes, const double *heights, double *centres, size_t n, double top, double bottom)
{
    double above = 0;
    for (size_t i = 0; i < n; i++) {
        double mean = wishes[i] - above - heights[i] / 2;
        size_t start = i;
        while (start > 0 && centres[start - 1] > mean) {
            double pooled = centres[start - 1], before = (double)(i + 1 - start) * mean;
            size_t end = start;
            while (start > 0 && centres[start - 1] == pooled)
                start--;
            mean = (before + (double)(end - start) * pooled) / (double)(i + 1 - start);
        }
        for (size_t k = start; k <= i; k++)
            centres[k] = mean;
        above += heights[i];
    }
    double last = fmax(top, bottom - above);   /* what cannot be held overflows downwards, still without overlap */
    above = 0;
    for (size_t i = 0; i < n; i++) {
        centres[i] = fmin(fmax(centres[i], top), last) + above + heights[i] / 2;
        above += heights[i];
    }
}

bool boxes_overlap(struct box a, struct box b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/* Liang–Barsky: whether some part of the segment lies within the box. */
bool box_meets_segment(struct box box, struct point a, struct point b)
{
    double from = 0, to = 1, d[2] = {b.x - a.x, b.y - a.y}, p[2] = {a.x, a.y};
    double low[2] = {box.x, box.y}, high[2] = {box.x + box.width, box.y + box.height};
    for (int k = 0; k < 2; k++) {
        if (d[k] == 0) {
            if (p[k] < low[k] || p[k] > high[k])
                return false;
            continue;
        }
        double t1 = (low[k] - p[k]) / d[k], t2 = (high[k] - p[k]) / d[k];
        from = fmax(from, fmin(t1, t2));
        to = fmin(to, fmax(t1, t2));
    }
    return from <= to;
}
