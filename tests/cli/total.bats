# total: the roll-up along the region tree, coverage, bounds and the convention for open ones, tables, evidence, refusals.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
}
z() { "$ZHIBIAO" "$@"; }
rows() {
    { echo "region,indicator,period,value,unit"; cat; } >"$1.csv"
    z import "$1.csv" >/dev/null
}
# value KEY [ROW]: of JSON Lines
value() { python3 -c 'import json, sys; print(json.loads(sys.stdin.read().splitlines()[int(sys.argv[2])])[sys.argv[1]])' "$1" "${2:-0}"; }

@test "total: a county without a figure is stood in for by its townships" {
    rows a <<'END'
碧江区,常住人口,2020,100,人
沿河县/客田镇,常住人口,2020,30,人
沿河县/官舟镇,常住人口,2020,20,人
印江县,常住人口,2020,40,人
印江县/峨岭街道,常住人口,2020,15,人
END
    z total --indicator 常住人口 --region 铜仁 --format jsonl >out
    [ "$(value sum <out)" = 190 ]
    [ "$(value level <out) $(value regions <out) $(value of <out)" = "county, township 4 None" ]
    # 2 of 10 counties wholly, one by 2 of its 23 townships
    python3 -c 'import json; c = json.load(open("out"))["coverage"]; assert abs(c - (2 + 2 / 23) / 10) < 1e-15, c'
    z total --indicator 常住人口 --region 铜仁 --level county --format jsonl >out
    [ "$(value sum <out) $(value regions <out) $(value of <out) $(value coverage <out)" = "140 2 10 0.2" ]
    # the same for every region below, each with its own figure beside the sum of its parts
    z total --indicator 常住人口 --region 贵州 --tree --format jsonl >out
    [ "$(wc -l <out)" = 4 ]
    [ "$(value region 0 <out) $(value sum 0 <out)" = "贵州省 190" ]
    [ "$(value region 1 <out) $(value sum 1 <out)" = "贵州省/铜仁市 190" ]
    [ "$(value region 2 <out | sed 's/.*\///') $(value reported 2 <out) $(value sum 2 <out) $(value difference 2 <out)" = "印江土家族苗族自治县 40 15 25" ]
    [ "$(value region 3 <out | sed 's/.*\///') $(value reported 3 <out) $(value sum 3 <out)" = "沿河土家族自治县 None 50" ]
}

@test "total: bounds are guaranteed, or conventional with --open and 约" {
    rows a <<'END'
碧江区,常住人口,2020,600余,人
印江县,常住人口,2020,近100,人
石阡县,常住人口,2020,3-5,人
END
    z total --indicator 常住人口 --region 铜仁 --format jsonl >out
    [ "$(value sum <out) $(value sum_low <out) $(value sum_high <out) $(value sum_bound <out) $(value interval <out)" = "704 603 None above guaranteed" ]
    z total --indicator 常住人口 --region 铜仁 --open 10% --format jsonl >out
    [ "$(value sum <out) $(value sum_low <out) $(value sum_high <out) $(value sum_bound <out) $(value interval <out)" = "704 693 765 range conventional" ]
    rows b <<'END'
碧江区,造林面积,2020,约600,亩
END
    [ "$(z total --indicator 造林面积 --region 铜仁 --format jsonl | value interval)" = conventional ]
    run z total --indicator 常住人口 --region 铜仁 --open 0%
    [ "$status" = 2 ]
    [ "$output" = "zhibiao total: --open '0%': write a percentage above 0% and up to 100%, such as 10%" ]
}

@test "total: units are converted within a dimension" {
    rows a <<'END'
碧江区,种植面积,2020,1.5,万亩
印江县,种植面积,2020,100,公顷
石阡县,种植面积,2020,1000,亩
END
    z total --indicator 种植面积 --region 铜仁 --format jsonl >out
    [ "$(value sum <out) $(value unit <out)" = "17500 亩" ]
}

@test "total: a table instead of the store" {
    printf '县区,年份,产量(吨),品种\n碧江区,2019,1,茶叶\n印江县,2019,"2,000",茶叶\n铜仁市,2019,2010,茶叶\n碧江区,2020,…,茶叶\n碧江区,2019,3,辣椒\n不知道县,2019,9,茶叶\n' >t.csv
    run --separate-stderr z total --from t.csv --value 产量 --region 县区 --time 年份 --group 品种 --format jsonl
    [ "$status" = 0 ]
    [ "$stderr" = "zhibiao total: note: 1 row left out: the register has no such region, or several; write codes or paths" ]
    printf '%s\n' "$output" >out
    [ "$(wc -l <out)" = 2 ]
    [ "$(value item 0 <out) $(value region 0 <out) $(value reported 0 <out) $(value sum 0 <out) $(value difference 0 <out) $(value unit 0 <out)" = "茶叶 贵州省/铜仁市 2010 2001 9 吨" ]
    [ "$(value item 1 <out) $(value sum 1 <out) $(value coverage 1 <out)" = "辣椒 3 0.1" ]
    printf '县区,产量\n碧江区,1\n碧江区,2\n' >t.csv
    run --separate-stderr z total --from t.csv --value 产量 --region 县区
    [ "$status" = 3 ]
    [ "$stderr" = "zhibiao total: t.csv: 碧江区 has two figures; name the column that tells them apart with --time or --group" ]
    printf '县区,产量\n西秀区,1\n碧江区,2\n' >t.csv
    [ "$(z total --from t.csv --value 产量 --region 县区 --format jsonl | value region)" = 贵州省 ]
    printf '省,产量\n贵州省,1\n四川省,2\n' >t.csv
    [ "$(z total --from t.csv --value 产量 --region 省 --format jsonl | value sum)" = 3 ]
    run --separate-stderr z total --from t.csv --value 产量
    [ "$status" = 2 ]
    [ "$stderr" = "zhibiao total: needs --region, the column with the regions" ]
}

@test "total: the order of rows and the merging of parts change nothing" {
    awk 'BEGIN { print "code,v"; for (i = 1; i <= 9; i++) printf "52060%d,%d.%d\n", i, i * 37 % 11, i }' >t.csv
    whole=$(z total --from t.csv --value v --region code --format jsonl | value sum)
    { head -1 t.csv; tail -n +2 t.csv | sort -t, -k2; } >r.csv
    [ "$(z total --from r.csv --value v --region code --format jsonl | value sum)" = "$whole" ]
}

@test "total: --evidence lists the figures, --explain the definitions" {
    rows a <<'END'
铜仁市,常住人口,2020,100,人
碧江区,常住人口,2020,30余,人
END
    z total --indicator 常住人口 --region 铜仁 --evidence --format csv >out
    [ "$(cut -d, -f2,8,13,16 out)" = "role,value,document,quote
reported,100,a.csv,100
part,30,a.csv,30余" ]
    z total --explain --format jsonl >out
    [ "$(wc -l <out)" = 5 ]
    ! grep -q null out
}
