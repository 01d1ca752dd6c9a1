#!/usr/bin/env bats
# reference-compile.bats — the compiler of the reference tables: what it says about a mistake in one of them.

setup() {
    COMPILE=$(dirname "$ZHIBIAO")/compile
    [ -x "$COMPILE" ] || skip "no $COMPILE"
    cd "$BATS_TEST_TMPDIR"
    mkdir t
    printf '52\t贵州省\n5204\t安顺市\n520425\t紫云苗族布依族自治县\n520425105\t大营镇\n' >t/regions.tsv
    printf ':520425105\n200\t湾塘村\n新街村\n' | xz >t/villages.xz
    printf '# code, alias, form\n520425\t紫云自治地方\tformer\n' >t/aliases.tsv
    printf '裡\t里\n縣\t县\n' >t/fold.tsv
    printf 'name\tdimension\tfactor\trole\taliases\n亩\tarea\t666.6666666666667\tmeasure\t市亩|畝\n' >t/units.tsv
    printf 'word\tclass\tvalue\n# a comment\n全镇\tscope\t9\n' >t/cues.tsv
    printf 'word\tclass\n辣椒\t\n' >t/items.tsv
    cat >t/indicators.json <<'EOF'
[{"id":"population","zh":"人口","en":"Population","dimension":"","aggregation":"sum","weight":"","kind":"level",
  "per":"","words":["总人口","人口+总数"]}]
EOF
}

# refuses MESSAGE: compiling fails with exactly this line, and leaves no image.
refuses() {
    run "$COMPILE" t image
    [ "$status" -eq 3 ]
    [ "$output" = "compile: $1" ] || { echo "got:  $output"; echo "want: compile: $1"; return 1; }
    [ ! -e image ]
}

@test "reference: a small set of tables compiles, always to the same bytes" {
    "$COMPILE" t image
    cp image once
    cp image.inc once.inc
    "$COMPILE" t image
    cmp image once
    cmp image.inc once.inc
}

@test "reference: a change of any table changes the hash" {
    "$COMPILE" t image
    head -c 200 image >before
    echo '# one more comment' >>t/cues.tsv
    "$COMPILE" t image
    head -c 200 image >after
    run cmp -s before after
    [ "$status" -eq 1 ]
}

@test "reference: units, cues, items and indicators may be missing, regions may not" {
    rm t/units.tsv t/cues.tsv t/items.tsv t/indicators.json
    "$COMPILE" t image
    rm image t/regions.tsv
    refuses "t/regions.tsv: No such file or directory"
}

@test "reference: wrong usage" {
    run "$COMPILE" t
    [ "$status" -eq 2 ]
    [ "$output" = "usage: compile FOLDER IMAGE" ]
}

@test "reference: an image that cannot be written" {
    run "$COMPILE" t no/such/folder/image
    [ "$status" -eq 3 ]
    [ "$output" = "compile: no/such/folder/image.inc: cannot be written" ]
}

@test "reference: regions: a code of the wrong length" {
    printf '52042\t某县\n' >>t/regions.tsv
    refuses "t/regions.tsv:5: needs a code of 2, 4, 6 or 9 digits and a name"
}

@test "reference: regions: a code twice" {
    printf '520425\t紫云县\n' >>t/regions.tsv
    refuses "t/regions.tsv: the code 520425 stands there twice"
}

@test "reference: regions: a parent that is missing" {
    printf '530102\t五华区\n' >>t/regions.tsv
    refuses "t/regions.tsv: the region above 530102 is missing: add its row"
}

@test "reference: villages: a township that does not exist" {
    printf ':520425999\n某村\n' | xz >t/villages.xz
    refuses "t/villages.xz:1: names no township of regions.tsv, or not in the order of the codes: run generate.sh again"
}

@test "reference: villages: numbers out of order" {
    printf ':520425105\n200\t湾塘村\n200\t新街村\n' | xz >t/villages.xz
    refuses "t/villages.xz:3: needs a number above the one before (999 at most) and a name: run generate.sh again"
}

@test "reference: villages: no xz file" {
    echo 'not packed' >t/villages.xz
    run "$COMPILE" t image
    [ "$status" -eq 3 ]
    [[ "$output" == *"compile: t/villages.xz: xz cannot unpack it (is xz-utils installed?)"* ]]
}

@test "reference: aliases: an unknown code" {
    printf '529999\t某县\tformer\n' >>t/aliases.tsv
    refuses "t/aliases.tsv:3: 529999 is no code of regions.tsv"
}

@test "reference: aliases: an unknown form" {
    printf '520425\t紫云\told\n' >>t/aliases.tsv
    refuses 't/aliases.tsv:3: the form must be abbreviated, bare or former, not "old"'
}

@test "reference: fold: a character twice, a chain, more than one character" {
    printf '裡\t里\n' >>t/fold.tsv
    refuses "t/fold.tsv:3: 裡 stands in the table twice"
    printf '裡\t裏\n裏\t里\n' >t/fold.tsv
    refuses "t/fold.tsv:2: U+88E1 folds to a character that is folded again: give the last one"
    printf '裡面\t里\n' >t/fold.tsv
    refuses "t/fold.tsv:1: column 1 must be one character below U+10000"
}

@test "reference: units: header, columns, factor, names" {
    printf '公顷\tarea\tmany\tmeasure\t\n' >>t/units.tsv
    refuses 't/units.tsv:3: the factor must be a positive number such as 666.6667, not "many"'
    printf 'name\tdimension\tfactor\trole\taliases\n公顷\tarea\t-1\tmeasure\t\n' >t/units.tsv
    refuses 't/units.tsv:2: the factor must be a positive number such as 666.6667, not "-1"'
    printf 'name\tdimension\tfactor\trole\taliases\n公顷\tarea\t1\tmeasure\n' >t/units.tsv
    refuses "t/units.tsv:2: has 4 columns instead of 5: separate them by one tab each"
    printf 'name\tdimension\tfactor\trole\taliases\n公顷\t面积\t1\tmeasure\t\n' >t/units.tsv
    refuses "t/units.tsv:2: needs a name, and a dimension and a role of small letters, digits and _"
    printf '公顷\tarea\t1\tmeasure\t\n' >t/units.tsv
    refuses "t/units.tsv:1: the first line must name the columns, separated by tabs: name dimension factor role aliases"
}

@test "reference: cues: unknown class, value that is no integer, Windows line ends" {
    printf '该村\twhere\t\n' >>t/cues.tsv
    refuses 't/cues.tsv:4: "where" is no class: see CUE_CLASSES in reference.h'
    printf 'word\tclass\tvalue\n该村\tscope\t1.5\n' >t/cues.tsv
    refuses 't/cues.tsv:2: the value must be an integer or empty, not "1.5"'
    printf 'word\tclass\tvalue\n该村\tscope\t9\r\n' >t/cues.tsv
    refuses "t/cues.tsv:2: ends in CR LF: save the file with Unix line ends"
}

@test "reference: items: class" {
    printf '白茶\tdrink\n' >>t/items.tsv
    refuses 't/items.tsv:3: the class must be an integer from 0 to 65535 or empty, not "drink"'
}

@test "reference: indicators: broken JSON, unknown key, aggregation, weight, id twice, too many words" {
    printf '[\n{"id":\n]' >t/indicators.json
    run "$COMPILE" t image
    [ "$status" -eq 3 ]
    [[ "$output" == "compile: t/indicators.json:"[23]": no valid JSON array of objects" ]]
    one='"zh":"人口","en":"Population","aggregation":"sum"'
    echo "[{\"id\":\"a\",$one,\"unit\":\"人\"}]" >t/indicators.json
    refuses 't/indicators.json: a: unknown key "unit"'
    echo '[{"id":"a","zh":"人口","en":"Population","aggregation":"total"}]' >t/indicators.json
    refuses "t/indicators.json: a: aggregation must be sum, mean or none"
    echo "[{\"id\":\"a\",$one,\"weight\":\"b\"}]" >t/indicators.json
    refuses "t/indicators.json: a: its weight b is no indicator"
    echo "[{\"id\":\"a\",$one},{\"id\":\"a\",$one}]" >t/indicators.json
    refuses "t/indicators.json: the id a stands there twice"
    echo "[{\"id\":\"a\",$one,\"words\":[\"一+二+三+四+五\"]}]" >t/indicators.json
    refuses 't/indicators.json: a: "一+二+三+四+五" must be 1 to 4 words joined by +'
    echo "[{\"id\":\"a\",$one,\"words\":[\"一+@b\"]}]" >t/indicators.json
    refuses 't/indicators.json: "@b" is no group (a string of "groups", or @item with a class of items.tsv)'
    echo "[{\"groups\":{\"@b\":\"二|@c\",\"@c\":\"三\"}},{\"id\":\"a\",$one,\"words\":[\"一+@b\"]}]" >t/indicators.json
    refuses 't/indicators.json: "@c" is no group (a string of "groups", or @item with a class of items.tsv)'
    echo "[{\"id\":\"a\",$one,\"words\":[\"一+@item7\"]}]" >t/indicators.json
    refuses 't/indicators.json: "@item7" is no group (a string of "groups", or @item with a class of items.tsv)'
    echo "[{\"id\":\"a\",$one,\"words\":[\"一||二\"]}]" >t/indicators.json
    refuses 't/indicators.json: "" is empty, too long or no UTF-8'
    echo "[{\"id\":\"A b\",$one}]" >t/indicators.json
    refuses 't/indicators.json: entry 1 (after "A b") needs an id of small letters, digits and _, a zh and an en'
}

@test "reference: indicators: alternatives with | and groups are those written out" {
    one='"zh":"人口","en":"Population","aggregation":"sum"'
    echo "[{\"id\":\"a\",$one,\"words\":[\"甲+丙\",\"乙+丙\",\"甲+丁\",\"乙+丁\"]}]" >t/indicators.json
    "$COMPILE" t written
    echo "[{\"groups\":{\"@g\":\"甲|乙\"}},{\"id\":\"a\",$one,\"words\":[\"@g+丙|丁\"]}]" >t/indicators.json
    "$COMPILE" t multiplied
    [ "$(stat -c %s written)" -eq "$(stat -c %s multiplied)" ]
}
