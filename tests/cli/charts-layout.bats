# Every chart type at three sizes with 5, 30 and 120 regions, laid out by a browser: no text overlaps another or leaves the page.

bats_require_minimum_version 1.5.0

@test "text boxes of every chart type stay apart and on the page" {
    for browser in chromium chromium-browser google-chrome; do
        command -v "$browser" >/dev/null && break
    done
    command -v "$browser" >/dev/null || skip "no Chromium: apt-get install chromium"
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    run python3 "$ROOT/tests/plots/overlap.py" "$ZHIBIAO" "$BATS_TEST_TMPDIR"
    echo "$output"
    [ "$status" = 0 ]
    echo "# ${lines[-1]}" >&3
}
