# Inputs: pages, JSON Lines, encodings, through the command line and into the store.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    cat >page.html <<'HTML'
<!DOCTYPE html><html><head><meta charset="utf-8"><title>紫云县2019年辣椒产业小结_紫云县人民政府网</title>
<meta name="PubDate" content="2020-01-15 10:20"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/n">要闻2000条</a></div>
<div class="content"><p>2019年,猫营镇種植辣椒<b>4600</b>畝(mǔ),带动1200&#20313;户增收。</p>
<table><tr><th>乡镇</th><th>产值（万元）</th></tr><tr><td>猫营镇</td><td>1,380</td></tr><tr><td>板当镇</td><td>450</td></tr></table></div>
<div class="footer">访问量23000次</div></body></html>
HTML
    printf '%s\n' '{"id":"a1","title":"紫云县猫营镇小结","published":"2020-01-15","text":"去年,全镇种植\u8fa3椒4600\u4ea9。"}' \
        '{"id":"a2","text":"broken' '' '{"url":"http://x/3","text":"<p>2019年,普定县修路12&nbsp;公里。</p>"}' >records.jsonl
}
z() { "$ZHIBIAO" --store "$BATS_TEST_TMPDIR/store.db" "$@"; }

@test "a page gives its article and its tables" {
    run "$ZHIBIAO" extract page.html
    [ "$status" = 0 ]
    [ "${#lines[@]}" = 4 ]
    [[ ${lines[0]} == *'"quote":"4600畝"'*'"name":"猫营镇"'*'"period":"2019"'*'"indicator_id":"planted_area","item":"辣椒"'* ]]
    [[ ${lines[1]} == *'"quote":"1200余户"'* ]]
    [[ ${lines[2]} == *'"quote":"1,380","value":13800000'*'"unit":"元"'*'"name":"猫营镇"'*'"evidence":"猫营镇 | 1,380"'* ]]
    [[ ${lines[3]} == *'"name":"板当镇"'* ]]
    # the same without a name that says so
    [ "$("$ZHIBIAO" extract - <page.html | sed 's/^{"source":"-"//')" = "$("$ZHIBIAO" extract page.html | sed 's/^{"source":"page.html"//')" ]
}

@test "JSON Lines: a record is a document, a broken one is named and left out" {
    run --separate-stderr "$ZHIBIAO" extract records.jsonl
    [ "$status" = 3 ]
    [ "${#lines[@]}" = 2 ]
    [[ ${lines[0]} == '{"source":"a1",'*'"quote":"4600亩"'*'"period":"2019"'* ]]
    [[ ${lines[1]} == '{"source":"http://x/3",'*'"quote":"12 公里"'*'"name":"普定县"'* ]]
    [ "$stderr" = "zhibiao extract: records.jsonl:2: no valid JSON at byte 20 of the line; correct it or remove the line" ]
}

@test "offsets are bytes of the file, whatever stands between" {
    "$ZHIBIAO" extract page.html records.jsonl 2>/dev/null >out.jsonl || true
    python3 - <<'PY'
import json
pieces = []
for line in open("out.jsonl"):
    o = json.loads(line)
    name = "page.html" if o["source"] == "page.html" else "records.jsonl"
    pieces.append(open(name, "rb").read()[o["start"]:o["end"]].decode())
assert pieces == ["4600</b>畝", "1200&#20313;户", "1,380", "450", "4600\\u4ea9", "12&nbsp;公里"], pieces
PY
}

@test "ingest: each record is a document with its own bytes, and twice changes nothing" {
    run --separate-stderr z ingest page.html records.jsonl
    [ "$status" = 3 ]
    [[ ${lines[1]} =~ ^new\ +3\ +6$ ]]
    [[ ${lines[3]} =~ ^failed\ +1\ +0$ ]]
    run --separate-stderr z ingest .
    [[ ${lines[1]} =~ ^new\ +0\ +0$ ]]
    [[ ${lines[2]} =~ ^unchanged\ +3\ +0$ ]]
    [ "$(sqlite3 store.db 'SELECT path, source, title, published FROM document ORDER BY id' | tr '\n' '/')" = \
        "page.html||紫云县2019年辣椒产业小结|2020-01-15/records.jsonl:1|a1|紫云县猫营镇小结|2020-01-15/records.jsonl:4|http://x/3||/" ]
    [ "$(sqlite3 store.db 'SELECT CAST(substr(content, start_byte + 1, end_byte - start_byte) AS TEXT)
        FROM observation o JOIN document d ON d.id = o.document_id ORDER BY o.id' | tr '\n' '/')" = \
        '4600</b>畝/1200&#20313;户/1,380/450/4600\u4ea9/12&nbsp;公里/' ]
    run z show --source a1
    [[ $output == *records.jsonl:1* ]]
}

@test "encodings with and without a mark, and the option that names one" {
    printf '2019年,紫云县猫营镇种植辣椒4600亩。\n2020-01-15,带动1200余户增收。\n' >text.txt
    expected=$("$ZHIBIAO" extract text.txt | grep -o '"quote":"[^"]*","value":[0-9]*')
    for encoding in UTF-16LE UTF-16BE UTF-32LE UTF-32BE GB18030; do
        iconv -f UTF-8 -t $encoding text.txt >coded.txt
        [ "$("$ZHIBIAO" extract coded.txt | grep -o '"quote":"[^"]*","value":[0-9]*')" = "$expected" ]
        [ "$("$ZHIBIAO" extract --encoding $encoding coded.txt | grep -o '"quote":"[^"]*","value":[0-9]*')" = "$expected" ]
        iconv -f UTF-8 -t $encoding page.html >coded.html
        [ "$("$ZHIBIAO" extract coded.html | wc -l)" = 4 ]
        iconv -f UTF-8 -t $encoding records.jsonl >coded.jsonl
        [ "$("$ZHIBIAO" extract coded.jsonl 2>/dev/null | wc -l)" = 2 ]
    done
}

@test "limits are named" {
    { echo '<html><body>'; yes '<div>' | head -n 100000; } >deep.html
    run "$ZHIBIAO" extract deep.html
    [ "$status" = 3 ]
    [ "$output" = "zhibiao extract: deep.html: a HTML page with elements nested more than 256 deep; save the article alone, or as plain text" ]
    { echo '<html><body>'; yes '<p>2019年修路12公里。</p>' | head -c 17000000; } >large.html
    run "$ZHIBIAO" extract large.html
    [ "$status" = 3 ]
    [ "$output" = "zhibiao extract: large.html: a HTML page of more than 16 MiB; save the article alone, or as plain text" ]
}

@test "memory is bounded: many records, one long line" {
    # the sanitizers' own memory is not what is measured
    ! nm "$ZHIBIAO" 2>/dev/null | grep -q __asan_init || skip "built with sanitizers"
    yes '{"title":"紫云县","text":"2019年,全县修路12公里,建桥3座。"}' | head -n 50000 >many.jsonl
    (ulimit -v 131072 && "$ZHIBIAO" extract many.jsonl >out.jsonl)
    [ "$(wc -l <out.jsonl)" = 100000 ]
    { printf '2019年紫云县'; yes '投入资金300万元。' | tr -d '\n' | head -c 8000000; } >line.txt
    (ulimit -v 262144 && "$ZHIBIAO" extract line.txt 2>/dev/null | wc -l >count)
    [ "$(cat count)" -gt 300000 ]
}

@test "a sentence of more than 500 figures is no prose: the rest is passed over, and that is said" {
    for i in $(seq 620); do printf '养鸡%d只、' "$i"; done >"$BATS_TEST_TMPDIR/run.txt"
    printf '。\n种茶30亩。\n' >>"$BATS_TEST_TMPDIR/run.txt"
    for jobs in 1 2; do
        run --separate-stderr "$ZHIBIAO" extract --jobs $jobs "$BATS_TEST_TMPDIR/run.txt"
        [ "$status" = 0 ]
        [ "${#lines[@]}" = 501 ]
        [[ "${lines[500]}" == *'"quote":"30亩"'* ]]
        [ "$stderr" = "zhibiao extract: $BATS_TEST_TMPDIR/run.txt: 120 figures passed over behind the first 500 of one sentence: that is no prose; write tables as HTML or CSV" ]
    done
}
