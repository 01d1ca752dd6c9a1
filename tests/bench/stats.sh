#!/bin/sh
# stats.sh PROGRAM FOLDER [ROWS] — how long `summary` takes over a table of millions of rows in 3,000 groups, and how long the
# peers take that are installed. Each runs RUNS times, whole process; the least time counts. Writes its inputs to FOLDER.
#
# DuckDB: node with @duckdb/node-api in $DUCKDB_MODULES (a folder that holds node_modules); two threads unless $THREADS says
# otherwise. What is missing is said in a line.
set -eu
program=$1
folder=$2
rows=${3:-5000000}
runs=${RUNS:-3}
threads=${THREADS:-2}
here=$(dirname "$0")
mkdir -p "$folder"
table=$folder/rows-$rows.tsv
if [ ! -s "$table" ]; then
    # 3,000 groups; a skewed value with two decimals; the same bytes everywhere
    awk -v rows="$rows" 'BEGIN {
        print "region\tvalue"
        seed = 1
        for (i = 0; i < rows; i++) {
            seed = (seed * 16807) % 2147483647; group = seed % 3000
            seed = (seed * 16807) % 2147483647; u = seed / 2147483647
            printf "r%04d\t%.2f\n", group, u * u * 100000
        }
    }' >"$table.new"
    mv "$table.new" "$table"
fi

# least NAME COMMAND...: the least wall time of the runs in seconds and the peak memory in MB, in $seconds and $megabytes
least() {
    seconds=
    megabytes=0
    for run in $(seq "$runs"); do
        /usr/bin/time -f '%e %M' -o "$folder/time" "$@" >"$folder/out" 2>"$folder/err" || { seconds=failed; tail -1 "$folder/err" >&2; return; }
        read -r elapsed kilobytes <"$folder/time"
        seconds=$(awk -v a="${seconds:-1e9}" -v b="$elapsed" 'BEGIN { print (b < a ? b : a) }')
        megabytes=$((kilobytes / 1024 > megabytes ? kilobytes / 1024 : megabytes))
    done
}
line() {
    [ "$seconds" = failed ] && { printf '%-44s failed\n' "$1"; return; }
    awk -v name="$1" -v s="$seconds" -v mb="$megabytes" -v own="$own" 'BEGIN {
        printf "%-44s %7.2f s %6d MB", name, s, mb
        if (own > 0 && s > 0) printf "   ours is %.2f of it", own / s
        print "" }'
}
missing() { printf '%-44s not installed: skipped\n' "$1"; }

echo "sum, mean, median, sd of $rows rows in 3,000 groups; least of $runs runs"
own=0
least "$program" summary --from "$table" --group region --value value --statistics sum,mean,median,sd --format csv -o "$folder/own.csv"
line "zhibiao summary --from"
own=$seconds
least "$program" summary --from "$table" --group region --value value --format csv -o "$folder/all.csv"
line "zhibiao summary --from, all statistics"

# the same number of observations in a store: counties by months; made once, in some minutes
store=$folder/store-$rows.db
if [ -n "${STORE:-}" ] && [ ! -s "$store" ]; then
    "$program" regions --level county --format tsv | awk -F '\t' -v rows="$rows" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "code") c = i; next }
        { code[++n] = $c }
        END {
            print "region\tindicator\tperiod\tvalue\tunit"
            seed = 1
            for (i = 1; i <= n; i++) for (m = 0; m < rows / n && made < rows; m++) {
                seed = (seed * 16807) % 2147483647; u = seed / 2147483647; made++
                printf "%s\t常住人口\t%d-%02d\t%.2f\t人\n", code[i], 1870 + int(m / 12), m % 12 + 1, u * u * 100000
            }
        }' >"$folder/observations.tsv"
    "$program" --store "$store" import "$folder/observations.tsv" >/dev/null
    rm -f "$folder/observations.tsv"
fi
if [ -s "$store" ]; then
    least "$program" --store "$store" summary --indicator 常住人口 --all --group county --statistics sum,mean,median,sd --format csv -o "$folder/stored.csv"
    line "zhibiao summary of a store of $rows"
else
    echo "zhibiao summary of a store: skipped; STORE=1 makes one of $rows observations"
fi

sql="sum(value), avg(value), median(value), stddev_samp(value)"
if command -v node >/dev/null && [ -n "${DUCKDB_MODULES:-}" ] && [ -d "$DUCKDB_MODULES/node_modules/@duckdb/node-api" ]; then
    cat >"$folder/duck.cjs" <<END
const { DuckDBInstance } = require('$DUCKDB_MODULES/node_modules/@duckdb/node-api');
(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '$threads' });
  const connection = await instance.connect();
  await connection.run("copy (select region, $sql from read_csv('$table', delim='\t', header=true) group by region) to '$folder/duck.csv' (header)");
})();
END
    least node "$folder/duck.cjs"
    line "DuckDB, $threads threads, with node's start"
else
    missing "DuckDB"
fi
if command -v datamash >/dev/null; then
    least sh -c "LC_ALL=C datamash -s -H -g 1 sum 2 mean 2 median 2 sstdev 2 <'$table'"
    line "datamash"
else
    missing "datamash"
fi
if command -v gawk >/dev/null; then
    least gawk -F '\t' 'NR > 1 { n[$1]++; v[$1][n[$1]] = $2; s[$1] += $2 }
        END { for (g in n) { m = s[g] / n[g]; q = 0; for (i in v[g]) q += (v[g][i] - m) ^ 2; asort(v[g]); k = n[g]
              print g, s[g], m, k % 2 ? v[g][(k + 1) / 2] : (v[g][k / 2] + v[g][k / 2 + 1]) / 2, sqrt(q / (k - 1)) } }' "$table"
    line "gawk"
else
    missing "gawk"
fi
if command -v sqlite3 >/dev/null; then
    cat >"$folder/lite.sql" <<END
create table t(region text, value real);
.mode tabs
.import --skip 1 $table t
select region, sum(value), avg(value), sqrt((sum(value * value) - sum(value) * avg(value)) / (count(*) - 1)) from t group by region;
select region, avg(value) from (select region, value, row_number() over (partition by region order by value) as i,
  count(*) over (partition by region) as n from t) where i in ((n + 1) / 2, (n + 2) / 2) group by region;
END
    runs=1
    least sqlite3 :memory: ".read $folder/lite.sql"
    line "sqlite3"
else
    missing "sqlite3"
fi
