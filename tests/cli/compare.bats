# compare beyond ranks: several indicators, a head, against a base, growth and its parts.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    printf '地区,年份,地区生产总值（万元）,常住人口（人）\n江口县,2019,600000,170000\n江口县,2020,660000,170000\n石阡县,2019,800000,300000\n石阡县,2020,800000,320000\n玉屏县,2020,500000,125000\n' >t.csv
    "$ZHIBIAO" import t.csv >/dev/null
}
z() { "$ZHIBIAO" "$@"; }

@test "compare: growth from the year before and contributions to the growth of all" {
    z compare --indicator 地区生产总值 --level county --format jsonl >out
    python3 - out <<'END'
import json, sys
rows = {r["region"].split("/")[-1]: r for r in map(json.loads, open(sys.argv[1]))}
a, b, c = rows["江口县"], rows["石阡县"], rows["玉屏侗族自治县"]
assert abs(a["growth"] - 0.1) < 1e-12 and b["growth"] == 0 and c["growth"] is None
assert abs(a["contribution_to_growth"] - 6e8 / 1.4e10) < 1e-12 and b["contribution_to_growth"] == 0
assert a["rank_dense"] == 2 and a["order"] == "certain" and abs(a["index"] + b["index"] + c["index"] - 300) < 1e-9
END
}

@test "compare: a head, against a base, several indicators at once" {
    z compare --indicator 地区生产总值 --per 常住人口 --base 石阡县 --level county --format jsonl >out
    python3 - out <<'END'
import json, sys
rows = {r["region"].split("/")[-1]: r for r in map(json.loads, open(sys.argv[1]))}
assert rows["玉屏侗族自治县"]["value"] == 40000 and rows["玉屏侗族自治县"]["unit"] == "元/人", rows
assert rows["石阡县"]["index"] == 100 and rows["石阡县"]["difference_to_base"] == 0
assert abs(rows["玉屏侗族自治县"]["ratio_to_base"] - 1.6) < 1e-12
END
    [ "$(z compare --indicator 地区生产总值,常住人口 --level county --format csv | tail -n +2 | cut -d, -f5 | uniq -c | tr -d ' \n')" = "3地区生产总值3常住人口" ]
    run --separate-stderr z compare --indicator 地区生产总值 --base 沿河 --level county
    [ "$status" = 2 ] && [[ "$stderr" == *"--base '沿河' is not among the regions that are compared" ]]
}

@test "compare: contributions to growth as in stat_refs.tsv" {
    printf '地区,年份,地区生产总值（元）\n江口县,2019,100\n江口县,2020,120\n石阡县,2019,50\n石阡县,2020,40\n' >c.csv
    "$ZHIBIAO" --store c.db import c.csv >/dev/null
    "$ZHIBIAO" --store c.db compare --indicator 地区生产总值 --level county --format jsonl >out
    python3 - out "$BATS_TEST_DIRNAME/../stats/stat_refs.tsv" <<'END'
import json, sys
want = {line.split("\t")[1]: float(line.split("\t")[2]) for line in open(sys.argv[2]) if line.startswith("contrib\t")}
assert len(want) == 2, want
got = [json.loads(line)["contribution_to_growth"] * 100 for line in open(sys.argv[1])]
for value, reference in zip(got, want.values()):
    assert abs(value - reference) < 1e-12, (got, want)
END
}

@test "compare: --explain defines every statistic, --evidence lists the figures behind each row" {
    z compare --explain --format jsonl >defined
    z compare --indicator 地区生产总值 --per 常住人口 --level county --evidence --format jsonl >divided
    z compare --indicator 地区生产总值 --level county --evidence --format jsonl >grown
    z compare --indicator 地区生产总值 --level county --format jsonl >rows
    python3 - <<'END'
import json
read = lambda name: [json.loads(line) for line in open(name)]
defined = {d["statistic"]: d for d in read("defined")}
described = {"region", "region_code", "indicator", "indicator_id", "kind", "status", "item", "period", "value", "low", "high", "bound", "unit", "parts", "evidence",
             "conflicts", "interval", "note"}
for key in read("rows")[0]:
    plain = key.removesuffix("_low").removesuffix("_high")
    assert plain in defined or key in described, key
assert all(d["definition"] and d["name"] and d["source"] for d in defined.values())
roles = lambda rows, name: [r["role"] for r in rows if r["of"].endswith(name)]
assert roles(read("divided"), "江口县") == ["figure", "denominator"], read("divided")
assert roles(read("grown"), "江口县") == ["figure", "a year before"] and roles(read("grown"), "玉屏侗族自治县") == ["figure"]
text = open("t.csv", encoding="utf-8").read().encode()
for r in read("grown") + read("divided"):
    assert r["document"].endswith("t.csv") and text[r["start"]:r["end"]].decode() == r["quote"], r
END
}

@test "compare: what is missing has a note, bounds say whether they are guaranteed, --open closes them" {
    printf '地区,年份,地区生产总值（元）\n江口县,2020,600余\n石阡县,2020,640\n玉屏县,2020,900\n' >b.csv
    "$ZHIBIAO" --store b.db import b.csv >/dev/null
    "$ZHIBIAO" --store b.db compare --indicator 地区生产总值 --level county --format jsonl >guaranteed
    "$ZHIBIAO" --store b.db compare --indicator 地区生产总值 --level county --open 10% --format jsonl >conventional
    printf '地区,年份,地区生产总值（元）\n江口县,2020,7\n石阡县,2020,7\n江口县,2019,0\n石阡县,2019,5\n石阡县,2018,0\n' >c.csv
    "$ZHIBIAO" --store c.db import c.csv >/dev/null
    "$ZHIBIAO" --store c.db compare --indicator 地区生产总值 --level county --period 2020 --format jsonl >constant
    python3 - <<'END2'
import json
read = lambda name: [json.loads(line) for line in open(name)]
ranks = lambda rows: [r["ranks"] for r in rows]
assert ranks(read("guaranteed")) == ["1–2", "2–3", "1–3"] and {r["interval"] for r in read("guaranteed")} == {"guaranteed"}, read("guaranteed")
assert ranks(read("conventional")) == ["1", "2–3", "2–3"] and {r["interval"] for r in read("conventional")} == {"conventional"}
assert read("conventional")[2]["high"] == 660
for row in read("constant"):
    assert row["z_score"] is None and "z_score: all values are equal" in row["note"], row
    assert row["annual_growth"] is None and row["interval"] is None, row
    for key in ("share_of_total", "ratio_to_mean", "z_score", "index", "ratio_to_parent", "growth", "annual_growth", "contribution_to_growth"):
        assert row[key] is not None or f"{key}: " in row["note"], (key, row)
        assert f"{key}: ;" not in row["note"] and not row["note"].endswith(": "), row
END2
    run --separate-stderr "$ZHIBIAO" --store c.db compare --indicator 地区生产总值 --open 0
    [ "$status" = 2 ] && [[ "$stderr" == *"--open '0'"* ]]
}

@test "compare: a table's columns, by group, with a denominator, the year before and the cells as evidence" {
    cat >t.csv <<'END'
县区,年份,产值(万元),人口(人),类
贵州省/铜仁市/德江县,2019,100,50,甲
贵州省/铜仁市/德江县,2020,120,50,甲
贵州省/铜仁市/石阡县,2019,200余,40,甲
贵州省/铜仁市/石阡县,2020,230,46,甲
贵州省/铜仁市/沿河土家族自治县,2020,90,30,乙
火星州,2020,1,1,乙
END
    "$ZHIBIAO" compare --from t.csv --value 产值 --region 县区 --time 年份 --format jsonl >plain 2>notes
    grep -q '1 row left out' notes
    "$ZHIBIAO" compare --from t.csv --value 3 --region 1 --time 2 --per 人口 --base 德江县 --format jsonl >divided 2>/dev/null
    "$ZHIBIAO" compare --from t.csv --value 产值,人口 --region 县区 --time 年份 --group 类 --format jsonl >grouped 2>/dev/null
    "$ZHIBIAO" compare --from - --value 产值 --region 县区 --time 年份 --evidence --format jsonl <t.csv >evidence 2>/dev/null
    python3 - <<'END2'
import json
read = lambda name: [json.loads(line) for line in open(name)]
plain = read("plain")
assert [(r["region_code"], r["value"], r["rank"]) for r in plain] == [("520623", 230, 1), ("520626", 120, 2), ("520627", 90, 3)], plain
assert plain[1]["growth"] == 0.2 and plain[0]["growth"] == 0.15 and plain[0]["growth_low"] == -1 and plain[0]["growth_high"] == 0.15
assert plain[2]["growth"] is None and "growth: no figure a year before" in plain[2]["note"]
assert abs(plain[0]["share_of_total"] - 230 / 440) < 1e-15
divided = read("divided")
assert [(r["region_code"], r["value"], r["unit"]) for r in divided] == [("520623", 5, "万元/人"), ("520627", 3, "万元/人"), ("520626", 2.4, "万元/人")]
assert abs(divided[0]["ratio_to_base"] - 5 / 2.4) < 1e-15
grouped = read("grouped")
assert [(r["indicator"], r["item"], r["rank"]) for r in grouped] == [("产值(万元)", "甲", 1), ("产值(万元)", "甲", 2), ("产值(万元)", "乙", 1),
                                                                    ("人口(人)", "甲", 1), ("人口(人)", "甲", 2), ("人口(人)", "乙", 1)], grouped
cells = {(r["role"], r["start"], r["quote"]) for r in read("evidence")}
assert ("figure", 5, "230") in cells and ("a year before", 4, "200余") in cells, cells
END2
    run --separate-stderr "$ZHIBIAO" compare --from t.csv --value 产值 --region 县区
    [ "$status" = 1 ] && [[ "$stderr" == *"two figures"* ]]
    for option in "--weight 人口" "--indicator 产值"; do
        run --separate-stderr "$ZHIBIAO" compare --from t.csv --value 产值 --region 县区 --time 年份 $option
        [ "$status" = 2 ] && [ -z "$output" ]
    done
    run --separate-stderr "$ZHIBIAO" compare --indicator 产值 --group 类
    [ "$status" = 2 ] && [[ "$stderr" == *"--from"* ]]
}
