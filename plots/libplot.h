/* libplot.h — GNU libplot, loaded when the first figure is drawn.
 *
 * Linked in the usual way it would be loaded at every start, together with the X11 libraries of its interactive drivers:
 * some fifteen, which cost more time than the rest of the program's start. Only `plot` and `report` draw. */
#ifndef ZHIBIAO_LIBPLOT_H
#define ZHIBIAO_LIBPLOT_H

#include "data/base/error.h"

#include <stdio.h>
/* GNU libplot's own header, not plots/plot.h, which needs the one before it */
#include <plot.h>

/* What canvas.c calls, without its prefix pl_. */
#define LIBPLOT_FUNCTIONS(X)                                                                                            \
    X(newplparams) X(deleteplparams) X(setplparam) X(newpl_r) X(deletepl_r) X(openpl_r) X(closepl_r) X(savestate_r)     \
    X(restorestate_r) X(fspace_r) X(fconcat_r) X(fillmod_r) X(joinmod_r) X(capmod_r) X(pentype_r) X(pencolor_r)         \
    X(flinewidth_r) X(flinedash_r) X(filltype_r) X(fillcolor_r) X(endpath_r) X(endsubpath_r) X(fmove_r) X(fcont_r)      \
    X(fbox_r) X(fcircle_r) X(fbezier2_r) X(fbezier3_r) X(alabel_r) X(fontname_r) X(ffontsize_r)

struct libplot {
#define X(name) __typeof__(pl_##name) *name;
    LIBPLOT_FUNCTIONS(X)
#undef X
};

/* Fills *library; the second time costs next to nothing. It stays loaded until the program ends. E_OUTPUT when it is not
 * installed. */
int libplot_load(struct libplot *library, struct error *error);

#endif
