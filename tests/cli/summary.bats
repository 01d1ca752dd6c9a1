# summary: the statistics of columns and indicators, exact decimals, bounds, groups, weights, and every bad input.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    STATS="$BATS_TEST_DIRNAME/../stats"
}
z() { "$ZHIBIAO" "$@"; }
# refused MESSAGE OPTION...: status 3 or 2 with exactly this message, nothing on standard output
refused() {
    local message=$1
    shift
    run --separate-stderr z summary "$@"
    [ "$status" = 2 ] || [ "$status" = 3 ] || { echo "status $status"; return 1; }
    [ "$stderr" = "zhibiao summary: $message" ] || { echo "$stderr"; return 1; }
    [ -z "$output" ]
}
# value KEY: of the first object of JSON Lines
value() { python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$1"; }

@test "summary: NIST StRD univariate: mean, sd and autocorrelation to the last certified digit" {
    python3 - "$STATS/nist" "$ZHIBIAO" <<'END'
import csv, json, math, subprocess, sys
nist, program = sys.argv[1:]
sets = {}
for row in csv.DictReader(open(nist + "/certified.tsv"), delimiter="\t"):
    if row["kind"] == "univariate":
        sets.setdefault(row["dataset"], {})[row["statistic"]] = float(row["certified"])
assert len(sets) == 9, sets
for name, certified in sets.items():
    lines = open(f"{nist}/univariate/{name}.dat").read().split("\n")
    first = 60 if name == "PiDigits" else max(i for i, line in enumerate(lines) if line.strip().startswith("-----")) + 1
    data = "\n".join(line.split()[0] for line in lines[first:] if line.strip())
    out = subprocess.run([program, "summary", "--from", "-", "--no-header", "--value", "1", "--format", "jsonl"], input=data,
                         capture_output=True, text=True, check=True).stdout
    row = json.loads(out)
    for statistic, key, least in ("mean", "mean", 15), ("sd", "sd", 15), ("autocorr1", "autocorrelation", 14):
        want, got = certified[statistic], row[key]
        digits = 15 if got == want else min(15, -math.log10(abs(got - want) / (abs(want) or 1)))
        assert digits >= least - 0.3, (name, statistic, got, want, digits)
END
}

@test "summary: quantiles of 1 to 10 by the four rules, as in stat_refs.tsv" {
    seq 1 10 >ten
    while IFS=$'\t' read -r example statistic want source; do
        [ "$example" = quantile_1_10 ] || continue
        type=${statistic%% *}
        got=$(z summary --from ten --no-header --quantile-type "${type#type}" --format jsonl | value q1)
        python3 -c 'import sys; a, b = map(float, sys.argv[1:]); sys.exit(abs(a - b) > 1e-14 * abs(b))' "$got" "$want"
        seen=$((seen + 1))
    done <"$STATS/stat_refs.tsv"
    [ "$seen" = 4 ]
}

@test "summary: every cell that a yearbook may have" {
    printf '\xEF\xBB\xBF县区;产值(亿元)\n甲;"1,234.5"\n乙;…\n丙;二十三\n丁;１２．５\n戊;-\n己;缺\n庚;空\n辛;NA\n壬;−3\n癸;\n' >t.csv
    z summary --from t.csv --value 产值 --format jsonl >out
    [ "$(value n <out) $(value missing <out) $(value sum <out) $(value min <out) $(value unit <out)" = "4 6 1267 -3 亿元" ]
    iconv -f UTF-8 -t GB18030 t.csv | tail -c +5 >g.csv
    z summary --from g.csv --delimiter ';' --format jsonl | cmp - <(sed 's/"variable":"[^"]*"/"variable":"产值(亿元)"/' out)
}

@test "summary: bounds give bounds, guaranteed or by the convention of --open" {
    printf 'v\n600余\n近100\n3-5\n10\n' >t.csv
    z summary --from t.csv --format jsonl >out
    [ "$(value sum <out) $(value sum_low <out) $(value sum_high <out) $(value sum_interval <out)" = "714 613 None guaranteed" ]
    [ "$(value min_low <out) $(value min_high <out)" = "0 5" ]
    z summary --from t.csv --open 10% --format jsonl >out
    [ "$(value sum_low <out) $(value sum_high <out) $(value sum_interval <out)" = "703 775 conventional" ]
    [[ $(z summary --from t.csv) == *"≥613"* ]]
}

@test "summary: groups in the order of their first rows, whatever the order within them" {
    printf 'g,v\nb,1\na,5\nb,2.5\na,7\nc,\n' >t.csv
    z summary --from t.csv --group g --value v --statistics n,sum,sd,missing --format csv >out
    [ "$(cut -d, -f2-6 out)" = "group,n,missing,sum,sd
b,2,0,3.5,1.0606601717798212
a,2,0,12,1.4142135623730951
c,0,1,," ]
    [[ $(tail -1 out) == *"sum, sd: no values"* ]]
    (head -1 t.csv; tail -n +2 t.csv | sort -r) >r.csv
    z summary --from r.csv --group g --value v --format jsonl | sort >a
    z summary --from t.csv --group g --value v --format jsonl | sort >b
    cut -d'"' -f1-40 a | cmp - <(cut -d'"' -f1-40 b)
}

@test "summary: weights are repetitions; a row without one is left out and counted" {
    printf 'v,w\n1,1\n2,3\n4,0\n5,\n,2\n' >t.csv
    z summary --from t.csv --value v --weight w --format jsonl >out
    printf 'v\n1\n2\n2\n2\n' >r.csv
    [ "$(value weighted_mean <out)" = "$(z summary --from r.csv --format jsonl | value mean)" ]
    [[ $(value note <out) == *"weighted_mean: 2 rows without value or weight left out"* ]]
    printf 'v,w\n1,0\n2,0\n' >t.csv
    z summary --from t.csv --value v --weight w --format jsonl >out
    [ "$(value weighted_mean <out)" = None ]
    [[ $(value note <out) == *"weighted_mean: the weights add up to zero"* ]]
}

@test "summary: one value, equal values, zero and negative values say why nothing is there" {
    printf '5\n' | z summary --from - --no-header --format jsonl >out
    [ "$(value sd <out) $(value mean <out) $(value median <out)" = "None 5 5" ]
    [[ $(value note <out) == *"sd, variance, se, cv, skewness, kurtosis, autocorrelation, mean_ci: too few values"* ]]
    printf '2\n2\n2\n2\n' | z summary --from - --no-header --format jsonl >out
    [ "$(value sd <out) $(value skewness <out)" = "0 None" ]
    [[ $(value note <out) == *"skewness, kurtosis, autocorrelation: all values are equal"* ]]
    printf -- '-1\n0\n' | z summary --from - --no-header --format jsonl >out
    [[ $(value note <out) == *"cv: the mean is not positive"* ]]
    printf '1e308\n1e308\n1\n' | z summary --from - --no-header --format jsonl >out
    [[ $(value note <out) == *"sum, "*"too large for a double"* ]]
}

@test "summary: exact where doubles are not" {
    printf '0.1\n0.2\n-0.3\n' | z summary --from - --no-header --format jsonl >out
    [ "$(value sum <out) $(value mean <out)" = "0 0" ]
    printf '1.1\n1.3\n' | z summary --from - --no-header --format jsonl >out
    [ "$(value median <out)" = 1.2 ]
    printf '1e17\n1\n-1e17\n' | z summary --from - --no-header --format jsonl | { [ "$(value sum)" = 1 ]; }
    # too far apart for 64 bits: binary128, the same rules
    printf '1e30\n1e-30\n-1e30\n' | z summary --from - --no-header --format jsonl | { [ "$(value median)" = 1e-30 ]; }
}

@test "summary: a bad table is refused with row, column and what to do" {
    printf 'a,v\nx,1\ny,abc\n' >t.csv
    refused "t.csv: row 3, column 2 (v): 'abc' is not a number; correct it or leave the cell empty" --from t.csv --value v
    printf 'a,v\nx,1\ny,inf\n' >t.csv
    refused "t.csv: row 3, column 2 (v): 'inf' is infinite, and no figure of a table can be; correct it or leave the cell empty" --from t.csv --value v
    printf 'a,v\nx,1\ny,1e999\n' >t.csv
    refused "t.csv: row 3, column 2 (v): '1e999' is too large for a number; correct it or leave the cell empty" --from t.csv --value v
    printf 'a,v\nx,1,2\n' >t.csv
    refused "t.csv: row 2, column 3: the heading has 2 columns only; is a comma in a number not quoted?" --from t.csv --value v
    printf 'a,v,w\nx,1,-2\n' >t.csv
    refused "t.csv: row 2, column 3 (w): '-2' is negative, and no weight can be; correct it or leave the cell empty" --from t.csv --value v --weight w
    refused "t.csv: --value: no column 'vv' (did you mean 'v'?); there are: a, v, w" --from t.csv --value vv
    printf 'a,v\n' >t.csv
    refused "t.csv: no row below the heading" --from t.csv --value v
    refused "nowhere.csv: No such file or directory; check the name" --from nowhere.csv --value v
    printf 'a,b\n1,2\n' >t.csv
    refused "t.csv: several columns with figures; name the columns with the figures: --value COLUMN,…" --from t.csv
}

@test "summary: what can be read once only: a pipe" {
    printf 'v\n1\n3\n' >t.csv
    [ "$(z summary --from <(cat t.csv) --value v --statistics mean --format csv)" = "$(z summary --from t.csv --value v --statistics mean --format csv)" ]
    [ "$(cat t.csv | z summary --from /dev/stdin --statistics mean --format csv)" = "$(z summary --from t.csv --statistics mean --format csv)" ]
}

@test "summary: bad options are refused" {
    printf 'v\n1\n' >t.csv
    refused "--quantile-type '5': write 1, 6, 7 or 8" --from t.csv --quantile-type 5
    refused "--quantiles '101%': write a share between 0 and 1, or a percentage" --from t.csv --quantiles 101%
    refused "--confidence '100%': write a percentage between 0% and 100%" --from t.csv --confidence 100%
    refused "--trim '60%': write a percentage from 0% to 50%" --from t.csv --trim 60%
    refused "--open '0': write a percentage above 0% and up to 100%, such as 10%" --from t.csv --open 0
    refused "--statistics: unknown statistic 'meen' (did you mean 'mean'?)" --from t.csv --statistics meen
    refused "unknown layout 'broad'; write long or wide" --from t.csv --layout broad
    refused "--indicator filters the store and does not go with --from" --from t.csv --indicator gdp
    refused "--value goes with --from FILE only; the store has --indicator" --value v --indicator gdp
    refused "needs --indicator (zhibiao indicators --used lists what the store has) or a table: --from FILE"
}

@test "summary: the store: groups by region, bounds, evidence, no sums of means" {
    printf 'region,indicator,period,value,unit\n碧江区,种植面积,2019,600余,亩\n印江县,种植面积,2019,100,亩\n西秀区,种植面积,2019,40,亩\n碧江区,农村居民人均可支配收入,2019,9000,元\n印江县,农村居民人均可支配收入,2019,8000,元\n' >t.csv
    z import t.csv >/dev/null
    z summary --indicator 种植面积 --group prefecture --format jsonl >out
    [ "$(value group <out) $(value sum <out) $(value sum_low <out) $(value sum_high <out)" = "安顺市 40 40 40" ]
    sed 1d out >second
    [ "$(value group <second) $(value sum <second) $(value sum_low <second) $(value sum_high <second)" = "铜仁市 700 700 None" ]
    z summary --indicator 农村居民人均可支配收入 --format jsonl >out
    [ "$(value sum <out) $(value mean <out) $(value unit <out)" = "None 8500 元/人" ]
    [[ $(value note <out) == *"sum: means, shares, rates and prices are not added up"* ]]
    z summary --indicator 种植面积 --evidence --format csv >out
    [[ $(sed -n 1p out) == *",observation,document,start,end,quote" ]]
    [ "$(grep -c 't.csv' out)" = 3 ]
    grep -q '600余' out
}

@test "summary: --explain names definition, formula and source of each statistic" {
    printf 'v\n1\n2\n' >t.csv
    z summary --from t.csv --explain --format jsonl >out
    python3 - <<'END'
import json
rows = [json.loads(line) for line in open("out")]
assert len(rows) > 20
assert all(r["definition"] and r["formula"] and r["source"] and r["name"] for r in rows), rows
END
}

@test "summary: every format holds the same figures" {
    printf 'g,v\na,1.25\nb,3\na,1e-7\n' >t.csv
    for format in csv tsv json jsonl; do z summary --from t.csv --group g --value v --format $format >out.$format; done
    python3 - <<'END'
import csv, json
rows = json.load(open("out.json"))
assert rows == [json.loads(line) for line in open("out.jsonl")]
for name, delimiter in ("csv", ","), ("tsv", "\t"):
    for a, b in zip(rows, csv.DictReader(open("out." + name), delimiter=delimiter)):
        for key, value in a.items():
            assert (b[key] == "" if value is None else float(b[key]) == value if isinstance(value, (int, float)) else b[key] == value), (key, value, b[key])
END
    [[ $(z summary --from t.csv --group g --value v --format markdown | head -1) == "| variable | group | n |"* ]]
}

@test "summary: a large table gives the same in one pass with threads as row by row" {
    awk 'BEGIN {
        print "组\tv\tother"
        seed = 1
        for (i = 0; i < 90000; i++) {
            seed = (seed * 16807) % 2147483647; g = seed % 37
            seed = (seed * 16807) % 2147483647; v = seed / 2147483647 * 1000 - 300
            if (i % 1000 == 7) text = "…"; else if (i % 1000 == 8) text = "1,234.5"; else text = sprintf("%.*f", g % 4, v)
            printf "%s\t%s\t%s\r\n", g == 5 ? "" : "组" g, text, i % 3 ? "x" : ""
            if (i % 5000 == 0) print ""
        }
        print " 组1　\t5\tx"
    }' >fast.tsv
    [ "$(wc -c <fast.tsv)" -gt 1048576 ]
    sed '1s/other/"other"/' fast.tsv >slow.tsv
    for options in "--group 组" "" "--group 组 --quantiles 5%,97.5% --quantile-type 6" "--statistics sum,mode --group other"; do
        z summary --from fast.tsv --value v $options --format jsonl >fast
        z summary --from slow.tsv --value v $options --format jsonl >slow
        cmp fast slow
    done
    # what the one pass cannot read is told, or read, by the other
    printf '组1\t二十\tx\n' >>fast.tsv
    [ "$(z summary --from fast.tsv --value v --format jsonl | value n)" = 89912 ]
    printf '组1\tabc\tx\n' >>fast.tsv
    run --separate-stderr z summary --from fast.tsv --value v
    [[ $stderr == "zhibiao summary: fast.tsv: row "*", column 2 (v): 'abc' is not a number; correct it or leave the cell empty" ]]
    printf '组1\t1\tx\tmore\n' >>slow.tsv
    refused "slow.tsv: row 90021, column 4: the heading has 3 columns only; is a comma in a number not quoted?" --from slow.tsv --value v
}

@test "summary: --all takes every period of the store, the same read in order or statement by statement" {
    {
        echo region,indicator,period,value,unit
        for code in 520602 520603 520402 520403; do
            for year in 2016 2017 2018 2019; do echo "$code,常住人口,$year,$((code % 97 * year % 1013)).$((year % 10)),人"; done
        done
        echo 520602,常住人口,2020-03,5,人
        echo 520602,农村居民人均可支配收入,2019,9000,元
    } >a.csv
    z import a.csv >/dev/null
    for options in "--group prefecture" "" "--group county --quantiles 10%" "--region 铜仁 --group prefecture"; do
        z summary --indicator 常住人口 --all $options --format jsonl >quick
        # a filter that lets everything through is nothing for the quick way
        z summary --indicator 常住人口 --all $options --min-confidence 0 --format jsonl >usual
        cmp quick usual
        [ "$(value n <quick)" -gt 3 ]
    done
    z summary --indicator 常住人口 --all --group prefecture --statistics n --format csv >out
    [ "$(cut -d, -f2,3 out)" = "group,n
安顺市,8
铜仁市,9" ]
    # one fact in two tables, bounds, items, another unit: the same results by either way
    printf 'region,indicator,period,value,unit\n520602,常住人口,2016,7,人\n520602,常住人口,2021,30余,人\n520603,常住人口,2021,3,万人\n' >b.csv
    z import b.csv >/dev/null
    z summary --indicator 常住人口 --all --group prefecture --format jsonl >quick
    z summary --indicator 常住人口 --all --group prefecture --min-confidence 0 --format jsonl >usual
    cmp quick usual
    sed 1d quick >second
    [ "$(value n <second)" = 11 ]
    [ "$(value sum_high <second)" = None ]
    # without it each region's newest
    [ "$(z summary --indicator 常住人口 --format jsonl | value n)" = 4 ]
}
