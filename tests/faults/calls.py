"""calls.py: every allocation and every system call of every command fails once, and from then on; and each place of the program
that allocates fails in a command that comes there.

Passes: an exit status that is documented and not 0, with a message; or exit 0 with the output of the run without a fault. The
store holds whole documents, the same ones as without the fault when the status is 0. Nothing is left in the folder."""
import os
import time

import harness

KINDS = ('alloc', 'read', 'write', 'short', 'sync', 'truncate', 'map', 'lock', 'seek', 'folder', 'open', 'rename', 'unlink', 'stat')
MOST = {'quick': 12, 'coverage': 12, 'slow': 300, 'all': None}    # allocations of each command, once and from then on
MOST_OTHERS = {'quick': 4, 'coverage': 4, 'slow': None, 'all': None}   # and system calls of each kind
PLACES_EVERY = {'quick': 12}    # of the places that allocate, these are tried
SLOW_SECONDS = 15   # the machine may have other work


def judge(command, kind, clean, result, folder, before):
    """What is wrong with a run in which a fault was made to happen, or None."""
    if result.timed_out or result.status == -14:
        return 'hangs'
    if result.crashed:
        return f'ended by signal {-result.status}' + tail(result.err)
    loader = result.status == 127 and b'out of memory' in result.err  # the C library's own end, in dlopen
    if result.status not in (0, 1, 2, 3) and not loader:
        return f'exit status {result.status}' + tail(result.err)
    if result.status != clean.status and not result.err.strip():
        return f'exit status {result.status} without a message'
    if result.status == clean.status and result.output != clean.output:
        return f'exit status {result.status} with another output' + tail(result.err)
    if result.status != 0 and command.output(folder) and result.file is not None and result.file != clean.file:
        return 'half a file'
    left = harness.strays(folder)
    if left and kind != 'unlink':   # there the removal itself failed
        return f'left {left}'
    if command.writes:
        store = os.path.join(folder, 'store.db')
        wrong = harness.unsound(store)
        if wrong:
            return wrong
        now = harness.documents(store)
        if result.status == clean.status and now != clean.documents:
            return 'exit status 0 with another store'
        if not before.items() <= now.items() <= clean.documents.items():
            return 'a document is in the store in part'
    return None


def tail(err):
    return ': ' + err.decode('utf-8', 'replace').strip()[-160:] if err.strip() else ''


class Faults:
    """Runs of one command with faults, each on a fresh store, and what is wrong with them."""

    def __init__(self, bench, command, name):
        self.bench, self.command, self.folder = bench, command, bench.folder(f'{command.name}.{name}')
        self.fd = os.open(self.folder + '.report', os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.set_inheritable(self.fd, True)
        self.before = harness.documents(bench.store_for(command, self.folder)) if command.writes else {}
        self.clean = None
        self.findings = []

    def close(self):
        os.close(self.fd)

    def run(self, kind, at, on):
        """(the result, what was reported)."""
        os.ftruncate(self.fd, 0)
        os.lseek(self.fd, 0, os.SEEK_SET)
        self.bench.store_for(self.command, self.folder)
        result = self.bench.run(self.command, self.folder, {
            'LD_PRELOAD': self.bench.preload, 'FAULT': f'{kind}:{at}{"+" if on else ""}', 'FAULT_REPORT': str(self.fd),
            'FAULT_SECONDS': str(harness.SECONDS)})
        return result, os.pread(self.fd, 1 << 20, 0)

    def count(self, kind):
        """What a run without a fault reports, or None when that run is not like the first."""
        if self.clean is None:
            self.run(kind, 0, False)    # the first run may build what others find built
        result, said = self.run(kind, 0, False)
        if self.clean is None:
            self.clean = result
            result.documents = harness.documents(os.path.join(self.folder, 'store.db')) if self.command.writes else {}
        if result.status not in (0, 1) or result.output != self.clean.output:   # 1: check found something
            self.findings.append(f'{self.command.name}: without a fault: exit status {result.status}{tail(result.err)}')
            return None
        return said

    def make(self, kind, at, on):
        """Whether the fault happened; what is wrong with it is a finding."""
        started = time.monotonic()
        result, fired = self.run(kind, at, on)
        if not fired.startswith(b'!'):
            return False
        wrong = judge(self.command, kind, self.clean, result, self.folder, self.before)
        if wrong is None and time.monotonic() - started > SLOW_SECONDS:
            wrong = f'took {time.monotonic() - started:.0f} s'
        if wrong:
            self.findings.append(f'{self.command.name}: {kind}:{at}{"+" if on else ""}: {wrong}')
        return True


def one(bench, command, kinds):
    """All faults of some kinds in one command: ({kind: number of faults}, findings)."""
    faults, counts = Faults(bench, command, 'calls'), dict.fromkeys(kinds, 0)
    for kind in kinds:
        said = faults.count(kind)
        if said is None:
            break
        most = (MOST if kind == 'alloc' else MOST_OTHERS)[bench.depth]
        # a lock that can never be had is waited for (10 s): that is in the test of writers at once
        for on in (False,) if kind == 'lock' else (False, True):
            for at in harness.sample(int(said), most, len(command.name)):
                counts[kind] += faults.make(kind, at, on)
    faults.close()
    return counts, faults.findings


def test(bench, kinds=KINDS):
    if bench.sanitized:
        return 'skipped, the sanitizers have an allocator of their own # skip', []
    tasks = [(bench, command, kinds) for command in harness.commands()]
    done = harness.spread(one, tasks)
    findings = [finding for _, some in done for finding in some]
    counts = {kind: sum(faults[kind] for faults, _ in done) for kind in kinds}
    text = f'{sum(counts.values())} faults in {len(tasks)} commands (' + ', '.join(f'{k} {n}' for k, n in counts.items()) + ')'
    return text, findings


# ---- by place ----

def places_of(bench, command):
    """The places that allocate in a command."""
    faults = Faults(bench, command, 'places')
    said = faults.count('site')
    faults.close()
    return (said or b'').split(), faults.findings


def one_by_place(bench, command, places):
    """(number of faults, findings)."""
    faults, number = Faults(bench, command, 'places'), 0
    if faults.count('site') is not None:
        number = sum(faults.make('site', int(place), on) for place, on in places)
    faults.close()
    return number, faults.findings


def test_places(bench):
    if bench.sanitized:
        return 'skipped, the sanitizers have an allocator of their own # skip', []
    commands = harness.commands() + harness.commands('places.txt')
    seen = harness.spread(places_of, [(bench, command) for command in commands])
    findings = [finding for _, some in seen for finding in some]
    tasks, known = [], set()
    for command, (places, _) in zip(commands, seen):
        # quick and coverage: each place once, in the first command that comes there; else in every command, and from then on
        todo = [place for place in dict.fromkeys(places) if bench.slow or place not in known]
        known.update(todo)
        todo = todo[::PLACES_EVERY.get(bench.depth, 1)]
        tasks += [(bench, command, [(place, on) for place in todo for on in ((False, True) if bench.slow else (False,))])]
    done = harness.spread(one_by_place, [task for task in tasks if task[2]])
    findings += [finding for _, some in done for finding in some]
    return f'{sum(number for number, _ in done)} faults, of {len(known)} places that allocate in {len(commands)} commands', findings
