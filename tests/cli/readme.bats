# The README's session, run as it stands: every line that begins with `$` and the output printed below it.

@test "the README's examples give what it prints" {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    mkdir -p "$BATS_TEST_TMPDIR/data"
    cp -r "$root/data/samples" "$BATS_TEST_TMPDIR/data/samples"
    cd "$BATS_TEST_TMPDIR"
    zhibiao() { "$ZHIBIAO" "$@"; }
    examples=0
    expected=
    actual=
    while IFS= read -r line; do
        case $line in
        '    $ '*)
            [ "$actual" = "$expected" ]
            actual=$(eval "${line#    \$ }" | sed 's/ *$//')
            expected=
            examples=$((examples + 1))
            ;;
        '    '*) [ "$examples" -gt 0 ] && expected="$expected${expected:+
}${line#    }" ;;
        *)
            [ "$examples" = 0 ] || [ "$actual" = "$expected" ] || { diff <(echo "$expected") <(echo "$actual"); false; }
            ;;
        esac
    done <"$root/README.md"
    [ "$examples" -ge 4 ]
    [ -s peppers.png ]
    # the same picture, not the same bytes: another version of the font or of zlib changes those
    [ "$(head -c 24 peppers.png | od -An -tx1)" = "$(head -c 24 "$root/data/samples/peppers.png" | od -An -tx1)" ]
}
