"""disk.py: full disks, and damaged stores."""
import os
import random
import shutil
import subprocess

import harness

SIZES = {False: 6, True: 20}
FLIPS = {False: 120, True: 2000}
READERS = (['show', '-f', 'jsonl'], ['documents', '-f', 'csv'], ['indicators', '--used', '-f', 'csv'],
           ['total', '--indicator', '种植面积', '--region', '沿河', '-f', 'json'],
           ['compare', '--indicator', '农村居民人均可支配收入', '--level', 'county', '-f', 'json'],
           ['summary', '--indicator', '农村居民人均可支配收入', '--all', '-f', 'json'], ['check', '--integrity'])
WRITERS = (['ingest', 'tests/faults/inputs/page.html'], ['check', '--reseal'])


def to_full(bench, command, as_file):
    """Standard output, or the file of -o, is /dev/full."""
    folder = bench.folder(f'{command.name}.full.{as_file}')
    bench.store_for(command, folder)
    before = harness.documents(os.path.join(folder, 'store.db')) if command.writes else {}
    words = bench.words(command, folder)
    if as_file:
        out = command.output(folder)
        if out is None:
            words += ['-o', '/dev/full']
        else:
            words[words.index(out)] = '/dev/full'
            words += [] if '-f' in words or '-o' not in words else ['-f', out.rsplit('.', 1)[1]]
    elif command.output(folder):
        return []   # standard output is not used
    if as_file and '-o' in words and command.words[0].startswith('--'):
        return []   # --help and --version know no -o
    if as_file and ('--help' in words or '--list' in words):
        return []
    with open('/dev/full', 'wb') as full:
        done = subprocess.run([bench.program] + words, cwd=harness.ROOT, env=bench.environment, stdout=full, stderr=subprocess.PIPE,
                              stdin=open(command.stdin, 'rb') if command.stdin else subprocess.DEVNULL, timeout=harness.SECONDS, check=False)
    where = '-o /dev/full' if as_file else '> /dev/full'
    if done.returncode != 3:
        return [f'{command.name} {where}: exit status {done.returncode}: {done.stderr.decode().strip()[-120:]}']
    if not done.stderr.strip():
        return [f'{command.name} {where}: no message']
    wrong = harness.unsound(os.path.join(folder, 'store.db'))
    if wrong is None and command.writes and not before.items() <= harness.documents(os.path.join(folder, 'store.db')).items():
        wrong = 'a document is gone'
    return [f'{command.name} {where}: {wrong}'] if wrong else []


def small_disk(bench, size, findings):
    """Ingest, import and charts on a file system of so many KiB; what did not fit fits later. How many commands failed."""
    folder = bench.folder(f'disk.{size}')
    subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}k', 'tmpfs', folder], check=True)
    failed = 0
    try:
        store = os.path.join(folder, 'store.db')
        for words, out in ((['ingest', 'data/samples'], None), (['import', 'data/samples/counties.csv'], None),
                           (['extract', 'data/samples/yanhe-communique-2020.txt', '-o', 'x.jsonl'], 'x.jsonl'),
                           (['plot', 'column', '--from', 'data/samples/crops.csv', '-o', 'x.ps'], 'x.ps')):
            words = [os.path.join(folder, w) if w == out else w for w in words]
            done = subprocess.run([bench.program, '--store', store] + words, cwd=harness.ROOT, env=bench.environment,
                                  capture_output=True, timeout=harness.SECONDS, check=False)
            what = f'{size} KiB: {words[0]}'
            failed += done.returncode != 0
            if done.returncode not in (0, 3) or (done.returncode == 3 and not done.stderr.strip()):
                findings.append(f'{what}: exit status {done.returncode}: {done.stderr.decode().strip()[-200:]}')
            if out is not None and (done.returncode == 0) != os.path.exists(os.path.join(folder, out)):
                findings.append(f'{what}: exit status {done.returncode}, and the file is {"" if done.returncode else "not "}there')
        left = [name for name in os.listdir(folder) if not name.startswith('store.db') and name not in ('x.jsonl', 'x.ps')]
        if left:
            findings.append(f'{size} KiB: left {left}')
        room = bench.folder(f'room.{size}')
        for name in os.listdir(folder):
            shutil.copyfile(os.path.join(folder, name), os.path.join(room, name))
    finally:
        subprocess.run(['umount', folder], check=True)
    # the store as it was found on the full disk
    store = os.path.join(room, 'store.db')
    wrong = harness.unsound(store)
    if wrong is None and not harness.documents(store).items() <= harness.documents(bench.samples).items():
        wrong = 'a document is in the store in part'
    if wrong is None:
        bench.must(['--store', store, 'ingest', 'data/samples'])
        bench.must(['--store', store, 'import', 'data/samples/counties.csv'])
        if harness.dump(store) != harness.dump(bench.samples):
            wrong = 'with room again, not what a run with room gives'
    if wrong:
        findings.append(f'{size} KiB: {wrong}')
    return failed


def test_full(bench):
    tasks = [(bench, command, as_file) for command in harness.commands() for as_file in (False, True)]
    findings = [finding for some in harness.spread(to_full, tasks) for finding in some]
    probe = bench.folder('probe')
    if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        return f'{len(tasks)} outputs to /dev/full; small file systems skipped: mount is refused here', findings
    subprocess.run(['umount', probe], check=True)
    count = SIZES[bench.slow]
    failed = sum(small_disk(bench, 8 + i * 1500 // count, findings) for i in range(count))
    return f'{len(tasks)} outputs to /dev/full; {count} file systems of 8 KiB to 1.5 MiB, where {failed} commands failed', findings


# ---- damage ----

def damage(data, rng):
    """A copy with one to three bits changed, a stretch of zeros, or its end cut off; and what was done."""
    copy = bytearray(data)
    how = rng.random()
    if how < 0.15:
        size = rng.choice((0, 1, 99, 100, 4096, rng.randrange(len(data)), rng.randrange(len(data)), len(data) - 1))
        return bytes(copy[:size]), f'cut to {size}'
    if how < 0.25:
        at, size = rng.randrange(len(data)), rng.choice((4, 64, 4096))
        copy[at:at + size] = bytes(len(copy[at:at + size]))
        return bytes(copy), f'{size} zeros at {at}'
    places = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        # half of them where the structure is: the file's header and those of pages
        at = rng.randrange(len(data) // 4096) * 4096 + rng.randrange(120) if rng.random() < 0.5 else rng.randrange(len(data))
        bit = rng.randrange(8)
        copy[at] ^= 1 << bit
        places.append(f'{at}.{bit}')
    return bytes(copy), 'flipped ' + ' '.join(places)


def damaged(bench, program, worker, count):
    rng = random.Random(harness.SEED + 7 * worker)
    data = harness.read(bench.samples)
    folder = bench.folder(f'damage.{worker}')
    store = os.path.join(folder, 'store.db')
    environment = dict(bench.environment, ASAN_OPTIONS='detect_leaks=0', UBSAN_OPTIONS='print_stacktrace=0')
    right = [bench.must(['--store', bench.samples] + words) for words in READERS]
    findings, refused, same = [], 0, 0
    for i in range(count):
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        copy, what = damage(data, rng)
        with open(store, 'wb') as file:
            file.write(copy)
        k = rng.randrange(len(READERS) + len(WRITERS))
        words = (READERS + WRITERS)[k]
        try:
            done = subprocess.run([program, '--store', store] + words, cwd=harness.ROOT, env=environment, capture_output=True,
                                  timeout=harness.SECONDS, check=False)
        except subprocess.TimeoutExpired:
            findings.append(f'{words[0]}: {what}: hangs')
            continue
        if done.returncode not in (0, 1, 2, 3) or b'Sanitizer' in done.stderr or b'runtime error' in done.stderr:
            findings.append(f'{words[0]}: {what}: exit status {done.returncode}: {done.stderr.decode("utf-8", "replace").strip()[:300]}')
        elif done.returncode == 3 and done.stderr.strip():
            refused += 1
        elif k < len(READERS) and done.returncode == 0 and done.stdout == right[k]:
            same += 1
        elif k >= len(READERS) and done.returncode == 0:
            same += 1
        else:
            findings.append(f'{words[0]}: {what}: exit status {done.returncode} with another answer')
    return findings, refused, same


def test_damage(bench):
    program = os.environ.get('ZHIBIAO_ASAN') or bench.program
    count = FLIPS[bench.slow]
    parts = harness.WORKERS
    done = harness.spread(damaged, [(bench, program, i, count // parts) for i in range(parts)])
    findings = [finding for some in done for finding in some[0]]
    refused, same = (sum(some[i] for some in done) for i in (1, 2))
    checked = 'under AddressSanitizer' if b'__asan_init' in harness.read(program) else 'without a sanitizer'
    return f'{count} damaged stores {checked}: {refused} refused, {same} answered rightly', findings
