# Care of a store: check, backup, merge, and stores that older versions made.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
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

# put NAME ROWS: a table with these rows into the store
put() {
    printf '%s\n' region,indicator,period,value,unit "${@:2}" >"$1.csv"
    z import "$1.csv" >/dev/null
}
# found CHECK: the rows of check's table with this name, as CSV without numbers of rows
found() { z check -f csv 2>/dev/null | grep ",$1," || true; }
contents() { z --store "$1" show -f csv | cut -d, -f2- | sort; }

@test "check: a store without trouble says so, exit status 0" {
    put a 紫云县,辣椒种植面积,2019,1200,亩 紫云县,辣椒种植面积,2020,1300,亩
    run --separate-stderr z check
    [ "$status" = 0 ]
    [ "$output" = "" ]
    [ "$stderr" = "zhibiao check: $ZHIBIAO_STORE: sound, no doubtful figures" ]
    run --separate-stderr z check --integrity
    [ "$stderr" = "zhibiao check: $ZHIBIAO_STORE: sound" ]
}

@test "check: documents that disagree, exit status 1" {
    put a 紫云县,辣椒种植面积,2019,1200,亩
    put b 紫云县,辣椒种植面积,2019,1500,亩
    fails 1 "zhibiao check: $ZHIBIAO_STORE: sound; 1 figure to look at" check
    [[ "$(found conflict)" == "doubt,conflict,1,1,"*"2 documents disagree: 1200 to 1500" ]]
    fails 0 "zhibiao check: $ZHIBIAO_STORE: sound" check --integrity
}

@test "check: a figure ten times its series' median is doubtful, nine times is not; and a tenth" {
    put a 紫云县,辣椒种植面积,2016,1000,亩 紫云县,辣椒种植面积,2017,1100,亩 紫云县,辣椒种植面积,2018,9900,亩
    [ -z "$(found outlier)" ]
    put b 普定县,辣椒种植面积,2016,1000,亩 普定县,辣椒种植面积,2017,1100,亩 普定县,辣椒种植面积,2018,10500,亩
    [[ "$(found outlier)" == *普定县*,2018,10500,亩,'"10 times the median of its other 2 periods, 1050"' ]]
    put c 平坝区,辣椒种植面积,2016,100,亩 平坝区,辣椒种植面积,2017,1100,亩 平坝区,辣椒种植面积,2018,1050,亩
    [[ "$(found outlier)" == *平坝区*,2016,100,亩,'"1/10.8 of the median of its other 2 periods, 1075"'* ]]
    # two periods say nothing
    put d 西秀区,辣椒种植面积,2016,1,亩 西秀区,辣椒种植面积,2017,1100,亩
    [ "$(found outlier | wc -l)" = 2 ]
}

@test "check: a part above its whole, for the same period and what can be added" {
    put a 紫云县,辣椒种植面积,2019,1200,亩 安顺市,辣椒种植面积,2019,1100,亩 安顺市,辣椒种植面积,2020,1,亩 贵州省,辣椒种植面积,2019,5000,亩
    run found parent
    [ "${#lines[@]}" = 1 ]
    [[ "$output" == *,1200,亩,"\"more than 1100 of 贵州省/安顺市, to which it belongs (observation 2)\"" ]]
    # a mean may be above that of the whole
    put b 紫云县,农村居民人均可支配收入,2019,12000,元 安顺市,农村居民人均可支配收入,2019,11000,元
    [ "$(found parent | wc -l)" = 1 ]
    # open bounds: at most 1500 may be less than the whole's 1300, at least 1500 may not
    put c 普定县,茶叶种植面积,2019,1500以下,亩 平坝区,茶叶种植面积,2019,1500余,亩 安顺市,茶叶种植面积,2019,1300,亩
    [ "$(found parent | wc -l)" = 2 ]
    [[ "$(found parent)" == *平坝区* ]]
    # planned figures are compared with planned ones
    [[ "$(found parent)" != *普定县* ]]
}

@test "check: faults are named one by one, exit status 3; figures of other tables stay right" {
    put a 紫云县,辣椒种植面积,2019,1200,亩 紫云县,辣椒种植面积,2020,1300,亩
    sqlite3 "$ZHIBIAO_STORE" "UPDATE document SET content = x'00'; UPDATE observation SET kind = 'colour' WHERE id = 1;
        PRAGMA foreign_keys = OFF; UPDATE observation SET region_code = '110101' WHERE id = 2"
    # another program wrote this: the pages are told first, the rest when what they say is to be trusted
    [[ "$(z check -f csv 2>/dev/null)" == *"fault,damage,,,,,,,,"*"page "*" is not as zhibiao wrote it: damaged, or written by another program"* ]]
    fails 3 "zhibiao check: $ZHIBIAO_STORE: 3 faults; the store stays as it is: restore a backup, or ingest the documents into a new store" check --reseal
    z check --reseal -f csv 2>/dev/null >out.csv || true
    diff out.csv - <<'EOF'
severity,check,observation,document,region,indicator,period,value,unit,trouble
fault,orphan,2,,,,,,,row 2 of observation names a region that is not there
fault,digest,,1,,,,,,the stored bytes of a.csv are not those that were read
fault,row,1,1,贵州省/安顺市/紫云苗族布依族自治县,辣椒种植面积,2019,1200,亩,its kind is none that is known
EOF
}

@test "check: a damaged file is refused or its damage is told, exit status 3" {
    z import "$ROOT/data/samples/counties.csv" >/dev/null
    sqlite3 "$ZHIBIAO_STORE" "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE" >/dev/null
    dd if=/dev/urandom of="$ZHIBIAO_STORE" bs=1 seek=20000 count=3000 conv=notrunc status=none
    run z check
    [ "$status" = 3 ]
    run z check --integrity -o out.csv -f csv
    [ "$status" = 3 ]
}

@test "check: what another program wrote is refused by every command, and read after check --reseal" {
    put a 紫云县,辣椒种植面积,2019,1200,亩 紫云县,辣椒种植面积,2020,1300,亩
    sqlite3 "$ZHIBIAO_STORE" "SELECT count(*) FROM observation" # reading changes nothing
    fails 0 "zhibiao check: $ZHIBIAO_STORE: sound" check --integrity
    sqlite3 "$ZHIBIAO_STORE" "UPDATE observation SET value = 1250 WHERE id = 1"
    run --separate-stderr z show -f csv
    [ "$status" = 3 ]
    [[ "$stderr" =~ ^"zhibiao show: $ZHIBIAO_STORE: page "[0-9]+" of the store is not as zhibiao wrote it: the file is damaged, or another program has written to it; restore a copy, or, when it was another program, run zhibiao check --reseal"$ ]]
    printf '2019年，紫云县种植辣椒1200亩。\n' >t.txt
    z --store other.db ingest t.txt >/dev/null
    for command in 'ingest t.txt' 'total --indicator 辣椒种植面积 --region 安顺' 'backup b.db' check 'check --integrity' 'merge other.db'; do
        run z $command
        [ "$status" = 3 ] || { echo "$command: $status: $output"; false; }
    done
    [ ! -e b.db ]
    fails 0 "zhibiao check: $ZHIBIAO_STORE: sound; every page has its checksum anew" check --reseal
    fails 0 "zhibiao check: $ZHIBIAO_STORE: sound, no doubtful figures" check
    [[ "$(z show -f csv)" == *1250* ]]
    # it may be done at any time
    fails 0 "zhibiao check: $ZHIBIAO_STORE: sound; every page has its checksum anew" check --reseal
    fails 3 "zhibiao check: none.db: no such store; make one with ingest, or name another with --store" --store none.db check --reseal
}

@test "check: no store, no file made" {
    fails 3 "zhibiao check: $ZHIBIAO_STORE: no such store; make one with ingest, or name another with --store" check
    [ ! -e "$ZHIBIAO_STORE" ]
}

@test "backup: the same figures in one file; what is there is not overwritten; the folder stays as it was" {
    z import "$ROOT/data/samples/counties.csv" >/dev/null
    mkdir to
    run z backup to/copy.db
    [ "$status" = 0 ]
    [ "$output" = "" ]
    [ "$(ls -A to)" = copy.db ]
    cmp <(contents "$ZHIBIAO_STORE") <(contents to/copy.db)
    [ "$(sqlite3 to/copy.db 'PRAGMA integrity_check')" = ok ]
    sum=$(sha256sum <to/copy.db)
    fails 3 "zhibiao backup: to/copy.db: is there already, and a backup overwrites nothing; name another file" backup to/copy.db
    fails 3 "zhibiao backup: $ZHIBIAO_STORE: is there already, and a backup overwrites nothing; name another file" backup "$ZHIBIAO_STORE"
    ln -s nowhere to/link
    fails 3 "zhibiao backup: to/link: is there already, and a backup overwrites nothing; name another file" backup to/link
    [ "$sum" = "$(sha256sum <to/copy.db)" ]
    # the copy can be written to, and the store does not change by it
    put a 紫云县,辣椒种植面积,2019,1200,亩
    z --store to/copy.db import a.csv >/dev/null
    z --store to/copy.db check --integrity
}

@test "backup: names of all kinds, and the errors" {
    put a 紫云县,辣椒种植面积,2019,1200,亩
    for name in 'file:x?mode=memory' ':memory:' "it's" '50%'; do
        z backup "$name"
        [ -s "$name" ]
        cmp <(contents "$ZHIBIAO_STORE") <(contents "$name")
    done
    fails 3 "zhibiao backup: missing/b.db: the backup cannot be written: No such file or directory; make its folder first" backup missing/b.db
    fails 2 "zhibiao backup: '-': name a file for the backup" backup -
    fails 2 "zhibiao backup: '': name a file for the backup" backup ''
    fails 2 "zhibiao backup: needs FILE; see zhibiao backup --help" backup
    fails 3 "zhibiao backup: none.db: no such store; make one with ingest, or name another with --store" --store none.db backup c.db
    [ ! -e c.db ]
}

@test "backup: beside a command that writes, a whole state of the store" {
    for i in $(seq 1 300); do printf '%s年，紫云县种植辣椒%s亩，种植茶叶%s亩。\n' 2019 $((1000 + i)) $((2000 + i)) >"t$i.txt"; done
    z ingest t1.txt >/dev/null
    z ingest t*.txt >/dev/null &
    writer=$!
    for i in 1 2 3 4 5; do
        z backup "b$i.db"
        [ "$(sqlite3 "b$i.db" 'PRAGMA integrity_check; SELECT count(*) FROM document WHERE 2 <> (SELECT count(*) FROM observation WHERE document_id = document.id)')" = $'ok\n0' ]
    done
    wait "$writer"
    [ "$(sqlite3 "$ZHIBIAO_STORE" 'SELECT count(*) FROM document')" = 300 ]
}

@test "merge: all documents of both, once; a second time changes nothing" {
    put a 紫云县,辣椒种植面积,2019,1200,亩
    put b 普定县,辣椒种植面积,2019,1500余,亩 普定县,茶叶种植面积,2019,3—5万,亩
    z --store other.db ingest "$ROOT/data/samples/panguan-2020.txt" "$ROOT/data/samples/ziyun-2020-gb18030.txt" >/dev/null
    z --store other.db import a.csv >/dev/null
    z --store all.db import a.csv b.csv >/dev/null
    z --store all.db ingest "$ROOT/data/samples/panguan-2020.txt" "$ROOT/data/samples/ziyun-2020-gb18030.txt" >/dev/null
    sum=$(sqlite3 other.db .dump | sha256sum)
    run z merge other.db -f csv
    [ "$status" = 0 ]
    [ "${lines[0]}" = "store,documents,observations,unchanged" ]
    [[ "${lines[1]}" == other.db,2,*,1 ]]
    cmp <(contents "$ZHIBIAO_STORE") <(contents all.db)
    z check --integrity
    [[ "$(z merge other.db -f csv)" == *$'\n'other.db,0,0,3 ]]
    cmp <(contents "$ZHIBIAO_STORE") <(contents all.db)
    [ "$sum" = "$(sqlite3 other.db .dump | sha256sum)" ]
    # evidence is traced as in the store that it came from
    [ "$(sqlite3 "$ZHIBIAO_STORE" "SELECT count(*) FROM document d JOIN observation o ON o.document_id = d.id WHERE o.run_id <> d.run_id")" = 0 ]
}

@test "merge: a document that the store has stays as the store reads it" {
    put a 紫云县,辣椒种植面积,2019,1200,亩
    cp "$ZHIBIAO_STORE" other.db
    sqlite3 other.db "UPDATE run SET tool_version = 'later'; UPDATE observation SET value = 5"
    z --store other.db check --reseal
    before=$(contents "$ZHIBIAO_STORE")
    [[ "$(z merge other.db -f csv)" == *,0,0,1 ]]
    [ "$before" = "$(contents "$ZHIBIAO_STORE")" ]
}

@test "merge: itself, no store, no database" {
    put a 紫云县,辣椒种植面积,2019,1200,亩
    [[ "$(z merge "$ZHIBIAO_STORE" -f csv)" == *,0,0,1 ]]
    fails 3 "zhibiao merge: none.db: no such store; make one with ingest, or name another with --store" merge none.db
    fails 3 "zhibiao merge: a.csv: not a database; name another file with --store" merge a.csv
    fails 2 "zhibiao merge: needs STORE...; see zhibiao merge --help" merge
}

@test "stores of every earlier version are brought to the newest, with all they hold" {
    newest=$(ls "$ROOT"/tests/store/version-*.sql | sed 's/.*-\([0-9]*\).sql/\1/' | sort -n | tail -1)
    printf '2019年，紫云县种植辣椒1200亩。\n' >t.txt
    z --store new.db ingest t.txt >/dev/null
    # a new version needs its dump here
    [ "$(sqlite3 new.db 'PRAGMA user_version')" = "$newest" ]
    for version in $(seq 1 "$newest"); do
        rm -f old.db*
        sqlite3 old.db <"$ROOT/tests/store/version-$version.sql"
        rows=$(sqlite3 old.db 'SELECT * FROM observation ORDER BY id; SELECT id, sha256, hex(content) FROM document')
        case $version in
        1 | 2)
            run z --store old.db show
            [ "$status" = 3 ]
            [[ "$output" == *"older schema version $version"* ]]
            ;;
        3)  # the tables of version 4, in pages without checksums: read as it is
            z --store old.db show >/dev/null
            run z --store old.db check --integrity
            [ "$output" = "zhibiao check: old.db: sound
zhibiao check: old.db: its pages have no checksums yet: an older zhibiao made it; the next command that writes adds them, and so does check --reseal" ]
            ;;
        *)  # what sqlite3 wrote has none
            run z --store old.db show
            [[ "$output" == *"old.db: page 1 of the store is not as zhibiao wrote it"* ]]
            z --store old.db check --reseal
            ;;
        esac
        z --store old.db ingest t.txt >/dev/null
        [ "$(sqlite3 old.db 'PRAGMA user_version')" = "$newest" ]
        cmp <(sqlite3 old.db .schema | sort) <(sqlite3 new.db .schema | sort)
        sqlite3 old.db 'DELETE FROM observation WHERE document_id = 2; DELETE FROM document WHERE id = 2'
        [ "$rows" = "$(sqlite3 old.db 'SELECT * FROM observation ORDER BY id; SELECT id, sha256, hex(content) FROM document')" ]
        z --store old.db check --reseal
        z --store old.db check --integrity
        z --store old.db show -f csv >"shown-$version.csv"
        cmp shown-1.csv "shown-$version.csv"
    done
}

@test "a store named like a folder is refused, and nothing is made" {
    printf '全县有320户。\n' >a.txt
    for name in new/ new/. new/..; do
        fails 3 "zhibiao ingest: $name: a directory's name; name the store's file with --store" --store "$name" ingest a.txt
        [ ! -e new ]
    done
}
