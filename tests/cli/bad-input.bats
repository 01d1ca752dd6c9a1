# What formulas cannot take: every statistics command says which rule applied, and no missing value goes without a word.
bats_require_minimum_version 1.5.0

setup() {
    ROOT="$BATS_TEST_DIRNAME"
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
}
z() { "$ZHIBIAO" "$@"; }
# told STATISTIC TEXT ARGUMENT...: the command's row of STATISTIC has no value, and TEXT in its note
told() {
    local statistic=$1 text=$2
    shift 2
    z "$@" --layout long --format jsonl | python3 -c 'import json, sys
rows = [r for r in map(json.loads, sys.stdin) if r["statistic"] == sys.argv[1] and r["value"] is None]
assert rows and all(sys.argv[2] in r["note"] for r in rows), (sys.argv, rows)' "$statistic" "$text"
}
# refused STATUS TEXT ARGUMENT...
refused() {
    local wanted=$1 text=$2
    shift 2
    run --separate-stderr z "$@"
    [ "$status" = "$wanted" ] && [ -z "$output" ] && [[ "$stderr" == *"$text"* ]] || { echo "$status: $stderr"; return 1; }
}

@test "bad input: every command on every bad table: no NaN, no infinity, no missing value without a reason" {
    run python3 "$ROOT/bad_input.py" "$ZHIBIAO"
    echo "$output" | head -20
    [ "$status" = 0 ]
    [[ "${lines[-1]}" == *" commands, 0 problems" ]]
}

@test "bad input: empty groups are rows of their own and say so" {
    printf 'g,a\nx,1\nx,4\ny,\ny,\n' >t.csv
    told mean "no values" summary --from t.csv --value a --group g
    told gini "no values" inequality --from t.csv --value a --group g
    [ "$(z summary --from t.csv --value a --group g --statistics n,missing --format csv | tail -1)" = "a,y,0,2" ] || z summary --from t.csv --value a --group g --statistics n,missing --format csv
    printf 't,g,a\n2010,x,1\n2011,x,4\n2010,y,\n' >t.csv
    run --separate-stderr z trend --from t.csv --value a --time t --group g --format csv
    [ "$status" = 0 ] && [ "$stderr" = "zhibiao trend: note: 1 series without a figure and its period left out" ]
}

@test "bad input: one value" {
    printf 'r,t,a,b\np,2010,3,2\n' >t.csv
    told sd "too few values" summary --from t.csv --value a
    told cv "too few values" inequality --from t.csv --value a
    told pearson "too few values" relate --from t.csv --value a,b
    told slope "too few values" trend --from t.csv --value a --time t
    refused 3 "no weights by entropy: too few values; --weights equal needs no differences" score --from t.csv --value a,b
}

@test "bad input: constant columns" {
    printf 'a,b,t,g\n5,1,2010,x\n5,2,2011,x\n5,4,2012,y\n5,3,2013,y\n' >t.csv
    told skewness "all values are equal" summary --from t.csv --value a
    told pearson "all values are equal" relate --from t.csv --value a,b
    told f "all values are equal" relate --from t.csv --value a --group g --method anova
    told mann_kendall_p "all values are equal" trend --from t.csv --value a --time t
    refused 3 "a: no score: all values are equal" score --from t.csv --value a,b --method pca
    [ "$(z inequality --from t.csv --value a --statistics gini --format csv | tail -1 | cut -d, -f3)" = 0 ]
}

@test "bad input: zero and negative where a formula forbids it" {
    printf 'r,t,a,b\np,2010,0,2\np,2015,4,5\nq,2010,-3,1\nq,2015,6,7\n' >t.csv
    told gini "a value is negative" inequality --from t.csv --value a
    told cv "the mean is not positive" summary --from <(printf 'a\n-3\n1\n') --value a
    told growth "the base is zero" trend --from <(head -3 t.csv) --value a --time t
    told growth "negative" trend --from <(sed -n '1p;4,5p' t.csv) --value a --time t
    told krugman "a value is negative" structure specialization --from t.csv --value a,b --region r --time t
    told lmdi_effect "a value is negative" structure lmdi --from t.csv --value a,b --region r --time t
    told theil_l "a value is zero or negative" inequality --from <(printf 'a\n0\n3\n') --value a
    refused 3 "a: no score: a value is negative" score --from t.csv --value a,b --scaling sum --weights equal
    refused 3 "a: a value is infinite, or a count negative" relate --from t.csv --value a,b --method chi-square
}

@test "bad input: NaN is a missing value, infinities are refused, what overflows is undefined" {
    printf 'a\nNaN\n2\n4\n' >t.csv
    z summary --from t.csv --value a --format jsonl | python3 -c 'import json, sys; r = json.loads(sys.stdin.readline()); assert (r["n"], r["missing"], r["mean"]) == (2, 1, 3), r'
    for cell in inf -inf Infinity 1e999; do
        printf 'a,b\n%s,1\n2,3\n' "$cell" >t.csv
        for command in summary inequality "relate --method regression" score; do
            refused 3 "t.csv: row 2, column 1 (a): '$cell' is " ${command%% *} --from t.csv --value a,b $([[ $command == *" "* ]] && echo ${command#* })
        done
    done
    printf 'r,t,a,b\np,2010,1e308,1\nq,2010,1.7e308,2\ns,2010,1.1e308,4\nu,2010,1.2e308,3\n' >t.csv
    told sum "too large for a double" summary --from t.csv --value a
    told residual_ss "too large for a double" relate --from t.csv --value a,b --method regression
    told krugman "too large for a double" structure concentration --from t.csv --value a,b --region r
    refused 3 "a: the figures are too large to be added up" structure quotient --from t.csv --value a,b --region r
    # the mean is there: a sum that is too large does not take it along
    z summary --from t.csv --value a --format jsonl | python3 -c 'import json, sys; r = json.loads(sys.stdin.readline()); assert float(r["mean"]) == 1.25e308, r'
}

@test "bad input: weights of zero, missing and negative" {
    printf 'a,w\n1,0\n2,0\n5,0\n' >t.csv
    told weighted_mean "the weights add up to zero" summary --from t.csv --value a --weight w
    told gini "the weights add up to zero" inequality --from t.csv --value a --weight w
    refused 3 "no Lorenz curve: the weights add up to zero" inequality --from t.csv --value a --weight w --lorenz
    printf 'a,w\n1,\n2,\n' >t.csv
    told weighted_mean "no values; 2 rows without value or weight left out" summary --from t.csv --value a --weight w
    told gini "no values" inequality --from t.csv --value a --weight w
    printf 'a,w\n1,2\n2,\n6,0\n4,1\n' >t.csv
    z summary --from t.csv --value a --weight w --format jsonl | python3 -c 'import json, sys; r = json.loads(sys.stdin.readline()); assert r["weighted_mean"] == 2 and r["note"].count("1 row without value or weight left out") == 1, r'
    printf 'a,w\n1,-2\n' >t.csv
    refused 3 "'-2' is negative, and no weight can be" inequality --from t.csv --value a --weight w
}

@test "bad input: singular designs, and more columns than rows" {
    printf 'y,a,b\n1,0,0\n3,2,4\n2,4,8\n5,6,12\n4,8,16\n' >t.csv
    for method in regression robust huber; do
        told coefficient "the design is singular" relate --from t.csv --value y,a,b --method $method
        told coefficient "not more rows than columns to estimate" relate --from <(head -3 t.csv) --value y,a,b --method $method
    done
    z relate --from t.csv --value y,a,b --method robust --format jsonl | grep -q "'b' depends on the columns before it"
    told coefficient "not more rows than columns to estimate" relate --from t.csv --value y,a --method regression --degree 9
    # one column more than the rows bear is not needed for a fit without tests
    z relate --from <(head -3 t.csv) --value y,a --method regression --format jsonl | grep -q 'too few values'
}
