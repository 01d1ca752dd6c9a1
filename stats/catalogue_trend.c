/* catalogue_trend.c — the definitions of growth, trends and convergence. */
#include "stats/catalogue.h"

#define BARRO "R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100 (1992) 223–251"
#define KENDALL "H. B. Mann, Econometrica 13 (1945) 245–259; M. G. Kendall, Rank Correlation Methods, 1948"

const struct definition definitions_trend[] = {
    {"first_period", "first period", "首期", "The period of the first figure.", "", "this project"},
    {"last_period", "last period", "末期", "The period of the last figure.", "", "this project"},
    {"years", "years", "年数", "Years from the first figure to the last; a period stands where it ends.", "", "this project"},
    {"first", "first figure", "首期值", "The figure of the first period.", "", "this project"},
    {"last", "last figure", "末期值", "The figure of the last period.", "", "this project"},
    {"change", "change", "增量", "From the first figure to the last.", "xT − x0", "this project"},
    {"growth", "growth", "增长率", "Change relative to the earlier figure, as a ratio: 0.1 is 10 %. The earlier figure is the first one (trend) or that of a year before (compare). Undefined where it is 0 or below.", "xT/x0 − 1", "this project"},
    {"annual_growth", "compound annual growth", "年均增长率", "The yearly growth that leads from the first figure to the last; needs a first figure above 0 and a last one not below.",
     "(xT/x0)^(1/T) − 1", "this project"},
    {"slope", "slope of the line", "线性趋势", "Change a year by the line of least squares; the interval is Student's.", "Σ(t − t̄)(x − x̄)/Σ(t − t̄)²", "C. F. Gauss, Theoria combinationis, 1821"},
    {"slope_p", "p of the slope", "趋势p值", "Two-sided, Student's t with n − 2 degrees of freedom.", "", "R. A. Fisher, Statistical Methods for Research Workers, 1925"},
    {"sen_slope", "Theil–Sen slope", "泰尔-森斜率", "The median of the slopes of all pairs at different times: a few wild figures do not turn it. The interval is Sen's.",
     "median (xj − xi)/(tj − ti)", "H. Theil, 1950; P. K. Sen, JASA 63 (1968) 1379–1389"},
    {"mann_kendall_s", "Mann–Kendall S", "曼-肯德尔S", "Pairs that rise less pairs that fall.", "Σ sgn(xj − xi)", KENDALL},
    {"mann_kendall_z", "Mann–Kendall Z", "曼-肯德尔Z", "S over its standard deviation, corrected for ties and continuity.", "(S ∓ 1)/√Var S", KENDALL},
    {"mann_kendall_p", "p of the Mann–Kendall test", "曼-肯德尔p值", "Two-sided, normal.", "", KENDALL},
    {"trend_tau", "Kendall's tau-b of value and time", "趋势τ", "S over the pairs that are not tied.", "S/√(pairs untied in t · in x)", KENDALL},
    {"beta", "β-convergence", "β收敛系数", "The slope of yearly growth on the logarithm of the first figure over regions: negative where poorer regions grow faster. Regions without positive figures at both times are left out.",
     "ln(xT/x0)/T = a + β ln x0", BARRO},
    {"lambda", "speed of convergence", "收敛速度", "The share of the distance to the steady state that is covered a year. Undefined where 1 + βT is not positive.", "−ln(1 + βT)/T", BARRO},
    {"half_life", "half-life of differences", "半衰期", "Years until half of the distance is covered.", "ln 2/λ", BARRO},
    {"sigma", "σ-convergence", "σ收敛系数", "The population standard deviation of ln x over regions at one time: it falls where they converge.", "√(Σ(ln x − mean)²/n)", BARRO},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
