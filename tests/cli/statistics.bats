# compare and total on small tables whose answers can be worked out by hand.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    unset TZ
}
z() { "$ZHIBIAO" "$@"; }
# import_rows: the table on standard input, with the usual heading
import_rows() {
    { echo "region,indicator,period,value,unit,item,status,kind"; cat; } >"$1.csv"
    z import --region 铜仁市 "$1.csv" >/dev/null
}
# column NAME of each row of a CSV answer
column() {
    python3 -c 'import csv, sys
for row in csv.DictReader(sys.stdin): print(row[sys.argv[1]])' "$1"
}

@test "compare: ranks, shares, ratios and differences; equals share a rank" {
    import_rows a <<'END'
碧江区,常住人口,2019,400,人,,,
万山区,常住人口,2019,100,人,,,
江口县,常住人口,2019,250,人,,,
石阡县,常住人口,2019,250,人,,,
END
    z compare --indicator 常住人口 --format csv >out.csv
    [ "$(column region <out.csv | tr '\n' ' ')" = "贵州省/铜仁市/碧江区 贵州省/铜仁市/江口县 贵州省/铜仁市/石阡县 贵州省/铜仁市/万山区 " ]
    [ "$(column rank <out.csv | tr '\n' ' ')" = "1 2 2 4 " ]
    [ "$(column share_of_total <out.csv | tr '\n' ' ')" = "0.4 0.25 0.25 0.1 " ]
    [ "$(column ratio_to_mean <out.csv | tr '\n' ' ')" = "1.6 1 1 0.4 " ]
    [ "$(column difference_to_next <out.csv | tr '\n' ' ')" = "150 150 150  " ]
}

@test "compare: an open bound leaves ranks undecided" {
    import_rows a <<'END'
碧江区,常住人口,2019,400,人,,,
万山区,常住人口,2019,300余,人,,,
江口县,常住人口,2019,200,人,,,
END
    z compare --indicator 常住人口 --format csv >out.csv
    [ "$(column ranks <out.csv | tr '\n' ' ')" = "1–2 1–2 3 " ]
    [ "$(column bound <out.csv | tr '\n' ' ')" = "exact above exact " ]
    [ "$(column high <out.csv | tr '\n' ' ')" = "400  200 " ]
    run z compare --indicator 常住人口 --format markdown
    [[ ${lines[3]} == *"| ≥300 |"* ]]
}

@test "compare: each region's newest figure, or --period" {
    import_rows a <<'END'
碧江区,常住人口,2019,1,人,,,
碧江区,常住人口,2020,2,人,,,
碧江区,常住人口,2020-03,9,人,,,
万山区,常住人口,2018,4,人,,,
END
    z compare --indicator 常住人口 --format csv >out.csv
    [ "$(column value <out.csv | tr '\n' ' ')" = "4 2 " ]
    [ "$(column period <out.csv | tr '\n' ' ')" = "2018 2020 " ]
    [ "$(z compare --indicator 常住人口 --period 2019 --format csv | column value)" = 1 ]
    [ "$(z compare --indicator 常住人口 --period 2019年 --format csv | column value)" = 1 ]
    [ "$(z compare --indicator 常住人口 --period 2020-03 --format csv | column value)" = 9 ]
}

@test "compare: units of one dimension are converted, others refused" {
    import_rows a <<'END'
碧江区,茶叶种植面积,2019,30,亩,,,
万山区,茶叶种植面积,2019,1,公顷,,,
江口县,茶叶种植面积,2019,45,亩,,,
END
    z compare --indicator 种植面积 --format csv >out.csv
    [ "$(column unit <out.csv | sort -u)" = 亩 ]
    [ "$(column value <out.csv | tr '\n' ' ')" = "45 30 15 " ]
    import_rows b <<'END'
石阡县,古桥保护,2019,3,座,,,
思南县,古桥保护,2019,4,公里,,,
END
    run z compare --indicator 古桥保护
    [ "$status" = 2 ]
    [ "$output" = "zhibiao compare: 古桥保护 is given in units that cannot be compared (公里, 座); choose one with --unit" ] ||
    [ "$output" = "zhibiao compare: 古桥保护 is given in units that cannot be compared (座, 公里); choose one with --unit" ]
    [ "$(z compare --indicator 古桥保护 --unit 座 --format csv | column value)" = 3 ]
}

@test "compare: items are added up, and that is said; an overall figure comes first" {
    import_rows a <<'END'
碧江区,种植面积,2019,30,亩,茶叶,,
碧江区,种植面积,2019,20余,亩,辣椒,,
万山区,种植面积,2019,10,亩,茶叶,,
江口县,种植面积,2019,70,亩,,,
江口县,种植面积,2019,60,亩,茶叶,,
END
    run --separate-stderr z compare --indicator 种植面积 --format csv
    echo "$output" >out.csv
    [ "$(column value <out.csv | tr '\n' ' ')" = "70 50 10 " ]
    [ "$(column bound <out.csv | tr '\n' ' ')" = "exact above exact " ]
    [ "$(column parts <out.csv | tr '\n' ' ')" = "1 2 1 " ]
    [ "$stderr" = "zhibiao compare: note: the regions report different items, added up where there are several; --item chooses one" ]
    [ "$(z compare --indicator 种植面积 --item 茶叶 --format csv | column value | tr '\n' ' ')" = "60 30 10 " ]
}

@test "compare: planned figures and other kinds stay out" {
    import_rows a <<'END'
碧江区,常住人口,2020,5,人,,,
碧江区,常住人口,2020,50,人,,planned,
万山区,常住人口,2020,6,人,,计划,
END
    [ "$(z compare --indicator 常住人口 --format csv | column value)" = 5 ]
    [ "$(z compare --indicator 常住人口 --status planned --format csv | column value | tr '\n' ' ')" = "50 6 " ]
    import_rows b <<'END'
碧江区,常住人口,2021,7,人,,,
碧江区,常住人口,2021,3,%,,,growth
END
    run --separate-stderr z compare --indicator 常住人口 --period 2021 --format csv
    [ "$(echo "$output" | column value)" = 7 ]
}

@test "compare: one fact in two documents counts once, contradictions are counted" {
    import_rows a <<'END'
碧江区,常住人口,2020,500,人,,,
万山区,常住人口,2020,600,人,,,
END
    import_rows b <<'END'
碧江区,常住人口,2020,500,人,,,
万山区,常住人口,2020,610,人,,,
江口县,常住人口,2020,1,人,,,
END
    z compare --indicator 常住人口 --format csv >out.csv
    [ "$(column value <out.csv | tr '\n' ' ')" = "600 500 1 " ]
    [ "$(column evidence <out.csv | tr '\n' ' ')" = "2 2 1 " ]
    [ "$(column conflicts <out.csv | tr '\n' ' ')" = "1 0 0 " ]
    [ "$(z total --indicator 常住人口 --region 铜仁 --format csv | column sum)" = 1101 ]
}

@test "compare: levels never mix; the one with most regions, or --level" {
    import_rows a <<'END'
沿河县/客田镇,常住人口,2020,1,人,,,
沿河县/官舟镇,常住人口,2020,2,人,,,
沿河县,常住人口,2020,30,人,,,
END
    run --separate-stderr z compare --indicator 常住人口 --format csv
    [ "$(echo "$output" | column value | tr '\n' ' ')" = "2 1 " ]
    [ "$stderr" = "zhibiao compare: note: 1 figure of other levels than township left out; --level chooses one" ]
    run --separate-stderr z compare --indicator 常住人口 --level county --format csv
    [ "$(echo "$output" | column value)" = 30 ]
    [ -z "$stderr" ]
}

@test "compare: a part of a name that fits several indicators" {
    import_rows a <<'END'
碧江区,古树一号,2020,1,棵,,,
碧江区,古树二号,2020,2,棵,,,
END
    run z compare --indicator 古树
    [ "$status" = 2 ]
    [[ $output == "zhibiao compare: '古树' fits several indicators (古树"*", 古树"*"); name one of them with --indicator" ]]
    [ "$(z compare --indicator 古树一号 --format csv | column value)" = 1 ]
}

@test "compare: means of several items cannot be added up" {
    import_rows a <<'END'
碧江区,古树价格,2020,1,元,杉,,price
碧江区,古树价格,2020,2,元,松,,price
END
    run z compare --indicator 古树价格
    [ "$status" = 2 ]
    [[ $output == "zhibiao compare: 古树价格 of 碧江区 is given for several items ("*") and cannot be added up; choose one with --item" ]]
    [ "$(z compare --indicator 古树价格 --item 松 --format csv | column value)" = 2 ]
    [ "$(z compare --indicator 古树价格 --item 松 --format csv | column share_of_total)" = "" ]
}

@test "total: reported beside the sum, coverage, difference; parents and children are not added" {
    import_rows a <<'END'
沿河县,常住人口,2020,100,人,,,
沿河县/客田镇,常住人口,2020,30,人,,,
沿河县/官舟镇,常住人口,2020,20余,人,,,
END
    z total --indicator 常住人口 --region 沿河 --format csv >out.csv
    [ "$(column reported <out.csv)" = 100 ]
    [ "$(column sum <out.csv)" = 50 ]
    [ "$(column sum_bound <out.csv)" = above ]
    [ "$(column sum_low <out.csv)" = 50 ]
    [ "$(column sum_high <out.csv)" = "" ]
    [ "$(column level <out.csv)" = township ]
    [ "$(column regions <out.csv)" = 2 ]
    [ "$(column of <out.csv)" = 23 ]
    [ "$(column difference <out.csv)" = 50 ]
    [ "$(column difference_high <out.csv)" = 50 ]
    [ "$(column sum_of_reported <out.csv)" = 0.5 ]
    # the prefecture: its county counts, not the county's towns as well
    z total --indicator 常住人口 --region 铜仁 --format csv >up.csv
    [ "$(column sum <up.csv)" = 100 ]
    [ "$(column level <up.csv)" = county ]
    [ "$(column reported <up.csv)" = "" ]
    z total --indicator 常住人口 --region 铜仁 --level township --format csv >towns.csv
    [ "$(column sum <towns.csv)" = 50 ]
    [ "$(column of <towns.csv)" -gt 100 ]
}

@test "total: periods, status and items are rows of their own; dates count as their year" {
    import_rows a <<'END'
碧江区,种植面积,2019,1,亩,茶叶,,
万山区,种植面积,2019,2,亩,茶叶,,
碧江区,种植面积,2020,4,亩,茶叶,,
万山区,种植面积,asof:2020-06-30,8,亩,茶叶,,
江口县,种植面积,2020-03,16,亩,茶叶,,
碧江区,种植面积,2020,32,亩,茶叶,planned,
碧江区,种植面积,2020,64,亩,辣椒,,
END
    z total --indicator 种植面积 --region 铜仁 --format csv >out.csv
    [ "$(paste -d' ' <(column item <out.csv) <(column period <out.csv) <(column status <out.csv) <(column sum <out.csv))" = "茶叶 2019 actual 3
茶叶 2020-03 actual 16
茶叶 2020 actual 12
茶叶 2020 planned 32
辣椒 2020 actual 64" ]
}

@test "total: several dates of one year: the newest counts, once" {
    import_rows a <<'END'
碧江区,常住人口,asof:2020-06,5,人,,,
碧江区,常住人口,asof:2020-09,6,人,,,
万山区,常住人口,2020,10,人,,,
万山区,常住人口,asof:2020-09,11,人,,,
END
    [ "$(z total --indicator 常住人口 --region 铜仁 --format csv | column sum)" = 16 ]
}

@test "total: what may not be added is refused, and what to do instead" {
    import_rows a <<'END'
碧江区,农村居民人均可支配收入,2020,9000,元,,,
碧江区,贫困发生率,2020,3,%,,,
碧江区,古桥得分,2020,3,分,,,mean
END
    run z total --indicator 农村居民人均可支配收入 --region 铜仁
    [ "$status" = 2 ]
    [ "$output" = "zhibiao total: 农村居民人均可支配收入 is a mean and cannot be added up; use zhibiao compare --indicator '农村居民人均可支配收入'" ]
    run z total --indicator 贫困发生率 --region 铜仁
    [ "$status" = 2 ]
    [ "$output" = "zhibiao total: 贫困发生率 is a share and cannot be added up; use zhibiao compare --indicator '贫困发生率'" ]
    run z total --indicator 常住人口 --region 铜仁
    [ "$status" = 1 ]
    run z total --indicator 常住人口
    [ "$status" = 2 ]
    [ "$output" = "zhibiao total: needs --region, the region whose parts are added up" ]
}

@test "plot: a line of a region's own years, or of the regions below it" {
    import_rows a <<'END'
碧江区,常住人口,2018,1,人,,,
碧江区,常住人口,2019,2,人,,,
碧江区,常住人口,2020,3,人,,,
万山区,常住人口,2019,2,人,,,
万山区,常住人口,2020,,人,,,
万山区,常住人口,,5,人,,,
END
    run z plot line --indicator 常住人口 --region 碧江区 -o own.svg
    [ "$status" = 0 ]
    [ -z "$output" ]
    run z plot line --indicator 常住人口 --region 铜仁 --title 题 --subtitle 副 --note 注 --size 640x400 -o below.svg
    [ "$status" = 0 ]
    [ "$output" = "zhibiao plot: note: 1 figure without a period left out" ]
    grep -q 640 below.svg
    run z plot line --indicator 常住人口 --region 铜仁 --size 9 -o x.svg
    [ "$status" = 2 ]
    [ "$output" = "zhibiao plot: --size: '9' is no size; write a4, slide, web or WIDTHxHEIGHT with 100 to 20000 pixels, such as 960x640" ]
    run z plot line --indicator 常住人口 --region 铜仁
    [ "$output" = "zhibiao plot: needs -o FILE.svg, .png, .pdf, .eps or .ps; or --format, which writes to standard output" ]
    run z plot lien --indicator 常住人口 -o x.svg
    [ "$output" = "zhibiao plot: unknown chart 'lien' (did you mean 'line'?); zhibiao plot --list shows them, and a figure's description ends in .json" ]
    [ ! -e x.svg ]
}

@test "plot: more lines than can be told apart" {
    for county in 碧江区 万山区 江口县 石阡县 思南县 玉屏县 德江县 印江县 松桃县; do
        echo "$county,常住人口,2019,1,人,,,"
        echo "$county,常住人口,2020,2,人,,,"
    done | import_rows a
    run z plot line --indicator 常住人口 --region 铜仁 -o many.svg
    [ "$status" = 0 ]
    [ -z "$output" ]
    [ "$(grep -c 'class="line"' many.svg)" = 9 ]
    [ "$(grep -c 'class="name"' many.svg)" = 9 ]
    run z plot bar --indicator 常住人口 --region 铜仁 --period 2020 -o bar.png
    [ "$status" = 0 ]
}

@test "plot: towns of one name are told apart by their county" {
    z regions --region 贵州 --level township 城关镇 -f csv >known.csv
    [ "$(wc -l <known.csv)" -ge 3 ] || skip "one such town only"
    { echo region,indicator,period,value,unit; tail -n +2 known.csv | head -2 | while IFS=, read -r code rest; do echo "$code,常住人口,2020,7,人"; done; } >towns.csv
    z import towns.csv >/dev/null
    run z plot bar --indicator 常住人口 -o towns.svg
    [ "$status" = 0 ]
    [ -s towns.svg ]
}

@test "figures about no known place are left out, and that is said" {
    printf '2019年,全县古茶园面积4600亩。\n' >bare.txt
    z ingest bare.txt >/dev/null
    label=$(z show -f csv | python3 -c 'import csv, sys; print(next(csv.DictReader(sys.stdin))["indicator"])')
    run z compare --indicator "$label"
    [ "$status" = 1 ]
    [ "$output" = "zhibiao compare: the observations of '$label' are about no known place; ingest with --region, or see zhibiao show --indicator '$label'" ]
    printf '2019年,紫云县古茶园面积300亩。\n' >placed.txt
    z ingest placed.txt >/dev/null
    run --separate-stderr z compare --indicator "$label" --format csv
    [ "$status" = 0 ]
    [ "$(echo "$output" | column value)" = 300 ]
    [ "$stderr" = "zhibiao compare: note: 1 figure about no known place left out" ]
}

@test "total and compare: a level without figures" {
    import_rows a <<'END'
沿河县,常住人口,2020,100,人,,,
END
    run z total --indicator 常住人口 --region 沿河 --level village
    [ "$status" = 0 ]
    [[ ${lines[1]} == *" 100 "* ]]
    run z compare --indicator 常住人口 --region 沿河
    [ "$status" = 1 ]
    [ "$output" = "zhibiao compare: 常住人口: no regions to compare below 沿河; zhibiao show lists what there is" ]
}
