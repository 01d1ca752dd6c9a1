# Every command on real input, in every format; and bad input: the message, the exit status, the store unharmed.
bats_require_minimum_version 1.5.0

setup_file() {
    export STORE="$BATS_FILE_TMPDIR/store.db"
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export ROOT
    cd "$ROOT"
    "$ZHIBIAO" --store "$STORE" ingest data/samples >/dev/null
    "$ZHIBIAO" --store "$STORE" import data/samples/counties.csv >/dev/null
}
setup() {
    cd "$ROOT"
    SENTENCE='2019年,紫云县猫营镇种植辣椒4600亩,带动1200余户增收。'
}
z() { "$ZHIBIAO" --store "$STORE" "$@"; }

@test "extract prints JSON Lines with the documented keys, in order" {
    run bash -c "printf '%s\n' '$SENTENCE' | '$ZHIBIAO' extract -"
    [ "$status" = 0 ]
    [ "${#lines[@]}" = 2 ]
    [[ ${lines[0]} == '{"source":"-","start":38,"end":45,"quote":"4600亩","value":4600,"low":null,"high":null,"bound":"exact","unit":"亩","per":[],"region":{"code":"520425103","name":"猫营镇","path":"贵州省/安顺市/紫云苗族布依族自治县/猫营镇","how":"explicit"},"period":"2019","indicator":"种植辣椒面积","indicator_id":"planted_area","item":"辣椒","kind":"level","status":"actual","confidence":'* ]]
    [[ ${lines[1]} == *'"quote":"1200余户","value":1200,"low":null,"high":null,"bound":"above","unit":"户"'* ]]
    python3 -c 'import json,sys; [json.loads(l) for l in sys.argv[1:]]' "${lines[@]}"
}

@test "extract gives the same bytes in every locale and time zone" {
    expected=$("$ZHIBIAO" extract data/samples/*.txt | sha256sum)
    for env in "LC_ALL=C" "LC_ALL=POSIX TZ=Asia/Shanghai" "LANG=tr_TR.UTF-8 LC_NUMERIC=de_DE.UTF-8 TZ=America/New_York"; do
        [ "$(env $env "$ZHIBIAO" extract data/samples/*.txt | sha256sum)" = "$expected" ]
    done
}

@test "extract has every output format" {
    for format in table csv tsv json jsonl markdown; do
        run "$ZHIBIAO" extract --format "$format" data/samples/panguan-2020.txt
        [ "$status" = 0 ]
        [[ $output == *刺梨* ]]
    done
    "$ZHIBIAO" extract --format json data/samples/panguan-2020.txt | python3 -m json.tool >/dev/null
}

@test "extract: one bad file does not stop the others" {
    mkdir -p "$BATS_TEST_TMPDIR/folder"
    : >"$BATS_TEST_TMPDIR/empty.txt"
    printf 'a\0b' >"$BATS_TEST_TMPDIR/binary.txt"
    cd "$BATS_TEST_TMPDIR"
    run --separate-stderr "$ZHIBIAO" extract missing.txt folder empty.txt binary.txt "$ROOT/data/samples/panguan-2020.txt"
    [ "$status" = 3 ]
    [ "${#lines[@]}" -gt 10 ]
    [ "${#stderr_lines[@]}" = 4 ]
    [ "${stderr_lines[0]}" = "zhibiao extract: missing.txt: No such file or directory; check the name" ]
    [ "${stderr_lines[1]}" = "zhibiao extract: folder: a directory; name the files in it, or ingest it, which walks folders" ]
    [ "${stderr_lines[2]}" = "zhibiao extract: empty.txt: the file is empty; give a file with text in it" ]
    [ "${stderr_lines[3]}" = "zhibiao extract: binary.txt: a binary file (it holds NUL bytes); give a text file" ]
}

@test "extract: an unreadable file" {
    [ "$(id -u)" != 0 ] || skip "root reads everything"
    printf '%s\n' "$SENTENCE" >"$BATS_TEST_TMPDIR/locked.txt"
    chmod 0 "$BATS_TEST_TMPDIR/locked.txt"
    run "$ZHIBIAO" extract "$BATS_TEST_TMPDIR/locked.txt"
    [ "$status" = 3 ]
}

@test "extract: a full disk is an error" {
    [ -w /dev/full ] || skip "no /dev/full"
    run bash -c "'$ZHIBIAO' extract data/samples/panguan-2020.txt >/dev/full"
    [ "$status" = 3 ]
}

@test "usage errors: what, and what to do" {
    run z frobnicate
    [ "$status" = 2 ]
    [ "$output" = "zhibiao: unknown command 'frobnicate'; zhibiao --help lists them" ]
    run z extract
    [ "$status" = 2 ]
    [ "$output" = "zhibiao extract: needs FILE...; see zhibiao extract --help" ]
    run z extract --frob x
    [ "$status" = 2 ]
    [ "$output" = "zhibiao extract: unknown option '--frob'; see zhibiao extract --help" ]
    run z plot pie --indicator gdp -o x.svg
    [ "$status" = 2 ]
    [ "$output" = "zhibiao plot: unknown chart 'pie'; zhibiao plot --list shows them, and a figure's description ends in .json" ]
    run z extract - --published 2020-13-45
    [ "$status" = 2 ]
    run z compare --indicator 不存在的东西
    [ "$status" = 2 ]
    [ "$output" = "zhibiao compare: unknown indicator '不存在的东西'; zhibiao indicators lists them" ]
    run z show --region 火星县
    [ "$status" = 2 ]
    [[ $output == "zhibiao show: --region: no region is called \"火星县\"; the nearest are "* ]]
    run z show --format frob
    [ "$status" = 2 ]
    run z show --level frob
    [ "$status" = 2 ]
}

@test "a store that is missing, no database, a directory, or newer" {
    run "$ZHIBIAO" --store "$BATS_TEST_TMPDIR/none.db" show
    [ "$status" = 3 ]
    [[ $output == *"no such store; make one with ingest, or name another with --store" ]]
    printf 'this is no database, only some text of sufficient length\n%.0s' 1 2 3 4 >"$BATS_TEST_TMPDIR/text.db"
    before=$(sha256sum <"$BATS_TEST_TMPDIR/text.db")
    run "$ZHIBIAO" --store "$BATS_TEST_TMPDIR/text.db" show
    [ "$status" = 3 ]
    run "$ZHIBIAO" --store "$BATS_TEST_TMPDIR/text.db" ingest data/samples/panguan-2020.txt
    [ "$status" = 3 ]
    [ "$(sha256sum <"$BATS_TEST_TMPDIR/text.db")" = "$before" ]
    run "$ZHIBIAO" --store "$BATS_TEST_TMPDIR" show
    [ "$status" = 3 ]
    cp "$STORE" "$BATS_TEST_TMPDIR/newer.db"
    sqlite3 "$BATS_TEST_TMPDIR/newer.db" 'PRAGMA user_version = 99'
    run "$ZHIBIAO" --store "$BATS_TEST_TMPDIR/newer.db" check --reseal
    [ "$status" = 3 ]
    [[ $output == *"schema version 99"* ]]
}

@test "ingest twice changes nothing" {
    store="$BATS_TEST_TMPDIR/twice.db"
    "$ZHIBIAO" --store "$store" ingest data/samples >/dev/null
    rows() { sqlite3 "$store" 'SELECT count(*), sum(value), count(DISTINCT document) FROM observation; SELECT count(*) FROM document' 2>/dev/null ||
             sqlite3 "$store" 'SELECT count(*), sum(value) FROM observation; SELECT count(*) FROM document'; }
    before=$(rows)
    run "$ZHIBIAO" --store "$store" ingest data/samples
    [ "$status" = 0 ]
    [[ ${lines[1]} =~ ^new\ +0\ +0$ ]]
    [[ ${lines[2]} =~ ^unchanged\ +10\  ]]
    [ "$(rows)" = "$before" ]
    [ "$(sqlite3 "$store" 'PRAGMA integrity_check')" = ok ]
}

@test "ingest: the good files of a call are in, the bad ones are named" {
    store="$BATS_TEST_TMPDIR/mixed.db"
    : >"$BATS_TEST_TMPDIR/empty.txt"
    run --separate-stderr "$ZHIBIAO" --store "$store" ingest "$BATS_TEST_TMPDIR/empty.txt" data/samples/panguan-2020.txt
    [ "$status" = 3 ]
    [[ $stderr == *"empty.txt: the file is empty"* ]]
    [ "$(sqlite3 "$store" 'SELECT count(*) FROM document')" = 1 ]
}

@test "import: long table, evidence by row and column" {
    run z show --indicator gdp --region 碧江区 --period 2020 --format json
    [ "$status" = 0 ]
    [[ $output == *row*column* ]]
    run z import data/samples/counties.csv
    [ "$status" = 0 ]
    [[ $output == *unchanged* ]]
}

@test "import: a bad row is named and nothing goes in" {
    store="$BATS_TEST_TMPDIR/bad.db"
    printf 'region,indicator,period,value,unit\n碧江区,地区生产总值,2020,12.5亿,元\n火星县,地区生产总值,2020,1,元\n' >"$BATS_TEST_TMPDIR/bad.csv"
    run "$ZHIBIAO" --store "$store" import "$BATS_TEST_TMPDIR/bad.csv"
    [ "$status" = 3 ]
    [[ $output == *bad.csv*火星县* ]]
    [ ! -e "$store" ] || [ "$(sqlite3 "$store" 'SELECT count(*) FROM observation')" = 0 ]
    printf 'region,indicator,period,value,unit\n碧江区,地区生产总值,2020,多少,元\n' >"$BATS_TEST_TMPDIR/bad.csv"
    run "$ZHIBIAO" --store "$store" import "$BATS_TEST_TMPDIR/bad.csv"
    [ "$status" = 3 ]
    printf 'a,b\n1,2\n' >"$BATS_TEST_TMPDIR/bad.csv"
    run "$ZHIBIAO" --store "$store" import "$BATS_TEST_TMPDIR/bad.csv"
    [ "$status" = 3 ]
}

@test "import: GB18030, TSV, quoting, thousands, Chinese headings" {
    store="$BATS_TEST_TMPDIR/more.db"
    printf '地区\t指标\t年份\t数值\t单位\n"碧江区"\t地区生产总值\t2019\t1,234.5万\t元\n' | iconv -t GB18030 >"$BATS_TEST_TMPDIR/t.tsv"
    run "$ZHIBIAO" --store "$store" import "$BATS_TEST_TMPDIR/t.tsv"
    [ "$status" = 0 ]
    run "$ZHIBIAO" --store "$store" show --format csv
    [[ $output == *12345000* ]]
}

@test "show, documents, indicators, regions in every format" {
    for format in table csv tsv json jsonl markdown; do
        run z show --indicator planted_area --item 辣椒 --region 沿河 --format "$format"
        [ "$status" = 0 ]
        [[ $output == *官舟镇* ]]
        run z documents --format "$format"
        [ "$status" = 0 ]
        [[ $output == *panguan-2020.txt* ]]
        run z indicators --used --format "$format"
        [ "$status" = 0 ]
        [[ $output == *planted_area* ]]
        run z regions 沿河 --format "$format"
        [ "$status" = 0 ]
        [[ $output == *520627* ]]
    done
}

@test "show: filters and nothing found" {
    run z show --indicator planted_area --region 贵州省/铜仁市 --level township --period 2019 --kind level --status actual --source yanhe --format csv
    [ "$status" = 0 ]
    [ "${#lines[@]}" -ge 6 ]
    run z show --indicator planted_area --region 北京市
    [ "$status" = 1 ]
}

@test "indicators and regions: the dictionary" {
    run z indicators --format csv
    [ "$status" = 0 ]
    [ "${#lines[@]}" -gt 400 ]
    run z regions --level province --format csv
    [ "${#lines[@]}" = 32 ]
    run z regions 520627
    [[ $output == *沿河土家族自治县* ]]
    run z regions 盘县
    [[ $output == *盘州市* ]]
}

@test "compare: rank, share, ratio, difference, bounds" {
    run z compare --indicator planted_area --item 辣椒 --region 沿河 --level township --period 2019 --format csv
    [ "$status" = 0 ]
    [ "${#lines[@]}" = 6 ]
    [[ ${lines[1]} == 1,*客田镇*2150* ]]
    [[ $output == *980*above* || $output == *"≥980"* ]]
}

@test "total: reported against sum of parts with coverage, and refusals" {
    run z total --indicator assistance_funds --region 沿河 --period 2019 --format json
    [ "$status" = 0 ]
    [[ $output == *6825000* && $output == *8025000* && $output == *23* ]]
    run z total --indicator rural_disposable_income_per_capita --region 铜仁
    [ "$status" = 2 ] || [ "$status" = 1 ]
    [[ $output == *"is a mean and cannot be added up"* ]]
}

@test "plot: three formats, deterministic, and errors" {
    cd "$BATS_TEST_TMPDIR"
    for ending in svg png ps; do
        z plot bar --indicator planted_area --item 辣椒 --level township -o "a.$ending"
        z plot bar --indicator planted_area --item 辣椒 --level township -o "b.$ending"
        cmp "a.$ending" "b.$ending"
    done
    [ "$(head -c 4 a.png | od -An -c | tr -d ' \n')" = '211PNG' ]
    [ "$(head -c 4 a.ps)" = '%!PS' ]
    python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse("a.svg")'
    z plot line --indicator rural_disposable_income_per_capita --region 沿河 --level county -o line.svg 2>/dev/null
    grep -q 'class="' line.svg
    run z plot bar --indicator planted_area --region 北京市 -o none.svg
    [ "$status" = 1 ]
    [ ! -e none.svg ]
    run z plot bar --indicator planted_area -o chart.gif
    [ "$status" = 2 ]
    run z plot bar --indicator planted_area --level township -o /nonexistent/x.svg
    [ "$status" = 3 ]
}

@test "spreadsheet formulas are neutralised, numbers are not" {
    store="$BATS_TEST_TMPDIR/formula.db"
    printf 'region,indicator,period,value,unit\n碧江区,=1+1,2020,-5,元\n' >"$BATS_TEST_TMPDIR/f.csv"
    "$ZHIBIAO" --store "$store" import "$BATS_TEST_TMPDIR/f.csv"
    run "$ZHIBIAO" --store "$store" show --format csv
    [[ $output == *"'=1+1"* ]]
    [[ $output == *,-5,* ]]
}

@test "control characters of an article do not reach a terminal" {
    printf '2019年,紫云县\033[31m种植辣椒4600亩。\n' >"$BATS_TEST_TMPDIR/esc.txt"
    run "$ZHIBIAO" extract --format table "$BATS_TEST_TMPDIR/esc.txt"
    [ "$status" = 0 ]
    [[ $output != *$'\033'* ]]
}

@test "help, version" {
    run "$ZHIBIAO" --help
    [ "$status" = 0 ]
    for command in extract ingest import show regions indicators documents total compare plot; do
        run "$ZHIBIAO" "$command" --help
        [ "$status" = 0 ]
        [[ $output == "Usage: zhibiao $command"* ]]
    done
    run "$ZHIBIAO" --version
    [ "$status" = 0 ]
}
