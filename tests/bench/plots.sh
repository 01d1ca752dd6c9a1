#!/bin/sh
# plots.sh ZHIBIAO FOLDER — what a chart costs, as a whole process, beside gnuplot drawing the same bars at the same size.
#
# Both run by turns, so that a busy machine slows both; the medians are compared. gnuplot gets its sorted values and labels
# from a file, as its users do; its own text is not placed apart, and its bars have no labels on them. Without gnuplot only
# this program's times are given.
set -eu
zhibiao=$1
folder=$2
runs=${3:-21}
mkdir -p "$folder"
awk 'BEGIN { print "region,value"; for (i = 0; i < 30; i++) printf "第%d县,%d\n", i + 1, 1000 + (i * 7919) % 9000 }' >"$folder/bars.csv"
tail -n +2 "$folder/bars.csv" | sort -t, -k2 -n | awk -F, '{ printf "\"%s\" %d\n", $1, $2 }' >"$folder/bars.dat"
awk 'BEGIN { srand(7); print "region,x,value"; for (i = 0; i < 100000; i++) { x = rand() * 1000; printf "r%d,%.2f,%.2f\n", i, x, x + 300 * rand() } }' >"$folder/points.csv"
awk 'BEGIN { print "region,value"; for (i = 0; i < 3200; i++) printf "r%d,%d\n", i, (i * 7919) % 9973 }' >"$folder/counties.csv"
awk 'BEGIN { printf "{\"type\":\"FeatureCollection\",\"features\":["; for (i = 0; i < 3200; i++) { x = 100 + (i % 80) / 4; y = 30 + int(i / 80) / 4
    printf "%s{\"type\":\"Feature\",\"properties\":{\"name\":\"r%d\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[", i ? "," : "", i
    for (k = 0; k < 25; k++) { a = k * 6.2831853 / 24; printf "%s[%.5f,%.5f]", k ? "," : "", x + 0.125 + 0.12 * cos(a), y + 0.125 + 0.12 * sin(a) }
    printf "]]}}" } print "]}" }' >"$folder/counties.geojson"
height=$("$zhibiao" plot bar --from "$folder/bars.csv" --format svg | sed -n 's/.*<svg .* height="\([0-9]*\)".*/\1/p')
for terminal in svg pngcairo; do
    cat >"$folder/$terminal.gp" <<END
set terminal $terminal size 760,$height font "WenQuanYi Micro Hei,10"
set output "$folder/gnuplot.$terminal"
set style fill solid
set boxwidth 0.7
set yrange [-0.5:29.5]
set xrange [0:*]
unset key
plot "$folder/bars.dat" using (\$2*0.5):0:(\$2*0.5):(0.35):ytic(1) with boxxyerror lc rgb "#0072b2"
END
done

# median NAME COMMAND…: of the wall times in a file
now() { date +%s%N; }
once() { start=$(now); "$@" >/dev/null 2>&1; echo $(($(now) - start)); }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.2f", v[int((NR + 1) / 2)] / 1e6 }'; }

: >"$folder/own.svg.t"; : >"$folder/own.png.t"; : >"$folder/other.svg.t"; : >"$folder/other.png.t"
i=0
while [ $i -lt "$runs" ]; do
    once "$zhibiao" plot bar --from "$folder/bars.csv" -o "$folder/own.svg" >>"$folder/own.svg.t"
    once "$zhibiao" plot bar --from "$folder/bars.csv" -o "$folder/own.png" >>"$folder/own.png.t"
    if command -v gnuplot >/dev/null; then
        once gnuplot "$folder/svg.gp" >>"$folder/other.svg.t"
        once gnuplot "$folder/pngcairo.gp" >>"$folder/other.png.t"
    fi
    i=$((i + 1))
done
for kind in svg png; do
    own=$(median "$folder/own.$kind.t")
    if [ -s "$folder/other.$kind.t" ]; then
        other=$(median "$folder/other.$kind.t")
        awk -v k=$kind -v a="$own" -v b="$other" -v n="$runs" 'BEGIN { printf "30 bars, %s: %.1f ms; gnuplot %.1f ms; ratio %.2f (medians of %d, by turns)\n", k, a, b, a / b, n }'
    else
        echo "30 bars, $kind: $own ms (no gnuplot to compare with)"
    fi
done
for kind in svg png; do
    : >"$folder/case.t"
    for run in 1 2 3 4 5; do once "$zhibiao" plot map --from "$folder/counties.csv" --map "$folder/counties.geojson" -o "$folder/case.$kind" >>"$folder/case.t"; done
    echo "3,200 regions of 25 points, map, $kind: $(median "$folder/case.t") ms; $(($(wc -c <"$folder/case.$kind") / 1024)) KiB"
done
for case in "scatter points svg 100,000 points" "scatter points png 100,000 points" "bar counties svg 3,200 bars" "strip counties svg 3,200 dots"; do
    set -- $case
    type=$1 data=$2 kind=$3
    shift 3
    : >"$folder/case.t"
    for run in 1 2 3 4 5; do once "$zhibiao" plot "$type" --from "$folder/$data.csv" -o "$folder/case.$kind" >>"$folder/case.t"; done
    echo "$*, $type, $kind: $(median "$folder/case.t") ms; $(($(wc -c <"$folder/case.$kind") / 1024)) KiB"
done
