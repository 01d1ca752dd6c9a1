"""calls.py: every allocation and every system call of every command fails once, and from then on.

Passes: an exit status that is documented and not 0, with a message; or exit 0 with the output of the run without a fault. The
store holds whole documents, the same ones as without the fault when the status is 0. Nothing is left in the folder."""
import os
import time

import harness

KINDS = ('alloc', 'read', 'write', 'short', 'sync', 'truncate', 'map', 'lock', 'seek', 'folder', 'open', 'rename', 'unlink', 'stat')
MOST = {'quick': 12, 'slow': 1000, 'all': None}    # allocations of each command, once and from then on
MOST_OTHERS = {'quick': 4, 'slow': None, 'all': None}   # and system calls of each kind
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


def one(bench, command, kinds):
    """All faults of some kinds in one command: ({kind: number of faults}, findings)."""
    folder = bench.folder(f'{command.name}.calls')
    fd = os.open(folder + '.report', os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.set_inheritable(fd, True)

    def run(kind, at, on):
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        bench.store_for(command, folder)
        result = bench.run(command, folder, {'LD_PRELOAD': bench.preload, 'FAULT': f'{kind}:{at}{"+" if on else ""}',
                                             'FAULT_REPORT': str(fd), 'FAULT_SECONDS': str(harness.SECONDS)})
        return result, os.pread(fd, 64, 0)

    findings, faults = [], dict.fromkeys(kinds, 0)
    before = harness.documents(bench.store_for(command, folder)) if command.writes else {}
    clean = None
    run(kinds[0], 0, False)    # the first run may build what others find built
    for kind in kinds:
        result, said = run(kind, 0, False)   # counts
        if clean is None:
            clean = result
            clean.documents = harness.documents(os.path.join(folder, 'store.db')) if command.writes else {}
        if result.status not in (0, 1) or result.output != clean.output:   # 1: check found something
            findings.append(f'{command.name}: without a fault: exit status {result.status}{tail(result.err)}')
            break
        most = (MOST if kind == 'alloc' else MOST_OTHERS)[bench.depth]
        # a lock that can never be had is waited for (10 s): that is in the test of writers at once
        for on in (False,) if kind == 'lock' else (False, True):
            for at in harness.sample(int(said), most, len(command.name)):
                started = time.monotonic()
                result, fired = run(kind, at, on)
                if not fired.startswith(b'!'):
                    continue
                faults[kind] += 1
                wrong = judge(command, kind, clean, result, folder, before)
                if wrong is None and time.monotonic() - started > SLOW_SECONDS:
                    wrong = f'took {time.monotonic() - started:.0f} s'
                if wrong:
                    findings.append(f'{command.name}: {kind}:{at}{"+" if on else ""}: {wrong}')
    os.close(fd)
    return faults, findings


def test(bench, kinds=KINDS):
    if bench.sanitized:
        return 'skipped, the sanitizers have an allocator of their own # skip', []
    tasks = [(bench, command, kinds) for command in harness.commands()]
    done = harness.spread(one, tasks)
    findings = [finding for _, some in done for finding in some]
    counts = {kind: sum(faults[kind] for faults, _ in done) for kind in kinds}
    text = f'{sum(counts.values())} faults in {len(tasks)} commands (' + ', '.join(f'{k} {n}' for k, n in counts.items()) + ')'
    return text, findings
