#!/usr/bin/env python3
"""run.py PROGRAM BUILD quick|coverage|slow|all [NAME...]: runs the tests of this folder, or those that are named. README.md lists them."""
import sys

import calls
import crowd
import disk
import harness
import hostile
import kills
import places

TESTS = {
    'allocations': lambda bench: calls.test(bench, ('alloc',)),
    'places that allocate': calls.test_places,
    'system calls': lambda bench: calls.test(bench, calls.KINDS[1:]),
    'kills': kills.test_kills,
    'signals': kills.test_signals,
    'pipes': kills.test_pipes,
    'full disks': disk.test_full,
    'damage': disk.test_damage,
    'locales and clocks': places.test_places,
    'sizes': places.test_sizes,
    'first writers': crowd.test_first_writers,
    'writers': crowd.test_writers,
    'read-only': crowd.test_read_only,
    'hostile strings': hostile.test,
    'valgrind': crowd.test_valgrind,
}

if __name__ == '__main__':
    sys.exit(harness.main(TESTS, sys.argv[1:]))
