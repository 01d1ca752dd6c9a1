#!/bin/sh
# fuzz.sh BUILD SECONDS TARGET… — runs each target on its corpus for SECONDS, two at a time; new inputs grow in BUILD/grown,
# findings stay in BUILD/findings. The last line counts; exit status 1 when there is a finding.
build=$1 seconds=$2
shift 2
here=$(dirname "$0")

one() {
    target=$1
    grown=$build/grown/$target
    findings=$build/findings/$target
    mkdir -p "$grown" "$findings"
    [ "$target" = store ] && length=65536 || length=8192  # a store of a few pages has 32 KB
    # memory and time of one input are bounded, too: more is a finding
    ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 \
        "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len="$length" \
        -print_final_stats=1 -artifact_prefix="$findings/" -close_fd_mask=1 $([ -f "$here/$target.dict" ] && echo -dict="$here/$target.dict") \
        "$grown" "$here/corpus/$target" >"$build/$target.log" 2>&1 || {
        echo "$target" >>"$build/found"
        grep -E 'ERROR|runtime error|broken promise|SUMMARY|Test unit written' "$build/$target.log" | head -5
    }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")
    echo "$target: ${runs:-?} inputs in $seconds s"
}

: >"$build/found"
targets=$#
while [ $# -gt 0 ]; do
    one "$1" &
    if [ $# -gt 1 ]; then
        shift
        one "$1" &
    fi
    wait
    shift
done
found=$(wc -l <"$build/found")
echo "$targets targets, $found with findings"
[ "$found" = 0 ]
