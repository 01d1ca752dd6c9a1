#!/bin/sh
# gallery.sh ZHIBIAO FOLDER — every chart type from data/samples, as SVG and PNG, and an HTML page that shows them all.
set -eu
zhibiao=$1
folder=$2
mkdir -p "$folder"
rm -f "$folder"/*.svg "$folder"/*.png "$folder/store.db"
export ZHIBIAO_STORE="$folder/store.db"
"$zhibiao" ingest data/samples >/dev/null
"$zhibiao" import data/samples/counties.csv >/dev/null
page="$folder/index.html"
echo '<!DOCTYPE html><html lang="zh"><meta charset="UTF-8"><title>zhibiao: gallery</title><style>body{font:15px sans-serif;margin:2em auto;max-width:62em;background:#eee}figure{background:#fff;margin:0 0 2em}figure img{max-width:100%;display:block}figcaption{padding:.6em 1em;font-family:monospace}</style>' >"$page"

# piped NAME STATISTIC ARGUMENTS --- PLOT ARGUMENTS: what another command computes, as a chart
piped() {
    name=$1
    shift
    statistic=
    while [ "$1" != --- ]; do
        statistic="$statistic $1"
        shift
    done
    shift
    # shellcheck disable=SC2086
    "$zhibiao" $statistic --format csv 2>/dev/null >"$folder/statistic.csv"
    for ending in svg png; do
        "$zhibiao" plot "$@" --from - -o "$folder/$name.$ending" <"$folder/statistic.csv" 2>"$folder/notes.txt" || { cat "$folder/notes.txt"; exit 1; }
    done
    printf '<figure><img src="%s.svg" alt=""><figcaption>zhibiao %s -f csv | zhibiao plot %s --from -</figcaption></figure>\n' "$name" "$statistic" "$*" >>"$page"
}

# chart NAME ARGUMENT...: both formats, and its place on the page
chart() {
    name=$1
    shift
    for ending in svg png; do
        "$zhibiao" plot "$@" -o "$folder/$name.$ending" 2>"$folder/notes.txt" || { cat "$folder/notes.txt"; exit 1; }
    done
    printf '<figure><img src="%s.svg" alt=""><figcaption>zhibiao plot %s</figcaption></figure>\n' "$name" \
        "$(printf '%s' "$*" | sed 's/&/\&amp;/g; s/</\&lt;/g')" >>"$page"
}

income=农村居民人均可支配收入
tongren="--region 铜仁 --level county"
chart signs data/samples/signs.json
chart bar bar --indicator 种植面积 --item 辣椒 --region 沿河 --level township --period 2019 --title 各乡镇辣椒种植面积
chart bar-highlight bar --indicator $income $tongren --period 2020 --highlight 沿河 --reference mean
chart bar-grouped bar --from data/samples/crops.csv --title 各乡镇特色作物面积 --size a4
chart bar-two-years bar --indicator 常住人口 $tongren --group period --source counties.csv
chart bar-panels bar --indicator $income --level county --period 2020 --panel above --highlight 沿河
chart bar-dark bar --indicator $income --level county --period 2020 --size slide --theme dark --highlight 沿河,紫云
chart column column --indicator $income $tongren --period 2020 --reference mean
chart column-many column --indicator $income --level county --period 2020
chart column-stacked column --from data/samples/crops.csv --arrange stacked --title 各乡镇特色作物面积
chart bar-percent bar --from data/samples/crops.csv --arrange percent --title 各乡镇特色作物构成
chart dot dot --indicator $income $tongren --period 2020 --highlight 沿河
chart lollipop lollipop --indicator $income $tongren --period 2020
chart dumbbell dumbbell --indicator $income $tongren
chart slope slope --indicator $income $tongren --highlight 沿河
chart line line --indicator $income --region 沿河 --level county
chart line-counties line --indicator $income $tongren --highlight 沿河,碧江
chart line-panels line --indicator $income --level county --panel above --size a4
chart trend trend --indicator $income $tongren --highlight 沿河,碧江
chart area area --from data/samples/crops-by-year.csv --title 特色作物面积
chart area-percent area --from data/samples/crops-by-year.csv --arrange percent --title 特色作物构成
chart bump bump --indicator $income $tongren --highlight 沿河
chart scatter scatter --indicator $income --x 常住人口 --level county --period 2020 --highlight 沿河
chart scatter-panels scatter --indicator $income --x 常住人口 --level county --period 2020 --panel above
chart box box --indicator $income --level county --period 2020 --group above
chart strip strip --indicator $income --level county --period 2020 --group above
chart histogram histogram --indicator $income --level county --period 2020 --reference mean,median
chart heatmap heatmap --indicator "$income,常住人口,辣椒种植面积,培训人次" --level county --region 铜仁
chart lorenz lorenz --indicator $income --weight 常住人口 --level county --period 2020
chart pyramid data/samples/age-pyramid.json
chart map map --indicator $income $tongren --period 2020 --map data/samples/tongren-schematic.geojson --highlight 沿河
chart tile tile --indicator $income $tongren --period 2020 --map data/samples/tongren-schematic.geojson --classes jenks:4
piped growth compare --indicator $income $tongren --period 2020 --- bar --value annual_growth --highlight 沿河
piped gini inequality --indicator $income --level county --group period --- line --time group --value gini,cv --title 县域差距
chart english line --indicator $income $tongren --highlight 沿河,碧江 --language en
chart english-dark bar --from data/samples/crops.csv --title "Specialty crops by township" --subtitle "Area planted, 2020" --language en --theme dark
chart english-signs data/samples/signs.json --language en
rm -f "$folder/notes.txt" "$folder/statistic.csv"
echo "gallery: $(ls "$folder"/*.svg | wc -l) charts; $page"
