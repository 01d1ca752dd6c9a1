"""harness.py: what the tests of this folder share: the list of commands, stores to run them on, one run, what a sound store
is, and the lines that are printed (TAP, which tests/count.sh counts).

A test is a function that takes a Bench and returns (text for its line, list of findings)."""
import hashlib
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SECONDS = 60          # no run may take longer
WORKERS = max(2, min(8, os.cpu_count() or 2))
SEED = 20200915


class Command:
    """A row of commands.txt."""

    def __init__(self, line):
        self.name, self.store, words = (part.strip() for part in line.split('|', 2))
        words, _, self.stdin = (part.strip() for part in words.partition('<'))
        self.words = words.split()

    @property
    def writes(self):
        return self.store.startswith('write')

    def output(self, folder):
        """Where its -o goes, or None."""
        return next((os.path.join(folder, w) for w in self.words if w.startswith('OUT.')), None)


def commands(name='commands.txt'):
    with open(os.path.join(HERE, name), encoding='utf-8') as file:
        return [Command(line) for line in file if line.strip() and not line.startswith('#')]


class Result:
    def __init__(self, status, out, err, file, timed_out=False):
        self.status, self.out, self.err, self.file, self.timed_out = status, out, err, file, timed_out

    @property
    def output(self):
        return self.out, self.file

    @property
    def crashed(self):
        """Ended by a signal, by abort or by a sanitizer."""
        return self.status < 0 or b'AddressSanitizer' in self.err or b'runtime error:' in self.err


class Bench:
    """The program under test and a folder of its own for each worker."""

    def __init__(self, program, build, depth):
        self.program, self.build, self.depth, self.slow = os.path.abspath(program), os.path.abspath(build), depth, depth not in ('quick', 'coverage')
        memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) and shutil.disk_usage('/dev/shm').free > 1 << 30 else None
        self.top = tempfile.mkdtemp(prefix='zhibiao-faults.', dir=memory)
        self.preload = os.path.join(self.build, 'tests/faults/fault.so')
        code = read(self.program)
        self.sanitized = b'__asan_init' in code
        self.counted = b'__gcov_exit' in code    # its coverage: the counts are to be written whatever failed before
        self.environment = {'PATH': os.environ.get('PATH', '/usr/bin:/bin'), 'HOME': '/nonexistent', 'LC_ALL': 'C.UTF-8',
                            'TZ': 'UTC', 'COLUMNS': '120', 'XDG_CACHE_HOME': os.path.join(self.build, 'cache')}
        if self.counted:
            self.environment['FAULT_UNTIL_EXIT'] = '1'
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS'):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.samples = os.path.join(self.top, 'samples.db')
        self.chart = os.path.join(self.top, 'chart.svg')
        for words in (['ingest', 'data/samples'], ['import', 'data/samples/counties.csv'],
                      ['plot', 'bar', '--indicator', '种植面积', '--item', '辣椒', '--level', 'township', '-o', self.chart]):
            self.must(['--store', self.samples] + words)
        fold(self.samples)

    def close(self):
        shutil.rmtree(self.top, ignore_errors=True)

    def must(self, words, **options):
        done = subprocess.run([self.program] + words, cwd=ROOT, env=self.environment, capture_output=True, check=False, **options)
        if done.returncode != 0:
            raise SystemExit(f'faults: zhibiao {" ".join(words)}: {done.returncode}: {done.stderr.decode()}')
        return done.stdout

    def folder(self, name):
        path = os.path.join(self.top, name)
        shutil.rmtree(path, ignore_errors=True)
        os.mkdir(path)
        return path

    def store_for(self, command, folder):
        """The path of its store; each run that writes gets a fresh one."""
        path = os.path.join(folder, 'store.db')
        if command.writes or not os.path.exists(path):
            for ending in ('', '-wal', '-shm', '-journal'):
                if os.path.exists(path + ending):
                    os.unlink(path + ending)
            if command.store != 'write':
                shutil.copyfile(self.samples, path)
        return path

    def words(self, command, folder, store=None):
        # always the same names, so that output can be compared byte by byte
        words = [os.path.join(folder, w) if w.startswith('OUT.') else self.chart if w == 'CHART' else self.samples if w == 'SAMPLES' else w
                 for w in command.words]
        return ([] if command.store == 'none' else ['--store', store or os.path.join(folder, 'store.db')]) + words

    def run(self, command, folder, environment=None, store=None, program=None, seconds=SECONDS, stdout=None):
        """One run of a command in a worker's folder; its -o file is taken away."""
        file = command.output(folder)
        out, err = os.path.join(folder, 'stdout'), os.path.join(folder, 'stderr')
        actions = [(os.POSIX_SPAWN_OPEN, 0, os.path.join(ROOT, command.stdin) if command.stdin else '/dev/null', os.O_RDONLY, 0),
                   (os.POSIX_SPAWN_OPEN, 1, stdout or out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                   (os.POSIX_SPAWN_OPEN, 2, err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
        words = (program or [self.program]) + self.words(command, folder, store)
        child = os.posix_spawn(words[0], words, {**self.environment, **(environment or {})}, file_actions=actions)
        timed_out = wait(child, seconds)
        status = timed_out[1]
        return Result(status, b'' if stdout else read(out), read(err), take(file), timed_out[0])


def wait(child, seconds):
    """(whether it had to be stopped, its status: negative for a signal)."""
    def stop(*_):
        os.kill(child, signal.SIGKILL)
        stop.due = True
    stop.due = False
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)
    return stop.due, os.waitstatus_to_exitcode(status)


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def take(path):
    """The bytes of a file, which is removed; None when it is not there."""
    if path is None or not os.path.exists(path):
        return None
    data = read(path)
    os.unlink(path)
    return data


def strays(folder, known=('stdout', 'stderr', 'store.db', 'store.db-wal', 'store.db-shm', 'store.db-journal')):
    """Files that a run left behind; they are removed."""
    left = [name for name in os.listdir(folder) if name not in known]
    for name in left:
        os.unlink(os.path.join(folder, name))
    return left


# ---- stores ----

TABLES = {  # in the order of what is said, never of row numbers
    'document': 'SELECT sha256, path, title, source, published, encoding, size, content FROM document ORDER BY sha256',
    'observation': 'SELECT d.sha256, o.start_byte, o.end_byte, o.quote, o.value, o.low, o.high, o.bound, o.unit, o.per,'
                   ' o.region_code, o.region_name, o.region_path, o.place, o.region_level, o.region_how, o.period, o.period_year,'
                   ' o.indicator, o.indicator_id, o.item, o.kind, o.status, o.confidence, o.evidence, r.tool_version,'
                   ' r.reference_hash, o.superseded_by IS NULL FROM observation o JOIN document d ON d.id = o.document_id'
                   ' JOIN run r ON r.id = o.run_id ORDER BY 1, 2, 3, o.id',
    'region': 'SELECT code, parent, level, name FROM region ORDER BY code',
    'unit': 'SELECT * FROM unit ORDER BY name',
    'indicator': 'SELECT * FROM indicator ORDER BY id',
    'indicator_alias': 'SELECT * FROM indicator_alias ORDER BY 1, 2',
}


def fold(path):
    """Brings the write-ahead log into the file, so that the file can be copied alone."""
    db = sqlite3.connect(path)
    db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
    for ending in ('-wal', '-shm'):
        if os.path.exists(path + ending):
            os.unlink(path + ending)


def dump(path):
    """All that a store says, ordered: the same for the same content, whatever its pages look like."""
    db = sqlite3.connect(path)
    try:
        return {table: db.execute(sql).fetchall() for table, sql in TABLES.items()}
    finally:
        db.close()


def documents(path):
    """The digest of each document with its observations; {} when there is no store yet."""
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return {}
    db = sqlite3.connect(path)
    try:
        if db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'observation'").fetchone()[0] == 0:
            return {}
        digests = {row[0]: hashlib.sha256(repr(row).encode()) for row in db.execute(TABLES['document'])}
        for row in db.execute(TABLES['observation']):
            digests[row[0]].update(repr(row).encode())
        return {name: digest.hexdigest() for name, digest in digests.items()}
    finally:
        db.close()


def unsound(path):
    """What is wrong with a store as a file, or None."""
    if not os.path.exists(path):
        return None
    try:
        db = sqlite3.connect(path)
        try:
            said = db.execute('PRAGMA integrity_check').fetchall()
            if said != [('ok',)]:
                return f'integrity_check: {said[:3]}'
            said = db.execute('PRAGMA foreign_key_check').fetchall()
            return f'foreign_key_check: {said[:3]}' if said else None
        finally:
            db.close()
    except sqlite3.Error as error:
        return f'{type(error).__name__}: {error}'


# ---- many runs at once ----

def spread(function, tasks):
    """function(*task) for each task in several processes; the results in the order of the tasks."""
    with multiprocessing.get_context('fork').Pool(WORKERS) as pool:
        return pool.starmap(function, tasks, chunksize=1)


def sample(total, most, seed=0):
    """Which of 1..total to try: all when `most` allows, else the first half of `most` and every k-th of the rest."""
    if most is None or total <= most:
        return list(range(1, total + 1))
    first = most // 2
    step = (total - first) / (most - first)
    offset = random.Random(SEED + seed).random()
    return list(range(1, first + 1)) + sorted({min(total, first + 1 + int((i + offset) * step)) for i in range(most - first)})


def limit_memory(size):
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main(tests, arguments):
    """arguments: PROGRAM BUILD quick|coverage|slow|all [NAME...]. One TAP line a test, and a closing line."""
    program, build, depth = os.path.abspath(arguments[0]), os.path.abspath(arguments[1]), arguments[2]
    os.chdir(ROOT)
    findings_file = os.path.join(build, 'tests/faults/findings.txt')
    if os.path.exists(findings_file):
        os.unlink(findings_file)
    bench = Bench(program, build, depth)
    failed = number = 0
    try:
        for name, test in tests.items():
            if arguments[3:] and name not in arguments[3:]:
                continue
            number += 1
            started = time.monotonic()
            text, findings = test(bench)
            took = time.monotonic() - started
            failed += bool(findings)
            print(f'{"not ok" if findings else "ok"} {number} faults: {name} ({took:.0f} s): {text}', flush=True)
            with open(findings_file, 'a', encoding='utf-8') as file:
                file.writelines(f'{name}: {finding}\n' for finding in findings)
            for finding in findings[:20]:
                print(f'#   {finding}')
            if len(findings) > 20:
                print(f'#   and {len(findings) - 20} more; all of them: {findings_file}')
    finally:
        bench.close()
    print(f'# faults: {number} tests, {failed} failed', flush=True)
    return 1 if failed or number == 0 else 0


if __name__ == '__main__':
    sys.exit('harness.py is used by the tests; see README.md')
