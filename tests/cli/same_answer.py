"""same_answer.py PROGRAM [SEED]: tables and stores with one oddity each, summarised on the short way and on the general one.

A big table in a file is read by several threads without making cells of it; the same bytes from standard input are read by the
general reader. A store with --all is scanned without making readings of it; --min-confidence 0 leaves out nothing and takes the
general way. Both have to say the same, byte by byte, also where the short way finds that it is not for such an input."""
import os
import random
import subprocess
import sys

program, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20191001
rng = random.Random(seed)
problems = compared = answers = 0
ROWS, WIDE = 1100, 'z' * 1000   # more than 1 MiB: smaller tables are left to the general reader


def run(words, data=None):
    done = subprocess.run([program] + words, input=data, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.replace(b't.csv', b'-').replace(b'standard input', b'-')


def compare(what, one, other, data=None):
    global problems, compared, answers
    compared += 1
    a, b = run(one), run(other, data)
    answers += a[0] == 0
    if a != b:
        problems += 1
        print(f'{what}: {a[0]} {a[1][:300]!r} {a[2][:300]!r}, the general way {b[0]} {b[1][:300]!r} {b[2][:300]!r}')


# ---- tables ----

def number():
    return rng.choice((str(rng.randrange(-500, 5000)), f'{rng.randrange(10000) / 100:.2f}', '0', '-0.5', '007', '12.'))


ODD = ['', ' 5', '5 ', '\t6\t', '…', '-', 'NA', '缺', '1,234', '１２．５', '−3', '+4', '1e3', '1e-12', '.5', '-.5', '.', '-', '1.2.3', '0.0000000001', '1234567890123456789',
       '99999999999999999999', '0.1234567891', '5万', '约5', '600余', '3-5', '5亩', '50%', 'x', '二十三', '1 234', 'nan', 'inf', '5\x00', '5' * 300, '\u30005', '"7"', '"a,b"',
       '(5)', '5.0', '1/2', "'-5", '5\r']
GROUPS = ['a', 'b ', ' c', '\u3000甲\u3000', '\t乙', '丙\u3000', 'é', '', '全\u200b', 'g"h', "'=a", "'a", "'-1", "=a", 'a\rb']


def table(odd, group, ending, blank, extra, heading):
    rows = [f'{rng.choice("abc甲乙")},{number()},{WIDE}' for _ in range(ROWS)]
    at = rng.randrange(len(rows))
    if odd is not None:
        rows[at] = f'a,{odd},{WIDE}'
    if group is not None:
        rows[at] = f'{group},{number()},{WIDE}'
    if blank is not None:
        rows[at] = blank
    if extra is not None:
        rows[at] += extra
    text = ending.join([heading] + rows) + rng.choice((ending, ''))
    return text.encode()


def tables():
    plain = dict(odd=None, group=None, ending='\n', blank=None, extra=None, heading='g,v,w')
    cases = [dict(plain, odd=odd) for odd in ODD] + [dict(plain, group=group) for group in GROUPS]
    cases += [dict(plain, blank=blank) for blank in ('', ' ', ',', ',,', ' , ,\t', '\u3000', 'a', 'a,', 'a,5', ',5,', '\u3000,,', '\t\t')]
    cases += [dict(plain, extra=extra) for extra in (',', ',more', ', ', ',,,')]
    cases += [dict(plain, ending='\r\n'), dict(plain, ending='\r'), dict(plain, ending='\n\r'), dict(plain, heading='\ufeffg,v,w'), dict(plain, heading='\n\ng,v,w'), dict(plain, heading=',,\ng,v,w'),
              dict(plain, heading='g,v（亩）,w'), dict(plain, heading='"g",v,w'), dict(plain, heading='g,v'), dict(plain, heading='g,v,w\ra,777,z'), dict(plain, heading='\x00\ng,v,w'),
              dict(plain, heading='\r\r\ng,v,w'), dict(plain, heading='\u3000\ng,v,w'), dict(plain, heading='g,v,w', blank='# a,5,z')]
    for case in cases:
        data = table(**case)
        with open('t.csv', 'wb') as file:
            file.write(data)
        options = ['--value', '2', '--format', 'csv'] + rng.choice(([], ['--group', 'g'], ['--group', '1', '--quantiles', '10%,0.9'], ['--trim', '0.1'],
                                                                    ['--group', 'g', '--layout', 'long', '--bootstrap', '20']))
        if case['group'] is not None and '--group' not in options:
            options += ['--group', 'g']
        compare(f'{case} {options}', ['summary', '--from', 't.csv'] + options, ['summary', '--from', '-'] + options, data)


# ---- stores ----

COUNTIES = ['碧江区', '万山区', '江口县', '玉屏侗族自治县', '石阡县', '思南县', '印江土家族苗族自治县', '德江县', '沿河土家族自治县', '松桃苗族自治县', '紫云苗族布依族自治县', '镇宁布依族苗族自治县']


def store(name, rows):
    """Rows of (region, indicator, period, value, unit, source file)."""
    path = f'{name}.db'
    if os.path.exists(path):
        os.unlink(path)
    for source in sorted({row[5] for row in rows}):
        with open(f'{name}.{source}.csv', 'w', encoding='utf-8') as file:
            file.write('region,indicator,period,value,unit\n')
            file.writelines(','.join(row[:5]) + '\n' for row in rows if row[5] == source)
        done = run(['--store', path, 'import', f'{name}.{source}.csv'])
        assert done[0] == 0, done
    return path


def stores():
    base = [(region, '常住人口', str(year), str(rng.randrange(100000, 900000)), '人', 'a') for region in COUNTIES for year in (2018, 2019, 2020)]
    one = ('思南县', '常住人口', '2019', '5', '人', 'a')
    oddities = {
        'plain': [],
        'twice the same': [base[4][:5] + ('b',)],
        'twice, another figure': [base[4][:3] + ('7', '人', 'b')],
        'as of a day': [one[:2] + ('2019-06-30',) + one[3:]],
        'a month': [one[:2] + ('2019-06',) + one[3:]],
        'no period': [one[:2] + ('',) + one[3:]],
        'another level': [('铜仁市',) + one[1:]],
        'a town': [('沿河土家族自治县官舟镇',) + one[1:]],
        'another unit': [('赤水市', '常住人口', '2019', '30', '万人', 'a')],
        'a bound': [('赤水市', '常住人口', '2019', '300余', '人', 'a')],
        'about': [('赤水市', '常住人口', '2019', '约300', '人', 'a')],
        'many decimals': [('赤水市', '常住人口', '2019', '0.12345678901', '人', 'a')],
        'huge': [('赤水市', '常住人口', '2019', '9e17', '人', 'a')],
        'another indicator': [('赤水市', '户籍人口', '2019', '9', '人', 'a')],
        'one region only': None,
    }
    for what, more in oddities.items():
        path = store('s', base[:3] if more is None else base + more)
        for options in ([], ['--group', 'prefecture'], ['--region', '铜仁', '--level', 'county'], ['--region', '思南'], ['--group', 'county'], ['--kind', 'rate'],
                        ['--region', '铜仁', '--group', 'prefecture', '--quantiles', '5%'], ['--level', 'township'], ['--status', 'planned']):
            words = ['--store', path, 'summary', '--indicator', '常住人口', '--all', '--format', 'csv'] + options
            compare(f'{what} {options}', words, words + ['--min-confidence', '0'])


tables()
stores()
print(f'{compared} compared, {answers} answered, {problems} problems')
sys.exit(problems > 0 or answers < compared // 3)
