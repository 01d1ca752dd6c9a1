"""hostile.py: names and strings that mean harm, in every argument of every command.

Passes: a documented exit status, the store as sound as before with the same tables and views, and no file anywhere but where an
argument said."""
import os
import shutil
import sqlite3

import harness

# not '/': ingest would read every text of the machine
STRINGS = [
    "' OR '1'='1", "'; DROP TABLE observation; --", '" OR ""="', "x'); DELETE FROM document; --", "1; ATTACH DATABASE 'owned.db' AS a",
    "') UNION SELECT sql FROM sqlite_schema --", '%', '_', '%%%', '[a-z]*', '?1', ':name', '@p', '$x', "''", "'", '"', '`', '\\', '\\\\', ';', '--', '/*',
    '../../../../etc/passwd', '..', '.', '/nonexistent/', '//nonexistent//y', './/..//', 'a/../../b', '/nonexistent/x/y', '~', '$(touch owned)', '`touch owned`', '|touch owned',
    '>owned', '&', 'file:owned.db?mode=rwc', ':memory:', 'a' * 300, '村' * 300, '\n', '\t\r\n', '\x1b[2J\x1b]0;owned\x07', '\u202e\u2066owned', '%s%s%n',
    '-', '--', '--output=owned', '-oowned', '\ufeff', '0', '-1', '1e999', 'nan', '99999999999999999999', '2019-13-45', '{}', '[[[[', '<svg onload=x>',
    ' ', '',
]
PICK = {False: 3, True: None}


def listing(top):
    """All files below, but what the harness itself writes."""
    return {os.path.relpath(os.path.join(folder, name), top) for folder, _, names in os.walk(top, followlinks=False) for name in names}


def schema(path):
    db = sqlite3.connect(path)
    try:
        return db.execute('SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2').fetchall()
    finally:
        db.close()


def one_command(bench, command, strings):
    # a folder of its own as the top of everything: what goes up a few folders is still seen
    top = bench.folder(f'{command.name}.hostile')
    work = os.path.join(top, 'a', 'b', 'c', 'work')
    os.makedirs(work)
    for name in ('data', 'tests'):
        os.symlink(os.path.join(harness.ROOT, name), os.path.join(work, name))
    findings, runs = [], 0
    words = ([] if command.store == 'none' else ['--store', 'store.db']) + command.words
    places = range(len(words))
    known = {'stdout', 'stderr'}
    store = os.path.join(work, 'store.db')
    plan = schema(bench.samples)
    before, bytes_before = harness.documents(bench.samples), harness.read(bench.samples)
    for place in places:
        for k, string in enumerate(strings):
            if PICK[bench.slow] is not None and (k + place * 7) % (len(strings) // PICK[bench.slow]) != 0:
                continue
            runs += 1
            for name in os.listdir(work):
                path = os.path.join(work, name)
                if name not in ('data', 'tests'):
                    shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
            if command.store != 'none':
                shutil.copyfile(bench.samples, store)
            given = [bench.chart if w == 'CHART' else bench.samples if w == 'SAMPLES' else 'out' + w[3:] if w.startswith('OUT.') else w for w in words]
            given[place] = string
            status, err = run(bench, command, given, work, top)
            what = f'{command.name}: {" ".join(given)!r}'
            if status not in (0, 1, 2, 3):
                findings.append(f'{what}: exit status {status}: {err[-200:]!r}')
            elif status == 3 and not err.strip():
                findings.append(f'{what}: exit status 3 without a message')
            if b'\x1b' in err or '\u202e'.encode() in err:
                findings.append(f'{what}: control characters reach the terminal')
            # files that an argument names, literally; the rest is nobody's business
            told = {os.path.normpath(os.path.join(work, w)) for w in given}
            told |= {os.path.normpath(os.path.join(work, string.split('=', 1)[1]))} if string.startswith('--output=') else set()
            told |= {os.path.join(work, 'owned')} if string == '-oowned' else set()
            told |= {t + ending for t in told for ending in ('-wal', '-shm', '-journal')} | {store + e for e in ('', '-wal', '-shm')}
            default = os.path.join(work, 'zhibiao.db')
            told |= {default, default + '-wal', default + '-shm'}
            for name in listing(top):
                path = os.path.join(top, name)
                if os.path.basename(name) in known:
                    continue
                if path in told:
                    if not path.startswith(work + os.sep):
                        os.unlink(path)   # not to be taken for the next run's
                    continue
                findings.append(f'{what}: made {name!r}')
                os.unlink(path)
            log = os.path.getsize(store + '-wal') if os.path.exists(store + '-wal') else 0
            if command.store != 'none' and os.path.exists(store) and (log > 0 or harness.read(store) != bytes_before):
                wrong = harness.unsound(store)
                if wrong is None and schema(store) != plan:
                    wrong = 'another schema'
                if wrong is None and not before.items() <= harness.documents(store).items():
                    wrong = 'a document is gone'
                if wrong is None and not command.writes:
                    wrong = 'a reading command wrote'
                if wrong and place != 1 + words.index('--store'):
                    findings.append(f'{what}: {wrong}')
    return runs, findings


def run(bench, command, words, work, top):
    out, err = os.path.join(top, 'stdout'), os.path.join(top, 'stderr')
    program = ['/usr/bin/env', '-C', work, bench.program]
    actions = [(os.POSIX_SPAWN_OPEN, 0, os.path.join(harness.ROOT, command.stdin) if command.stdin else '/dev/null', os.O_RDONLY, 0),
               (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
               (os.POSIX_SPAWN_OPEN, 2, err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    child = os.posix_spawn(program[0], program + words, bench.environment, file_actions=actions)
    timed_out, status = harness.wait(child, harness.SECONDS)
    return 'hangs' if timed_out else status, harness.read(err)


def test(bench):
    strings = [s for s in dict.fromkeys(STRINGS)]
    tasks = [(bench, command, strings) for command in harness.commands()]
    done = harness.spread(one_command, tasks)
    findings = [finding for _, some in done for finding in some]
    return f'{len(strings)} hostile strings, {sum(runs for runs, _ in done)} runs with one of them in an argument', findings
