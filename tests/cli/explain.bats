# explain: why a figure became the observation that it is, for people and for programs, by the same code that extracts.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    SENTENCE='2019年,紫云县猫营镇种植辣椒4600亩,带动1200余户增收。'
}
explain() { printf '%s\n' "$SENTENCE" | "$ZHIBIAO" explain "$@" -; }

@test "explain shows sentence, words, rules, entries, place, time and the terms of the confidence" {
    run explain --nth 1
    [ "$status" = 0 ]
    [ "${lines[0]}" = "-, bytes 38 to 45: 4600亩" ]
    [ "${lines[1]}" = "  sentence    2019年,紫云县猫营镇种植辣椒【4600亩】,带动1200余户增收。" ]
    [[ $output == *'words read  “紫云县猫营镇种植辣椒” before'* ]]
    [[ $output == *'the words before the number in its clause name it [words_before]'* ]]
    [[ $output == *'planted_area: 种植 ('*' wins'* || $output == *'planted_area: '*' wins'* ]]
    [[ $output == *'“猫营镇” at byte 17'* ]]
    [[ $output == *'period      2019: “2019年” at byte 0'* ]]
    [[ $output == *'status      actual'* ]]
}

@test "explain chooses by byte, by number and by quote, and says when nothing is chosen" {
    by_byte=$(explain --at 44)
    [ "$by_byte" = "$(explain --nth 1)" ]
    [ "$by_byte" = "$(explain --quote 4600)" ]
    [ "$(explain --format jsonl | wc -l)" = 2 ]
    run explain --at 45
    [ "$status" = 1 ]
    [ "$output" = "zhibiao explain: -: none of its 2 figures was asked for; zhibiao extract lists them" ]
    run explain --nth 0
    [ "$status" = 2 ]
    [[ $output == *"--nth: '0' is not a whole number from 1 on"* ]]
    run explain --at -3
    [ "$status" = 2 ]
    run explain --format csv
    [ "$status" = 2 ]
    [[ $output == *"--format: explain writes table, json or jsonl"* ]]
}

@test "explain's observations are extract's, for texts, pages and records" {
    printf '{"id":"a","text":"%s"}\n' "$SENTENCE" >"$BATS_TEST_TMPDIR/r.jsonl"
    for file in data/samples/*.txt data/samples/*.html "$BATS_TEST_TMPDIR/r.jsonl"; do
        [ -e "$file" ] || continue
        "$ZHIBIAO" extract "$file" >"$BATS_TEST_TMPDIR/extracted"
        "$ZHIBIAO" explain --format jsonl "$file" >"$BATS_TEST_TMPDIR/explained"
        python3 - "$BATS_TEST_TMPDIR" <<'PY'
import json, math, sys
with open(sys.argv[1] + "/extracted") as a, open(sys.argv[1] + "/explained") as b:
    for extracted, explained in zip(a, b, strict=True):
        e = json.loads(explained)
        assert json.loads(extracted) == e["observation"]
        # every observation has a region, a period and a status for a reason, and its terms make its confidence
        decided = [r["decides"] for r in e["rules"]]
        assert all(decided.count(x) == 1 for x in ("period", "status")), decided
        assert decided.count("region") - any(r["name"] == "region_kept" for r in e["rules"]) == 1, decided
        logit = sum(t["logit"] for t in e["confidence"])
        assert abs(1 / (1 + math.exp(-logit)) - e["observation"]["confidence"]) < 0.011, e
PY
    done
}

@test "explain names the plan's word, the scope word's byte and the entries that lost" {
    SENTENCE='紫云县猫营镇2019年种植辣椒4600亩。2020年,全镇计划种植辣椒5000亩。'
    run bash -c "printf '%s\n' '$SENTENCE' | '$ZHIBIAO' explain --nth 2 --published 2019-12-01 --format json -"
    [ "$status" = 0 ]
    python3 - "$output" <<'PY'
import json, sys
(e,) = json.loads(sys.argv[1])
assert e["observation"]["status"] == "planned"
text = "紫云县猫营镇2019年种植辣椒4600亩。2020年,全镇计划种植辣椒5000亩。".encode()
for key, word in (("plan", "计划"), ("place", "全镇"), ("time", "2020年")):
    span = e[key]
    assert span["text"] == word == text[span["start"]:span["end"]].decode(), (key, span)
assert e["entries"][0]["id"] == e["observation"]["indicator_id"] and e["entries"][0]["fate"] == "won"
assert all(x["fate"] != "won" for x in e["entries"][1:])
assert {"name": "region_scope"}.items() <= next(r for r in e["rules"] if r["decides"] == "region").items()
PY
}

@test "--min-confidence leaves out what is less sure: extract with any number of threads, ingest, show, compare" {
    cd data/samples
    "$ZHIBIAO" extract *.txt >"$BATS_TEST_TMPDIR/all"
    "$ZHIBIAO" extract --min-confidence 0.9 *.txt >"$BATS_TEST_TMPDIR/sure"
    python3 - "$BATS_TEST_TMPDIR" <<'PY'
import json, sys
rows, sure = ([json.loads(l) for l in open(sys.argv[1] + name)] for name in ("/all", "/sure"))
assert sure == [r for r in rows if r["confidence"] >= 0.9] and 0 < len(sure) < len(rows)
PY
    "$ZHIBIAO" extract --jobs 2 --min-confidence 0.9 *.txt | cmp - "$BATS_TEST_TMPDIR/sure"
    sure=$(wc -l <"$BATS_TEST_TMPDIR/sure")
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/all.db"
    "$ZHIBIAO" ingest *.txt >/dev/null
    [ "$("$ZHIBIAO" show --min-confidence 0.9 --format jsonl | wc -l)" = "$sure" ]
    all=$("$ZHIBIAO" compare --indicator 种植面积 --item 辣椒 --level township --period 2019 --format jsonl | wc -l)
    [ "$all" -gt 0 ]
    run "$ZHIBIAO" compare --indicator 种植面积 --item 辣椒 --level township --period 2019 --min-confidence 1
    [ "$status" = 1 ]
    run "$ZHIBIAO" --store "$BATS_TEST_TMPDIR/sure.db" ingest --min-confidence 0.9 --format csv *.txt
    [ "${lines[1]}" = "new,10,$sure" ]
    for bad in 1.1 -0.1 90% nan; do
        for command in "extract -" "show" "ingest -"; do
            run "$ZHIBIAO" $command --min-confidence "$bad" </dev/null
            [ "$status" = 2 ]
            [[ $output == *"--min-confidence: '$bad' is no share from 0 to 1; write 0.9, say" ]]
        done
    done
}
