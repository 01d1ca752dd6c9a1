#!/usr/bin/env bats
# jobs.bats — extract in several threads gives the same bytes as in one.

setup() {
    cd "$BATS_TEST_DIRNAME/../.."
    texts=(data/samples/*.txt)
}

@test "jobs: many files give the same bytes, output and complaints, whatever the number of threads" {
    printf '2019年紫云县投入\xff3亿元。\n' >"$BATS_TEST_TMPDIR/broken.txt"
    files=("${texts[@]}" "$BATS_TEST_TMPDIR/broken.txt" nosuch.txt "${texts[@]}")
    "$ZHIBIAO" extract "${files[@]}" >"$BATS_TEST_TMPDIR/one" 2>"$BATS_TEST_TMPDIR/one.err" || one=$?
    for jobs in 2 3 64; do
        "$ZHIBIAO" extract --jobs $jobs "${files[@]}" >"$BATS_TEST_TMPDIR/more" 2>"$BATS_TEST_TMPDIR/more.err" || more=$?
        [ "$more" -eq "$one" ]
        cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/more"
        cmp "$BATS_TEST_TMPDIR/one.err" "$BATS_TEST_TMPDIR/more.err"
    done
}

@test "jobs: one text of many windows gives the same bytes, also as an array" {
    cat data/samples/yanhe-townships-2019.txt data/samples/ziyun-townships-2019.txt >"$BATS_TEST_TMPDIR/text.txt"
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        cat "$BATS_TEST_TMPDIR/text.txt" "$BATS_TEST_TMPDIR/text.txt" >"$BATS_TEST_TMPDIR/twice"
        mv "$BATS_TEST_TMPDIR/twice" "$BATS_TEST_TMPDIR/text.txt"
        [ "$(wc -c <"$BATS_TEST_TMPDIR/text.txt")" -lt 9000000 ] || break
    done
    for format in jsonl json; do
        "$ZHIBIAO" extract -f $format "$BATS_TEST_TMPDIR/text.txt" | sha256sum >"$BATS_TEST_TMPDIR/one"
        "$ZHIBIAO" extract -f $format -j 3 "$BATS_TEST_TMPDIR/text.txt" | sha256sum >"$BATS_TEST_TMPDIR/more"
        cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/more"
    done
}

@test "jobs: an array without figures is empty" {
    printf '山清水秀。\n' >"$BATS_TEST_TMPDIR/none.txt"
    [ "$("$ZHIBIAO" extract -f json -j 2 "$BATS_TEST_TMPDIR/none.txt" "$BATS_TEST_TMPDIR/none.txt")" = "[]" ]
}

@test "jobs: a full disk is an error" {
    run "$ZHIBIAO" extract -j 2 -o /dev/full "${texts[@]}"
    [ "$status" -eq 3 ]
}

@test "jobs: what is no number of threads is refused" {
    for jobs in 0 65 -1 two; do
        run "$ZHIBIAO" extract --jobs="$jobs" "${texts[0]}"
        [ "$status" -eq 2 ]
        [ "$output" = "zhibiao extract: --jobs: '$jobs' is not a number of threads; write 1 to 64" ]
    done
}
