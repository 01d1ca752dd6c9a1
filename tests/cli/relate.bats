# relate: NIST's regression and anova sets through the command line, correlations, tests of samples, every bad input.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    STATS="$BATS_TEST_DIRNAME/../stats"
}
z() { "$ZHIBIAO" "$@"; }
refused() {
    local message=$1
    shift
    run --separate-stderr z relate "$@"
    [ "$status" = 2 ] || [ "$status" = 3 ] || { echo "status $status"; return 1; }
    [ "$stderr" = "zhibiao relate: $message" ] || { echo "$stderr"; return 1; }
    [ -z "$output" ]
}

@test "relate: NIST StRD regression and analysis of variance: 14 digits of every certified value" {
    python3 - "$STATS/nist" "$ZHIBIAO" <<'END'
import csv, json, math, subprocess, sys
nist, program = sys.argv[1:]
sets = {}
for row in csv.DictReader(open(nist + "/certified.tsv"), delimiter="\t"):
    if row["kind"] in ("linreg", "anova"):
        sets.setdefault((row["kind"], row["dataset"]), {})[row["statistic"]] = row["certified"]
assert len(sets) == 22, len(sets)

def digits(got, want):
    if want == "Infinity":
        return 15 if got is None else 0  # an exact fit: nothing to test against
    want = float(want)
    if got == want:
        return 15
    return max(0, min(15, -math.log10(abs(got - want) / abs(want) if want else abs(got)))) if got is not None else 0

for (kind, name), certified in sets.items():
    lines = open(f"{nist}/{kind}/{name}.dat").read().replace("\r", "").split("\n")[60:]
    rows = [line.split() for line in lines if line.strip()]
    if kind == "anova":
        options = ["--value", "2", "--group", "1", "--method", "anova"]
    else:
        terms = sum(s.startswith("B") for s in certified)
        origin = "B0" not in certified
        options = ["--value", ",".join(str(i + 1) for i in range(len(rows[0]))), "--method", "regression"]
        if len(rows[0]) == 2 and terms > 2:
            options += ["--degree", str(terms - 1)]
        if origin:
            options.append("--no-intercept")
    data = "".join("\t".join(row) + "\n" for row in rows)
    out = subprocess.run([program, "relate", "--from", "-", "--no-header", *options, "--format", "jsonl"], input=data, capture_output=True,
                         text=True, check=True).stdout
    found = [json.loads(line) for line in out.splitlines()]
    worst = 15
    for statistic, want in certified.items():
        if kind == "anova":
            got = found[0][{"F": "f", "r2": "eta_squared", "resid_sd": "residual_sd"}.get(statistic, statistic)]
        elif "B" in statistic:
            got = [r for r in found if r["term"] != "(model)"][int(statistic.split("B")[1]) - origin]["standard_error" if statistic[0] == "s" else "coefficient"]
        else:
            got = [r for r in found if r["term"] == "(model)"][0][{"F": "f", "r2": "r_squared", "resid_sd": "residual_sd"}[statistic]]
        worst = min(worst, digits(got, want))
    print(f"{name}\t{worst:.1f}")
    assert worst >= 14.0, (name, worst)
END
}

@test "relate: correlations of every two columns, exact p, adjusted p, missing values by pair" {
    printf '县,收入,产值,人口\n甲,44.4,2.6,9\n乙,45.9,3.1,\n丙,41.9,2.5,7\n丁,53.3,5.0,4\n戊,44.7,3.6,5\n己,44.1,4.0,2\n庚,50.7,5.2,8\n辛,45.2,2.8,1\n壬,60.1,3.8,3\n' >t.csv
    z relate --from t.csv --value 收入,产值,人口 --adjust holm --format jsonl >out
    python3 - out <<'END'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert [(r["variable"], r["term"], r["n"]) for r in rows] == [("收入", "产值", 9), ("收入", "人口", 8), ("产值", "人口", 8)], rows
assert abs(rows[0]["kendall"] - 4 / 9) < 1e-15 and abs(rows[0]["spearman"] - 0.6) < 1e-15
assert all(r["kendall_p_adjusted"] >= r["kendall_p"] for r in rows)
END
    z relate --from t.csv --value 收入,产值 --format csv >plain
    grep -q '^收入,' plain
}

@test "relate: a model's coefficients with intervals, groups apart, rows with a missing value counted" {
    printf 'g\ty\tx\na\t3\t1\na\t5\t2\na\t7.5\t3\na\t9\t4\nb\t1\t1\nb\t1\t2\nb\t0\t3\nb\t\t4\nb\t0\t5\n' >t.tsv
    z relate --from t.tsv --value y,x --group g --method regression --format jsonl >out
    python3 - out <<'END'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
model = {r["group"]: r for r in rows if r["term"] == "(model)"}
assert model["a"]["n"] == 4 and model["b"]["n"] == 4, model
slope = [r for r in rows if r["group"] == "a" and r["term"] == "x"][0]
assert abs(slope["coefficient"] - 2.05) < 1e-14, slope
assert slope["coefficient_low"] < 2.05 < slope["coefficient_high"]
assert 0 < slope["p"] < 0.01
END
    grep -q 'left out' out
}

@test "relate: what is undefined says why: singular, exact, constant, too few" {
    printf 'y,a,b\n1,1,2\n2,2,4\n4,3,6\n3,4,8\n' >t.csv
    z relate --from t.csv --value y,a,b --method regression --format jsonl >out
    grep -q "'b' depends on the columns before it" out
    printf 'y,a\n3,1\n5,2\n7,3\n' >line.csv
    z relate --from line.csv --value y,a --method regression >out
    grep -q 'the fit is exact' out
    printf 'y,a\n3,1\n3,2\n3,3\n' >flat.csv
    z relate --from flat.csv --value y,a >out
    grep -q 'all values are equal' out
    printf 'y,a\n3,1\n' >one.csv
    z relate --from one.csv --value y,a >out
    grep -q 'too few values' out
}

@test "relate: samples by --group: welch, mann-whitney, kruskal-wallis, anova; chi-square of a table" {
    { echo 'extra,group'; for v in 0.7 -1.6 -0.2 -1.2 -0.1 3.4 3.7 0.8 0.0 2.0; do echo "$v,1"; done; for v in 1.9 0.8 1.1 0.1 -0.1 4.4 5.5 1.6 4.6 3.4; do echo "$v,2"; done; } >sleep.csv
    z relate --from sleep.csv --value extra --group group --method welch --format jsonl | python3 -c 'import json, sys; r = json.loads(sys.stdin.readline()); assert abs(r["t"] + 1.8608) < 1e-4 and abs(r["p"] - 0.07939) < 1e-5, r'
    z relate --from sleep.csv --value extra --group group --method mann-whitney --format jsonl | grep -q '"u":25.5'
    z relate --from sleep.csv --value extra --group group --method kruskal-wallis --format jsonl | grep -q '"df":1'
    z relate --from sleep.csv --value extra --group group --method anova --format jsonl | grep -q '"df_within":18'
    printf 'party,a,b,c\nM,762,327,468\nF,484,239,477\n' >t.csv
    z relate --from t.csv --value a,b,c --method chi-square --format jsonl | python3 -c 'import json, sys; r = json.loads(sys.stdin.readline()); assert abs(r["chi_square"] - 30.0701) < 1e-4 and r["df"] == 2, r'
    refused "extra: --group has 1 groups; two are compared" --from <(head -5 sleep.csv) --value extra --group group --method welch
}

@test "relate: refusals name the option and what to write" {
    printf 'y,a\n1,2\n2,3\n' >t.csv
    refused "--method 'magic': write correlation, regression, robust, huber, anova, welch, mann-whitney, kruskal-wallis or chi-square" --from t.csv --value y,a --method magic
    refused "--degree '0': write a whole number from 1 to 30" --from t.csv --value y,a --method regression --degree 0
    refused "--degree goes with --method regression" --from t.csv --value y,a --degree 2
    refused "--confidence '200': write a percentage between 0% and 100%" --from t.csv --value y,a --confidence 200
    refused "--adjust 'sidak': write holm, bh or none" --from t.csv --value y,a --adjust sidak
    run z relate --from t.csv --value y --method regression
    [ "$status" = 2 ]
    run z relate --from t.csv --value y --method anova
    [ "$status" = 2 ]
}
