/* catalogue_structure.c — the definitions of measures of structure and of the parts of a change. */
#include "stats/catalogue.h"

#define DUNN                                                                                                                 \
    "E. S. Dunn, A statistical and analytical technique for regional analysis, Papers of the Regional Science Association 6 " \
    "(1960) 97–112"
#define ANG "B. W. Ang, The LMDI approach to decomposition analysis: a practical guide, Energy Policy 33 (2005) 867–871"

const struct definition definitions_structure[] = {
    {"location_quotient", "location quotient", "区位商",
     "The industry's share of the region relative to its share of the reference (all regions together, or --reference): above 1 the "
     "region is specialised in it. Missing figures are left out and counted; undefined for a region or industry of 0.",
     "(e_ij/e_j)/(e_i/e)", "P. S. Florence, Report on the Location of Industry, 1939"},
    {"krugman", "Krugman index of specialisation", "克鲁格曼专业化指数",
     "How much the shares of a region's industries differ from the reference's: 0 when they are the same, 2 when they have nothing in "
     "common. Of concentration: the shares of an industry's regions.",
     "Σ|s_i − r_i|", "P. Krugman, Geography and Trade, 1991, p. 76"},
    {"structure_gini", "Gini index of specialisation", "专业化基尼系数",
     "The Gini index of the location quotients: 0 when the structures are the same; needs a reference without zeros.",
     "Gini of s_i/r_i", "O. Farhauer and A. Kröll, Standorttheorien, 2nd edition, 2014, chapter 11"},
    {"structure_entropy", "entropy of the structure", "结构熵", "ln n for n equal shares, 0 when one part has all; 0 ln 0 = 0.",
     "−Σ s ln s", "C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27 (1948) 379–423"},
    {"shift_change", "change", "变动量", "The change between the two periods.", "e_1 − e_0", DUNN},
    {"shift_national", "national (growth) effect", "总体增长效应", "The change had everything grown as the reference did as a whole.",
     "e_0 (N_1/N_0 − 1)", DUNN},
    {"shift_structural", "structural (industry mix) effect", "结构效应",
     "What the industries' growth in the reference adds: positive for a region of growing industries. Needs a base above 0 in every "
     "industry.",
     "e_0 (n_1/n_0 − N_1/N_0)", DUNN},
    {"shift_regional", "regional (competitive) effect", "竞争力效应", "What is left: the industry grew faster here than in the reference.",
     "e_1 − e_0 n_1/n_0", DUNN},
    {"shift_net", "net total shift", "净转移", "Structural and regional effect together.", "e_1 − e_0 N_1/N_0", DUNN},
    {"lmdi_total", "change of the product", "总变动", "The change of the sum of products between the two periods.", "Σ Πx_1 − Σ Πx_0", ANG},
    {"lmdi_effect", "effect of a factor (LMDI-I)", "因素效应",
     "What the change of this factor contributes; the effects add up to the total without remainder. Zeros are taken in the limit; "
     "negative values are refused.",
     "Σ L(y_1, y_0) ln(x_1/x_0), L(a, b) = (a − b)/ln(a/b)", ANG},
    {"lmdi_share", "share of an effect", "因素贡献率", "The effect as a part of the total change.", "effect/total", ANG},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
