#!/bin/sh
# bench.sh ZHIBIAO FOLDER — what extraction costs: throughput over 100 MB of text, memory, start-up.
#
# The text has about one figure in 170 bytes, as real county articles have (text.awk says how it is made). The samples
# alone, which are figures only, make the second, harder line. Numbers move with the machine: compare ratios.
set -eu
zhibiao=$1
folder=$2
here=$(dirname "$0")
mkdir -p "$folder"

# make_text NAME SIZE PROSE
make_text() {
    [ -s "$folder/$1" ] && [ "$folder/$1" -nt "$here/prose.txt" ] && [ "$folder/$1" -nt "$here/text.awk" ] && return
    for sample in data/samples/*.txt; do
        case $sample in *gb18030*) ;; *) cat "$sample" ;; esac
    done >"$folder/seed.txt"
    LC_ALL=C awk -v SIZE="$2" -v PROSE="$3" -f "$here/text.awk" "$here/prose.txt" "$folder/seed.txt" >"$folder/$1"
}

now() { date +%s%N; }

# throughput NAME LABEL: the median of five runs, and how dense the figures stood
throughput() {
    bytes=$(wc -c <"$folder/$1")
    for run in 1 2 3 4 5; do
        start=$(now)
        "$zhibiao" extract "$folder/$1" -o "$folder/out.jsonl" 2>/dev/null
        echo $(($(now) - start))
    done | sort -n | awk -v b="$bytes" -v o="$(wc -l <"$folder/out.jsonl")" -v label="$2" '{ rate[NR] = b * 1000 / $1 }
        END { printf "extract, %s: median %.1f MB/s on one core (%.1f to %.1f, five runs over %.0f MB; one figure in %.0f bytes)\n",
              label, rate[3], rate[5], rate[1], b / 1e6, b / o }'
}

make_text text.txt 100000000 2.8
make_text dense.txt 30000000 0
: >"$folder/out.jsonl"
"$zhibiao" extract "$folder/text.txt" -o "$folder/out.jsonl" 2>/dev/null
throughput text.txt "text of county articles"
"$zhibiao" extract "$folder/dense.txt" -o "$folder/out.jsonl" 2>/dev/null
throughput dense.txt "figures only"

# two_cores LABEL FILE...: the ratio of one job to two, each the best of three, and whether the bytes are the same
two_cores() {
    label=$1
    shift
    for jobs in 1 2 1 2 1 2; do
        start=$(now)
        "$zhibiao" extract --jobs $jobs "$@" >"$folder/out-$jobs.jsonl" 2>/dev/null
        echo "$jobs $(($(now) - start))"
    done | awk -v label="$label" '!($1 in best) || $2 < best[$1] { best[$1] = $2 }
        END { printf "extract --jobs 2, %s: %.2f times as fast as one job\n", label, best[1] / best[2] }'
    cmp "$folder/out-1.jsonl" "$folder/out-2.jsonl"
}
two_cores "one file" "$folder/text.txt"
if [ ! -s "$folder/part-aa" ] || [ "$folder/text.txt" -nt "$folder/part-aa" ]; then
    rm -f "$folder"/part-*
    split -C 200K "$folder/text.txt" "$folder/part-"
fi
two_cores "$(ls "$folder"/part-* | wc -l) files" "$folder"/part-*
rm -f "$folder"/out-*.jsonl

peak() { (ulimit -v "$1"; "$zhibiao" extract --jobs "$2" "$folder/text.txt" >/dev/null 2>&1); }
for jobs in 1 2; do
    for mib in 96 128 160 192 256 320 384 512 768; do
        if peak $((mib * 1024)) $jobs; then
            echo "extract --jobs $jobs: the whole run fits in $mib MiB of address space"
            break
        fi
    done
done

printf '%s\n' '2019年,紫云县猫营镇种植辣椒4600亩,带动1200余户增收。' >"$folder/one.txt"
# starts COMMAND...: milliseconds, the mean of 200 starts
starts() {
    start=$(now)
    i=0
    while [ $i -lt 200 ]; do
        "$@" >/dev/null
        i=$((i + 1))
    done
    awk -v d=$(($(now) - start)) 'BEGIN { printf "%.2f", d / 200 / 1e6 }'
}
own=$(starts "$zhibiao" extract "$folder/one.txt")
nothing=$(starts /bin/true)
echo "extract on one sentence: $own ms, start to end (mean of 200); a program that does nothing: $nothing ms"
if command -v sqlite3 >/dev/null; then
    echo "for comparison, sqlite3 with one SELECT: $(starts sqlite3 :memory: 'select 1') ms"
fi
rm -f "$folder/out.jsonl"
