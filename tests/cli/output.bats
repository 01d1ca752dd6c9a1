# What every command shares: options, filters, formats, -o, files and folders, full disks.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    SAMPLES="$BATS_TEST_DIRNAME/../../data/samples"
    printf '2019年,紫云县猫营镇种植辣椒4600亩,带动1200余户增收。\n' >one.txt
}
z() { "$ZHIBIAO" "$@"; }
# wrong MESSAGE ARGUMENT...: wrong usage with exactly this message
wrong() {
    local message=$1
    shift
    run z "$@"
    [ "$status" = 2 ] || { echo "status $status"; return 1; }
    [ "$output" = "$message" ] || { echo "$output"; return 1; }
}

@test "options: unknown, incomplete, misplaced" {
    wrong "zhibiao: no command given; zhibiao --help lists them"
    wrong "zhibiao: unknown command 'compar' (did you mean 'compare'?); zhibiao --help lists them" compar
    wrong "zhibiao: unknown option '--vers' (did you mean '--version'?); see zhibiao --help" --vers
    wrong "zhibiao: option --store needs a value: --store FILE" --store
    wrong "zhibiao compare: unknown option '--indicatr' (did you mean '--indicator'?); see zhibiao compare --help" compare --indicatr x
    wrong "zhibiao compare: option --indicator needs a value: --indicator ID|NAME" compare --indicator
    wrong "zhibiao compare: option --indicator needs a value that is not empty: --indicator ID|NAME" compare --indicator=
    wrong "zhibiao compare: option --help takes no value" compare --help=yes
    wrong "zhibiao compare: 'extra' is one operand too many; see zhibiao compare --help" compare extra
    wrong "zhibiao compare: needs --indicator; zhibiao indicators --used lists what can be compared" compare
    wrong "zhibiao plot: needs a chart type or a figure's description; zhibiao plot --list shows the types" plot
    wrong "zhibiao ingest: needs FILE|FOLDER...; see zhibiao ingest --help" ingest
}

@test "options: values that are none" {
    wrong "zhibiao show: unknown kind 'levle' (did you mean 'level'?); write level, mean, share, growth, capacity, rank or price" show -k levle
    wrong "zhibiao show: unknown status 'done'; write actual or planned" show --status done
    wrong "zhibiao show: unknown level 'countee' (did you mean 'county'?); write province, prefecture, county, township or village" show -l countee
    wrong "zhibiao show: unknown period 'foo'; write 2019, 2019-12, 2018/2019 or asof:2019-12-31" show -p foo
    wrong "zhibiao show: unknown unit '亩亩' (did you mean '亩'?)" show -u 亩亩
    wrong "zhibiao extract: unknown format 'cvs' (did you mean 'csv'?); write table, csv, tsv, json, jsonl or markdown" extract -f cvs one.txt
    wrong "zhibiao extract: --encoding: unknown encoding 'foo'; try UTF-8, GB18030, BIG5 or UTF-16LE" extract --encoding foo one.txt
    wrong "zhibiao extract: --published: '2020-02-30' is not a date; write YYYY-MM-DD" extract --published 2020-02-30 one.txt
    wrong "zhibiao ingest: unknown format 'xml'; write table, csv, tsv, json, jsonl or markdown" ingest -f xml one.txt
    [ ! -e "$ZHIBIAO_STORE" ]
}

@test "the store: --store before and after the command, the environment, ./zhibiao.db" {
    z --store a.db ingest one.txt >/dev/null
    z ingest --store b.db one.txt >/dev/null
    ZHIBIAO_STORE=c.db z ingest one.txt >/dev/null
    ZHIBIAO_STORE= z ingest one.txt >/dev/null
    for store in a.db b.db c.db zhibiao.db; do
        [ "$(sqlite3 "$store" 'SELECT count(*) FROM observation')" = 2 ]
    done
    run z --store none.db show
    [ "$status" = 3 ]
    [ "$output" = "zhibiao show: none.db: no such store; make one with ingest, or name another with --store" ]
    [ ! -e none.db ]
}

@test "extract: the region, the date and the encoding can be given" {
    printf '全县种植辣椒4600亩。今年新增300亩。\n' >bare.txt
    [[ $(z extract --region 紫云 bare.txt | head -1) == *'"region":{"code":"520425","name":"紫云苗族布依族自治县","path":"贵州省/安顺市/紫云苗族布依族自治县","how":'* ]]
    [[ $(z extract --published 2018-05-01 bare.txt | tail -1) == *'"period":"2018"'* ]]
    [[ $(z extract bare.txt | head -1) == *'"region":null,"period":'* ]]
    iconv -t GB18030 one.txt >gb.txt
    [ "$(z extract --encoding GB18030 gb.txt | grep -c 猫营镇)" = 2 ]
    run z extract --region 火星国 bare.txt
    [ "$status" = 2 ]
    [[ $output == "zhibiao extract: --region: "* ]]
}

@test "extract: broken characters are counted on standard error, the rest is read" {
    printf '2019年,紫云县种植辣椒4600亩。\xFF\xFE 又种植白茶300亩。\n' >broken.txt
    run --separate-stderr z extract --encoding UTF-8 broken.txt
    [ "$status" = 0 ]
    [ "${#lines[@]}" = 2 ]
    [[ $stderr == "zhibiao extract: broken.txt: "*" broken characters in UTF-8 text became U+FFFD; name the right one with --encoding" ]]
}

@test "extract: nothing in it is no error; JSON stays JSON" {
    printf '没有数字的一句话。\n' >none.txt
    run z extract none.txt
    [ "$status" = 0 ]
    [ -z "$output" ]
    [ "$(z extract -f json none.txt)" = "[]" ]
    [ "$(z extract -f csv none.txt | wc -l)" = 1 ]
    [ "$(z extract -f table none.txt | wc -l)" = 0 ]
    z extract -f json one.txt none.txt | python3 -c 'import json, sys; assert len(json.load(sys.stdin)) == 2'
}

@test "extract: many files in one stream, each with its name" {
    cp one.txt two.txt
    [ "$(z extract one.txt two.txt - <one.txt | python3 -c 'import json, sys
print(*[json.loads(l)["source"] for l in sys.stdin])')" = "one.txt one.txt two.txt two.txt - -" ]
}

@test "extract: a pipe and a file too large for memory give what a small one does" {
    python3 -c 'import sys
sys.stdout.write("\n" * 70000000 + open("one.txt").read())' >large.txt
    z extract large.txt >from-file
    z extract - <large.txt >from-redirection
    cat large.txt | z extract - >from-pipe
    [ "$(wc -l <from-file)" = 2 ]
    sed 's/large.txt/-/' from-file | cmp - from-pipe
    cmp from-pipe from-redirection
    [[ $(head -1 from-pipe) == *'"start":70000038,"end":70000045,'* ]]
}

@test "-o: a file appears complete, with the mode of the old one, or stays as it was" {
    umask 022
    z extract one.txt -o out.jsonl
    [ "$(wc -l <out.jsonl)" = 2 ]
    [ "$(stat -c %a out.jsonl)" = 644 ]
    chmod 600 out.jsonl
    before=$(sha256sum <out.jsonl)
    run z extract missing.txt -o out.jsonl
    [ "$status" = 3 ]
    z extract one.txt -o out.jsonl
    [ "$(sha256sum <out.jsonl)" = "$before" ]
    [ "$(stat -c %a out.jsonl)" = 600 ]
    ln -s out.jsonl link.jsonl
    z extract one.txt -f csv -o link.jsonl
    [ -L link.jsonl ]
    [ "$(head -c 6 out.jsonl)" = source ]
    z extract one.txt -o - | cmp - <(z extract one.txt)
    z extract one.txt -o /dev/stdout | cmp - <(z extract one.txt)
    [ "$(ls | grep -c '\.jsonl\.')" = 0 ]
}

@test "-o: where nothing can be written" {
    run z extract one.txt -o /nonexistent/x.jsonl
    [ "$status" = 3 ]
    [ "$output" = "zhibiao extract: /nonexistent/x.jsonl: cannot be written: No such file or directory; make its folder first" ]
    mkdir folder
    run z extract one.txt -f csv -o folder
    [ "$status" = 3 ]
    [ "$output" = "zhibiao extract: folder: a directory; name a file in it" ]
}

@test "a full disk is an error of every format and command, and nobody is told twice" {
    [ -w /dev/full ] || skip "no /dev/full"
    z ingest one.txt >/dev/null
    for format in table csv tsv json jsonl markdown; do
        for command in "extract one.txt" "show" "regions 紫云" "indicators gdp" "documents"; do
            run --separate-stderr bash -c "'$ZHIBIAO' $command -f $format >/dev/full"
            [ "$status" = 3 ] || { echo "$command -f $format: $status"; return 1; }
            [ "${#stderr_lines[@]}" = 1 ] || { echo "$command -f $format: $stderr"; return 1; }
        done
    done
    run bash -c "'$ZHIBIAO' --help >/dev/full"
    [ "$status" = 3 ]
    [ "$output" = "zhibiao: standard output cannot be written: No space left on device; is the disk full?" ]
    run z extract one.txt -o /dev/full
    [ "$status" = 3 ]
    run z plot bar --indicator planted_area -o /dev/full
    [ "$status" != 0 ]
}

@test "formats: one table in all of them" {
    run z regions -f csv 52
    [ "$output" = "code,name,level,path,children
52,贵州省,province,贵州省,9" ]
    run z regions -f tsv 52
    [ "$output" = "code	name	level	path	children
52	贵州省	province	贵州省	9" ]
    run z regions -f json 52
    [ "$output" = '[
{"code":"52","name":"贵州省","level":"province","path":"贵州省","children":9}
]' ]
    run z regions -f jsonl 52
    [ "$output" = '{"code":"52","name":"贵州省","level":"province","path":"贵州省","children":9}' ]
    run z regions -f markdown 52
    [ "$output" = '| code | name | level | path | children |
| --- | --- | --- | --- | ---: |
| 52 | 贵州省 | province | 贵州省 | 9 |' ]
    run z regions -f table 52
    [ "$output" = 'code name   level    path   children
52   贵州省 province 贵州省        9' ]
}

@test "formats: quotes, line breaks, bars, control characters, formulas" {
    python3 - <<'END'
import csv
with open("t.csv", "w", newline="") as f:
    csv.writer(f).writerows([["region", "indicator", "period", "value", "unit"],
        ["碧江区", 'a "b", c', 2019, 1, "元"], ["碧江区", "d|e\\f<g>", 2019, 2, "元"], ["碧江区", "@cmd", 2019, 3, "元"],
        ["碧江区", "h\u202ei\x1b[0m", 2019, 4, "元"], ["碧江区", "-2+3", 2019, -5, "元"]])
END
    z import t.csv >/dev/null
    z show -f csv | python3 -c 'import csv, sys
got = {float(r["value"]): r["indicator"] for r in csv.DictReader(sys.stdin)}
assert got[1] == "a \"b\", c", got
assert got[3] == "\x27@cmd" and got[-5] == "\x27-2+3", got
assert "\x1b" not in got[4] and "\u202e" not in got[4], got'
    z show -f tsv | grep -q "	'@cmd	"
    z show -f markdown | grep -qF '| d\|e\\f&lt;g> |'
    z show -f jsonl | python3 -c 'import json, sys
text = sys.stdin.read()
assert "\x1b" not in text and "\u202e" not in text
got = {json.loads(l)["value"]: json.loads(l)["indicator"] for l in text.splitlines()}
assert got[4] == "h\u202ei\x1b[0m" and got[3] == "@cmd" and got[1] == "a \"b\", c", got'
    run z show -f table
    [[ $output != *$'\033'* ]]
}

@test "the table leaves details out, the other formats have them" {
    z ingest one.txt >/dev/null
    [[ $(z show) != *evidence* ]]
    [[ $(z show -f csv | head -1) == *,evidence* ]]
    [[ $(z show) == *"4600 亩"* ]]
    [[ $(z show) == *"≥1200 户"* ]]
}

@test "nothing found: exit 1, an empty answer in the format asked for" {
    z ingest one.txt >/dev/null
    run --separate-stderr z show --region 北京 -f json
    [ "$status" = 1 ]
    [ "$output" = "[]" ]
    [ "$stderr" = "zhibiao show: nothing found; loosen the filters, or see what zhibiao documents lists" ]
    run --separate-stderr z show --indicator 种植面积 --region 北京
    [ "$status" = 1 ]
    [ -z "$output" ]
    [ "$stderr" = "zhibiao show: no observation of '种植面积' passes the filters; loosen them, or see what zhibiao show --indicator '种植面积' lists" ]
    wrong "zhibiao show: unknown indicator '种直面积' (did you mean '种植面积'?); zhibiao indicators lists them" show --indicator 种直面积
    run z documents --source nowhere
    [ "$status" = 1 ]
    [ "$output" = "zhibiao documents: no document's path or source has 'nowhere' in it" ]
    run z indicators qqqq
    [ "$status" = 1 ]
    [ "$output" = "zhibiao indicators: no indicator has 'qqqq' in its name" ]
    run z indicators --used --region 北京
    [ "$status" = 1 ]
    run z regions --level province --region 贵州
    [ "$status" = 1 ]
    [ "$output" = "zhibiao regions: no such regions; loosen --level or --region" ]
    run z regions 火星国
    [ "$status" = 1 ]
}

@test "regions: by code, name, part of a name, level and what lies below" {
    [ "$(z regions -f csv | wc -l)" = 32 ]
    [ "$(z regions --region 贵州 -f csv | wc -l)" = 10 ]
    [ "$(z regions --region 铜仁 --level county -f csv | wc -l)" = 11 ]
    [ "$(z regions --region 沿河 --level 9 -f csv | wc -l)" = 24 ]
    [[ $(z regions 520627108) == *客田镇* ]]
    [[ $(z regions --region 沿河 客田) == *520627108* ]]
    [ "$(z regions --level township 官舟 -f csv | wc -l)" -ge 2 ]
}

@test "indicators: the dictionary by id, name, synonym; and what is used" {
    z ingest one.txt >/dev/null
    [[ $(z indicators gdp -f csv | tail -n +2 | head -1) == gdp,地区生产总值,* ]]
    [[ $(z indicators 种植面积) == *planted_area* ]]
    [ "$(z indicators --used -f csv | wc -l)" = 3 ]
    [ "$(z indicators --used planted -f csv | wc -l)" = 2 ]
    wrong "zhibiao indicators: unknown level 'x'; write province, prefecture, county, township or village" indicators --level x
}

@test "ingest: a folder is walked in order; hidden and other files are passed over" {
    mkdir -p news/b news/a news/.git empty
    cp one.txt news/b/1.txt
    printf '2020年,紫云县种植辣椒5000亩。\n' >news/a/2.TXT
    printf '2020年,紫云县种植辣椒6000亩。\n' >news/.git/3.txt
    printf '2020年,紫云县种植辣椒7000亩。\n' >news/.hidden.txt
    printf 'region,value\n' >news/table.csv
    run z ingest news
    [ "$status" = 0 ]
    [ "$(sqlite3 store.db 'SELECT path FROM document ORDER BY id' | tr '\n' ' ')" = "news/a/2.TXT news/b/1.txt " ]
    run --separate-stderr z ingest empty
    [ "$status" = 3 ]
    [ "$stderr" = "zhibiao ingest: empty: no text files in this folder (.txt, .html, .jsonl and their like); name other files themselves" ]
    run z ingest news/table.csv - <one.txt
    [ "$status" = 0 ]
}

@test "ingest: the facts of a document are kept, the given ones first" {
    printf '紫云县的辣椒\n\n发布时间:2020-05-06\n\n今年,紫云县种植辣椒4600亩。\n' >dated.txt
    z ingest dated.txt >/dev/null
    z documents -f jsonl | python3 -c 'import json, sys
d = json.loads(sys.stdin.readline())
assert (d["path"], d["title"], d["published"], d["encoding"]) == ("dated.txt", "紫云县的辣椒", "2020-05-06", "UTF-8"), d'
    printf '今年,全县种植白茶100亩。\n' >bare.txt
    z ingest --published 2017-03-04 --region 紫云 bare.txt >/dev/null
    z show --period 2017 -f jsonl | python3 -c 'import json, sys
o = json.loads(sys.stdin.readline())
assert o["region_code"] == "520425" and o["value"] == 100 and o["published"] == "2017-03-04", o'
}

@test "ingest: every figure can be found in its document by its bytes" {
    z ingest "$SAMPLES" >/dev/null
    z show -f jsonl >rows
    python3 - <<'END'
import json
n = 0
for r in map(json.loads, open("rows")):
    raw = open(r["document"], "rb").read()[r["start"]:r["end"]]
    text = raw.decode("gb18030" if "gb18030" in r["document"] else "utf-8")
    assert text.strip() == r["quote"].strip(), (text, r["quote"])
    n += 1
assert n > 250
END
}

@test "ingest: a store that cannot be written stops the call, and is unharmed" {
    [ "$(id -u)" != 0 ] || skip "root writes everywhere"
    z ingest one.txt >/dev/null
    chmod 400 store.db
    printf '2020年,紫云县种植辣椒5000亩。\n' >two.txt
    run z ingest two.txt
    [ "$status" = 3 ]
    chmod 600 store.db
    [ "$(sqlite3 store.db 'SELECT count(*) FROM document')" = 1 ]
}

@test "no colour, no progress bar and no width where there is no terminal" {
    mkdir many
    for i in 1 2 3 4; do printf '2020年,紫云县种植辣椒%d000亩。\n' $i >many/$i.txt; done
    run --separate-stderr z ingest many
    [ -z "$stderr" ]
    wide=$(COLUMNS=200 z show | sha256sum)
    [ "$(COLUMNS=20 z show | sha256sum)" = "$wide" ]
    [ "$(LC_ALL=C TERM=dumb z show | sha256sum)" = "$wide" ]
}

@test "on a terminal: a progress bar on standard error only, and tables that fit" {
    command -v script >/dev/null || skip "no script(1)"
    mkdir many
    for i in 1 2 3 4; do printf '2020年,紫云县种植辣椒%d000亩。\n' $i >many/a-rather-long-name-of-a-file-$i.txt; done
    script -qec "'$ZHIBIAO' ingest many" /dev/null </dev/null >seen
    grep -qF '[##########          ' seen
    grep -qF '4/4' seen
    COLUMNS=100 script -qec "'$ZHIBIAO' show" /dev/null </dev/null >seen
    ! grep -q 'a-rather-long-name-of-a-file-1.txt' seen
    grep -q '1000 亩' seen
}

@test "CSV keeps line breaks of a cell, the table does not" {
    printf 'region,indicator,period,value,unit\n碧江区,"古桥\n保护",2019,3,座\n' >t.csv
    z import t.csv >/dev/null
    [ "$(z show -f csv | python3 -c 'import csv, sys; print(repr(next(csv.DictReader(sys.stdin))["indicator"]))')" = "'古桥\\n保护'" ]
    [ "$(z show | wc -l)" = 2 ]
    [ "$(z show -f tsv | wc -l)" = 2 ]
}
