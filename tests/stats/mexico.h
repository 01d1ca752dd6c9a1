/* mexico.h — product a head of the states of Mexico in 1940 and Hanson's (1998) regions, as the example data of PySAL
 * (BSD licence) have them: pcgdp1940 and hanson98 of mexico.csv. */
static const double mexico_1940[32] = {
    10384, 22361, 9573, 3758, 2934, 8578, 8537, 6909, 17816, 12132, 4359, 2181, 4414, 5309, 3408, 3327,
    6936, 4836, 9073, 1892, 3569, 11016, 21965, 4372, 4840, 6399, 2459, 7508, 3605, 5203, 7990, 3734,
};
static const size_t mexico_hanson98[32] = {
    1, 0, 1, 4, 4, 0, 0, 2, 3, 1, 2, 4, 2, 2, 3, 2, 2, 1, 0, 4, 2, 2, 4, 1, 1, 0, 4, 0, 2, 2, 4, 1,
};
