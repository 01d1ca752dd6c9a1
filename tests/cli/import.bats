# import: the long and the wide form, encodings, and every way a table can be wrong.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
}
z() { "$ZHIBIAO" "$@"; }
# refused TEXT MESSAGE: a table of this text is refused with this message, and nothing is in the store
refused() {
    printf "$1" >bad.csv
    run z import bad.csv
    [ "$status" = 3 ] || { echo "status $status"; return 1; }
    [ "$output" = "zhibiao import: bad.csv: $2" ] || { echo "$output"; return 1; }
    [ "$(sqlite3 store.db 'SELECT count(*) FROM document')" = 0 ]
}
HEAD='region,indicator,period,value,unit\n'

@test "import: the long form, columns in any order, blank lines and cells without a figure" {
    printf '\xEF\xBB\xBF单位,值,指标,地区,年份\n\n亩,"1,234.5",茶叶种植面积,印江县,2019年\r\n\n亩,-,茶叶种植面积,石阡县,2019\n亩,近3万,茶叶种植面积,思南县,2019\n' >t.csv
    run z import t.csv
    [ "$status" = 0 ]
    [[ ${lines[1]} =~ ^t.csv\ new\ +3\ +2$ ]]
    z show --format jsonl >out
    python3 - <<'END'
import json
rows = {r["region_code"]: r for r in map(json.loads, open("out"))}
data = open("t.csv", "rb").read()
one = rows["520625"]
assert (one["value"], one["unit"], one["period"], one["item"]) == (1234.5, "亩", "2019", "茶叶"), one
assert one["indicator_id"] == "planted_area" and one["document"] == "t.csv"
assert one["evidence"] == "row 3, column 2: 1,234.5", one["evidence"]
assert data[one["start"]:one["end"]] == b'"1,234.5"', data[one["start"]:one["end"]]
two = rows["520624"]
assert two["value"] == 30000 and two["bound"] in ("below", "about") and two["evidence"].startswith("row 6, ")
END
}

@test "import: the wide form, units in the heading, years in the heading" {
    printf '县区,年份,茶叶面积(亩),粮食产量（吨）,2018年常住人口[人]\n印江县,2019,"12,300",3.5万,400\n\n石阡县,2020,5千余,/,\n' >w.csv
    run z import --region 铜仁 w.csv
    [ "$status" = 0 ]
    [ "$(z show --format csv | python3 -c 'import csv, sys
for r in sorted((r["region_code"], r["indicator"], r["period"], r["value"], r["unit"], r["bound"]) for r in csv.DictReader(sys.stdin)): print(*r)')" = "520623 茶叶面积 2020 5000 亩 above
520625 常住人口 2018 400 人 exact
520625 粮食产量 2019 35000 吨 exact
520625 茶叶面积 2019 12300 亩 exact" ]
}

@test "import: units with scale and denominator, an indicator's id, kinds and status" {
    printf 'region,indicator,period,value,unit,kind,status,item\n碧江区,gdp,2019,1.5,亿元,,,\n碧江区,古法造纸产量,2019,350,公斤/亩,,,竹\n碧江区,古法造纸占比,2019,12.5,%%,,计划,\n碧江区,古法造纸价格,2019,3,元,price,actual,\n' >t.csv
    run z import t.csv
    [ "$status" = 0 ]
    z show --format jsonl >out
    python3 - <<'END'
import json
rows = {r["indicator"]: r for r in map(json.loads, open("out"))}
gdp = rows["地区生产总值"]
assert (gdp["value"], gdp["unit"], gdp["indicator_id"]) == (1.5e8, "元", "gdp")
paper = rows["古法造纸产量"]
assert (paper["value"], paper["unit"], paper["per"], paper["item"]) == (350, "公斤", "亩", "竹")
assert (rows["古法造纸占比"]["kind"], rows["古法造纸占比"]["status"]) == ("share", "planned")
assert rows["古法造纸价格"]["kind"] == "price"
END
    run z show --unit 公斤/亩 --format csv
    [ "${#lines[@]}" = 2 ]
    run z show --unit 公斤/人 --format csv
    [ "$status" = 1 ]
}

@test "import: GB18030, Big5, TSV, semicolons, standard input" {
    printf 'region\tindicator\tperiod\tvalue\tunit\n碧江区\t常住人口\t2019\t1\t人\n' | iconv -t GB18030 >a.tsv
    printf '地區;指標;年份;數值;單位\n' >/dev/null
    printf 'region;indicator;period;value;unit\n萬山區;常住人口;2019;2;人\n' >c.csv
    z import a.tsv >/dev/null
    z import --encoding UTF-8 c.csv >/dev/null
    printf 'region,indicator,period,value,unit\n江口县,常住人口,2019,3,人\n' | z import - >/dev/null
    printf 'region,indicator,period,value,unit\n石阡縣,常住人口,2019,4,人\n思南縣,常住人口,2019,5,人\n' | iconv -t BIG5 >d.csv
    z import --encoding BIG5 d.csv >/dev/null
    [ "$(z compare --indicator 常住人口 --format csv | cut -d, -f11 | tail -n +2 | tr '\n' ' ')" = "5 4 3 2 1 " ]
    [ "$(sqlite3 store.db 'SELECT path || encoding FROM document ORDER BY id' | tr '\n' ' ')" = "a.tsvGB18030 c.csvUTF-8 -UTF-8 d.csvBIG5 " ]
}

@test "import: twice changes nothing; a bad table does not stop the others" {
    printf "${HEAD}碧江区,常住人口,2019,1,人\n" >good.csv
    run --separate-stderr z import missing.csv good.csv .
    [ "$status" = 3 ]
    [[ ${lines[1]} =~ ^good.csv\ new\ +1\ +1$ ]]
    [ "${stderr_lines[0]}" = "zhibiao import: missing.csv: No such file or directory; check the name" ]
    [ "${stderr_lines[1]}" = "zhibiao import: .: a directory; name the files in it, or ingest it, which walks folders" ]
    run z import good.csv
    [ "$status" = 0 ]
    [[ ${lines[1]} =~ ^good.csv\ unchanged\ +1\ +0$ ]]
    [ "$(sqlite3 store.db 'SELECT count(*) FROM observation')" = 1 ]
}

@test "import: a bad row is named with its column, and nothing goes in" {
    refused "${HEAD}碧江区,常住人口,2019,1,人\n碧江区,常住人口,2020,多少,人\n" "row 3, column 4: '多少' is not a number; correct it or leave the cell empty"
    refused "${HEAD}碧江区,常住人口,2020,3,盹\n" "row 2, column 5: unknown unit '盹'"
    refused "${HEAD}碧江区,常住人口,昨天,3,人\n" "row 2, column 3: '昨天' is no period; write 2019, 2019-12, 2018/2019 or asof:2019-12-31"
    refused "${HEAD},常住人口,2020,3,人\n" "row 2, column 1: no region; fill the cell or remove the row"
    refused "${HEAD}碧江区,,2020,3,人\n" "row 2, column 2: no indicator; fill the cell or remove the row"
    refused "${HEAD}碧江区,常住人口,2019,3,200,人\n" "row 2, column 6: the heading has 5 columns only; is a comma in a number not quoted?"
    refused "${HEAD}碧江区,常住人口\n" "row 2, column 2: the row ends before its value"
    refused "region,indicator,value,status\n碧江区,常住人口,1,maybe\n" "row 2, column 4: unknown status 'maybe'; write actual or planned"
    refused "region,indicator,value,kind\n碧江区,常住人口,1,maybe\n" "row 2, column 4: unknown kind 'maybe'; write level, mean, share, growth, capacity, rank or price"
    printf "${HEAD}火星县,常住人口,2019,3,人\n" >bad.csv
    run z import bad.csv
    [ "$status" = 3 ]
    [[ $output == "zhibiao import: bad.csv: row 2, column 1: no region is called \"火星县\""* ]]
}

@test "import: what is no table" {
    refused '' "the file is empty; give a table with a heading"
    refused '\xEF\xBB\xBF' "the file is empty; give a table with a heading"
    refused 'a\0b' "a binary file (it holds NUL bytes); give a CSV file"
    refused '\xFF\xFEr\0' "a table in UTF-16; save it as UTF-8"
    refused 'PK\x03\x04...' "a spreadsheet, not a CSV file; save it as CSV (UTF-8)"
    refused "$HEAD" "no figures below the heading; nothing was imported"
    refused 'a,b\n1,2\n' "row 1: no column for the region; name one region, 地区 or 县区, or give the region of all rows with --region"
    refused 'region,value\n碧江区,2\n' "row 1: no column for the indicator; name one indicator or 指标"
    refused 'region,indicator\n碧江区,2\n' "row 1: no column for the value; name one value or 数值"
    refused 'region,period\n碧江区,2\n' "row 1: no column for the value; name one value or 数值, or give each indicator a column with its unit: 茶叶面积(亩)"
    refused 'region,value,value\n' "row 1, column 3: a second column for the same thing ('value'); remove or rename one"
    refused 'region,(亩)\n碧江区,2\n' "row 1, column 2: the heading '(亩)' names no indicator"
    refused "${HEAD}\"碧江\"区,常住人口,2019,3,人\n" "row 2: a quote in the middle of a cell; check the quotes"
    refused "${HEAD}\"碧江区,常住人口,2019,3,人\n" "row 2: a quote is opened and never closed"
    python3 -c 'print("a," * 5000)' >wide.csv
    run z import wide.csv
    [ "$status" = 3 ]
    [ "$output" = "zhibiao import: wide.csv: row 1 has more than 4096 columns; is it a table?" ]
    printf "${HEAD}碧江区,\xC4,2019,3,人\n" >broken.csv
    run z import --encoding UTF-8 broken.csv
    [ "$status" = 3 ]
    [ "$output" = "zhibiao import: broken.csv: not valid UTF-8; name the right encoding with --encoding" ]
    printf 'region,indicator,value\n\xB1\xCC\xBD\xAD\xC7\xF8,\xFF\xFF,3\n' >broken.csv
    run z import --encoding GB18030 broken.csv
    [ "$status" = 3 ]
    [ "$output" = "zhibiao import: broken.csv: row 2, column 2: broken characters; name the right encoding with --encoding" ]
}

# rows: region code, indicator, item, period, value, unit, bound, status of all observations, sorted
rows() {
    z show --format csv | python3 -c 'import csv, sys
for r in sorted((r["region_code"], r["indicator"], r["item"], r["period"], r["value"], r["unit"], r["bound"], r["status"]) for r in csv.DictReader(sys.stdin)): print("|".join(r))'
}

@test "import: a column for each year" {
    printf '指标,单位,2018,2019年,2020年度,备注\n常住人口,万人,1.5,1.6,…,x\n造林面积,亩,-,200余,300,\n' >y.csv
    run --separate-stderr z import --region 碧江区 y.csv
    [ "$status" = 0 ]
    [ "$stderr" = "zhibiao import: note: y.csv: columns left out: 备注" ]
    [ "$(rows)" = "520602|常住人口||2018|15000|人|exact|actual
520602|常住人口||2019|16000|人|exact|actual
520602|造林面积||2019|200|亩|above|actual
520602|造林面积||2020|300|亩|exact|actual" ]
    printf '县区,2018,2019\n万山区,10,20\n' >z.csv
    run z import z.csv
    [ "$status" = 3 ]
    [ "$output" = "zhibiao import: z.csv: row 1: columns of years, and nothing says of what; name the indicator with --indicator, or in a column 指标" ]
    z import --indicator 常住人口 --unit 人 z.csv >/dev/null
    [ "$(rows | grep 520603)" = "520603|常住人口||2018|10|人|exact|actual
520603|常住人口||2019|20|人|exact|actual" ]
}

@test "import: units in headings, however they are written" {
    printf '县区,地区生产总值(现价)(亿元),税收/万元,常住人口：万人,投资额（单位：万元）,造林面积_亩,城镇化率%%,户数\n碧江区,-1.5,2,3,4,5,60,7\n' >h.csv
    z import --period 2019 h.csv >/dev/null
    z show --format csv | python3 -c '
import csv, sys
got = {(float(r["value"]), r["unit"]) for r in csv.DictReader(sys.stdin)}
assert got == {(-1.5e8, "元"), (20000, "元"), (30000, "人"), (40000, "元"), (5, "亩"), (60, "%"), (7, "")}, got'
    rm -f store.db*
    refused '县区,产值(万圆)\n碧江区,1\n' "row 1, column 2: unknown unit '万圆' in the heading '产值(万圆)'"
}

@test "import: --map says what nobody could guess" {
    printf '辖区,数据一,数据二,备注\n碧江区,1.5,"2,000",x\n' >m.csv
    echo '{"辖区": "region", "数据一": {"indicator": "gdp", "unit": "亿元", "period": "2019"}, "数据二": {"indicator": "种植面积", "unit": "亩", "item": "茶叶", "status": "planned", "period": "2020"}, "备注": null}' >map.json
    z import --map map.json m.csv >/dev/null
    [ "$(rows)" = "520602|地区生产总值||2019|150000000|元|exact|actual
520602|种植面积|茶叶|2020|2000|亩|exact|planned" ]
    # read by another map it is read anew, and the old reading is superseded
    echo '{"辖区": "region", "数据一": {"indicator": "gdp", "unit": "亿元", "period": "2018"}, "数据二": null, "备注": null}' >other.json
    z import --map other.json m.csv >/dev/null
    [ "$(rows)" = "520602|地区生产总值||2018|150000000|元|exact|actual" ]
    while IFS='#' read -r map message; do
        printf '%s' "$map" >bad.json
        run z import --map bad.json m.csv
        [ "$status" = 3 ]
        [ "$output" = "zhibiao import: $message" ] || { echo "$output"; false; }
    done <<'END'
{"辖区": 1}#bad.json: "辖区": write a role or indicator ("region", "gdp"), an object, or null
{"辖区": {"unti": "元"}}#bad.json: "辖区": unknown key "unti" (did you mean 'unit'?); write indicator, unit, period, item, kind or status
{"数据一": {"unit": "圆圈"}}#bad.json: "数据一": unknown unit "圆圈"
{"数据一": {"period": "昨天"}}#bad.json: "数据一": "昨天" is no period; write 2019, 2019-12, 2018/2019 or asof:2019-12-31
{"数据一": {"status": "maybe"}}#bad.json: "数据一": unknown status "maybe"; write actual or planned
[1]#bad.json: not an object; write {"heading": "region", "heading": "gdp"}
{"辖区": #bad.json: line 1: not JSON; write {"heading": "region", "heading": "gdp"}
{"辖 区": "region"}#m.csv: row 1: no heading '辖 区', which --map names (did you mean '辖区'?)
END
}

@test "import: every figure that a yearbook's cell may have" {
    printf 'v\n+5\n"12,345.6"\n１２，３４５\n二十三\n3.5万\n≥600\n600以上\n<7\n约8\n-3.25\n1e3\n-\n缺\n空\nN/A\n' >v.csv
    z import --map <(echo '{"v": "value"}') --region 碧江区 --indicator 古树得分 --period 2019 v.csv >/dev/null
    z show --format csv | python3 -c '
import csv, sys
got = [(float(r["value"]), r["bound"]) for r in csv.DictReader(sys.stdin)]
want = [(5, "exact"), (12345.6, "exact"), (12345, "exact"), (23, "exact"), (35000, "exact"), (600, "above"), (600, "above"), (7, "below"), (8, "about"), (-3.25, "exact"), (1000, "exact")]
assert sorted(got) == sorted(want), got'
    rm -f store.db*
    refused 'region,indicator,value\n碧江区,古树得分,1e999\n' "row 2, column 3: '1e999' is too large for a number; correct it or leave the cell empty"
    refused 'region,indicator,value\n碧江区,古树得分,inf\n' "row 2, column 3: 'inf' is infinite, and no figure of a table can be; correct it or leave the cell empty"
}

@test "import: options are checked before anything is read" {
    printf "${HEAD}碧江区,常住人口,2019,1,人\n" >t.csv
    for bad in "--unit 圆圈" "--kind maybe" "--status maybe" "--period 昨天" "--delimiter ab" "--map nowhere.json"; do
        run z import $bad t.csv
        [ "$status" = 2 ] || [ "$status" = 3 ]
        [ ! -e store.db ] || [ "$(sqlite3 store.db 'SELECT count(*) FROM document')" = 0 ]
    done
    printf '地区|指标|数值\n碧江区|常住人口|1,234\n' >p.csv
    z import --delimiter '|' p.csv >/dev/null
    [ "$(z show --format csv | tail -1 | grep -c 1234)" = 1 ]
}
