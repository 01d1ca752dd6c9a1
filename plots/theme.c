/* theme.c — colours and sizes. Series colours are Okabe and Ito's (2008), told apart by colour-blind readers too; their
 * yellow is left out, because neither a line nor text in it can be read on white. */
#include "plots/chart.h"

#include <math.h>

const struct theme theme_light = {
    .paper = {255, 255, 255},
    .ink = {26, 26, 26},
    .soft = {85, 85, 85},
    .faint = {115, 115, 115},
    .grid = {228, 228, 228},
    .zero = {70, 70, 70},
    .palette = {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}, {60, 60, 60}},
    .title_size = 21, .subtitle_size = 13.5, .note_size = 11.5, .tick_size = 12,
};

struct colour colour_mix(struct colour under, struct colour over, double share)
{
    return (struct colour){
        (unsigned char)lround(under.red + (over.red - under.red) * share),
        (unsigned char)lround(under.green + (over.green - under.green) * share),
        (unsigned char)lround(under.blue + (over.blue - under.blue) * share),
    };
}
