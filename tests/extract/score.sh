#!/bin/sh
# score.sh — how well the extractor does on a folder of annotated texts.
#
#   tests/extract/score.sh SCORER [FOLDER] [SCORER OPTION ...]
#
# FOLDER holds NAME.txt with NAME.jsonl beside it; without one it is tests/extract/heldout. SCORER is a program that is
# called as "SCORER [options] FOLDER -" and reads observations as JSON Lines. Uses $ZHIBIAO, else build/zhibiao.
#
# heldout/ is there to judge with, not to learn from: whoever writes rules looks at its scores only.
set -eu
[ $# -ge 1 ] || { echo "usage: $0 SCORER [FOLDER] [OPTION ...]" >&2; exit 2; }
scorer=$1; shift
folder=$(dirname "$0")/heldout
if [ $# -ge 1 ] && [ -d "$1" ]; then folder=$1; shift; fi
found=$(mktemp); trap 'rm -f "$found"' EXIT
"${ZHIBIAO:-build/zhibiao}" extract --format jsonl "$folder"/*.txt > "$found"
"$scorer" "$@" "$folder" - < "$found"
