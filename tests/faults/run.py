#!/usr/bin/env python3
"""run.py PROGRAM BUILD quick|slow [NAME...]: runs the tests of this folder, or those that are named. README.md lists them."""
import sys

import calls
import harness

TESTS = {
    'allocations': lambda bench: calls.test(bench, ('alloc',)),
    'system calls': lambda bench: calls.test(bench, calls.KINDS[1:]),
}

if __name__ == '__main__':
    sys.exit(harness.main(TESTS, sys.argv[1:]))
