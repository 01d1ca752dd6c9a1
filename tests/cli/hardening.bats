# What the program is built with, read from the file itself. Sanitizers and -O0 leave some of it out.

setup() {
    readelf --version >/dev/null 2>&1 || skip "no readelf"
    readelf -d "$ZHIBIAO" | grep -qE 'asan|ubsan' && skip "a sanitizer's build"
    readelf -s "$ZHIBIAO" | grep -q __gcov_ && skip "a build that measures coverage"
    true
}

@test "position independent, relocations read-only, no writable code, no executable stack" {
    readelf -h "$ZHIBIAO" | grep -q 'Type: *DYN'
    readelf -dW "$ZHIBIAO" | grep -qE 'FLAGS_1.*PIE'
    readelf -lW "$ZHIBIAO" | grep -q GNU_RELRO
    readelf -dW "$ZHIBIAO" | grep -qE 'BIND_NOW|FLAGS.*NOW'
    ! readelf -lW "$ZHIBIAO" | grep -E 'GNU_STACK.*RWE|LOAD.*RWE'
    ! readelf -dW "$ZHIBIAO" | grep -E 'RPATH|RUNPATH|TEXTREL'
}

@test "stack protector and checked functions of the C library" {
    readelf -sW "$ZHIBIAO" | grep -q __stack_chk_fail
    # of the project's own code, not only of what is linked in: snprintf is everywhere in it
    readelf -sW "$ZHIBIAO" | grep -qE ' __(v?snprintf|memcpy|fprintf|printf)_chk'
}

@test "indirect branch tracking where the processor has it" {
    [ "$(uname -m)" = x86_64 ] || skip "not x86-64"
    # what is linked from archives without it takes the mark from the whole; our own objects have it
    object=$(dirname "$ZHIBIAO")/cli/main.o
    [ -f "$object" ] || skip "no objects beside the program"
    readelf -nW "$object" | grep -qE 'IBT'
}
