#!/bin/sh
# bench.sh ZHIBIAO FOLDER — throughput of extract over 50 MB of text made from the samples, peak memory, start-up time.
#
# The text is varied: every copy of the samples has other figures, so that nothing can be cached, and starts elsewhere.
set -eu
zhibiao=$1
folder=$2
mkdir -p "$folder"
text=$folder/text-50mb.txt
if [ ! -s "$text" ]; then
    for sample in data/samples/*.txt; do
        case $sample in *gb18030*) ;; *) cat "$sample" ;; esac
    done >"$folder/seed.txt"
    awk 'BEGIN { srand(7) }
         { line[NR] = $0 }
         END {
             while (size < 50000000) {
                 from = int(rand() * NR)
                 for (i = 1; i <= NR; i++) {
                     s = line[(from + i) % NR + 1]
                     gsub(/[3-8]/, int(rand() * 9) + 1, s)
                     print s
                     size += length(s) + 1
                 }
             }
         }' "$folder/seed.txt" >"$text"
fi
bytes=$(wc -c <"$text")
for run in 1 2 3; do
    start=$(date +%s%N)
    "$zhibiao" extract "$text" -o "$folder/out.jsonl" 2>/dev/null
    end=$(date +%s%N)
    awk -v b="$bytes" -v d=$((end - start)) 'BEGIN { printf "%.2f\n", b / 1e6 / (d / 1e9) }'
done | sort -n | awk -v b="$bytes" '{ rate[NR] = $1 }
    END { printf "extract: median %s MB/s on one core (%s to %s, three runs over %.0f MB)\n", rate[2], rate[1], rate[3], b / 1e6 }'
echo "observations: $(wc -l <"$folder/out.jsonl")"
peak() { (ulimit -v "$1"; "$zhibiao" extract "$text" >/dev/null 2>&1); }
for mib in 128 160 192 256 384 512; do
    if peak $((mib * 1024)); then
        echo "extract: the whole run fits in $mib MiB of address space"
        break
    fi
done
printf '%s\n' '2019年,紫云县猫营镇种植辣椒4600亩,带动1200余户增收。' >"$folder/one.txt"
start=$(date +%s%N)
i=0
while [ $i -lt 200 ]; do
    "$zhibiao" extract "$folder/one.txt" >/dev/null
    i=$((i + 1))
done
end=$(date +%s%N)
awk -v d=$((end - start)) 'BEGIN { printf "extract on one sentence: %.1f ms wall, start to end (mean of 200)\n", d / 200 / 1e6 }'
rm -f "$folder/out.jsonl"
