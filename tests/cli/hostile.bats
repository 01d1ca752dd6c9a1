# Texts that attack whoever reads the output: a terminal, a spreadsheet, a browser.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    export PYTHONIOENCODING=utf-8
    cat >unsafe.py <<'END'
import sys
# every C0 but newline, DEL, C1, bidirectional and line-separator controls, tag characters
def unsafe(c):
    o = ord(c)
    return (o < 32 and c != "\n") or 0x7F <= o < 0xA0 or o in (0x61C, 0x200E, 0x200F, 0xFEFF) or 0x2028 <= o <= 0x202E \
        or 0x2066 <= o <= 0x2069 or 0xE0000 <= o <= 0xE007F
controls = [chr(o) for o in range(0x110000) if not 0xD800 <= o < 0xE000 and unsafe(chr(o))]
END
}

z() { "$ZHIBIAO" "$@"; }

# clean COMMAND…: keeps what it says, for all_clean; it may fail
clean() {
    n=$((${n:-0} + 1))
    mkdir -p said
    echo "$*" >"said/$n.command"
    "$ZHIBIAO" "$@" >"said/$n.out" 2>"said/$n.err" || true
}
# all_clean: none of the outputs has a byte that steers a terminal, and all are UTF-8
all_clean() {
    python3 - <<'END'
from unsafe import unsafe
import glob
names = glob.glob("said/*.out") + glob.glob("said/*.err")
assert len(names) > 50, len(names)
for name in names:
    text = open(name, "rb").read().decode()
    command = open(name.rsplit(".", 1)[0] + ".command", "rb").read()
    bad = [hex(ord(c)) for c in text if unsafe(c) and not (c == "\t" and b"-f tsv" in command)]
    assert not bad, (command, name, bad[:5], text[:300])
END
}

@test "no control of a text reaches a terminal: tables, explanations, messages, in every format" {
    python3 - <<'END'
from unsafe import controls
lines = []
for c in controls:
    if c in "\x00\r\x0c\x0b\x85\x1c\x1d\x1e\u2028\u2029":   # NUL is no text; the others end a line
        continue
    lines.append(f"2019年，紫云县猫营镇{c}种植辣{c}椒4600亩{c}，带动{c}农户。\n")
open("attack.txt", "w", encoding="utf-8", newline="").write("".join(lines))
open("attack.csv", "w", encoding="utf-8", newline="").write("region,indicator,period,value,unit\n" + "".join(
    f'紫云县,"甲{c}乙",2019,{i},亩\n' for i, c in enumerate(controls) if c not in "\x00\r\n\""))
END
    z ingest attack.txt >/dev/null
    z import attack.csv >/dev/null 2>&1 || true
    [ "$(z show -f jsonl | wc -l)" -gt 60 ]
    for format in table csv tsv markdown json jsonl; do
        clean extract attack.txt -f $format
        clean show -f $format
        clean documents -f $format
        clean indicators --used -f $format
        clean explain attack.txt --nth 2 -f $format
        clean summary --indicator 种植面积 --evidence -f $format
        clean check -f $format
    done
    clean plot bar --from attack.csv --region indicator --value value -f text
    all_clean
}

@test "no control of an argument reaches a terminal: every message" {
    for text in $'\033[2J' $'\xc2\x9b31m' $'\x7f\x08' $'\xe2\x80\xaeabc' $'\xe2\x81\xa7' $'\xff\xfe' $'\xc2' $'a\tb\rc' $'\xef\xbb\xbf'; do
        clean "$text"
        clean --store "$text" show
        clean --"$text"
        clean extract "$text"
        clean ingest "$text"
        clean import "$text" --map "$text"
        clean show --region "$text"
        clean show --kind "$text"
        clean regions "$text"
        clean indicators "$text"
        clean compare --indicator "$text" --level "$text"
        clean summary --from "$text" --value "$text"
        clean plot "$text" -o "$text.svg"
        clean plot bar --from "$text" --theme "$text" -o x.svg
        clean explain "$text" --at "$text"
        clean backup "$text/x"
        clean merge "$text"
        clean extract - --published "$text" --encoding "$text"
    done
    all_clean
}

@test "cells that a spreadsheet takes for formulas: an apostrophe before them, numbers as they are, read back as they were" {
    python3 - <<'END'
import csv
texts = ["=1+1", "+1", "-1+2", "@SUM(A1)", "'=1+1", "''@x", "'quoted'", "plain", "=cmd|'/c calc'!A0", "-", "a=1"]
with open("t.csv", "w", newline="", encoding="utf-8") as f:
    csv.writer(f).writerows([["region", "indicator", "period", "value", "unit"]]
                            + [["紫云县", "'" + t if t.lstrip("'")[:1] in "=+-@" else t, "2019", str(-i - 1.5), "元"] for i, t in enumerate(texts)])
END
    z import t.csv >/dev/null
    for format in csv tsv; do
        z show -f $format >"first.$format"
        python3 - $format <<'END'
import csv, sys
rows = list(csv.DictReader(open("first." + sys.argv[1], encoding="utf-8"), delimiter="," if sys.argv[1] == "csv" else "\t"))
assert len(rows) >= 10, len(rows)
for row in rows:
    for key, cell in row.items():
        if key in ("value", "low", "high"):
            assert cell == "" or float(cell) < 0, (key, cell)
        else:
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), (key, cell)
END
        z --store "$format.db" import "first.$format" >/dev/null 2>err
    done
    names() { z --store "$1" show -f jsonl | python3 -c 'import json, sys
print(sorted((json.loads(l)["indicator"], json.loads(l)["value"]) for l in sys.stdin))'; }
    [[ "$(names "$ZHIBIAO_STORE")" == *"'=1+1'"* ]]
    [ "$(names "$ZHIBIAO_STORE")" = "$(names csv.db)" ]
    [ "$(names "$ZHIBIAO_STORE")" = "$(names tsv.db)" ]
}

@test "SVG: scripts, ends of CDATA and javascript: in every text of a figure stay texts" {
    python3 - <<'END'
import json
bad = ["<script>alert(1)</script>", "]]><script/>", "javascript:alert(1)", "\" onload=\"alert(1)", "<a xlink:href='javascript:x'>", "&#60;script&#62;", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;"]
for n, b in enumerate(bad):
    json.dump({"type": "bar", "title": b, "subtitle": b, "source": b, "unit": "亩", "value_name": b,
               "data": [{"label": b + str(i), "series": b, "value": i + 1, "observation": b, "source": b} for i in range(3)]}, open(f"f{n}.json", "w"))
END
    for n in 0 1 2 3 4 5 6; do
        for option in "" "--text outline"; do
            z plot f$n.json $option -o a.svg || z plot <(sed 's/"subtitle": [^,]*, //; s/"source": [^,]*, "unit"/"unit"/; s/"value_name": [^,]*, //' f$n.json) -o a.svg
            python3 - <<'END'
import xml.etree.ElementTree as E
allowed = None
for node in E.parse("a.svg").iter():
    name = node.tag.split("}")[-1]
    assert name.lower() not in ("script", "a", "foreignobject", "iframe", "image", "use", "handler"), name
    for key, value in node.attrib.items():
        assert not key.split("}")[-1].lower().startswith("on"), key
        if key.split("}")[-1] in ("href", "src", "style", "fill", "filter", "clip-path"):
            assert "javascript:" not in value.lower(), value
END
        done
    done
}
