# structure: location quotients, specialisation, concentration, shift-share and LMDI, wide, long and from the store.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export ZHIBIAO_STORE="$BATS_TEST_TMPDIR/store.db"
    cat >long.csv <<'END'
r,year,ind,e
A,2010,x,90
A,2010,y,20
A,2010,z,10
A,2010,w,60
A,2015,x,100
A,2015,y,40
A,2015,z,10
A,2015,w,55
N,2010,x,400
N,2010,y,150
N,2010,z,150
N,2010,w,400
N,2015,x,440
N,2015,y,210
N,2015,z,135
N,2015,w,480
END
}
z() { "$ZHIBIAO" "$@"; }
# pick COLUMN KEY...: of the first row of a CSV answer in which every KEY is a cell
pick() {
    python3 -c 'import csv, sys
for row in csv.DictReader(sys.stdin):
    if all(key in row.values() for key in sys.argv[2:]): print(row[sys.argv[1]]); break' "$@"
}
near() { python3 -c 'import sys; a, b = map(float, sys.argv[1:3]); sys.exit(not abs(a - b) <= 1e-13 * max(1e-3, abs(b)))' "$1" "$2"; }
refused() {
    local status_wanted=$1 message=$2
    shift 2
    run --separate-stderr "$ZHIBIAO" structure "$@"
    [ "$status" = "$status_wanted" ] || { echo "status $status: $stderr"; return 1; }
    [ "$stderr" = "zhibiao structure: $message" ] || { echo "$stderr"; return 1; }
    [ -z "$output" ]
}

@test "structure: Farhauer and Kröll's examples: quotient, Gini of specialisation, Krugman" {
    printf 'r,i,rest\nj,1714,77292\nall,879213,14714011\n' >q.csv
    near "$(z structure quotient --from q.csv --region r --value i,rest --reference all --format csv | pick location_quotient i)" 0.384762342301328
    printf 'r,a,b,c,d,e\nj,700,600,500,10000,40000\nall,30000,15000,10000,60000,50000\n' >g.csv
    near "$(z structure specialization --from g.csv --region r --value a,b,c,d,e --reference all --format csv | pick structure_gini j)" 0.622222222222222
    printf 'r,a,b,c,d,e\nj,20,10,70,0,0\nl,0,0,0,60,40\n' >k.csv
    z structure specialization --from k.csv --region r --value a,b,c,d,e --reference l --format csv >out.csv
    near "$(pick krugman j <out.csv)" 2
    [ "$(pick structure_gini j <out.csv)" = "" ]
    [ "$(pick note j <out.csv)" = "structure_gini: the base is zero" ]
    [ "$(wc -l <out.csv)" = 2 ]
}

@test "structure: shift-share: parts add up to the change; wide and long tables agree" {
    z structure shift-share --from long.csv --region r --group ind --value e --time year --reference N --format csv >out.csv
    python3 - <<'END'
import csv
rows = {r["term"]: {k: float(v) for k, v in r.items() if k.startswith("shift")} for r in csv.DictReader(open("out.csv"))}
total = rows[""]
for key, want in dict(shift_change=25, shift_national=27, shift_structural=1, shift_regional=-3, shift_net=-2).items():
    assert abs(total[key] - want) < 1e-12, (key, total[key])
    assert abs(sum(rows[i][key] for i in "xyzw") - want) < 1e-12
END
    printf 'r,year,x,y,z,w\nA,2010,90,20,10,60\nA,2015,100,40,10,55\nN,2010,400,150,150,400\nN,2015,440,210,135,480\n' >wide.csv
    z structure shift-share --from wide.csv --region r --value x,y,z,w --time year --reference N --format csv >wide.out
    cmp out.csv wide.out
    # periods the other way round
    near "$(z structure shift-share --from wide.csv --region r --value x,y,z,w --time year --reference N --between 2015,2010 --format csv | pick shift_change A '')" -25
}

@test "structure: concentration is specialisation with regions and parts exchanged" {
    printf 'r,a,b\nu,3,5\nv,7,1\n' >t.csv
    printf 'r,u,v\na,3,7\nb,5,1\n' >turned.csv
    z structure concentration --from t.csv --region r --value a,b --format csv >one
    z structure specialization --from turned.csv --region r --value u,v --format csv >two
    for part in a b; do
        for statistic in krugman structure_gini hhi structure_entropy; do
            [ -n "$(pick $statistic $part <one)" ]
            [ "$(pick $statistic $part <one)" = "$(pick $statistic $part <two)" ]
        done
    done
}

@test "structure: LMDI: Ang's example, sectors, growth from nothing" {
    printf 't,pop,a\n1,10,3\n2,12,4\n' >t.csv
    z structure lmdi --from t.csv --time t --value pop,a --format csv >out.csv
    near "$(pick value lmdi_effect pop <out.csv)" 6.98247378974034
    near "$(pick value lmdi_effect a <out.csv)" 11.0175262102597
    [ "$(pick value lmdi_total <out.csv)" = 18 ]
    printf 's,t,q,p\nu,1,0,2\nu,2,3,2\nv,1,5,1\nv,2,5,1\nw,1,4,4\n' >s.csv
    z structure lmdi --from s.csv --time t --group s --value q,p --format csv >out.csv
    [ "$(pick value lmdi_effect q <out.csv) $(pick value lmdi_effect p <out.csv) $(pick value lmdi_total <out.csv)" = "6 0 6" ]
    [ "$(pick note lmdi_total <out.csv)" = "1 row without figures of both periods left out" ]
}

@test "structure: bounds and gaps" {
    printf 'r,a,b\n1,10余,10\n2,10,10\n3,,5\n' >t.csv
    z structure quotient --from t.csv --region r --value a,b --format csv >out.csv
    [ "$(pick location_quotient_interval 1 a <out.csv)" = conventional ]  # the missing figure is left out
    [ "$(pick note 3 a <out.csv)" = "location_quotient: no values" ]
    [[ "$(pick note 2 b <out.csv)" == *"1 missing figure left out" ]]
    printf 'r,a,b\n1,10,10\n2,0,0\n' >zero.csv
    [ "$(z structure quotient --from zero.csv --region r --value a,b --format csv | pick note 2 a)" = "location_quotient: the base is zero" ]
    printf 'r,a,b\n1,10,-10\n2,1,1\n' >neg.csv
    z structure specialization --from neg.csv --region r --value a,b --format jsonl | head -1 | grep -q "krugman.*: a value is negative"
}

@test "structure: wrong use" {
    refused 2 "unknown method 'quotent' (did you mean 'quotient'?); write quotient, specialization, concentration, shift-share or lmdi" quotent --from long.csv
    refused 2 "what are the parts? name several columns, or with --group the column that names them" quotient --from long.csv --region r --value e
    refused 2 "the parts are either several columns or the groups of one; --group goes with one" quotient --from long.csv --value e,year --group ind
    refused 3 "A, x is there twice; --region, --group and --time name the columns that tell rows apart" quotient --from long.csv --region r --value e --group ind
    refused 2 "needs --time, the column with the periods" shift-share --from long.csv --region r --value e --group ind
    refused 2 "--between '2010': write two periods with a comma, such as 2015,2020" shift-share --from long.csv --region r --value e --group ind --time year --between 2010
    refused 2 "--between: there are no figures of 2012" shift-share --from long.csv --region r --value e --group ind --time year --between 2010,2012
    refused 2 "needs figures of two periods; all are of 2010" shift-share --from long.csv --region r --value e --group ind --time year --between 2010,2010
    refused 2 "--reference: 'M' is none of the regions" quotient --from long.csv --region r --value e --group ind --time year --reference M
    refused 2 "--between goes with shift-share and lmdi" quotient --from long.csv --between 1,2
    refused 2 "--weight does not go with structure" quotient --from long.csv --value e --weight e
    refused 3 "u is there twice in 2; --region and --group name the columns that tell rows apart" lmdi --from <(printf 's,t,q,p\nu,1,1,2\nu,2,3,2\nu,2,5,1\n') --region s --time t --value q,p
}

@test "structure: from the store: items of an indicator, several indicators, evidence, explanation" {
    cat >t.csv <<'END'
region,indicator,period,value,unit,item,status,kind
碧江区,种植面积,2019,400,亩,辣椒,,
碧江区,种植面积,2019,100,亩,茶叶,,
万山区,种植面积,2019,300余,亩,辣椒,,
万山区,种植面积,2019,500,亩,茶叶,,
END
    z import --region 铜仁市 t.csv >/dev/null
    z structure quotient --indicator 种植面积 --group item --format csv >out.csv
    [ "$(wc -l <out.csv)" = 5 ]
    near "$(pick location_quotient 碧江区 辣椒 <out.csv)" 1.48571428571429
    [ "$(pick location_quotient_interval 碧江区 辣椒 <out.csv)" = guaranteed ]
    z structure quotient --indicator 种植面积 --group item --evidence --format csv | grep -q "300余"
    z structure quotient --indicator 种植面积 --group item --layout long --explain --format json | grep -q 区位商
}
