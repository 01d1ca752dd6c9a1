"""crowd.py: several programs on one store at once, and a store that cannot be written."""
import os
import subprocess
import time

import corpus
import harness

WRITERS = 8
DOCUMENTS = {False: 40, True: 1000}
STARTS = {False: 60, True: 600}


def test_first_writers(bench):
    """Writers that all start where there is no store: one makes it, and each of the others finds none or a whole one."""
    folder = bench.folder('first')
    texts = [corpus.articles(os.path.join(folder, f'texts.{i}'), 1, 1, harness.SEED + 200 + i) for i in range(WRITERS)]
    findings = []
    for number in range(STARTS[bench.slow]):
        store = os.path.join(folder, f'{number}.db')
        writers = [subprocess.Popen([bench.program, '--store', store, 'ingest', path], cwd=harness.ROOT, env=bench.environment,
                                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for path in texts]
        for writer in writers:
            err = writer.communicate(timeout=harness.SECONDS)[1].decode()
            if writer.returncode != 0:
                findings.append(f'store {number}: exit status {writer.returncode}: {err.strip()[-200:]}')
        if len(harness.documents(store)) != WRITERS:
            findings.append(f'store {number}: {len(harness.documents(store))} documents of {WRITERS}')
        os.unlink(store)
    return f'{STARTS[bench.slow]} times {WRITERS} writers that make one store', findings


def test_writers(bench):
    """Eight writers, readers beside them: every document is there in the end, or a writer said that the store is in use."""
    count = DOCUMENTS[bench.slow]
    folder = bench.folder('crowd')
    store = os.path.join(folder, 'store.db')
    texts = [corpus.articles(os.path.join(folder, f'texts.{i}'), count, 2, harness.SEED + 100 + i) for i in range(WRITERS)]
    findings = []
    writers = [subprocess.Popen([bench.program, '--store', store, 'ingest', path], cwd=harness.ROOT, env=bench.environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for path in texts]
    reads, busy = 0, 0
    started = time.monotonic()
    while any(w.poll() is None for w in writers) and time.monotonic() - started < 900:
        for words in (['documents', '-f', 'csv'], ['total', '--indicator', '种植面积', '--region', '贵州', '-f', 'csv'], ['show', '-f', 'jsonl']):
            done = subprocess.run([bench.program, '--store', store] + words, cwd=harness.ROOT, env=bench.environment,
                                  capture_output=True, timeout=harness.SECONDS, check=False)
            reads += 1
            missing = b'no such store' in done.stderr or b'not a zhibiao store' in done.stderr  # before the first writer made it
            if done.returncode not in (0, 1) and not (missing and time.monotonic() - started < 5):
                findings.append(f'{words[0]}: exit status {done.returncode}: {done.stderr.decode().strip()[-200:]}')
            time.sleep(0.01)
    for i, writer in enumerate(writers):
        err = writer.communicate(timeout=harness.SECONDS)[1].decode()
        if writer.returncode == 3 and 'in use' in err:
            busy += 1
        elif writer.returncode != 0:
            findings.append(f'writer {i}: exit status {writer.returncode}: {err.strip()[-200:]}')
    wrong = harness.unsound(store)
    if wrong:
        findings.append(wrong)
    there = len(harness.documents(store))
    if busy == 0 and there != WRITERS * count:
        findings.append(f'{there} documents of {WRITERS * count}')
    if busy > 0:   # said so: done again one after the other, everything is there
        for path in texts:
            bench.must(['--store', store, 'ingest', path])
        if len(harness.documents(store)) != WRITERS * count:
            findings.append('not everything is there after a second run')
    return f'{WRITERS} writers of {count} documents: {there} there, {busy} writers gave way; {reads} readers beside them', findings


def test_read_only(bench):
    """Reading works from a file system that cannot be written; writing says so."""
    top = bench.folder('readonly')
    if subprocess.run(['mount', '-t', 'tmpfs', 'tmpfs', top], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        return 'skipped: mount is refused here # skip', []
    findings, number = [], 0
    try:
        store = os.path.join(top, 'store.db')
        with open(store, 'wb') as file:
            file.write(harness.read(bench.samples))
        subprocess.run(['mount', '-o', 'remount,ro', top], check=True)
        folder = bench.folder('readonly.work')
        for command in harness.commands():
            if command.store == 'none':
                continue
            number += 1
            result = bench.run(command, folder, store=store)
            if not command.writes:
                bench.store_for(command, folder)
                expected = bench.run(command, folder)
            if command.writes and (result.status != 3 or b'read-only' not in result.err):
                findings.append(f'{command.name}: exit status {result.status}: {result.err.decode().strip()[-160:]}')
            elif not command.writes and (result.status, result.output) != (expected.status, expected.output):
                findings.append(f'{command.name}: another output: {result.status}: {result.err.decode().strip()[-160:]}')
    finally:
        subprocess.run(['umount', top], check=True)
    return f'{number} commands on a read-only file system', findings


def under_valgrind(bench, command):
    folder = bench.folder(f'{command.name}.valgrind')
    bench.store_for(command, folder)
    words = ['/usr/bin/env', 'valgrind', '-q', '--error-exitcode=99', '--leak-check=full', '--errors-for-leak-kinds=definite',
             f'--suppressions={os.path.join(harness.HERE, "valgrind.supp")}', bench.program]
    result = bench.run(command, folder, program=words, seconds=300)
    return [f'{command.name}: {result.err.decode("utf-8", "replace").strip()[:900]}'] if result.status == 99 or result.crashed else []


def test_valgrind(bench):
    if bench.sanitized or subprocess.run(['which', 'valgrind'], capture_output=True, check=False).returncode != 0:
        return 'skipped: no valgrind, or a program with a sanitizer # skip', []
    commands = harness.commands() if bench.slow else [c for c in harness.commands() if c.name in ('import', 'total')]
    findings = [finding for some in harness.spread(under_valgrind, [(bench, c) for c in commands]) for finding in some]
    return f'{len(commands)} commands under valgrind', findings
