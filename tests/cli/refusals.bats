# Options of the statistics that are no numbers, that contradict one another, or that ask for what a table does not have: each is one
# line that says what to write. And what such options do where they are right.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    unset ZHIBIAO_STORE
    printf 'r,t,g,a,b\nx,2018,p,1,5\nx,2019,p,2,6\ny,2018,q,3,7\ny,2019,q,5,6\nz,2018,q,4,9\nz,2019,q,6,2\n' >t.csv
}
z() { "$ZHIBIAO" "$@"; }
# refusals COMMAND…: each line of standard input is "status|message|options"; words of options have no blanks in them
refusals() {
    while IFS='|' read -r wanted text options; do
        # shellcheck disable=SC2086
        run --separate-stderr z "$@" $options
        [ "$status" = "$wanted" ] && [ -z "$output" ] && [ "$stderr" = "zhibiao $1: $text" ] || { echo "$options: $status $stderr"; return 1; }
    done
}

@test "refusals: score" {
    printf 'r,a,b,c\nx,1,5,2\ny,2,4,9\nz,3,1,4\nw,4,2,2\n' >s.csv
    printf '1 3\n1/3 1\n' >two
    printf '1 x 1\n1 1 1\n1 1 1\n' >word
    printf '1 3 5\n1/3 1 2\n1/5 1/2 1\n' >three
    refusals score --from s.csv --region r --value a,b,c <<'END'
2|--vary 'x': write scaling, weights or bounds, or several with commas|--vary scaling,x
2|--weights and --ahp exclude one another|--weights 1,2,3 --ahp three
2|--scaling: unknown 'x'; write minmax, zscore, vector, max, sum, rank or none|--scaling x
2|--method: unknown 'x'; write sum, geometric, topsis, coupling or pca|--method x
2|--show: unknown 'x'; write scores, weights, ranks, scaled or loadings|--show x
2|--show loadings goes with --method pca|--show loadings
2|--show ranks needs runs|--show ranks --runs 0
2|--seed 'x': write a whole number|--seed x
2|--runs 'x': write a whole number from 0 to 1000000|--runs x
2|--epsilon '0.6': write a number from 0 to 0.499|--epsilon 0.6
2|--concentration '0': write a number above 0|--concentration 0
2|--weights: 2 weights for 3 indicators|--weights 1,2
2|--weights: they add up to 0|--weights 0,0,0
2|--weights: they add up to more than a number can hold|--weights 1e308,1e308,1e308
2|--weights '-1': write equal, entropy, critic or deviation, or a number that is not negative for each indicator|--weights -1,1,1
2|--negative: 'd' is none of the indicators|--negative d
2|--negative: '9' is none of the indicators|--negative 9
3|two: line 1: 2 entries; there are 3 indicators|--ahp two
3|word: line 1, entry 2: 'x' is no comparison; write 3, 0.5 or 1/3|--ahp word
3|nofile: No such file or directory; check the name|--ahp nofile
END
    printf '1 9 1/9\n1/9 1 9\n9 1/9 1\n' >contradictory
    run --separate-stderr z score --from s.csv --region r --value a,b,c --ahp contradictory
    [ "$status" = 0 ]
    [[ $stderr == *"warning: the comparisons contradict one another: consistency ratio "*" is above 0.1"* ]]
    # what is drawn anew: nothing but the scaling leaves weights as they are; the same seed, the same draws
    z score --from s.csv --region r --value a,b,c --vary scaling -f csv >a
    z score --from s.csv --region r --value a,b,c --vary scaling -f csv | cmp - a
    ! z score --from s.csv --region r --value a,b,c --vary weights,bounds -f csv | cmp -s - a
    # drawn close to the given weights, ranks hardly move
    z score --from s.csv --region r --value a,b,c --vary weights --concentration 1e9 --show ranks -f jsonl >ranks
    python3 -c 'import json; rows = [json.loads(l) for l in open("ranks")]; assert [r["value"] for r in rows if r["statistic"] == "rank_share"] == [1, 1, 1, 1], rows'
}

@test "refusals: relate" {
    refusals relate --from t.csv <<'END'
2|--confidence 'x': write a percentage between 0% and 100%|--value a,b --confidence x
2|--confidence '0': write a percentage between 0% and 100%|--value a,b --confidence 0
2|--degree '1.5': write a whole number from 1 to 30|--value a,b --method regression --degree 1.5
2|--degree '99': write a whole number from 1 to 30|--value a,b --method regression --degree 99
2|--degree goes with --method regression|--value a,b --degree 2
2|--degree and --no-intercept go with --method regression|--value a --group g --method welch --no-intercept
2|--adjust 'x': write holm, bh or none|--value a,b --adjust x
2|--method 'x': write correlation, regression, robust, huber, anova, welch, mann-whitney, kruskal-wallis or chi-square|--value a,b --method x
2|needs --group|--value a --method welch
2|a: --group has 3 groups; two are compared|--value a --group r --method welch
END
    # 90% of the confidence, written in both ways, is less wide than 95%
    z relate --from t.csv --value a,b --method regression --confidence 90% -f csv >a
    z relate --from t.csv --value a,b --method regression --confidence 0.9 -f csv | cmp - a
    ! z relate --from t.csv --value a,b --method regression -f csv | cmp -s - a
    # the counts of each group
    [ "$(z relate --from t.csv --value a,b --group g --method chi-square -f csv | cut -d, -f2,3,5)" = $'group,n,df\np,14,1\nq,42,3' ]
}

@test "refusals: inequality and trend" {
    refusals inequality --from t.csv --value a <<'END'
2|--alpha 'x': write a number from -100 and up to 100|--alpha x
2|--epsilon '-1': write a number above 0 and up to 100|--epsilon -1
2|--epsilon '0': write a number above 0 and up to 100|--epsilon 0
2|--epsilon: more than 8 values|--epsilon 1,2,3,4,5,6,7,8,9
3|--tree: row without --region, the column with the regions, is no region of the region tree; --group groups by a column|--tree
END
    refusals trend --from t.csv <<'END'
2|--confidence 'x': write a percentage between 0% and 100%|--value a --time t --confidence x
2|--convergence needs --region COLUMN: whose figures are followed|--value a --time t --convergence
2|needs --time, the column with the periods|--value a
END
    # Kolm's index of 0.5 by its definition
    python3 - "$(z inequality --from t.csv --value a --kolm 0.5 -s kolm -f csv | tail -1 | cut -d, -f3)" <<'END'
import math, sys
a = [1, 2, 3, 5, 4, 6]
mean = sum(a) / 6
assert abs(float(sys.argv[1]) - math.log(sum(math.exp(0.5 * (mean - x)) for x in a) / 6) / 0.5) < 1e-12
END
}

@test "refusals: structure" {
    refusals structure <<'END'
2|needs METHOD; see zhibiao structure --help|
2|unknown method 'x'; write quotient, specialization, concentration, shift-share or lmdi|x
2|what are the parts? name several columns, or with --group the column that names them|quotient --from t.csv --value a --region r
2|the parts are either several columns or the groups of one; --group goes with one|quotient --from t.csv --value a,b --group g --region r
3|x, a is there twice; --region, --group and --time name the columns that tell rows apart|quotient --from t.csv --value a,b --region r
2|--reference does not go with lmdi|lmdi --from t.csv --value a,b --region r --time t --reference x
2|--reference does not go with concentration|concentration --from t.csv --value a,b --region r --reference x
2|--between '2018': write two periods with a comma, such as 2015,2020|lmdi --from t.csv --value a,b --region r --time t --between 2018
2|--between: there are no figures of 2017|lmdi --from t.csv --value a,b --region r --time t --between 2017,2019
2|needs figures of two periods; all are of 2019|lmdi --from t.csv --value a,b --region r --time t --between 2019,2019
END
    # parts of shift-share add up to the change, compared with all regions or with one
    for reference in "" "--reference x"; do
        # shellcheck disable=SC2086
        z structure shift-share --from t.csv --value a,b --region r --time t $reference -f jsonl >out
        python3 -c 'import json
for r in map(json.loads, open("out")):
    parts = [r["shift_national"], r["shift_structural"], r["shift_regional"]]
    assert abs(sum(parts) - r["shift_change"]) < 1e-9, r'
    done
    # rows whose part has no name are left out, and said so
    printf 'r,g,v\nx,p,1\nx,q,2\nx,,3\ny,p,4\ny,q,5\n' >n.csv
    run --separate-stderr z structure quotient --from n.csv --region r --group g --value v -f csv
    [ "$status" = 0 ]
    [ "$stderr" = "zhibiao structure: note: 1 row without a part left out" ]
    # "2019年" is the period 2019
    z structure lmdi --from t.csv --value a,b --region r --time t --between 2018年,2019年 -f csv | cmp - <(z structure lmdi --from t.csv --value a,b --region r --time t -f csv)
}
