/* curve.h — curves that charts draw through or over data: a fitted line with its band, a density, a Lorenz curve.
 *
 * As in stats.h: NaN is a missing value and left out; results that are undefined are NaN; no text, no printing. */
#ifndef ZHIBIAO_STATS_CURVE_H
#define ZHIBIAO_STATS_CURVE_H

#include "data/base/error.h"

#include <stddef.h>

/* Least squares y = intercept + slope x over the pairs without a missing member. n < 3 or one x only: all NaN but n. */
struct line_fit {
    size_t n;
    double intercept, slope, r_squared;
    double residual_sd;          /* sqrt(sum of squared residuals / (n - 2)) */
    double mean_x, sum_xx;       /* of x; sum of squared deviations from it */
    double t;                    /* 97.5 % quantile of Student's t with n - 2 degrees of freedom */
};
int curve_line(const double *x, const double *y, size_t n, struct line_fit *fit);
/* The line at x and half the width of the 95 % confidence band of its mean: t s sqrt(1/n + (x - mean)² / Sxx). */
void curve_line_at(const struct line_fit *fit, double x, double *y, double *half_width);

/* Gaussian kernel density of the values at `count` points; it integrates to 1. Bandwidth by Silverman's rule of thumb
 * (1986, eq. 3.31): 0.9 min(sd, IQR / 1.34) n^(-1/5). False in *defined for fewer than 3 values or no spread. */
int curve_density(const double *values, size_t n, const double *points, size_t count, double *density, int *defined);

/* The Lorenz curve of n values of 0 or more with weights (NULL: one each): count + 1 points from (0, 0) to (1, 1) in shares
 * of weight and of weighted value, ascending in value per unit; share_x and share_y have room for n + 1. *gini: twice the
 * area between it and the diagonal. E_DOMAIN: a negative value or weight, an infinite one, or a total of 0. */
int curve_lorenz(const double *values, const double *weights, size_t n, double *share_x, double *share_y, size_t *count, double *gini);

#endif
