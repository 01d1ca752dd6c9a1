# Charts of what nobody should draw: hostile names, empty and odd data, fonts without the glyph, full disks. Each is a chart that a
# parser reads, or one clear line and no file.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    unset ZHIBIAO_STORE
}

z() { "$ZHIBIAO" "$@"; }

types() { z plot --list | cut -d' ' -f1; }

# figure TYPE ROWS [MEMBERS]: a description with rows of data in JSON
figure() { printf '{"type":"%s","title":"t","unit":"亩","data":%s%s}' "$1" "$2" "${3:+,$3}"; }

# sound FILE: what a reader of its format takes; and nothing temporary stands beside it. An SVG is kept for parsed().
sound() {
    case $1 in
    *.svg) mkdir -p svg && cp "$1" "svg/$((++drawings)).svg" ;;
    *.png) [ "$(head -c 8 "$1" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] && [ "$(tail -c 8 "$1" | head -c 4)" = IEND ] ;;
    *.pdf) [ "$(head -c 5 "$1")" = %PDF- ] && [ "$(tail -c 6 "$1")" = '%%EOF' ] ;;
    *) head -1 "$1" | grep -q '^%!PS' && tail -n 3 "$1" | grep -q EOF ;;
    esac || return 1
    ! compgen -G "$1.*" >/dev/null
}

# parsed: every SVG that sound() kept is read by a parser, in one start of it
parsed() {
    python3 -c 'import sys, xml.dom.minidom
for name in sys.argv[1:]:
    xml.dom.minidom.parse(name)' svg/*.svg
}

# drawn_or_refused FILE COMMAND…: a sound file, or status 3 with one line and no file
drawn_or_refused() {
    file=$1
    shift
    rm -f "$file"
    status=0
    "$@" >/dev/null 2>said || status=$?   # hundreds of times: bats' own run starts several processes more
    if [ "$status" = 0 ]; then
        sound "$file" || { echo "$* wrote a broken file"; return 1; }
    else
        mapfile -t lines <said
        [ "$status" = 3 ] && [ ${#lines[@]} = 1 ] && [ -n "${lines[0]}" ] && [ ! -e "$file" ] || { echo "$*: $status ${lines[*]}"; return 1; }
    fi
}

@test "names and titles that are markup stay text: no element, attribute or address of theirs" {
    python3 - <<'END'
import json
bad = ["<script>alert(1)</script>", "]]><script>x</script>", "javascript:alert(1)", "\"><image href='javascript:alert(1)' onload='x()'/>",
       "&lt;script&gt;", "<!-- ", "-->", "<?xml-stylesheet href='x'?>", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;", "\x1b]8;;http://a\x07", "%s%n$(id)`id`"]
for kind in ("bar", "line", "scatter", "heatmap", "pyramid", "strip"):
    rows = [dict(label=b, series=s, panel=b if kind == "bar" else None, x=i, value=i + 1, observation=b, source=b, unit=b) for i, b in enumerate(bad) for s in bad[:2]]
    for row in rows:
        if row["panel"] is None:
            del row["panel"]
    json.dump({"type": kind, "title": bad[0] + bad[1], "subtitle": bad[3], "source": bad[2], "value_name": bad[3], "x_name": bad[4], "unit": bad[0],
               "highlight": [bad[0]], "references": [{"label": bad[1], "value": 3}], "data": rows}, open(kind + ".json", "w"))
END
    for kind in bar line scatter heatmap pyramid strip; do
        z plot $kind.json -o $kind.svg 2>/dev/null
        z plot $kind.json -o $kind.ps 2>/dev/null
        z plot $kind.json -o $kind.pdf 2>/dev/null
        sound $kind.pdf
        python3 - $kind.svg <<'END'
import sys, xml.etree.ElementTree as tree
raw = open(sys.argv[1], encoding="utf-8").read()
assert "<!ENTITY" not in raw and "<!DOCTYPE" not in raw and "<![CDATA[" not in raw
names = set()
for element in tree.fromstring(raw).iter():
    names.add(element.tag.split("}")[-1])
    for key in element.attrib:
        assert not key.startswith("on") and "href" not in key, (element.tag, key)
assert not names & {"script", "image", "a", "foreignObject", "use", "iframe", "style", "animate", "set"}, names
assert "<script>alert(1)</script>" in "".join(tree.fromstring(raw).itertext())   # it is there, as text
END
    done
}

@test "one point, all equal, all zero, all missing, negative: every type draws or says why not" {
    for type in $(types); do
        for rows in '[{"label":"甲","value":5,"x":2019}]' '[{"label":"2019","series":"甲","x":"2019","value":5},{"label":"2020","series":"甲","x":"2020","value":5}]' \
            '[{"label":"甲","series":"a","value":7,"x":1},{"label":"乙","series":"b","value":7,"x":1},{"label":"丙","series":"a","value":7,"x":1}]' \
            '[{"label":"甲","value":0,"x":1},{"label":"乙","value":0,"x":2}]' '[{"label":"甲","value":-5,"x":1},{"label":"乙","value":-50,"x":2},{"label":"丙","value":-1,"x":3}]' \
            '[{"label":"甲","value":1e-9,"x":1},{"label":"乙","value":1e15,"x":2},{"label":"丙","value":-1e15,"x":3}]' '[{"value":3},{"value":4}]'; do
            figure $type "$rows" >f.json
            for ending in svg png pdf ps; do
                drawn_or_refused c.$ending "$ZHIBIAO" plot f.json -o c.$ending
            done
        done
        figure $type '[{"label":"甲","value":null,"x":1},{"label":"乙","x":2}]' >f.json
        run --separate-stderr z plot f.json -o none.svg
        [ "$status" = 3 ]
        [[ $stderr == "zhibiao plot: nothing to draw: "* ]]
        [ ! -e none.svg ]
    done
    parsed
}

@test "a stack refuses what is negative; bars start at zero whatever the data" {
    for type in bar column; do
        figure $type '[{"label":"甲","series":"a","value":5},{"label":"甲","series":"b","value":-2}]' '"arrangement":"stacked"' >f.json
        run --separate-stderr z plot f.json -o c.svg
        [ "$status" = 3 ]
        [ "$stderr" = "zhibiao plot: 甲: a stack cannot hold the negative value -2; draw the series grouped" ]
        figure $type '[{"label":"甲","value":100001},{"label":"乙","value":100002}]' >f.json
        z plot f.json -o c.svg
        grep -q 'class="zero"' c.svg
    done
    run z plot bar --break 5 -o c.svg   # there is no such option
    [ "$status" = 2 ]
}

@test "labels of 200 characters, with controls, of both directions, with emoji: every type, and text stays on the page" {
    python3 - <<'END'
import json
labels = ["长" * 200, "W" * 200, "a\u0000b\u001b[31mc\u0085", "\u202eright\u202c", "\u200f\u05d0\u05d1", "\u0007", "e\u0301\u0323", "   ", "line\nbreak\r\ttab", "\ufeff"]
json.dump([dict(label=l, series=s, x=i, value=10 + i) for i, l in enumerate(labels) for s in ("甲", "乙")], open("rows.json", "w"))
END
    for type in $(types); do
        figure $type "$(cat rows.json)" >f.json
        drawn_or_refused c.svg "$ZHIBIAO" plot f.json -o c.svg
        [ ! -e c.svg ] || ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80[\xaa-\xae]' c.svg
    done
    parsed
}

@test "a font without the glyph is named with the character; a font that is not there is named" {
    run --separate-stderr z plot - -o c.png <<<'{"type":"bar","title":"\udbff\udffd","data":[{"label":"a","value":1}]}'
    [ "$status" = 3 ]
    [[ $stderr == "zhibiao plot: no installed font has the character "*" (U+10FFFD); install the package "* ]] || { echo "$stderr"; return 1; }
    [ ! -e c.png ]
    run --separate-stderr z plot bar --from - --font 'No Such Family' -o c.svg <<<$'name,value\na,1'
    [ "$status" = 3 ]
    [[ $stderr == *'No Such Family'* ]] || { echo "$stderr"; return 1; }
}

@test "a full disk: a message, and neither a broken file nor a temporary one" {
    figure=$ROOT/data/samples/signs.json
    [ -w /dev/full ] || skip "no /dev/full"
    for format in svg png pdf eps json text; do
        run --separate-stderr bash -c "'$ZHIBIAO' plot '$figure' --format $format >/dev/full"
        [ "$status" = 3 ]
        [[ $stderr == "zhibiao plot: standard output"*"No space left on device"* ]] || { echo "$stderr"; return 1; }
    done
    small=$BATS_TEST_TMPDIR/small
    mkdir "$small"
    mount -t tmpfs -o size=8k none "$small" 2>/dev/null || skip "a small file system cannot be mounted here"
    echo kept >"$small/c.svg"
    for ending in svg png pdf ps; do
        run --separate-stderr z plot "$figure" --dpi 200 -o "$small/c.$ending"
        echo "$ending: $status $stderr"
        [ "$status" = 3 ] && [[ $stderr == *"No space left on device; free some space"* ]] || { umount "$small"; return 1; }
        [ "$(ls "$small")" = c.svg ] && [ "$(cat "$small/c.svg")" = kept ] || { ls -la "$small"; umount "$small"; return 1; }
    done
    umount "$small"
}

@test "every type takes --highlight, --reference, --size, --theme and --text outline; the same bytes in every format; evidence on its marks" {
    export ZHIBIAO_STORE=$BATS_TEST_TMPDIR/store.db
    z import "$ROOT/data/samples/counties.csv" >/dev/null
    for type in $(types); do
        more=
        case $type in
        scatter) more="--x 常住人口 --period 2020" ;;
        lorenz) more="--weight 常住人口 --period 2020" ;;
        map | tile) more="--period 2020 --map $ROOT/data/samples/tongren-schematic.geojson" ;;
        line | trend | area | bump | dumbbell | slope | pyramid) ;;
        *) more="--period 2020" ;;
        esac
        indicator=农村居民人均可支配收入
        [ $type != area ] || indicator=常住人口
        [ $type != pyramid ] || more="--from $ROOT/data/samples/crops.csv --value 2,3"
        chart="plot $type $more --highlight 沿河 --reference mean --size a4 --theme dark"
        [ $type = pyramid ] || chart="$chart -i $indicator --region 铜仁 --level county"
        for ending in svg png pdf eps; do
            z $chart -o a.$ending 2>notes || { echo "$type $ending"; cat notes; return 1; }
            z $chart -o - --format $ending 2>/dev/null | cmp - a.$ending
            sound a.$ending
        done
        grep -q '<text' a.svg
        z $chart --text outline -o b.svg 2>/dev/null
        ! grep -q '<text' b.svg
        sound b.svg
        grep -q 'width="605"' a.svg
        grep -q 'data-observation="[^"]' a.svg || { echo "$type: no observation on its marks"; return 1; }
        if [ $type = pyramid ]; then
            z explain a.svg -f jsonl | grep -q 'crops.csv'
        else
            z explain a.svg -f jsonl >lines.jsonl
            grep -q '"document":"[^"]*counties.csv"' lines.jsonl && grep -q '"evidence":"row ' lines.jsonl || { echo "$type"; head -3 lines.jsonl; return 1; }
        fi
    done
    parsed
}

@test "--reference parent: the figure of the region above, as a line with its name" {
    export ZHIBIAO_STORE=$BATS_TEST_TMPDIR/store.db
    z import "$ROOT/data/samples/counties.csv" >/dev/null
    printf 'region,indicator,period,value,unit\n铜仁市,农村居民人均可支配收入,2020,10500,元\n' >parent.csv
    z import parent.csv >/dev/null
    z plot bar -i 农村居民人均可支配收入 --region 铜仁 --level county --period 2020 --reference parent,mean -o a.svg
    grep -q '>铜仁市 10,500</text>' a.svg
    grep -q '>平均 10,693</text>' a.svg
}
