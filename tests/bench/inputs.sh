#!/bin/sh
# inputs.sh ZHIBIAO FOLDER — time and memory on inputs that are large or meant to hurt; the suite has small variants.
#
# A gigabyte of text, one line of 100 MB, a million one-line records, 100,000 nested tags, the largest page, and pages of
# 1 MB that once made parsers slow. FULL=1 takes the gigabyte; without it a tenth.
set -eu
zhibiao=$1
folder=$2
mkdir -p "$folder"
tenth=$folder/text.txt  # made by bench.sh: 100 MB
[ -s "$tenth" ] || { echo "run bench.sh first: it makes $tenth" >&2; exit 1; }

# measure LABEL FILE
measure() {
    python3 - "$1" "$zhibiao" "$2" <<'PY'
import os, resource, subprocess, sys, time
label, program, path = sys.argv[1:]
start = time.time()
done = subprocess.run([program, "extract", path, "-o", "/dev/null"], stderr=subprocess.PIPE, text=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
said = " — " + done.stderr.strip().splitlines()[0].split(": ", 2)[-1] if done.returncode else ""
print("%-40s %7.1f MB %8.2f s %5.0f MiB%s" % (label, os.path.getsize(path) / 1e6, time.time() - start, usage.ru_maxrss / 1024, said))
PY
}
# filled FILE HEAD UNIT BYTES
filled() {
    { printf '%s' "$2"; yes "$3" | tr -d '\n' | head -c "$4"; } >"$folder/$1"
}

if [ -n "${FULL:-}" ]; then
    for i in 1 2 3 4 5 6 7 8 9 10; do cat "$tenth"; done >"$folder/input.txt"
    measure "a gigabyte of text" "$folder/input.txt"
else
    measure "a tenth of a gigabyte of text" "$tenth"
fi
filled input.txt 紫云县 '2019年投入资金300万元用于产业发展和基础设施建设,' 100000000
measure "one line of 100 MB" "$folder/input.txt"
awk 'BEGIN { for (i = 1; i <= 1000000; i++)
    printf "{\"id\":\"a%d\",\"title\":\"紫云县猫营镇小结\",\"published\":\"2020-01-15\",\"text\":\"去年,全镇种植辣椒%d亩,带动%d户。\"}\n", i, i % 9000 + 100, i % 900 + 10 }' \
    >"$folder/input.jsonl"
measure "a million one-line records" "$folder/input.jsonl"
page='<html><body><p>2019年紫云县投入3亿元。</p>'
filled input.html "$page" '<div>' 500000
measure "100,000 nested tags" "$folder/input.html"
filled input.html "$page" '<p>2019年紫云县投入3亿元,其中用于道路建设和饮水安全的资金分别为1.2亿元和3000万元。</p>' 16000000
measure "a page of 16 MB" "$folder/input.html"
for unit in '</b>' '</x>' '&x' '<!--' '<p>' '<' '<tr><td>3' '<a b="'; do
    filled input.html "$page" "$unit" 1000000
    measure "a page of $unit" "$folder/input.html"
done
rm -f "$folder"/input.*
