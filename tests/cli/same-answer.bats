# What is answered in a shorter way for speed is answered as the general way does.
bats_require_minimum_version 1.5.0

@test "summary: big tables and whole stores, with one oddity each, as the general reader has them" {
    cd "$BATS_TEST_TMPDIR"
    run python3 "$BATS_TEST_DIRNAME/same_answer.py" "$ZHIBIAO"
    cut -c1-1000 <<<"$output" | head -20
    [ "$status" = 0 ]
    [[ "${lines[-1]}" == *" compared, "*" answered, 0 problems" ]]
}
