# trend: growth, lines, rank-based trends, convergence; from a table and from the store.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    printf '县,年,收入\n甲,2018,130\n甲,2015,100\n甲,2016,108\n甲,2017,115\n乙,2015,50\n乙,2016,60\n乙,2017,\n乙,2018,80\n丙,2015,20\n丙,2018,35\n' >t.csv
}
z() { "$ZHIBIAO" "$@"; }

@test "trend: one row a region, in the order of time whatever the rows' order" {
    z trend --from t.csv --value 收入 --region 县 --time 年 --format jsonl >out
    python3 - out <<'END'
import json, sys
rows = {r["region"]: r for r in map(json.loads, open(sys.argv[1]))}
assert list(rows) == ["甲", "乙", "丙"], list(rows)
a = rows["甲"]
assert (a["n"], a["first_period"], a["last_period"], a["years"]) == (4, "2015", "2018", 3)
assert abs(a["growth"] - 0.3) < 1e-15 and abs(a["annual_growth"] - (1.3 ** (1 / 3) - 1)) < 1e-15
assert abs(a["slope"] - 9.7) < 1e-12 and a["sen_slope"] == 9 and a["mann_kendall_s"] == 6
assert "without a figure" in rows["乙"]["note"] and rows["乙"]["n"] == 3
assert rows["丙"]["slope_p"] is None and "too few" in rows["丙"]["note"]
END
}

@test "trend: convergence of regions from the first time to the last, sigma at each" {
    z trend --from t.csv --value 收入 --region 县 --time 年 --convergence --format jsonl >out
    python3 - out <<'END'
import json, math, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
beta = rows[0]
assert beta["n"] == 3 and beta["beta"] < 0 and abs(beta["lambda"] + math.log1p(3 * beta["beta"]) / 3) < 1e-15
logs = [math.log(v) for v in (100, 50, 20)]
mean = sum(logs) / 3
assert abs(rows[1]["sigma"] - math.sqrt(sum((v - mean) ** 2 for v in logs) / 3)) < 1e-14
END
}

@test "trend: the store's periods, bounds of the reported figures" {
    printf '2018年,沿河县种植辣椒600余亩。2019年,沿河县种植辣椒900亩。\n' >a.txt
    z ingest a.txt
    z trend --indicator 种植面积 --item 辣椒 --format jsonl >out
    python3 -c 'import json; r = json.loads(open("out").readline()); assert r["growth"] == 0.5 and r["growth_high"] == 0.5 and r["growth_low"] == -1 and r["growth_interval"] == "guaranteed", r'
}

@test "trend: what is missing is named" {
    run --separate-stderr z trend --from t.csv --value 收入 --region 县
    [ "$status" = 2 ] && [[ "$stderr" == *"--time"* ]]
    run --separate-stderr z trend --from t.csv --value 收入 --time 年 --convergence
    [ "$status" = 2 ] && [[ "$stderr" == *"--region"* ]]
    run --separate-stderr z trend --from t.csv --value 收入 --region 县 --time 年 --confidence 0
    [ "$status" = 2 ] && [[ "$stderr" == *"--confidence '0'"* ]]
}
