# score: composite scores, weights and the sensitivity of ranks; published examples, bounds, gaps, and every bad input.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    printf 'o,x1,x2\na,3,10\nb,5,20\nc,2,15\nd,7,25\n' >e.csv
}
z() { "$ZHIBIAO" "$@" 2>stderr; }
# pick STATISTIC REGION-OR-TERM: from CSV, long or wide, on standard input
pick() {
    python3 -c 'import csv, sys
for row in csv.DictReader(sys.stdin):
    if sys.argv[2] in (row.get("region"), row.get("term")):
        if row.get("statistic") == sys.argv[1]: print(row["value"])
        elif row.get(sys.argv[1]): print(row[sys.argv[1]])' "$1" "$2"
}
near() { python3 -c 'import sys; a, b = map(float, sys.argv[1:3]); sys.exit(not abs(a - b) <= 1e-13 * max(1e-3, abs(b)))' "$1" "$2"; }
refused() {
    local status_wanted=$1 message=$2
    shift 2
    run --separate-stderr "$ZHIBIAO" score "$@"
    [ "$status" = "$status_wanted" ] || { echo "status $status: $stderr"; return 1; }
    [ "$stderr" = "zhibiao score: $message" ] || { echo "$stderr"; return 1; }
    [ -z "$output" ]
}

@test "score: entropy weights and scores as published, and what was chosen is said" {
    z score --from e.csv --region o --value x1,x2 --negative x2 --format csv >out.csv
    grep -q "method sum, scaling minmax, ε = 0.002, weights by entropy: x1 0.5453 x2 0.4547; over 1000 runs" stderr
    near "$(pick score a <out.csv)" 0.563535375305956
    near "$(pick score b <out.csv)" 0.478821541564681
    near "$(pick score c <out.csv)" 0.303946146088297
    near "$(pick score d <out.csv)" 0.545080780867555
    [ "$(cut -d, -f1 out.csv | tr '\n' ' ')" = "region a d b c " ]
    z score --from e.csv --region o --value x1,x2 --negative 2 --show weights --format csv >w.csv
    near "$(pick indicator_weight x1 <w.csv)" 0.545261828180276
    grep -q "^,epsilon,0.002" w.csv
}

@test "score: TOPSIS, AHP, coupling coordination and components as published" {
    printf 'o,a,b\n1,2,8\n2,5,1\n3,3,6\n' >t.csv
    z score --from t.csv --region o --value a,b --negative b --method topsis --weights 0.6,0.4 --format csv >out.csv
    near "$(pick score 3 <out.csv)" 0.311139121438874
    [ "$(pick score 1 <out.csv) $(pick score 2 <out.csv)" = "0 1" ]
    printf '# five indicators\n1 1/2 4 3 3\n2,1,7,5,5\n1/4 1/7 1 1/2 1/3\n1/3 1/5 2 1 1\n1/3 1/5 3 1 1\n' >m
    printf 'o,a,b,c,d,e\n1,2,8,1,1,1\n2,5,1,2,2,2\n3,3,6,3,3,3\n' >five.csv
    z score --from five.csv --region o --value a,b,c,d,e --ahp m --show weights --format csv >w.csv
    near "$(pick indicator_weight b <w.csv)" 0.475835378182316
    near "$(pick consistency_ratio "" <w.csv)" 0.0160902697701375
    near "$(pick lambda_max "" <w.csv)" 5.07208440857022
    printf 'o,a,b\n1,0.5,0.4\n2,0.7,0.6\n3,0.3,0.8\n' >c.csv
    z score --from c.csv --region o --value a,b --method coupling --scaling none --weights equal --format csv >out.csv
    near "$(pick score 1 <out.csv)" 0.668740304976422
    near "$(pick coupling_degree 3 <out.csv)" 0.890723542830246
    printf 'a,b\n1,1\n2,3\n3,2\n' >p.csv
    z score --from p.csv --value a,b --method pca --show loadings --format csv >l.csv
    near "$(pick component_variance PC1 <l.csv)" 1.5
}

@test "score: the sensitivity: one row above all others is certain, the seed repeats it, ranks add up" {
    printf 'o,a,b\ntop,9,9\nx,6,3\ny,3,6.5\nlow,1,1\n' >s.csv
    z score --from s.csv --region o --value a,b --weights equal --format csv >one.csv
    z score --from s.csv --region o --value a,b --weights equal --format csv >two.csv
    cmp one.csv two.csv
    z score --from s.csv --region o --value a,b --weights equal --seed 2 --format csv >three.csv
    ! cmp -s one.csv three.csv
    [ "$(pick score_best_rank top <one.csv) $(pick score_worst_rank top <one.csv) $(pick score_same_rank top <one.csv)" = "1 1 1" ]
    [ "$(pick score_best_rank x <one.csv) $(pick score_worst_rank x <one.csv)" = "2 3" ]
    z score --from s.csv --region o --value a,b --weights equal --show ranks --format csv >r.csv
    python3 - <<'END'
import csv
shares = {}
for r in csv.DictReader(open("r.csv")):
    if r["statistic"] == "rank_share": shares.setdefault(r["region"], []).append(float(r["value"]))
assert len(shares) == 4 and all(abs(sum(v) - 1) < 1e-12 for v in shares.values()), shares
END
    z score --from s.csv --region o --value a,b --weights equal --vary bounds --format csv >still.csv
    [ "$(pick score_same_rank y <still.csv)" = 1 ]
    z score --from s.csv --region o --value a,b --runs 0 --format csv >none.csv
    ! grep -q best none.csv
}

@test "score: bounds make ranks uncertain, open ones are said, missing indicators have no score" {
    printf 'o,a\nx,100\ny,90—120\nz,50余\nw,\n' >b.csv
    z score --from b.csv --region o --value a --weights equal --vary bounds --format csv >out.csv
    [ "$(pick score_best_rank x <out.csv) $(pick score_worst_rank x <out.csv)" = "1 2" ]
    [ "$(pick score_worst_rank z <out.csv)" = 3 ]
    [ "$(pick note w <out.csv)" = "score: a is missing" ]
    [ -z "$(pick score w <out.csv)" ]
    grep -q "note: 1 of 4 rows have no score: an indicator is missing" stderr
    grep -q "note: 1 figure with an open bound taken as it stands; --open states a convention" stderr
}

@test "score: what cannot be scored is refused with the reason" {
    printf 'o,a,b\n1,2,3\n2,2,3\n' >same.csv
    printf 'o,a,b\n1,0,3\n2,2,0\n' >zero.csv
    printf 'o,a,b\n1,-1,3\n2,2,0\n' >neg.csv
    printf 'o,a,b\n1,,3\n2,2,\n' >gap.csv
    printf 'o,a,b\n1,1,3\n' >one.csv
    refused 3 "no weights by entropy: all values are equal; --weights equal needs no differences" --from same.csv --value a,b
    refused 3 "no score: all values are equal" --from same.csv --value a,b --method topsis --weights equal
    refused 3 "a: no score: all values are equal" --from same.csv --value a,b --method pca
    refused 3 "a: no score: a value is zero or negative" --from zero.csv --value a,b --scaling max --negative a --weights equal
    refused 3 "a: no score: a value is negative" --from neg.csv --value a,b --scaling sum --weights equal
    refused 3 "no score: no row has all indicators" --from gap.csv --value a,b
    refused 3 "no weights by critic: too few values; --weights equal needs no differences" --from one.csv --value a,b --weights critic
    [ "$(z score --from one.csv --region o --value a,b --weights equal --format csv | pick score_rank 1)" = 1 ]
}

@test "score: wrong options" {
    refused 2 "--method: unknown 'topsys' (did you mean 'topsis'?); write sum, geometric, topsis, coupling or pca" --from e.csv --value x1 --method topsys
    refused 2 "--method pca cannot use --scaling rank" --from e.csv --value x1,x2 --method pca --scaling rank
    refused 2 "--weights: 3 weights for 2 indicators" --from e.csv --value x1,x2 --weights 1,2,3
    refused 2 "--weights '-1': write equal, entropy, critic or deviation, or a number that is not negative for each indicator" --from e.csv --value x1,x2 --weights=-1,2
    refused 2 "--weights: they add up to 0" --from e.csv --value x1,x2 --weights 0,0
    refused 2 "--negative: 'x3' is none of the indicators" --from e.csv --value x1,x2 --negative x3
    refused 2 "--epsilon '0.5': write a number from 0 to 0.499" --from e.csv --value x1,x2 --epsilon 0.5
    refused 2 "--runs '1.5': write a whole number from 0 to 1000000" --from e.csv --value x1,x2 --runs 1.5
    refused 2 "--vary 'all': write scaling, weights or bounds, or several with commas" --from e.csv --value x1,x2 --vary all
    refused 2 "--weight weights rows, which a score does not; --weights weights indicators" --from e.csv --value x1,x2 --weight x1
    refused 2 "--show loadings goes with --method pca" --from e.csv --value x1,x2 --show loadings
    printf '1 2\n1 1\n' >m
    refused 3 "m: row 2, entry 1: it and its counterpart in row 1 multiply to 2, not to 1" --from e.csv --value x1,x2 --ahp m
    printf '1 x\n1 1\n' >m
    refused 3 "m: line 1, entry 2: 'x' is no comparison; write 3, 0.5 or 1/3" --from e.csv --value x1,x2 --ahp m
    printf '1 2 3\n' >m
    refused 3 "m: line 1: more than 2 entries; there are 2 indicators" --from e.csv --value x1,x2 --ahp m
    printf '1 2\n' >m
    refused 3 "m: 1 rows; there are 2 indicators" --from e.csv --value x1,x2 --ahp m
}

@test "score: from the store, explained, with evidence" {
    cat >t.csv <<'END'
region,indicator,period,value,unit,item,status,kind
碧江区,常住人口,2019,400,人,,,
万山区,常住人口,2019,300余,人,,,
江口县,常住人口,2019,200,人,,,
碧江区,地区生产总值,2019,5,万元,,,
万山区,地区生产总值,2019,9,万元,,,
江口县,地区生产总值,2019,2,万元,,,
END
    "$ZHIBIAO" import --region 铜仁市 t.csv >/dev/null
    z score --indicator 常住人口,地区生产总值 --format csv >out.csv
    [ "$(pick score_worst_rank 江口县 <out.csv)" = 3 ]
    z score --indicator 常住人口,地区生产总值 --explain --statistics score --format json | grep -q "综合得分"
    z score --indicator 常住人口,地区生产总值 --evidence --format csv | grep -q "300余"
}

@test "inequality, score, structure: every statistic is explained" {
    printf 'g,t,a,b\nu,1,1,2\nu,2,3,4\nv,1,2,5\nv,2,6,3\n' >t.csv
    printf '1 2\n1/2 1\n' >m
    {
        z inequality --from t.csv --value a --group g --alpha 2 --kolm 0.1 --explain --format jsonl
        z inequality --from t.csv --value a --lorenz --explain --format jsonl
        z score --from t.csv --value a,b --explain --format jsonl
        z score --from t.csv --value a,b --method coupling --explain --format jsonl
        z score --from t.csv --value a,b --ahp m --show weights --explain --format jsonl
        z score --from t.csv --value a,b --show ranks --explain --format jsonl
        z score --from t.csv --value a,b --show scaled --explain --format jsonl
        z score --from t.csv --value a,b --method pca --show loadings --explain --format jsonl
        z structure quotient --from t.csv --value a,b --time t --region g --explain --format jsonl
        z structure specialization --from t.csv --value a,b --time t --region g --explain --format jsonl
        z structure shift-share --from t.csv --value a,b --time t --region g --explain --format jsonl
        z structure lmdi --from t.csv --value a,b --time t --region g --explain --format jsonl
    } >all.jsonl
    python3 - <<'END'
import json
rows = [json.loads(line) for line in open("all.jsonl")]
assert len({r["statistic"] for r in rows}) > 55, len({r["statistic"] for r in rows})
for r in rows:
    assert r["name"].strip() and r["definition"] and r["formula"] and r["source"], r
END
}
