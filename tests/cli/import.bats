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
    refused 'a,b\n1,2\n' "row 1: no column for the region; name one region, 地区 or 县区"
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
