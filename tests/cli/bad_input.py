"""bad_input.py ZHIBIAO — every statistics command on every bad table: a value that is not there is said to be so, and why.

Each table has a defect that some formula cannot take. A command either refuses it (status 1, 2 or 3 and one line that says why) or
answers: then no output has a NaN or an infinity in it, each missing value is named in the note of its row, and CSV holds the figures of
JSON to the last digit. The good table is never refused. Prints what is wrong, a line each; status 1 if anything is."""
import concurrent.futures
import csv
import io
import itertools
import json
import os
import re
import subprocess
import sys

HEAD = "r,t,g,w,a,b,c\n"
GOOD = ["碧江区,2010,x,1,3,2,7", "碧江区,2015,x,2,5,4,9", "万山区,2010,x,3,4,8,2", "万山区,2015,y,1,6,9,4", "江口县,2010,y,2,9,1,5", "江口县,2015,y,4,12,3,8"]


def rows(change):
    return HEAD + "".join(",".join(change(i, line.split(","))) + "\n" for i, line in enumerate(GOOD))


def column(name, values):
    at = HEAD.strip().split(",").index(name)
    values = itertools.cycle(values)
    return rows(lambda i, cells: cells[:at] + [str(next(values))] + cells[at + 1:])


TABLES = {
    "good": rows(lambda i, cells: cells),
    "one row": HEAD + GOOD[0] + "\n",
    "two rows": HEAD + "\n".join(GOOD[:2]) + "\n",
    "no rows": HEAD,
    "empty column": column("a", [""]),
    "empty group": rows(lambda i, cells: cells[:4] + ["", "", ""] if cells[2] == "x" else cells),
    "one value": column("a", ["4", "", "", "", "", ""]),
    "one a group": column("g", "uvwxyz"),
    "one group": column("g", "u"),
    "gaps": column("a", ["1", "", "3"]),
    "constant": column("a", ["5"]),
    "all constant": HEAD + "".join(f"{r},{t},x,1,5,5,5\n" for r in ("碧江区", "万山区", "江口县") for t in (2010, 2015)),
    "zeros": column("a", ["0"]),
    "all zero": HEAD + "".join(f"{r},{t},x,1,0,0,0\n" for r in ("碧江区", "万山区", "江口县") for t in (2010, 2015)),
    "a zero": column("a", ["0", "2", "3", "5", "8", "13"]),
    "negative": column("a", ["-4", "2", "3", "5", "8", "13"]),
    "sum zero": column("a", ["-4", "4", "-1", "1", "-3", "3"]),
    "nan": column("a", ["NaN", "2", "3", "5", "8", "13"]),
    "infinite": column("a", ["inf", "2", "3", "5", "8", "13"]),
    "minus infinite": column("a", ["-Infinity", "2", "3"]),
    "too large": column("a", ["1e999", "2", "3", "5", "8", "13"]),
    "overflow": column("a", ["1e308", "1.7e308", "1.1e308", "9e307", "1.5e308", "1e307"]),
    "underflow": column("a", ["1e-308", "5e-324", "2e-308", "4e-320"]),
    "far apart": column("a", ["1e300", "1e-300", "1", "-1e300", "3"]),
    "weights zero": column("w", ["0"]),
    "a weight zero": column("w", ["0", "1", "2"]),
    "weights missing": column("w", [""]),
    "a weight missing": column("w", ["", "1", "2"]),
    "weight negative": column("w", ["-1", "1"]),
    "weight infinite": column("w", ["inf", "1"]),
    "singular": rows(lambda i, cells: cells[:5] + [str(2 * i), str(4 * i)]),
    "more columns than rows": HEAD + GOOD[0] + "\n" + GOOD[3] + "\n",
    "words": column("a", ["many", "2"]),
    "one time": column("t", ["2010"]),
    "no time": column("t", [""]),
    "bad time": column("t", ["soon", "2010"]),
    "bounds open": column("a", ["600余", "近200", "300"]),
}
COMPARED = ("share_of_total", "ratio_to_mean", "z_score", "index", "ratio_to_parent", "growth", "annual_growth", "contribution_to_growth")
COMMANDS = [
    "compare --value a,b --region r --time t", "compare --value a --region r --time t --group g --open 10%",
    "summary --value a,b,c", "summary --value a --group g", "summary --value a,b --weight w",
    "inequality --value a,b", "inequality --value a --weight w --alpha -1,2 --kolm 1", "inequality --value a --group g",
    "inequality --value a --totals --weight w", "inequality --value a --lorenz",
    "relate --value a,b,c", "relate --value a,b,c --method regression", "relate --value a,b --method regression --degree 4",
    "relate --value a,b --method regression --no-intercept", "relate --value a,b,c --method robust", "relate --value a,b,c --method huber",
    "relate --value a --group g --method anova", "relate --value a --group g --method welch", "relate --value a --group g --method mann-whitney",
    "relate --value a --group g --method kruskal-wallis", "relate --value a,b,c --method chi-square", "relate --value a,b,c --group g --adjust holm",
    "trend --value a --time t --region r", "trend --value a --time t", "trend --value a --time t --region r --convergence",
    "structure quotient --value a,b,c --region r --time t", "structure specialization --value a,b,c --region r --time t",
    "structure concentration --value a,b,c --region r --time t", "structure shift-share --value a,b,c --region r --time t",
    "structure lmdi --value a,b --region r --time t",
    "score --value a,b,c --runs 20", "score --value a,b,c --runs 20 --method geometric --weights equal", "score --value a,b,c --runs 20 --method topsis",
    "score --value a,b,c --runs 20 --method pca", "score --value a,b,c --runs 20 --method coupling", "score --value a,b,c --runs 20 --weights critic",
    "score --value a,b,c --runs 20 --scaling zscore --weights equal", "score --value a,b,c --runs 0 --scaling sum --weights equal",
    "score --value a,b,c --runs 0 --show weights", "score --value a,b,c --runs 5 --show ranks",
    "total --value a --region r --time t",
]
problems = []


def run(zhibiao, command, text, *options):
    words = command.split()
    at = 2 if words[0] == "structure" else 1
    return subprocess.run([zhibiao, *words[:at], "--from", "-", *words[at:], *options], input=text, capture_output=True, text=True, timeout=60)


def place(row):
    return tuple(row.get(key) for key in ("variable", "group", "region", "region_code", "period", "term"))


def unexplained(row, missed):
    """Names of values that the row misses without a word. missed: what the long layout misses, since a wide row has an empty cell as
    well where a statistic is not one of its place."""
    note = row.get("note") or ""
    if missed is None:  # a row for each figure
        return [row["statistic"]] if row["value"] is None and not row.get("text") and not note else []
    return [key for key, value in row.items() if value is None and (place(row), key) in missed and not re.search(rf"\b{re.escape(key)}\b", note)]


def check(zhibiao, label, text, command):
    def wrong(what):
        problems.append(f"{label} | {command}: {what}")

    answers = {}
    for layout in ("long", "wide"):
        if command.startswith(("total", "compare")):
            if layout == "wide":
                continue
            layout_options = []
        else:
            layout_options = ["--layout", layout]
        done = run(zhibiao, command, text, "--format", "jsonl", *layout_options)
        if done.returncode not in (0, 1, 2, 3):
            wrong(f"status {done.returncode}: {done.stderr[:300]}")
            return
        if done.returncode != 0:
            if label == "good" and "--group g --method" not in command:
                wrong(f"refused: {done.stderr}")
            if not re.match(r"zhibiao \w+: .", done.stderr) or done.stdout:
                wrong(f"status {done.returncode}, stdout {done.stdout[:80]!r}, stderr {done.stderr!r}")
            return
        if not done.stdout:
            wrong("nothing is printed")
        table = [json.loads(line, parse_constant=lambda c: wrong(f"{c} in JSON")) for line in done.stdout.splitlines()]
        for row in table:
            if command.startswith("total"):
                continue
            if command.startswith("compare"):
                keys = [key for key in COMPARED if row[key] is None and f"{key}: " not in (row["note"] or "")]
                if keys and row["value"] is not None:
                    wrong(f"no word on {', '.join(keys)}: {json.dumps(row, ensure_ascii=False)[:300]}")
                continue
            missing = unexplained(row, missed if layout == "wide" else None)
            if missing:
                wrong(f"{layout}: no word on {', '.join(missing)}: {json.dumps(row, ensure_ascii=False)[:300]}")
        answers[layout] = table
        if layout == "long":
            missed = {(place(row), row.get("statistic")) for row in table if row.get("value") is None and not row.get("text")}
    table = answers.get("wide") or answers["long"]
    options = ["--layout", "wide"] if "wide" in answers else []
    plain = run(zhibiao, command, text, "--format", "csv", *options)
    if plain.returncode != 0:
        wrong("csv fails where jsonl does not")
        return
    cells = list(csv.DictReader(io.StringIO(plain.stdout)))
    if len(cells) != len(table):
        wrong(f"csv has {len(cells)} rows, jsonl {len(table)}")
    for ours, theirs in zip(table, cells):
        for key, value in theirs.items():
            if re.fullmatch(r"[-+]?(nan|inf(inity)?)", value, re.I) and value not in text:
                wrong(f"csv: {key} is {value}")
            if (ours.get(key) is None) != (value == ""):
                wrong(f"csv and jsonl differ: {key}: {value!r}, {ours.get(key)!r}")
            if isinstance(ours.get(key), float) and float(value) != ours[key]:
                wrong(f"csv and jsonl differ: {key}: {value}, {ours[key]!r}")


def main(zhibiao, only=""):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        tasks = [threads.submit(check, zhibiao, label, text, command)
                 for label, text in TABLES.items() for command in COMMANDS if only in f"{label} | {command}"]
        for task in tasks:
            task.result()
    print("\n".join([*sorted(problems), f"{len(tasks)} commands, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
