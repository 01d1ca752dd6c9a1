#!/bin/sh
# count.sh LOG — sums what cmocka and bats printed into one closing line; fails when something failed or nothing ran.
awk '
    /^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
    /^\[  FAILED  \] [0-9]+ test/ { failed += $4 }
    /^\[  SKIPPED \] [0-9]+ test/ { skipped += $4 }
    /^ok [0-9]+ .*# skip/ { skipped++; next }
    /^ok [0-9]+ / { passed++ }
    /^not ok [0-9]+ / { failed++ }
    END {
        printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : ""
        exit failed > 0 || passed == 0
    }' "$1"
