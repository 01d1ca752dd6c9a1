# Maps, trends, shares and statistics: what the marks show is computed again from the data. (tests/plots/test_charts.c does the same
# for the other types.)

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    cat >marks.py <<'END'
import re, sys, xml.etree.ElementTree as tree
def found(path, *classes):
    out = []
    for e in tree.parse(path).getroot().iter():
        if e.get("class", "").split(" ")[0] in classes:
            out.append((e, next((c.text for c in e if c.tag.endswith("title")), None), "".join(t for t in [e.text or ""] + [c.tail or "" for c in e]).strip()))
    return out
def texts(path, name): return [t for e, _, t in found(path, name)]
def points(e): return [tuple(map(float, p.split(","))) for p in e.get("points").split()]
END
}

z() { "$ZHIBIAO" "$@"; }

@test "map: every corner where the projection puts it, every colour that of its class; tiles of one size" {
    python3 - <<'END'
import json, random
random.seed(3)
squares = [(i % 6, i // 6) for i in range(24)]
json.dump({"type": "FeatureCollection", "features": [{"type": "Feature", "id": "%02d" % i, "properties": {"name": "r%d" % i}, "geometry": {"type": "Polygon", "coordinates": [
    [[1000 * (x + a), 1000 * (y + b)] for a, b in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]]}} for i, (x, y) in enumerate(squares)]}, open("m.json", "w"))
open("v.csv", "w").write("code,name,value\n" + "".join("%02d,x%d,%d\n" % (i, i, random.choice([1, 2, 3, 5, 8, 13, 21, 34])) for i in range(24)))
END
    for classes in quantile:4 equal:4 jenks:4 quantile:9; do
        z plot map --from v.csv --map m.json --classes $classes --language en -o map.svg
        z plot tile --from v.csv --map m.json --classes $classes --language en -o tile.svg
        python3 - $classes <<'END'
import csv, sys
from marks import *
values = {r["name"]: int(r["value"]) for r in csv.DictReader(open("v.csv"))}
for path, kind in (("map.svg", "place"), ("tile.svg", "tile")):
    regions = {e.get("data-label"): e for e, _, _ in found(path, kind)}
    assert len(regions) == 24
    keys = [(e.get("fill"), title) for e, title, _ in found(path, "key")]
    assert sum(int(re.search(r"\((\d+)\)", t)[1]) for _, t in keys) == 24
    colour = {}
    for name, e in regions.items():
        colour.setdefault(values[name], set()).add(e.get("fill"))
    assert all(len(c) == 1 for c in colour.values())          # one value, one colour
    order = [next(iter(colour[v])) for v in sorted(colour)]
    assert [c for i, c in enumerate(order) if i == 0 or c != order[i - 1]] == [f for f, t in keys if not t.endswith("(0)")]   # classes in order
    for fill, title in keys:                                   # the key says what the class has
        ends = [float(n) for n in title.split(" ")[0].split("–")]
        inside = [v for v in values.values() if fill in colour[v]]
        assert len(inside) == int(re.search(r"\((\d+)\)", title)[1])
        if not sys.argv[1].startswith("equal"):
            assert ends[0] == min(inside) and ends[-1] == max(inside), (title, inside)
if sys.argv[1] != "quantile:4":
    sys.exit()
place = {e.get("data-label"): points(e) for e, _, _ in found("map.svg", "place")}
left, right = min(p[0] for p in place["x0"]), max(p[0] for p in place["x5"])
unit, tops = (right - left) / 6, [min(p[1] for p in place["x%d" % (6 * r)]) for r in range(4)]
down = 1 if tops[3] > tops[0] else -1
for i in range(24):
    box = place["x%d" % i]
    assert abs(min(p[0] for p in box) - left - unit * (i % 6)) < 0.5 and abs(max(p[0] for p in box) - left - unit * (i % 6 + 1)) < 0.5
    assert abs(min(p[1] for p in box) - tops[0] - down * unit * (i // 6)) < 0.5, i
tiles = [e for e, _, _ in found("tile.svg", "tile")]
assert len({(e.get("width"), e.get("height")) for e in tiles}) == 1 and len({(e.get("x"), e.get("y")) for e in tiles}) == 24
END
    done
}

@test "a map of 3,200 regions is drawn whole" {
    python3 - <<'END'
import json
json.dump({"type": "FeatureCollection", "features": [{"type": "Feature", "id": i, "properties": {"name": "r%d" % i}, "geometry": {"type": "Polygon", "coordinates": [
    [[100 + (i % 80 + a) / 4, 30 + (i // 80 + b) / 4] for a, b in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]]}} for i in range(3200)]}, open("m.json", "w"))
open("v.csv", "w").write("name,value\n" + "".join("r%d,%d\n" % (i, i * 7919 % 9973) for i in range(3200)))
END
    z plot map --from v.csv --map m.json -o m.svg
    [ "$(grep -c 'class="place"' m.svg)" = 3200 ]
}

@test "trend: the fitted line is that of least squares over the actual figures, the growth that from the first to the last" {
    printf 'region,year,value\n甲,2015,100\n甲,2016,130\n甲,2017,120\n甲,2018,160\n甲,2019,170\n甲,2020,计划400\n乙,2015,50\n乙,2020,80余\n' >t.csv
    z plot trend --from t.csv --time year -o t.svg
    python3 - <<'END'
from marks import *
dots = {(e.get("data-series"), e.get("data-label")): e for e, _, _ in found("t.svg", "point")}
x = lambda y: float(dots["甲", str(y)].get("cx")); at = {y: float(dots["甲", str(y)].get("cy")) for y in range(2015, 2020)}
v = {2015: 100, 2016: 130, 2017: 120, 2018: 160, 2019: 170}
scale = (at[2019] - at[2015]) / 70
(fit, title, _), = found("t.svg", "fit")     # two figures of 乙 make no fit
mean = sum(v.values()) / 5
slope = sum((y - 2017) * (v[y] - mean) for y in v) / 10
for end, year in (("1", 2015), ("2", 2019)):
    assert abs(float(fit.get("x" + end)) - x(year)) < 0.5
    assert abs(float(fit.get("y" + end)) - (at[2015] + scale * (mean + slope * (year - 2017) - 100))) < 0.5
assert title == "甲"
text = " ".join(texts("t.svg", "name"))
assert "甲 400（+14.2%/年）" in text, text       # (170 / 100) ** (1 / 4)
assert "乙 ≥80（约+9.9%/年）" in text, text
END
}

@test "shares of bounds are bounds; a sum without a part says which; the last is what is incomplete" {
    printf '乡镇,茶,椒,菌\n甲,600余,300,100\n乙,100,,100\n丙,50—150,50,100\n丁,10,20,70\n' >s.csv
    for type in bar column; do
        z plot $type --from s.csv --arrange percent -o s.svg
        python3 - $type <<'END'
from marks import *
parts = texts("s.svg", "part")
assert any("占比只知范围" in t and "箭头" not in t for t in texts("s.svg", "note"))
assert {"≥60", "≤30", "≤10", "≤50", "25–50", "17–25", "33–50", "10", "20", "70"} <= set(parts), parts
assert [t for t in texts("s.svg", "category")][-1] == "乙"
assert texts("s.svg", "missing")[-1].strip("　") == "缺椒", texts("s.svg", "missing")
END
        z plot $type --from s.csv --arrange stacked -o s.svg
        grep -q '>≥1,000</text>' s.svg
        ! grep -q '占比只知范围' s.svg
    done
}

@test "means leave planned figures out and say so; a mean of bounds is one" {
    printf 'name,value\n甲,100\n乙,200\n丙,计划900\n' >m.csv
    z plot bar --from m.csv --reference mean,median -o m.svg
    grep -q '>平均 150</text>' m.svg
    grep -q '均值不含计划数' m.svg
    printf 'name,value\n甲,100余\n乙,200\n' >m.csv
    z plot bar --from m.csv --reference mean -o m.svg
    grep -q '>平均 ≥150</text>' m.svg
    ! grep -q '均值不含计划数' m.svg
}

@test "ranks that bounds leave open are drawn as such" {
    printf 'region,year,value\n甲,2019,100余\n乙,2019,150\n丙,2019,90\n甲,2020,100\n乙,2020,150\n丙,2020,90\n' >r.csv
    z plot bump --from r.csv --time year -o r.svg
    [ "$(grep -c 'class="whisker"' r.svg)" = 2 ]   # 甲 1–2 and 乙 1–2 in 2019
    grep -q '须线：可能的名次' r.svg
    ! grep -q '与箭头' r.svg
}

@test "what other commands compute is drawn: growth by region, inequality by year, scores" {
    z import "$ROOT/data/samples/counties.csv" >/dev/null
    income="-i 农村居民人均可支配收入 --region 铜仁 --level county"
    z compare $income --period 2020 -f csv 2>/dev/null >c.csv
    z plot bar --from - --value annual_growth -o g.svg <c.csv
    python3 - <<'END'
import csv
from marks import *
want = {r["region"].split("/")[-1]: float(r["annual_growth"]) * 100 for r in csv.DictReader(open("c.csv"))}
bars = {e.get("data-label"): e for e, _, _ in found("g.svg", "bar")}
assert bars.keys() == want.keys()
assert not found("g.svg", "whisker", "arrow")       # low and high are those of another column
length = {k: float(e.get("width")) / want[k] for k, e in bars.items()}
assert max(length.values()) - min(length.values()) < 0.1
assert "年均增长率" in texts("g.svg", "title") and "农村居民人均可支配收入　单位：%" in texts("g.svg", "subtitle")
END
    z inequality $income --group period -f csv 2>/dev/null | z plot line --from - --time group --value gini,cv -o i.svg
    [ "$(grep -c 'class="point"' i.svg)" = 10 ]
    grep -q '>基尼系数 0.061</text>' i.svg
    z score -i 农村居民人均可支配收入,常住人口 --region 铜仁 --level county --period 2020 -f csv 2>/dev/null | z plot dot --from - --value score -o s.svg
    [ "$(grep -c 'class="point"' s.svg)" = 10 ]
}

@test "English: the dictionary's name, the unit, the words; numbers in millions" {
    z import "$ROOT/data/samples/counties.csv" >/dev/null
    z plot line -i 农村居民人均可支配收入 --region 铜仁 --level county --language en -o e.svg
    grep -q '>Disposable income per rural resident</text>' e.svg
    grep -q '>铜仁市: counties, 2016–2020. Unit: yuan per person</text>' e.svg
    grep -q '>Source: counties.csv</text>' e.svg
    printf 'name,people(人)\nA,12500000\nB,3000000\n' | z plot bar --from - --language en -o p.svg
    grep -q '>Unit: million people</text>' p.svg
    grep -q '>12.5</text>' p.svg
}
