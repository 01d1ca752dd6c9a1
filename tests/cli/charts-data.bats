# What charts are drawn from: the marks, as the JSON of a figure tells them, of tables and of the store.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
}
z() { "$ZHIBIAO" "$@"; }
# figure EXPRESSION ARGUMENT…: Python's EXPRESSION is true of the figure f, of its marks m by label, and of what was said
figure() {
    local expression=$1
    shift
    z plot "$@" -f json >f.json 2>said || { cat said; return 1; }
    python3 - "$expression" <<'END'
import json, sys
f = json.load(open("f.json"))
m = {d.get("label"): d for d in f["data"]}
said = open("said").read().strip()
assert eval(sys.argv[1]), (sys.argv[1], f, said)
END
}
# refused STATUS TEXT ARGUMENT…
refused() {
    local wanted=$1 text=$2
    shift 2
    run --separate-stderr z plot "$@" -f json
    [ "$status" = "$wanted" ] && [ -z "$output" ] && [ "$stderr" = "zhibiao plot: $text" ] || { echo "$status: $stderr"; return 1; }
}

@test "a table's columns of bounds, states, units, sources and numbers of observations" {
    cat >t.csv <<'END'
region,value,unit,low,high,bound,status,observation,source,region_code
甲,5,亩,,,exact,actual,12,报告,520601
乙,6,亩,,,above,planned,,,
丙,7,亩,,,below,计划,,,
丁,8,亩,,,about,estimated,,,
戊,9,亩,8,10,,估计,,,
己,…,亩,,,,,,,
END
    figure 'f["unit"] == "亩" and [len(f["data"]), m["甲"]] == [6, {"label": "甲", "code": "520601", "value": 5, "observation": "12", "source": "报告"}]' bar --from t.csv
    figure 'm["乙"]["bound"] == "above" and m["乙"]["status"] == "planned" and m["乙"]["observation"] == "t.csv:3"' bar --from t.csv
    figure 'm["丙"]["bound"] == "below" and m["丙"]["status"] == "planned"' bar --from t.csv
    figure 'm["丁"]["bound"] == "about" and m["丁"]["status"] == "estimated"' bar --from t.csv
    figure '(m["戊"]["low"], m["戊"]["high"], m["戊"]["status"], m["己"]["value"]) == (8, 10, "estimated", None)' bar --from t.csv
    # "unit", "bound" and the like tell of the column "value", not of this one
    figure '"unit" not in f and "bound" not in m["乙"] and m["戊"]["value"] == 8' bar --from t.csv --value low
    sed -i 's/8,10/viele,10/' t.csv
    refused 3 "t.csv: row 6, column 4: 'viele' is not a number" bar --from t.csv
}

@test "a table's cells and headings that say more than a number" {
    printf '县,面积(亩)\n甲,计划5\n乙,预计6\n丙,估计7\n丁,≥8\n戊,>=9\n己,≤10\n庚,<=11\n辛,12余\n壬,13以下\n癸,近14\n' >t.csv
    figure '[m[k].get("status") for k in "甲乙丙"] == ["planned", "estimated", "estimated"] and [m[k].get("bound") for k in "丁戊己庚辛"] == ["above"] * 2 + ["below"] * 2 + ["above"]' \
        bar --from t.csv
    figure 'f["unit"] == "亩" and f["title"] == "面积" and m["丁"]["value"] == 8' bar --from t.csv
    figure 'f["unit"] == "公顷"' bar --from t.csv --unit 公顷
    printf 'name,[x],growth,growth_low,growth_high\n甲,1,5,4,6\n' >t.csv
    figure '(m["甲"]["low"], m["甲"]["high"]) == (400, 600)' bar --from t.csv --value growth
    printf '县,a,b\n甲,3万元,2人\n' >t.csv
    figure 'f["data"][0]["value"] == 30000 and f["data"][0]["unit"] == "元" and f["data"][1]["unit"] == "人"' heatmap --from t.csv
    refused 2 "t.csv: the values are in 元 and in 人, which cannot share one axis; draw a heatmap, or choose a column with --value" bar --from t.csv
}

@test "a table's columns for pairs, shares and panels" {
    printf 'region,收入,人口,年份,片,code\n贵州省/甲,5,100,2019,东,1\n贵州省/乙,6,200,2020,西,2\n贵州省/,7,,2020,西,3\n丁/戊,8,9,2020,西,\n' >t.csv
    figure 'f["x_name"] == "人口" and f["value_name"] == "收入" and m["甲"]["x"] == 100 and "贵州省/" in m and "丁/戊" in m' scatter --from t.csv --value 收入 --x 人口
    figure 'm["乙"]["x"] == 200' lorenz --from t.csv --value 收入 --weight 人口
    figure '[d["panel"] for d in f["data"]] == ["东", "西", "西", "西"] and m["甲"]["series"] == "2019"' bar --from t.csv --value 收入 --panel 片 --time 年份
    figure '[(d["series"], d["label"]) for d in f["data"]][0] == ("甲", "2019")' line --from t.csv --value 2 --time 4 --region 1
    printf '县,收入,人口\n甲,5,viele\n' >t.csv
    refused 3 "t.csv: row 2, column 3: 'viele' is not a number" scatter --from t.csv --value 收入 --x 人口
    refused 3 "t.csv: row 2, column 3: 'viele' is not a number" lorenz --from t.csv --value 收入 --weight 人口
    refused 2 "--panel: t.csv has no column '片'" bar --from t.csv --value 收入 --panel 片
    refused 2 "--value: t.csv has no column '4'" bar --from t.csv --value 4
    refused 2 "--value: t.csv has no column '0'" bar --from t.csv --value 0
    printf '县\n甲\n' >t.csv
    refused 2 "t.csv: no column is called value; name the one with the values with --value COLUMN" bar --from t.csv
}

import() { cat >d.csv && z import d.csv >/dev/null; }

@test "the store: regions of one name are told apart by what they lie in" {
    import <<'END'
region,indicator,period,value,unit
江苏省/南京市/鼓楼区,常住人口,2019,5,人
江苏省/徐州市/鼓楼区,常住人口,2019,6,人
江苏省/徐州市/云龙区,常住人口,2019,7,人
END
    figure 'sorted(m) == ["云龙区", "南京市 鼓楼区", "徐州市 鼓楼区"]' bar -i 常住人口 --level county
    figure '{d["series"] for d in f["data"]} == {"南京市", "徐州市"}' bar -i 常住人口 --level county --group above
}

@test "the store: groups and panels by period, item, region above and indicator" {
    import <<'END'
region,indicator,period,value,unit,item
思南县,种植面积,2019,5,亩,辣椒
思南县,种植面积,asof:2020-06,6,亩,茶叶
思南县,产量,2019,8,公斤,辣椒
贵州省,种植面积,2019,50,亩,辣椒
江苏省,种植面积,2019,60,亩,辣椒
END
    figure '{(d["series"], d["panel"]) for d in f["data"]} == {("辣椒", "2019"), ("茶叶", "2020-06")}' bar -i 种植面积 --level county --group item --panel period
    figure '{(d["series"], d["value"]) for d in f["data"]} == {("2019", 5), ("2020-06", 6)}' bar -i 种植面积 --level county --group period
    figure '{d["panel"] for d in f["data"]} == {""} or "panel" not in f["data"][0]' bar -i 种植面积 --level province --panel above
    figure 'len({d["panel"] for d in f["data"]}) == 2' heatmap -i 种植面积,产量 --level county --item 辣椒 --panel indicator
    refused 2 "--panel: 'x' is none of its words; write period, item, above or indicator (a column's name with --from)" bar -i 种植面积 --panel x
    refused 2 "--arrange: periods are no parts of a whole; draw them grouped" bar -i 种植面积 --level county --item 辣椒 --group period --arrange stacked
    figure 'f["arrangement"] == "stacked"' bar -i 种植面积 --level county --group item --arrange stacked
}

@test "the store: two indicators of one region, and regions that have one only" {
    import <<'END'
region,indicator,period,value,unit
思南县,常住人口,2019,5,人
德江县,常住人口,2019,6,人
石阡县,常住人口,2019,7,人
思南县,户籍人口,2019,8,人
德江县,户籍人口,2019,9,人
江口县,地区生产总值,2019,9,元
END
    figure 'm["思南县"]["x"] == 8 and sorted(m) == ["德江县", "思南县"] and said.endswith("note: 1 of 3 regions have no 户籍人口")' scatter -i 常住人口,户籍人口 --level county
    figure 'm["德江县"]["x"] == 9' lorenz -i 常住人口 --weight 户籍人口 --level county
    refused 1 "no region has both 常住人口 and 地区生产总值" scatter -i 常住人口 --x 地区生产总值 --level county
    refused 2 "needs a second indicator for the abscissa: --x ID" scatter -i 常住人口
    refused 2 "needs --indicator; zhibiao indicators --used lists what can be drawn" bar
    refused 1 "常住人口: no region has figures of two periods; zhibiao show lists what there is" slope -i 常住人口 --level county
}

@test "the store: the region above as a line, or a word that it has no figure" {
    import <<'END'
region,indicator,period,value,unit
铜仁市,常住人口,2018,40,人
铜仁市,常住人口,2019,50,人
思南县,常住人口,2019,5,人
德江县,常住人口,2019,6,人
紫云苗族布依族自治县,常住人口,2019,6,人
END
    figure 'f["references"] == [{"axis": "value", "label": "铜仁市", "value": 50}]' bar -i 常住人口 --region 铜仁 --level county --reference parent
    figure '"references" not in f and said == "zhibiao plot: note: --reference: 安顺 has no figure of its own"' bar -i 常住人口 --region 安顺 --level county --reference parent
    refused 2 "--reference: parent needs --region, the region above those that are drawn" bar -i 常住人口 --level county --reference parent
}
