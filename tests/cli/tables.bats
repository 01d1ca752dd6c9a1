# Tables that are given with --from: which columns are meant, what cells and options say, and what is refused.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    unset ZHIBIAO_STORE
}
z() { "$ZHIBIAO" "$@"; }
# gives TEXT ARGUMENT…: the CSV without its heading
gives() {
    local wanted=$1
    shift
    [ "$(z "$@" -f csv | tail -n +2)" = "$wanted" ] || { z "$@" -f csv; return 1; }
}
# refused STATUS TEXT ARGUMENT…
refused() {
    local wanted=$1 text=$2
    shift 2
    run --separate-stderr z "$@"
    [ "$status" = "$wanted" ] && [ -z "$output" ] && [ "$stderr" = "zhibiao $1: $text" ] || { echo "$status: $stderr"; return 1; }
}
# table TEXT: as t.csv
table() { printf "$1" >t.csv; }

@test "tables: a column by its name, by its letters in another case where one only fits, without its unit, by its number" {
    table 'Region,VALUE,产值(亿元),other\na,1,5,2\nb,3,6,4\n'
    gives VALUE,4 summary --from t.csv --value value --statistics sum
    gives '产值(亿元),11,亿元' summary --from t.csv --value 产值 --statistics sum
    gives other,6 summary --from t.csv --value 4 --statistics sum
    table 'v,V,x\n1,2,3\n'
    gives v,1 summary --from t.csv --value v --statistics sum
    table 'Va,vA,x\n1,2,3\n'
    refused 2 "t.csv: --value: no column 'va' (did you mean 'Va'?); there are: Va, vA, x" summary --from t.csv --value va
    refused 2 "t.csv: --value: no column '99999999999999999999999'; there are: Va, vA, x" summary --from t.csv --value 99999999999999999999999
    refused 2 "t.csv: --value: no column '2x' (did you mean 'x'?); there are: Va, vA, x" summary --from t.csv --value 2x
    refused 2 "t.csv: --group: no column 'nothing'; there are: Va, vA, x" summary --from t.csv --value Va --group nothing
}

@test "tables: the one column with figures is found; none or several are asked for" {
    table 'r,t,v\na,2019,5\nb,2020,6\n'
    refused 2 "t.csv: several columns with figures; name the columns with the figures: --value COLUMN,…" summary --from t.csv
    gives v,11 summary --from t.csv --region r --time t --statistics sum
    table 'r,v\na,\nb,6\n'
    refused 2 "t.csv: no column with figures; name the columns with the figures: --value COLUMN,…" summary --from t.csv
    table 'r,a,b,c\nx,1,2,3\n'
    refused 2 "needs 2 columns in --value A,B,…; 1 named" relate --from t.csv --value a
    refused 2 "needs --time, the column with the periods" trend --from t.csv --value a
    table 'r,v\n'
    refused 3 "t.csv: no row below the heading" summary --from t.csv --value v
}

@test "tables: rows that are too long are refused, rows that are too short have gaps" {
    table 'r,v\nx,5,6\n'
    refused 3 "t.csv: row 2, column 3: the heading has 2 columns only; is a comma in a number not quoted?" summary --from t.csv --value v
    table 'r,v\nx\ny,2,\n'
    gives v,1,1,2 summary --from t.csv --value v --statistics n,missing,sum
}

@test "tables: delimiters and encodings that are none" {
    table 'r\tv,w\nx\t5\n'
    gives '"v,w",5' summary --from t.csv --value 2 --delimiter tab --statistics sum
    gives '"v,w",5' summary --from t.csv --value 2 --delimiter '\t' --statistics sum
    for wrong in 1 '，' '"' . ab; do
        refused 2 "--delimiter '$wrong': write one character that no number or quote has, such as , ; | or tab" summary --from t.csv --value 2 --delimiter "$wrong"
    done
    refused 2 "--encoding: unknown encoding 'KLINGON'; try UTF-8, GB18030 or BIG5" summary --from t.csv --value 2 --encoding KLINGON
}

@test "tables: one unit in a column, of its heading or its cells" {
    table 'r,v(元)\nx,5元\ny,3亩\n'
    refused 3 "t.csv: row 3, column 2 (v(元)): '3亩' is in 亩 and the column in 元; write the column in one unit" summary --from t.csv --value v
    table 'r,v\nx,5万元\ny,3元\n'
    gives v,50003,元 summary --from t.csv --value v --statistics sum
}

@test "tables: groups by the region above" {
    table 'r,v\n思南县,5\n思南县,1\n德江县,3\n紫云县,4\n'
    gives $'v,铜仁市,3,9\nv,安顺市,1,4' summary --from t.csv --value v --region r --group prefecture --statistics n,sum
    refused 2 "--group prefecture needs --region, the column with the regions" summary --from t.csv --value v --group prefecture
    table 'r,v\n思南县,5\n木卫二,3\n'
    refused 3 "t.csv: row 3, column 1 (r): '木卫二' is no region below a known prefecture; name it by its code or path" summary --from t.csv --value v --region r --group prefecture
}

@test "tables: cells: how a figure can be written, and what is none" {
    # cell, value, low, high, unit
    while IFS='|' read -r cell want; do
        table "r,v\nx,\"$cell\"\n"
        [ "$(z summary --from t.csv --value v --evidence -f csv | tail -1 | cut -d, -f5-8)" = "$want" ] || { echo "$cell"; return 1; }
    done <<'END'
1e5|100000,100000,100000,
1e+5|100000,100000,100000,
1E-2|0.01,0.01,0.01,
１．５|1.5,1.5,1.5,
１Ｅ２|100,100,100,
+5|5,5,5,
５，０００|5000,5000,5000,
1,234,567.5|1234567.5,1234567.5,1234567.5,
>= 5|5,5,,
＞5|5,5,,
5以上|5,5,,
<5|5,0,5,
5以内|5,0,5,
≈5|5,5,5,
5左右|5,5,5,
3-5|4,3,5,
-3万元|-30000,-30000,-30000,元
END
    for cell in 1,23 12,345,6 ,5 1e --5 5- '>x' 5.. 1.2e3.4 1e5e5 '()' ; do
        table "r,v\nx,\"$cell\"\n"
        refused 3 "t.csv: row 2, column 2 (v): '$cell' is not a number; correct it or leave the cell empty" summary --from t.csv --value v
    done
    for cell in inf -∞ +infinity; do
        table "r,v\nx,$cell\n"
        refused 3 "t.csv: row 2, column 2 (v): '$cell' is infinite, and no figure of a table can be; correct it or leave the cell empty" summary --from t.csv --value v
    done
    table 'r,v\nx,1e400\n'
    refused 3 "t.csv: row 2, column 2 (v): '1e400' is too large for a number; correct it or leave the cell empty" summary --from t.csv --value v
}

@test "tables: weights: bounds go along, what weighs nothing does not count" {
    table 'r,g,v,w\na,p,600余,1\nb,p,近100,2\nc,q,3-5,0\nd,q,10,3\n'
    gives v,138.33333333333334,105,,guaranteed summary --from t.csv --value v --weight w --statistics weighted_mean
    z summary --from t.csv --value v --group g --weight w --statistics weighted_mean --layout long -f jsonl >out
    python3 - <<'END'
import json
p, q = map(json.loads, open("out"))
assert abs(p["value"] - 800 / 3) < 1e-9 and p["low"] == 200 and p["high"] is None and p["interval"] == "guaranteed", p
assert (q["value"], q["low"], q["high"]) == (10, 10, 10), q
END
    table 'r,v,w\na,5,-1\n'
    refused 3 "t.csv: row 2, column 3 (w): '-1' is negative, and no weight can be; correct it or leave the cell empty" summary --from t.csv --value v --weight w
}

@test "tables: options of summary that are no numbers, or none that it knows" {
    table 'v\n1\n2\n3\n4\n'
    for wrong in "trim '0.6'|a percentage from 0% to 50%" "trim 'x'|a percentage from 0% to 50%" "confidence '1'|a percentage between 0% and 100%" \
        "confidence '0%'|a percentage between 0% and 100%" "confidence 'x'|a percentage between 0% and 100%" "seed 'x'|a whole number" "seed '99999999999'|a whole number" \
        "quantiles 'x'|a share between 0 and 1, or a percentage" "quantiles '101%'|a share between 0 and 1, or a percentage" "quantile-type '10'|1, 6, 7 or 8" \
        "quantile-type 'x'|1, 6, 7 or 8" "bootstrap 'x'|how many resamples, 1000 say, up to 1000000"; do
        option=${wrong%% *} value=${wrong#*\'}
        refused 2 "--${wrong%%|*}: write ${wrong#*|}" summary --from t.csv "--$option" "${value%%\'*}"
    done
    gives v,4,10 summary --from t.csv --statistics n,,sum
    refused 2 "--statistics: unknown statistic 'nonsense'" summary --from t.csv --statistics nonsense
    refused 1 "nothing to show: no statistic of --statistics is one of this command's" summary --from t.csv --statistics gini
    refused 2 "unknown layout 'x'; write long or wide" summary --from t.csv --layout x
    # half of each end cut off leaves the median
    gives v,2.5 summary --from t.csv --trim 50% --statistics trimmed_mean
}

@test "tables: more groups than are held at once come out whole, in both layouts" {
    python3 -c 'print("g,v,w"); [print(f"g{i},{i % 7},1") for i in range(9000)]' >t.csv
    z summary --from t.csv --group g --value v --weight w -f csv >wide   # the weight keeps it from the short way
    [ "$(wc -l <wide)" = 9001 ]
    [ "$(cut -d, -f1-5 wide | tail -1)" = "v,g8999,1,0,4" ]
    python3 - <<'END'
import csv
rows = list(csv.DictReader(open("wide")))
assert [r["group"] for r in rows] == [f"g{i}" for i in range(9000)]
assert all(float(r["sum"]) == float(r["weighted_mean"]) == i % 7 for i, r in enumerate(rows))
END
    z summary --from t.csv --group g --value v --statistics sum,n --layout long -f csv >long
    [ "$(wc -l <long)" = 18001 ]
}
