# Charts from the command line: types, sources, formats, options, and what is said when something is wrong.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    unset ZHIBIAO_STORE
}

z() { "$ZHIBIAO" "$@"; }

# fails STATUS TEXT COMMAND…: nothing but this one line, with this exit status
fails() {
    want=$1 text=$2
    shift 2
    run --separate-stderr "$ZHIBIAO" "$@"
    [ "$status" = "$want" ] || { echo "status $status: $stderr"; return 1; }
    [ "$stderr" = "$text" ] || { echo "$stderr"; return 1; }
}

sample_store() {
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    z import "$ROOT/data/samples/counties.csv" >/dev/null
}

well_formed() { python3 -c 'import sys, xml.dom.minidom; [xml.dom.minidom.parse(p) for p in sys.argv[1:]]' "$@"; }

@test "plot --list: every type with what it is; each is drawn by the gallery" {
    run z plot --list
    [ "$status" = 0 ]
    [ "${#lines[@]}" -ge 16 ]
    for type in $(z plot --list | cut -d' ' -f1); do
        grep -qE "^chart [a-z-]+ $type |^chart $type data/samples/.*json" "$ROOT/plots/gallery.sh" || { echo "$type"; return 1; }
    done
}

@test "the schema names what the reader takes, no more and no less" {
    known() { z plot - -o x.svg <<<"$1" 2>&1 | sed 's/.*there are //' | tr -d ' ' | tr ',' '\n' | sort; }
    schema() { python3 -c 'import json, sys
node = json.load(open(sys.argv[1]))
for key in sys.argv[2].split("/"): node = node[key]
print("\n".join(sorted(node)))' "$ROOT/plots/figure.schema.json" "$1" | LC_ALL=C sort; }
    export LC_ALL=C
    diff <(known '{"?":1}') <(schema properties)
    diff <(known '{"data":[{"?":1}]}') <(schema properties/data/items/properties)
    diff <(known '{"references":[{"?":1}]}') <(schema properties/references/items/properties)
    diff <(known '{"theme":{"?":1}}') <(schema '$defs/theme/properties')
    diff <(python3 -c 'import json, sys; print("\n".join(json.load(open(sys.argv[1]))["properties"]["type"]["enum"]))' "$ROOT/plots/figure.schema.json") \
         <(z plot --list | cut -d' ' -f1)
}

@test "a described figure: wrong JSON is named by its path" {
    wrong() { printf '%s' "$2" >f.json; fails 3 "zhibiao plot: f.json: $1" plot f.json -o x.svg; [ ! -e x.svg ]; }
    wrong 'line 1, column 10: not JSON from here on' '{"type": bar}'
    wrong '$: "type" is missing; zhibiao plot --list shows the types' '{"data":[]}'
    wrong '$: "data" is missing: an array of {"label": …, "value": …}' '{"type":"bar"}'
    wrong '$.data: an array of objects is wanted here, not a number' '{"type":"bar","data":3}'
    wrong '$.data[1].value: a number or null is wanted here, not a text' '{"type":"bar","data":[{"value":1},{"value":"2"}]}'
    wrong '$.data[0].bound: one of exact, about, above, below, range is wanted here, not "over"' '{"type":"bar","data":[{"bound":"over"}]}'
    wrong '$.data[0]: "low" is above "high"' '{"type":"bar","data":[{"value":2,"low":3,"high":1}]}'
    wrong '$.data[0]: "value" lies outside of "low" and "high"' '{"type":"bar","data":[{"value":9,"low":1,"high":3}]}'
    wrong '$.data[0]: a range needs "low" and "high"' '{"type":"bar","data":[{"bound":"range"}]}'
    wrong '$.data[0].x: a number or a period such as "2019", "2019-06" or "2019Q2" is wanted here' '{"type":"line","data":[{"x":"soon"}]}'
    wrong '$.theme.palette[1]: a colour such as "#0072b2" is wanted here, not red' '{"type":"bar","theme":{"palette":["#000000","red"]},"data":[]}'
    wrong '$.theme: sizes are in px, from 5 to 80; 500 is none' '{"type":"bar","theme":{"title_size":500},"data":[]}'
    wrong '$.references[0]: a "value" or a "statistic" (mean, median) is needed' '{"type":"bar","references":[{"label":"a"}],"data":[]}'
    wrong '$.size: '"'big' is no size; write a4, slide, web or WIDTHxHEIGHT with 100 to 20000 pixels, such as 960x640" '{"type":"bar","size":"big","data":[]}'
    wrong 'something stands after the JSON value' '{"type":"bar","data":[]} x'
    wrong 'nested deeper than 12 levels' "$(printf '[%.0s' $(seq 100000))"
    fails 3 'zhibiao plot: nothing to draw: the figure has no marks' plot - -o x.svg <<<'{"type":"bar","data":[]}'
    fails 3 'zhibiao plot: nothing to draw: the values of all 2 marks are missing' plot - -o x.svg <<<'{"type":"bar","data":[{"label":"a"},{"label":"b","value":null}]}'
}

@test "a figure written as JSON is the same figure" {
    for figure in "$ROOT"/data/samples/signs.json "$ROOT"/data/samples/age-pyramid.json; do
        z plot "$figure" -o a.svg
        z plot "$figure" -o b.json
        z plot b.json -o b.svg
        cmp a.svg b.svg
        z plot b.json -o c.json
        cmp b.json c.json
    done
    sample_store
    z plot line -i 农村居民人均可支配收入 --region 铜仁 --level county -o a.svg
    z plot line -i 农村居民人均可支配收入 --region 铜仁 --level county -o a.json
    z plot a.json -o b.svg
    cmp a.svg b.svg
}

@test "formats: by ending, by --format to standard output, always the same bytes" {
    figure="$ROOT/data/samples/signs.json"
    for ending in svg png pdf ps eps; do
        z plot "$figure" -o "a.$ending"
        z plot "$figure" -o "b.$ending"
        cmp "a.$ending" "b.$ending"
        z plot "$figure" --format "$ending" | cmp - "a.$ending"
        z plot "$figure" --format "$ending" -o - | cmp - "a.$ending"
    done
    well_formed a.svg
    [ "$(head -c 8 a.pdf)" = '%PDF-1.4' ]
    [ "$(tail -c 6 a.pdf)" = '%%EOF' ]
    [ "$(head -1 a.eps)" = '%!PS-Adobe-3.0 EPSF-3.0' ]
    fails 2 "zhibiao plot: --format: 'gif' is none of its words; write svg, png, ps, pdf, eps, json or text" plot "$figure" --format gif
    fails 2 "zhibiao plot: x.gif: the chart's format is chosen by the name's ending: .svg, .png, .pdf, .eps or .ps" plot "$figure" -o x.gif
    [ -w /dev/full ] || skip "no /dev/full"
    for format in svg png pdf ps; do
        run bash -c "'$ZHIBIAO' plot '$figure' --format $format >/dev/full"
        [ "$status" = 3 ]
    done
}

@test "SVG: text that can be selected, or outlines; marks that say what they are" {
    figure="$ROOT/data/samples/signs.json"
    z plot "$figure" -o a.svg
    grep -q '<text class="category"[^>]*>确数 1260户</text>' a.svg
    grep -q '<rect class="bar" data-label="确数 1260户" data-observation="signs:1" [^>]*><title>确数 1260户：1,260户</title>' a.svg
    grep -q '<desc>同一指标的不同说法　单位：户　来源：为说明而编的数字</desc>' a.svg
    z plot "$figure" --text outline -o b.svg
    ! grep -q '<text' b.svg
    grep -q '<path class="category"' b.svg
    well_formed a.svg b.svg
}

@test "PDF: its text can be found" {
    command -v pdftotext >/dev/null || skip "no pdftotext (poppler-utils)"
    z plot "$ROOT/data/samples/signs.json" -o a.pdf
    pdftotext a.pdf - | grep -q '每种标记说的是什么'
    pdftotext a.pdf - | grep -q '下限 1100余户'
    [ "$(pdftotext a.pdf - | grep -c '900–1,050')" = 1 ]
}

@test "sizes: names and pixels; dpi" {
    figure="$ROOT/data/samples/signs.json"
    z plot "$figure" --size slide -o a.svg
    grep -q '<svg [^>]*width="1280" height="720"' a.svg
    z plot "$figure" --size a4 -o a.svg
    grep -q '<svg [^>]*width="605"' a.svg
    z plot "$figure" --size 900x500 --dpi 192 -o a.png
    [ "$(od -An -tu1 -j16 -N8 a.png | tr -s ' ')" = " 0 0 7 8 0 0 3 232" ]
    fails 2 "zhibiao plot: --dpi: '9' is no number from 24 to 1200" plot "$figure" --dpi 9 -o a.png
    fails 3 "zhibiao plot: a figure 120 px wide cannot hold a chart; at least 280 px are needed" plot "$figure" --size 120x200 -o a.png
}

@test "themes: light, dark, a file" {
    figure="$ROOT/data/samples/signs.json"
    z plot "$figure" --theme dark -o a.svg
    grep -q 'class="background"[^>]*fill="#181c22"' a.svg
    echo '{"base":"dark","paper":"#102030","palette":["#ff0000"]}' >mine.json
    z plot "$figure" --theme mine.json -o a.svg
    grep -q 'class="background"[^>]*fill="#102030"' a.svg
    grep -q 'class="bar"[^>]*fill="\(#ff0000\|red\)"' a.svg
    echo '{"papier":"#102030"}' >mine.json
    run z plot "$figure" --theme mine.json -o a.svg
    [ "$status" = 3 ]
    [[ $output == 'zhibiao plot: mine.json: $.papier: nothing of that name is known here; there are name, base, '* ]]
    fails 2 "zhibiao plot: --theme: 'grey' is no theme; write light, dark or FILE.json" plot "$figure" --theme grey -o a.svg
}

@test "--highlight, --reference and what is wrong with them" {
    sample_store
    chart="plot bar -i 农村居民人均可支配收入 --region 铜仁 --level county --period 2020"
    z $chart --highlight 沿河,碧江 --reference mean,目标=15000 -o a.svg
    [ "$(grep -c 'class="reference"' a.svg)" = 2 ]
    grep -q '>目标 15,000</text>' a.svg
    [ "$(grep 'class="bar"' a.svg | grep -c 'fill="#0072b2"')" = 2 ]
    run z $chart --highlight 火星 -o a.svg
    [ "$status" = 0 ]
    [ "$output" = "zhibiao plot: note: --highlight: no mark is called '火星'" ]
    fails 2 "zhibiao plot: --reference: 'middle' is no line; write mean, median, parent, NUMBER or LABEL=NUMBER" $chart --reference middle -o a.svg
}

@test "a table: columns by name, by number, by what they are called; wide and long; cells that say more" {
    printf 'town,year,people\n甲,2019,600余\n甲,2020,约700\n乙,2019,500-550\n乙,2020,\n' >t.csv
    z plot bar --from t.csv --value people --time year -o a.svg
    grep -q 'data-label="甲" data-series="2019" data-observation="t.csv:2"' a.svg
    grep -q '<title>2019 甲：≥600</title>' a.svg
    grep -q '<title>2019 乙：500–550</title>' a.svg
    grep -q '<title>2020 乙：缺</title>' a.svg
    z plot line --from t.csv --value 3 --time year -o b.svg
    grep -q 'data-label="2020" data-series="甲" data-observation="t.csv:3"' b.svg
    printf '县,茶(亩),椒(亩)\n甲,1,2\n乙,3,4\n' | z plot column --from - --arrange stacked -o c.svg
    [ "$(grep -c 'class="bar"' c.svg)" = 4 ]
    grep -q '单位：亩' c.svg
    fails 2 "zhibiao plot: --value: t.csv has no column 'peopel' (did you mean 'people'?)" plot bar --from t.csv --value peopel -o x.svg
    printf 'a,value\n甲,many\n' >bad.csv
    run z plot bar --from bad.csv -o x.svg
    [ "$status" = 3 ]
    [[ $output == "zhibiao plot: bad.csv: row 2, column 2: 'many' "* ]]
    printf '县,茶(亩),人(人)\n甲,1,2\n' >units.csv
    run z plot bar --from units.csv -o x.svg
    [ "$status" = 2 ]
    z plot heatmap --from units.csv -o x.svg
}

@test "the store: shapes that types need" {
    sample_store
    income="-i 农村居民人均可支配收入 --region 铜仁 --level county"
    z plot dumbbell $income -o a.svg 2>notes
    grep -q '2016 and 2020 drawn' notes
    [ "$(grep -c 'class="point"' a.svg)" = 20 ]
    z plot scatter $income --x 常住人口 --period 2020 -o a.svg
    [ "$(grep -c 'class="point"' a.svg)" = 10 ]
    z plot box -i 农村居民人均可支配收入 --level county --period 2020 --group above -o a.svg
    [ "$(grep -c 'class="box"' a.svg)" = 3 ]
    z plot lorenz -i 农村居民人均可支配收入 --weight 常住人口 --level county --period 2020 -o a.svg
    grep -q '基尼系数 0.0' a.svg
    fails 2 "zhibiao plot: needs a second indicator for the abscissa: --x ID" plot scatter $income -o x.svg
    fails 2 "zhibiao plot: --group: 'colour' is none of its words; write period, item, above or indicator (a column's name with --from)" plot bar $income --group colour -o x.svg
    run z plot bar $income --group period --arrange stacked -o x.svg
    [ "$status" = 2 ]
    [[ $output == *"is a mean and cannot be added up; draw it grouped" ]]
    run z plot bar -i 农村居民人均可支配收入,常住人口 --region 铜仁 --level county -o x.svg
    [ "$status" = 2 ]
    [[ $output == *"cannot share one axis; draw a heatmap or a scatter of them" ]]
}

@test "explain CHART.svg REGION: the sentences behind a mark" {
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    z ingest "$ROOT/data/samples/yanhe-townships-2019.txt" >/dev/null
    z plot bar -i 种植面积 --item 辣椒 --level township -o a.svg
    z explain a.svg 官舟 -f jsonl | python3 -c 'import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert len(rows) == 1, rows
r = rows[0]
assert r["mark"] == "官舟镇：1,860亩" and r["quote"] == "1860亩" and "官舟镇辣椒种植面积1860亩" in r["evidence"], r
text = open(r["document"], "rb").read()
assert text[r["start"]:r["end"]].decode() == r["quote"], r'
    [ "$(z explain a.svg -f csv | wc -l)" = 6 ]
    fails 1 "zhibiao explain: a.svg: no mark has '北京' in its name" explain a.svg 北京
    echo '<svg/>' >none.svg
    fails 3 "zhibiao explain: none.svg: no chart of zhibiao plot: none of its marks has a name" explain none.svg
    z plot "$ROOT/data/samples/signs.json" -o b.svg
    z explain b.svg 确数 | grep -q 'signs:1'
    ZHIBIAO_STORE=other.db z import "$ROOT/data/samples/counties.csv" >/dev/null
    ZHIBIAO_STORE=other.db z explain a.svg 官舟 -f csv | grep -q . 
}

@test "labels that attack: markup, controls, bidi, emoji, 200 characters" {
    python3 - <<'END'
import json
labels = ["<script>alert(1)</script>&\"'", "a\u0000b\u001b[31m\u0007c", "\u202eabc\u202c\u2067x", "县" * 200, "]]>", "tab\there\nline"]
json.dump({"type": "bar", "data": [{"label": l, "value": i + 1, "observation": l, "source": l} for i, l in enumerate(labels)]}, open("f.json", "w"))
END
    z plot f.json -o a.svg
    well_formed a.svg
    ! grep -q '<script' a.svg
    ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae' a.svg
    z plot f.json -o a.pdf
    z plot f.json -o a.png
    run --separate-stderr z plot bar --from - -o e.svg < <(printf 'name,value\n\xf0\x9f\x8c\xb6 chili,3\n')
    [ "$status" = 0 ] || [[ $stderr == *"no installed font has the character "* ]]
}

@test "10,000 categories and values from 1e-9 to 1e15: drawn or refused, never broken" {
    python3 - <<'END'
import json
json.dump({"type": "bar", "data": [{"label": f"r{i}", "value": i} for i in range(10000)]}, open("many.json", "w"))
json.dump({"type": "bar", "data": [{"label": f"r{i}", "value": 10.0 ** i} for i in range(-9, 16)]}, open("wide.json", "w"))
json.dump({"type": "bar", "data": [{"label": f"r{i}", "value": 7} for i in range(5)]}, open("equal.json", "w"))
json.dump({"type": "bar", "data": [{"label": "a", "series": s, "value": v} for s, v in (("p", 5), ("q", -2))]}, open("negative.json", "w"))
END
    for type in $(z plot --list | cut -d' ' -f1); do
        for data in many wide equal negative; do
            sed "s/\"type\": \"bar\"/\"type\": \"$type\"/" $data.json >f.json
            run --separate-stderr z plot f.json -o "$type-$data.svg"
            if [ "$status" = 0 ]; then
                well_formed "$type-$data.svg"
            else
                [ "$status" = 3 ] && [ -n "$stderr" ] && [ ! -e "$type-$data.svg" ] || { echo "$type $data: $status $stderr"; return 1; }
            fi
        done
    done
    sed -i 's/"type": "bar"/"type": "bar", "arrangement": "stacked"/' negative.json
    fails 3 "zhibiao plot: a: a stack cannot hold the negative value -2; draw the series grouped" plot negative.json -o x.svg
}

@test "--format text: bars and sparklines that line up" {
    export COLUMNS=60
    run z plot "$ROOT/data/samples/signs.json" --format text
    [ "$status" = 0 ]
    [ "${lines[0]}" = "每种标记说的是什么" ]
    [[ ${lines[2]} == "     确数 1260户 │██"*" 1,260" ]]
    [[ ${lines[3]} == "   下限 1100余户 │██"*"→ ≥1,100" ]]
    [[ $output == *"░░"*" 600"* && $output == *"▒▒"*" 500"* && $output == *"没有数据 │ 缺"* ]]
    sample_store
    run z plot line -i 农村居民人均可支配收入 --region 铜仁 --level county --format text
    [[ $output == *"碧江区               ▁▂▄▆█ 2016 9,499 … 2020 13,500"* ]] || { echo "$output"; return 1; }
}

@test "maps: joined by code or by name, GeoJSON and TopoJSON, classes, and a map that has nothing of the data" {
    sample_store
    chart="-i 农村居民人均可支配收入 --region 铜仁 --level county --period 2020"
    for type in map tile; do
        for ending in svg png pdf; do
            z plot $type $chart --map "$ROOT/data/samples/tongren-schematic.geojson" -o a.$ending
            z plot $type $chart --map "$ROOT/data/samples/tongren-schematic.geojson" -o b.$ending
            cmp a.$ending b.$ending
        done
        well_formed a.svg
        [ "$(grep -c "class=\"\(place\|tile\)\" data-label" a.svg)" = 10 ]
        [ "$(grep -c 'class="key"' a.svg)" = 5 ]
    done
    z plot map $chart --map "$ROOT/data/samples/tongren-schematic.geojson" --classes equal:3 -o a.svg
    [ "$(grep -c 'class="key"' a.svg)" = 3 ]
    grep -q '分级：等距' a.svg
    # two squares that share an arc, quantized; a third without data
    cat >t.json <<'END'
{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[100,30]},"objects":{"towns":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","id":"01","properties":{"name":"甲"},"arcs":[[0,1]]},{"type":"Polygon","id":2,"properties":{"name":"乙"},"arcs":[[-1,2]]},
{"type":"MultiPolygon","properties":{"name":"丙"},"arcs":[[[3]]]}]}},
"arcs":[[[2,0],[0,2]],[[2,2],[-2,0],[0,-2],[2,0]],[[2,0],[2,0],[0,2],[-2,0]],[[6,0],[1,0],[0,1],[-1,0],[0,-1]]]}
END
    printf 'code,name,value\n01,x,10\n2,y,20\n,q,5\n' >t.csv
    z plot map --from t.csv --region name --map t.json --language zh -o a.svg
    [ "$(grep -c 'class="place"' a.svg)" = 2 ]
    [ "$(grep -c 'class="place missing"' a.svg)" = 1 ]
    grep -q '1 个地区（共 3 个）不在地图上' a.svg
    printf 'name,value\n火星,10\n' >t.csv
    run z plot map --from t.csv --map t.json -o x.svg
    [ "$status" = 3 ]
    [[ $output == 'zhibiao plot: none of the 1 regions is on the map: the data have "火星", the map has '* ]]
    fails 3 "zhibiao plot: needs a map: --map FILE with GeoJSON or TopoJSON" plot map --from t.csv -o x.svg
    for bad in '{}' '[]' '{"type":"Topology","objects":{"a":{"geometries":[{"type":"Polygon","arcs":[[9]]}]}},"arcs":[]}' \
               '{"features":[{"geometry":{"type":"Polygon","coordinates":[[["a","b"]]]}}]}' '{"features":[{"geometry":{"type":"Point","coordinates":[1,2]}}]}'; do
        echo "$bad" >bad.json
        run z plot map --from t.csv --map bad.json -o x.svg
        [ "$status" = 3 ] && [[ $output == "zhibiao plot: bad.json: "* ]] || { echo "$bad: $status $output"; return 1; }
    done
}
