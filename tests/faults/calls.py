"""calls.py: every allocation and every system call of every command fails once, and from then on.

Passes: an exit status that is documented and not 0, with a message; or exit 0 with the output of the run without a fault. The
store holds whole documents, the same ones as without the fault when the status is 0. Nothing is left in the folder."""
import os
import time

import harness

KINDS = ('alloc', 'read', 'write', 'short', 'sync', 'truncate', 'map', 'lock', 'seek', 'folder', 'open', 'rename', 'unlink', 'stat')
QUICK = {'alloc': 24}   # of each kind and command; of the others:
QUICK_OTHERS = 8
SLOW_SECONDS = 5


def judge(bench, command, clean, result, folder, before):
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
    if result.status == clean.status and clean.status == 0 and result.output != clean.output:
        return 'exit status 0 with another output' + tail(result.err)
    if result.status != 0 and command.output(folder) and result.file is not None and result.file != clean.file:
        return 'half a file'
    left = harness.strays(folder)
    if left:
        return f'left {left}'
    if command.writes:
        store = os.path.join(folder, 'store.db')
        wrong = harness.unsound(store)
        if wrong:
            return wrong
        now = harness.documents(store)
        if result.status == 0 and now != clean.documents:
            return 'exit status 0 with another store'
        if not before.items() <= now.items() <= clean.documents.items():
            return 'a document is in the store in part'
    return None


def tail(err):
    return ': ' + err.decode('utf-8', 'replace').strip()[-160:] if err.strip() else ''


def one(bench, command, kind, on):
    """All faults of one kind in one command: (number of faults, findings)."""
    folder = bench.folder(f'{command.name}.{kind}.{on}')
    report = os.path.join(folder + '.report')
    fd = os.open(report, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.set_inheritable(fd, True)

    def run(at):
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        bench.store_for(command, folder)
        result = bench.run(command, folder, {'LD_PRELOAD': bench.preload, 'FAULT': f'{kind}:{at}{"+" if on and at else ""}',
                                             'FAULT_REPORT': str(fd), 'FAULT_SECONDS': str(harness.SECONDS)})
        return result, os.pread(fd, 64, 0)

    findings, faults = [], 0
    try:
        before = harness.documents(bench.store_for(command, folder)) if command.writes else {}
        run(0)    # the first run of a command may build what others find built
        clean, said = run(0)
        if clean.status != 0:
            return 0, [f'{command.name}: without a fault: exit status {clean.status}{tail(clean.err)}']
        clean.documents = harness.documents(os.path.join(folder, 'store.db')) if command.writes else {}
        total = int(said)
        most = None if bench.slow else QUICK.get(kind, QUICK_OTHERS)
        for at in harness.sample(total, most, len(command.name)):
            started = time.monotonic()
            result, said = run(at)
            if time.monotonic() - started > SLOW_SECONDS:
                findings.append(f'{command.name}: {kind}:{at}{"+" if on else ""}: took {time.monotonic() - started:.0f} s')
            if not said.startswith(b'!'):
                continue
            faults += 1
            wrong = judge(bench, command, clean, result, folder, before)
            if wrong:
                findings.append(f'{command.name}: {kind}:{at}{"+" if on else ""}: {wrong}')
    finally:
        os.close(fd)
    return faults, findings


def test(bench, kinds=KINDS):
    if bench.sanitized:
        return 'skipped, the sanitizers have an allocator of their own # skip', []
    # a lock that can never be had is waited for (10 s): that is in the test of writers at once
    tasks = [(bench, command, kind, on) for kind in kinds for command in harness.commands() for on in (False, True)
             if not (kind == 'lock' and on)]
    done = harness.spread(one, tasks)
    total = sum(faults for faults, _ in done)
    findings = [finding for _, some in done for finding in some]
    counts = {kind: sum(d[0] for d, task in zip(done, tasks) if task[2] == kind) for kind in kinds}
    text = f'{total} faults in {len(harness.commands())} commands (' + ', '.join(f'{k} {n}' for k, n in counts.items()) + ')'
    return text, findings
