/* catalogue_score.c — the definitions of composite scores, their weights and their sensitivity. */
#include "stats/catalogue.h"

#define OECD "M. Nardo et al., Handbook on Constructing Composite Indicators, OECD, 2008"
#define SAATY "T. L. Saaty, A scaling method for priorities in hierarchical structures, Journal of Mathematical Psychology 15 (1977) 234–281"
#define SAISANA                                                                                                              \
    "M. Saisana, A. Saltelli and S. Tarantola, Uncertainty and sensitivity analysis techniques, Journal of the Royal Statistical " \
    "Society A 168 (2005) 307–323"
#define WANG                                                                                                                 \
    "S. Wang et al., Research on misuses and modification of coupling coordination degree model in China, Journal of Natural "  \
    "Resources 36 (2021) 793–810"
#define JOLLIFFE "I. T. Jolliffe, Principal Component Analysis, 2nd edition, 2002"

const struct definition definitions_score[] = {
    {"score", "composite score", "综合得分",
     "Indicators made comparable (--scaling), weighted (--weights) and put together (--method). A row with a missing indicator has "
     "none.",
     "sum: Σ w z; geometric: Π z^w; topsis: d⁻/(d⁺ + d⁻); coupling: √(C T); pca: Σ λ F/Σ λ for λ ≥ 1", OECD},
    {"score_sensitivity", "composite score over the runs", "综合得分敏感区间",
     "The score with its least and greatest value over the runs that keep the scaling.", "min score … max score", SAISANA},
    {"score_rank", "rank of the score", "综合排名", "1 for the largest; equal scores share a rank and push those behind them down.",
     "1 + #{j: score_j > score_i}", OECD},
    {"score_best_rank", "best rank over the runs", "最优排名", "The best rank that any run or the model itself gives.", "min rank", SAISANA},
    {"score_worst_rank", "worst rank over the runs", "最差排名", "The worst rank that any run or the model itself gives.", "max rank",
     SAISANA},
    {"score_mean_rank", "mean rank over the runs", "平均排名", "The mean of the ranks of all runs.", "Σ rank/runs", SAISANA},
    {"score_same_rank", "share of runs with the same rank", "排名不变率", "The part of the runs that give the rank of the model.",
     "#{rank_run = rank}/runs", SAISANA},
    {"score_reversal", "share of runs in which the next one is ahead", "排名逆转率",
     "The part of the runs in which the row that comes next in the model's order has the larger score.", "#{score_next > score}/runs",
     SAISANA},
    {"rank_share", "share of runs in a rank", "各名次比重", "The part of the runs that give this rank (the term): rank acceptability.",
     "#{rank_run = r}/runs", "R. Lahdelma and P. Salminen, SMAA-2, Operations Research 49 (2001) 444–454"},
    {"pairs_reversed", "pairs in the opposite order", "逆序对比重",
     "The part of all pairs of rows whose order is the opposite of the model's, averaged over the runs.", "inversions/(n(n − 1)/2)",
     SAISANA},
    {"indicator_weight", "weight of an indicator", "指标权重",
     "Weights add up to 1. entropy: w ∝ 1 − e, e = −Σ p ln p/ln n of min-max values in [ε, 1 − ε]; critic: w ∝ σ Σ(1 − r); deviation: w ∝ σ; "
     "a constant indicator weighs 0; ahp: principal eigenvector.",
     "Σ w = 1",
     "entropy: M. Zeleny, Multiple Criteria Decision Making, 1982; critic: D. Diakoulaki et al., Computers & Operations Research 22 "
     "(1995) 763–770; ahp: " SAATY},
    {"epsilon", "margin of min-max values", "极差标准化边界",
     "Min-max values are put into [ε, 1 − ε] so that logarithms are defined; ε changes entropy weights.", "ε + (1 − 2ε)(x − min)/(max − min)",
     OECD},
    {"lambda_max", "principal eigenvalue of the comparisons", "最大特征根", "n for comparisons that do not contradict one another.",
     "A w = λ w", SAATY},
    {"consistency_index", "consistency index", "一致性指标", "How far the principal eigenvalue exceeds n.", "(λ − n)/(n − 1)", SAATY},
    {"consistency_ratio", "consistency ratio", "一致性比率",
     "The consistency index relative to that of random comparisons; above 0.1 the comparisons should be revised.", "CI/RI(n)", SAATY},
    {"coupling_degree", "coupling degree", "耦合度", "1 when all systems are at the same level, 0 when one is at 0.", "C = k (Π u)^(1/k)/Σ u",
     WANG},
    {"comprehensive_level", "comprehensive level", "综合发展水平", "The weighted mean of the systems' levels.", "T = Σ w u", WANG},
    {"component_variance", "variance of a principal component", "主成分方差", "An eigenvalue of the correlation matrix; they add up to the "
     "number of indicators.", "R v = λ v", JOLLIFFE},
    {"loading", "loading on a principal component", "主成分载荷", "An element of the eigenvector, of length 1; its sum is not negative.", "v",
     JOLLIFFE},
    {"scaled", "scaled value", "标准化值", "The indicator made comparable; more is better.",
     "minmax: (x − min)/(max − min); zscore: (x − mean)/sd; vector: x/√Σx²; max: x/max; sum: x/Σx; rank: (n − r)/(n − 1)", OECD},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
