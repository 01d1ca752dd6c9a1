"""places.py: where and when it runs changes nothing: locales, clocks, time zones; and the size of what is read has limits."""
import os
import subprocess
import time

import corpus
import harness

LOCALES = ('C', 'de_DE.UTF-8', 'tr_TR.UTF-8')
YEARS = {1969: -15768000, 2038: 2150000000, 2100: 4110000000}  # seconds from 1970; 2038: behind 2^31
ZONES = ('UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Kiritimati', 'Antarctica/Troll')


def make_locales(bench):
    """Compiles de_DE and tr_TR into the build folder; those that could not be."""
    folder = os.path.join(bench.build, 'tests/faults/locales')
    os.makedirs(folder, exist_ok=True)
    missing = []
    for name in LOCALES[1:]:
        path = os.path.join(folder, name)
        if not os.path.isdir(path):
            try:
                subprocess.run(['localedef', '-f', 'UTF-8', '-i', name.split('.')[0], path], capture_output=True, check=False)
            except FileNotFoundError:
                pass
        if not os.path.isdir(path):
            missing.append(name)
    return folder, missing


def one_command(bench, command, settings):
    folder = bench.folder(f'{command.name}.places')
    findings = []

    def run(environment):
        bench.store_for(command, folder)
        result = bench.run(command, folder, environment)
        said = harness.dump(os.path.join(folder, 'store.db')) if command.writes else None
        return result.status, result.output, result.err, said
    run({})
    expected = run({})
    for environment in settings:
        if run(environment) != expected:
            findings.append(f'{command.name}: other output with ' + ' '.join(f'{k}={v}' for k, v in environment.items()))
    return findings


def test_places(bench):
    folder, missing = make_locales(bench)
    locales = [name for name in LOCALES if name not in missing]
    clock = not bench.sanitized
    everything = [{'LC_ALL': locale, 'LANG': locale, 'LOCPATH': folder, 'TZ': zone,
                   **({'FAULT_CLOCK': str(YEARS[year]), 'LD_PRELOAD': bench.preload} if clock else {})}
                  for locale in locales for year in YEARS for zone in ZONES]
    # each locale, year and zone at least once; all of them together where there is time
    settings = everything if bench.slow else everything[::7]
    tasks = [(bench, command, settings) for command in harness.commands()]
    findings = [finding for some in harness.spread(one_command, tasks) for finding in some]
    text = f'{len(settings)} of {len(everything)} combinations of {len(locales)} locales, {len(YEARS)} years and {len(ZONES)} time zones' \
           f' in {len(tasks)} commands give the same bytes'
    if missing:
        findings += [f'{name} cannot be made: the package locales is missing' for name in missing]
    return text, findings


# ---- sizes ----

LIMIT = 512 << 20
ROWS = {False: 3000, True: 1000000}


def measured(bench, words, folder, limit=None, seconds=1500):
    """(status, standard error, most resident bytes, bytes of standard output)."""
    out = os.path.join(folder, 'out')
    preexec = harness.limit_memory(limit) if limit else None
    with open(out, 'wb') as file:
        child = subprocess.Popen([bench.program] + words, cwd=harness.ROOT, env=bench.environment, stdout=file,
                                 stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=preexec)
        err = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
    size = os.path.getsize(out)
    os.unlink(out)
    return os.waitstatus_to_exitcode(status), err, usage.ru_maxrss * 1024, size


def measure(bench, folder, what, words, limit, refused=None, least=0):
    """One command of test_sizes: (what it took, findings)."""
    findings, started = [], time.monotonic()
    status, err, memory, out = measured(bench, words, folder, limit)
    if status not in ((3,) if refused else (0,)):
        findings.append(f'{what}: exit status {status}: {err.decode().strip()[-200:]}')
    elif refused and refused not in err:
        findings.append(f'{what}: the limit is not named: {err.decode().strip()[-200:]}')
    elif out < least:
        findings.append(f'{what}: {out} bytes of output')
    if memory > LIMIT:
        findings.append(f'{what}: {memory >> 20} MiB of memory')
    return f'{what}: {status}, {memory >> 20} MiB, {time.monotonic() - started:.0f} s', findings


def one_line(bench, folder):
    """A text of one line."""
    line = os.path.join(folder, 'line.txt')
    size = (1 << 30) if bench.slow else 6 << 20
    piece = '2019年,沿河县种植辣椒1200亩,带动300余户增收。'.encode() * 4096
    with open(line, 'wb') as file:
        while file.tell() < size:
            file.write(piece)
    done = [measure(bench, folder, f'one line of {size >> 20} MiB', ['extract', line], None, least=size // 8),
            measure(bench, folder, 'under a limit of 512 MiB', ['extract', line], LIMIT, refused=b'address space' if bench.slow else None)]
    os.unlink(line)
    return done


def many_articles(bench, folder):
    """Many articles, read and kept."""
    lines, store = corpus.records(os.path.join(folder, 'articles.jsonl'), ROWS[bench.slow]), os.path.join(folder, 'store.db')
    many, on = f'{ROWS[bench.slow]} articles under 512 MiB', ['--store', store]
    done = [measure(bench, folder, f'{many}: extract', ['extract', lines], LIMIT, least=1 << 20)] if bench.slow else []
    done += [measure(bench, folder, f'{many}: ingest', on + ['ingest', lines], LIMIT),
             measure(bench, folder, 'documents', on + ['documents', '-f', 'csv'], LIMIT),
             measure(bench, folder, 'summary', on + ['summary', '--indicator', '种植面积', '--all'], LIMIT)]
    wrong = harness.unsound(store)
    if wrong:
        done.append(('integrity', [wrong]))
    for path in (lines, store, store + '-wal', store + '-shm'):
        if os.path.exists(path):
            os.unlink(path)
    return done


def one_size(bench, name):
    folder = bench.folder(f'sizes.{name}')
    if bench.slow:   # on disk: a gigabyte
        folder = os.path.join(bench.build, f'tests/faults/sizes.{name}')
        os.makedirs(folder, exist_ok=True)
    return (one_line if name == 'line' else many_articles)(bench, folder)


def test_sizes(bench):
    if bench.sanitized:
        return 'skipped, the sanitizers reserve more address space than the limit # skip', []
    done = [one for some in harness.spread(one_size, [(bench, 'line'), (bench, 'articles')]) for one in some]
    return '; '.join(said for said, _ in done), [finding for _, some in done for finding in some]
