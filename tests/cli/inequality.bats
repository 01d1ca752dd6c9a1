# inequality: indices from tables and the store, splits by group and along the tree, bounds, and every bad input.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
}
z() { "$ZHIBIAO" "$@"; }
# answer STATISTIC [COLUMN [GROUP]]: from long CSV on standard input
answer() {
    python3 -c 'import csv, sys
for row in csv.DictReader(sys.stdin):
    if row["statistic"] == sys.argv[1] and row.get("group", "") == sys.argv[3]: print(row[sys.argv[2]])' "$1" "${2:-value}" "${3:-}"
}
# near A B [DIGITS]
near() { python3 -c 'import sys; a, b = map(float, sys.argv[1:3]); sys.exit(not abs(a - b) <= 10.0 ** -int(sys.argv[3]) * abs(b))' "$1" "$2" "${3:-13}"; }
refused() {
    local status_wanted=$1 message=$2
    shift 2
    run --separate-stderr z inequality "$@"
    [ "$status" = "$status_wanted" ] || { echo "status $status: $stderr"; return 1; }
    [ "$stderr" = "zhibiao inequality: $message" ] || { echo "$stderr"; return 1; }
    [ -z "$output" ]
}

@test "inequality: REAT's and ineq's examples, to 13 digits" {
    printf 'x\n10\n10\n10\n20\n50\n' >t.csv
    z inequality --from t.csv --format csv >out.csv
    near "$(answer gini <out.csv)" 0.36
    near "$(answer gini_corrected <out.csv)" 0.45
    near "$(answer theil_t <out.csv)" 0.250201211769094
    near "$(answer theil_l <out.csv)" 0.232630161961136
    near "$(answer hhi <out.csv)" 0.32
    near "$(answer hhi_normalized <out.csv)" 0.15
    near "$(answer hoover <out.csv)" 0.3
    near "$(answer atkinson_0.5 <out.csv)" 0.115475108808519
    near "$(answer atkinson_1 <out.csv)" 0.207553403769443
    near "$(answer cv <out.csv)" 0.866025403784439
    near "$(answer cv_population <out.csv)" 0.774596669241483
    [ "$(answer equivalent_number <out.csv)" = 3.125 ]
    printf 'x,w\n500,1000\n1500,1200\n2500,1600\n4000,400\n7500,200\n15000,600\n' >w.csv
    near "$(z inequality --from w.csv --value x --weight w --format csv | answer gini)" 0.527826086956522
}

@test "inequality: totals over a weight: output and population" {
    printf 'gdp,pop\n10,100\n30,100\n20,200\n' >t.csv
    printf 'y,pop\n0.1,100\n0.3,100\n0.1,200\n' >h.csv
    a=$(z inequality --from t.csv --value gdp --weight pop --totals --statistics hoover,theil_t,cv_population --format csv | cut -d, -f2-)
    b=$(z inequality --from h.csv --value y --weight pop --statistics hoover,theil_t,cv_population --format csv | cut -d, -f2-)
    [ "$a" = "$b" ]
    refused 2 "needs --weight" --from t.csv --value gdp --totals
}

@test "inequality: groups: components add up, groups have their own indices" {
    printf 'g,x\na,1\na,3\nb,10\nb,14\nb,12\n' >t.csv
    z inequality --from t.csv --value x --group g --layout long --format csv >out.csv
    python3 - <<'END'
import csv, math
rows = {(r["group"], r["statistic"]): float(r["value"]) for r in csv.DictReader(open("out.csv")) if r["value"]}
for which in "tl":
    total, between, within = (rows["", f"theil_{which}{part}"] for part in ("", "_between", "_within"))
    assert abs(total - between - within) < 1e-15
    assert abs(between / total - rows["", f"theil_{which}_between_share"]) < 1e-15
assert abs(rows["", "theil_t_between"] - (4/40 * math.log(4/40 / .4) + 36/40 * math.log(36/40 / .6))) < 1e-15
assert rows["b", "n"] == 3 and abs(rows["b", "value_share"] - 0.9) < 1e-15 and abs(rows["b", "weight_share"] - 0.6) < 1e-15
assert rows["a", "gini"] == 0.25
shares = rows["a", "theil_t_share"] + rows["b", "theil_t_share"] + rows["", "theil_t_between_share"]
assert abs(shares - 1) < 1e-15
END
}

@test "inequality: along the region tree, several levels deep" {
    printf 'region,y\n碧江区,400\n万山区,300\n遵义市红花岗区,500\n遵义市汇川区,450\n成都市锦江区,900\n成都市青羊区,950\n' >t.csv
    z inequality --from t.csv --region region --value y --tree --format csv >out.csv
    python3 - <<'END'
import csv
rows = [r for r in csv.DictReader(open("out.csv")) if not r["group"]]
t = {r["term"]: float(r["value"]) for r in rows if r["statistic"] in ("theil_t_between", "theil_t_within")}
assert list(t) == ["between province", "between prefecture", "within prefecture"], t
total = [float(r["value"]) for r in rows if r["statistic"] == "theil_t"][0]
assert abs(sum(t.values()) - total) < 1e-15 and min(t.values()) > 0
END
    printf 'region,y\n某地,1\n别处,2\n' >u.csv
    refused 3 "--tree: 某地 is no region of the region tree; --group groups by a column" --from u.csv --region region --value y --tree
    refused 2 "--tree and --group exclude one another" --from t.csv --value y --tree --group region
}

@test "inequality: bounds: at least 600 of three" {
    printf 'x\n600余\n500\n700\n' >t.csv
    z inequality --from t.csv --format csv >out.csv
    [ "$(answer gini interval <out.csv)" = guaranteed ]
    near "$(answer gini high <out.csv)" 0.666666666666667
    near "$(answer theil_t high <out.csv)" 1.09861228866811
    [ "$(answer theil_l note <out.csv)" = "no upper bound" ]
    [ -z "$(answer theil_l high <out.csv)" ]
    z inequality --from t.csv --open 10% --format csv >conv.csv
    [ "$(answer gini interval <conv.csv)" = conventional ]
    python3 -c 'import sys; sys.exit(not float(sys.argv[1]) < 0.08)' "$(answer gini high <conv.csv)"
}

@test "inequality: the Lorenz curve" {
    printf 'x\n1\n1\n2\n' >t.csv
    z inequality --from t.csv --lorenz --format csv >out.csv
    [ "$(cut -d, -f2- out.csv)" = "term,lorenz_population,lorenz_value
0,0,0
1,0.3333333333333333,0.25
2,0.6666666666666666,0.5
3,1,1" ]
    printf 'x\n0\n0\n' >zero.csv
    refused 3 "x: no Lorenz curve: the values add up to zero" --from zero.csv --lorenz
}

@test "inequality: what is undefined says why, and is no number" {
    note() { z inequality --from - --value 1 --no-header --statistics "$1" --format jsonl | python3 -c '
import json, sys
row = json.loads(sys.stdin.readline())
print(row["value"], row["note"], sep="|")'; }
    [ "$(printf '1\n-1\n3\n' | note gini)" = "None|a value is negative" ]
    [ "$(printf '0\n0\n' | note gini)" = "None|the values add up to zero" ]
    [ "$(printf '0\n2\n' | note theil_l)" = "None|a value is zero or negative" ]
    [ "$(printf '5\n' | note cv)" = "None|too few values" ]
    [ "$(printf -- '-1\n1\n' | note cv)" = "None|the mean is not positive" ]
    [ "$(printf 'NA\n…\n' | note gini)" = "None|no values" ]
    [ "$(printf '0\n0\n0\n8\n' | note palma)" = "None|the base is zero" ]
    printf 'x,w\n1,2\n2,0\n3,\n' >w.csv
    z inequality --from w.csv --value x --weight w --statistics n,missing,gini_corrected --format csv >out.csv
    [ "$(answer n note <out.csv)" = "1 row of weight 0 left out" ]
    [ "$(answer n <out.csv) $(answer missing <out.csv)" = "1 1" ]
    [ "$(answer gini_corrected note <out.csv)" = "not defined with weights: it counts rows" ]
}

@test "inequality: wrong options" {
    printf 'x\n1\n2\n' >t.csv
    refused 2 "--epsilon '0': write a number above 0 and up to 100" --from t.csv --epsilon 0
    refused 2 "--epsilon 'a': write a number above 0 and up to 100" --from t.csv --epsilon 0.5,a
    refused 2 "--alpha '1e9': write a number from -100 and up to 100" --from t.csv --alpha 1e9
    refused 2 "--statistics: unknown statistic 'ginni' (did you mean 'gini'?)" --from t.csv --statistics ginni
    # (1, 2): mean 1.5; ln((e^0.5 + e^-0.5)/2)
    near "$(z inequality --from t.csv --kolm 1 --statistics kolm --format csv | answer kolm_1)" 0.120114506958277
    near "$(z inequality --from t.csv --alpha 2 --statistics generalized_entropy --format csv | answer generalized_entropy_2)" 0.0555555555555556
}

@test "inequality: from the store, by prefecture, with evidence, explained, in every format" {
    cat >t.csv <<'END'
region,indicator,period,value,unit,item,status,kind
碧江区,常住人口,2019,400,人,,,
万山区,常住人口,2019,300余,人,,,
红花岗区,常住人口,2019,500,人,,,
汇川区,常住人口,2019,100,人,,,
END
    z import t.csv >/dev/null
    z inequality --indicator 常住人口 --level county --group prefecture --layout long --format csv >out.csv
    [ "$(answer n value 铜仁市 <out.csv) $(answer n value 遵义市 <out.csv) $(answer n <out.csv)" = "2 2 4" ]
    [ "$(answer gini interval 铜仁市 <out.csv)" = guaranteed ]
    z inequality --indicator 常住人口 --level county --evidence --format csv | grep -q 300余
    z inequality --indicator 常住人口 --level county --statistics gini --explain --format json | grep -q "Variabilità"
    for format in table csv tsv json jsonl markdown; do
        z inequality --indicator 常住人口 --level county --format $format >"out.$format"
        grep -q gini "out.$format"
    done
}
