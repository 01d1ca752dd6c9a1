/* plot_columns.c — the columns of zhibiao's own tables that charts know: what they are called, and in which unit they are.
 *
 * zhibiao compare … -f csv | zhibiao plot bar --from - --value annual_growth draws any statistic that has a row a region, a group or
 * a year. Such a column is no longer in the indicator's unit: growth is shown in per cent, an index in nothing. */
#include "cli/plot.h"

#include <string.h>

static const struct statistic_column COLUMNS[] = {
    {"growth", "增长率", "Growth", "%", 100},
    {"annual_growth", "年均增长率", "Growth a year", "%", 100},
    {"contribution_to_growth", "对增长的贡献", "Contribution to growth", "%", 100},
    {"share_of_total", "占总量的比重", "Share of the total", "%", 100},
    {"coverage", "覆盖率", "Coverage", "%", 100},
    {"weight_share", "权重占比", "Share of weight", "%", 100},
    {"value_share", "数值占比", "Share of value", "%", 100},
    {"ratio_to_mean", "与平均值之比", "Ratio to the mean", NULL, 1},
    {"ratio_to_base", "与基准之比", "Ratio to the base", NULL, 1},
    {"ratio_to_parent", "与上级地区之比", "Ratio to the region above", NULL, 1},
    {"index", "指数", "Index", NULL, 1},
    {"z_score", "标准分", "z-score", NULL, 1},
    {"rank", "名次", "Rank", NULL, 1},
    {"cv", "变异系数", "Coefficient of variation", NULL, 1},
    {"cv_population", "变异系数", "Coefficient of variation", NULL, 1},
    {"gini", "基尼系数", "Gini coefficient", NULL, 1},
    {"gini_corrected", "基尼系数（小样本校正）", "Gini coefficient, corrected", NULL, 1},
    {"theil_t", "泰尔指数 T", "Theil's T", NULL, 1},
    {"theil_l", "泰尔指数 L", "Theil's L", NULL, 1},
    {"hoover", "胡佛指数", "Hoover index", NULL, 1},
    {"hhi", "赫芬达尔指数", "Herfindahl index", NULL, 1},
    {"palma", "帕尔马比", "Palma ratio", NULL, 1},
    {"s80_s20", "五等分收入比", "S80/S20", NULL, 1},
    {"p90_p10", "P90/P10", "P90/P10", NULL, 1},
    {"max_min", "极值比", "Maximum to minimum", NULL, 1},
    {"skewness", "偏度", "Skewness", NULL, 1},
    {"kurtosis", "峰度", "Kurtosis", NULL, 1},
    {"r_squared", "R²", "R²", NULL, 1},
    {"score", "综合得分", "Score", NULL, 1},
    {"score_rank", "综合名次", "Rank by score", NULL, 1},
    {"score_mean_rank", "平均名次", "Mean rank", NULL, 1},
    {"n", "个数", "Count", NULL, 1},
};

const struct statistic_column *statistic_column_find(const char *name)
{
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
        if (strcmp(COLUMNS[i].name, name) == 0)
            return &COLUMNS[i];
    return NULL;
}
