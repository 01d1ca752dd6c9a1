"""kills.py: kill -9 (and Ctrl-C) at random moments.

kill -9 during ingest and import, again and again on the same store until the work is done: each time the store is sound and
holds whole documents only, and in the end it says what it says after a run that nobody disturbed."""
import os
import random
import signal
import subprocess
import time

import corpus
import harness

KILLS = {False: 30, True: 200}
INTERRUPTS = {False: 20, True: 50}  # signals that came before the end
ATTEMPTS = 20


def start(bench, words, **options):
    return subprocess.Popen([bench.program] + words, cwd=harness.ROOT, env=bench.environment, stdin=subprocess.DEVNULL,
                            stdout=options.pop('stdout', subprocess.DEVNULL), stderr=subprocess.PIPE, **options)


def killed(bench, words, delay, how=signal.SIGKILL, **options):
    """Its status when it was sent a signal after `delay` seconds, and what it said."""
    child = start(bench, words, **options)
    time.sleep(delay)
    child.send_signal(how)
    _, err = child.communicate(timeout=harness.SECONDS)
    return child.returncode, err


def seconds_of(action):
    """How long it takes: the best of three, as the machine may have other work."""
    best = float('inf')
    for i in range(3):
        started = time.monotonic()
        action(i)
        best = min(best, time.monotonic() - started)
    return best


def ingest_and_import(bench, name, words, kills, rng, findings):
    """Kills a command on new stores until it was killed so many times; returns how often it came through."""
    folder = bench.folder(f'kills.{name}')
    clean = os.path.join(folder, 'clean.db')
    bench.must(['--store', clean] + words)
    seconds = seconds_of(lambda i: bench.must(['--store', os.path.join(folder, f'timed.{i}.db')] + words))
    expected, whole = harness.dump(clean), harness.documents(clean).items()
    done, finished, number, store = 0, 0, 0, None
    while done < kills or store is not None:
        if store is None:
            number += 1
            store = os.path.join(folder, f'{number}.db')
        if done >= kills:
            bench.must(['--store', store] + words)
            status = 0
        else:
            status, err = killed(bench, ['--store', store] + words, rng.uniform(0, seconds * 1.1))
        if status == -signal.SIGKILL:
            done += 1
        elif status != 0:
            findings.append(f'{name}, store {number}: after a kill: exit status {status}: {err.decode().strip()}')
            return done, finished
        wrong = harness.unsound(store)
        if wrong is None and not harness.documents(store).items() <= whole:
            wrong = 'a document is in the store in part'
        if wrong is None and status == 0 and harness.dump(store) != expected:
            wrong = 'not what an uninterrupted run gives'
        if wrong:
            findings.append(f'{name}, store {number}, kill {done}: {wrong}')
            return done, finished
        if status == 0:
            finished += 1
            for ending in ('', '-wal', '-shm'):
                if os.path.exists(store + ending):
                    os.unlink(store + ending)
            store = None
    return done, finished


def test_kills(bench):
    rng = random.Random(harness.SEED)
    findings, total, finished = [], 0, 0
    kills = KILLS[bench.slow]
    top = bench.folder('kills')
    texts = corpus.articles(os.path.join(top, 'texts'), 150)
    lines = corpus.records(os.path.join(top, 'records.jsonl'), 300)
    table = corpus.table(os.path.join(top, 'table.csv'), 4000)
    for name, words, share in (('ingest of files', ['ingest', texts], 0.4), ('ingest of records', ['ingest', lines], 0.3),
                               ('import', ['import', table], 0.3)):
        done, through = ingest_and_import(bench, name, words, int(kills * share), rng, findings)
        total, finished = total + done, finished + through
    return f'{total} kills -9 during ingest and import, {finished} stores resumed to the end, each like an undisturbed one', findings


def test_signals(bench):
    """Ctrl-C: ended by that signal (a shell shows 130), the store sound, no half file and none left behind."""
    rng = random.Random(harness.SEED + 1)
    findings = []
    count = INTERRUPTS[bench.slow]
    folder = bench.folder('signals')
    texts = corpus.articles(os.path.join(bench.folder('signals.texts'), 'texts'), 150)
    clean, out = os.path.join(folder, 'clean.db'), os.path.join(folder, 'out.jsonl')
    bench.must(['--store', clean, 'ingest', texts])
    whole = harness.documents(clean)
    files = [os.path.join(texts, name) for name in sorted(os.listdir(texts))]
    complete = bench.must(['extract'] + files)
    seconds = seconds_of(lambda i: bench.must(['extract'] + files))
    # another process may take the machine, or give it back: a run that ended first makes the next wait shorter
    longest = {True: seconds * 1.5, False: seconds}
    interrupted, i = 0, -1
    while interrupted < count and i < ATTEMPTS * count:
        i += 1
        how = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[i % 3] if i % 5 == 4 else signal.SIGINT
        writes = i % 2 == 0
        store = os.path.join(folder, 'store.db')
        words = ['--store', store, 'ingest', texts] if writes else ['extract', '-o', out] + files
        status, err = killed(bench, words, rng.uniform(0, longest[writes]), how)
        interrupted += status == -how
        longest[writes] *= 1.05 if status == -how else 0.8
        if status not in (0, -how):
            findings.append(f'moment {i}: status {status}: {err.decode().strip()}')
        if writes and harness.unsound(store):
            findings.append(f'moment {i}: {harness.unsound(store)}')
        if writes and not harness.documents(store).items() <= whole.items():
            findings.append(f'moment {i}: a document is in the store in part')
        made = harness.take(out)
        if made is not None and made != complete:
            findings.append(f'moment {i}: half a file of {len(made)} bytes')
        left = harness.strays(folder, ('clean.db', 'clean.db-wal', 'clean.db-shm', 'store.db', 'store.db-wal', 'store.db-shm'))
        if left:
            findings.append(f'moment {i}: left {left}')
        for ending in ('', '-wal', '-shm'):
            if os.path.exists(store + ending):
                os.unlink(store + ending)
    if interrupted < count:
        findings.append(f'only {interrupted} of {i + 1} signals came before the end')
    return f'{i + 1} signals at random moments, {interrupted} of them before the end', findings


def closed_pipe(bench, command, ignored):
    """Standard output is a pipe that nobody reads any more."""
    folder = bench.folder(f'{command.name}.pipe.{ignored}')
    bench.store_for(command, folder)
    reader, writer = os.pipe()
    os.close(reader)
    child = subprocess.Popen([bench.program] + bench.words(command, folder), cwd=harness.ROOT, env=bench.environment,
                             stdin=open(command.stdin, 'rb') if command.stdin else subprocess.DEVNULL, stdout=writer,
                             stderr=subprocess.PIPE, restore_signals=not ignored,
                             preexec_fn=(lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN)) if ignored else None)
    os.close(writer)
    _, err = child.communicate(timeout=harness.SECONDS)
    quiet = command.output(folder) is not None  # writes nothing to standard output
    wanted = (0,) if quiet else (3,) if ignored else (-signal.SIGPIPE,)
    findings = []
    if child.returncode not in wanted:
        findings.append(f'{command.name}: closed pipe: status {child.returncode}, not {wanted[0]}: {err.decode().strip()[-120:]}')
    elif ignored and not quiet and not err.strip():
        findings.append(f'{command.name}: closed pipe: no message')
    if command.writes and harness.unsound(os.path.join(folder, 'store.db')):
        findings.append(f'{command.name}: closed pipe: {harness.unsound(os.path.join(folder, "store.db"))}')
    return findings


def test_pipes(bench):
    tasks = [(bench, command, ignored) for command in harness.commands() for ignored in (False, True)]
    findings = [finding for some in harness.spread(closed_pipe, tasks) for finding in some]
    return f'{len(tasks)} closed pipes, with SIGPIPE as usual and ignored', findings
