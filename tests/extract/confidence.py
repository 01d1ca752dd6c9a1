#!/usr/bin/env python3
"""Whether the confidence keeps its word: precision by band of confidence, and the weights that fit best.

    tests/extract/confidence.py [--fit] SCORER FOLDER...

FOLDER holds NAME.txt with NAME.jsonl beside it; SCORER is score.py, whose rules decide what is right: an observation is,
when it matches a gold line and region, year, label, kind and status are all as they should be. Uses $ZHIBIAO, else
build/zhibiao.

Prints the precision of thirds (equal confidence stays together), from the lowest to the highest, and of fixed bands, with
the mean confidence beside it: a calibrated one equals the precision.

--fit fits the terms of confidence.c to the folders by logistic regression (a ridge keeps small samples from extremes, and no
weight may change its sign, which stands for a reason and not for a sample), prints them in tenths of a logit, and judges
them by leaving out one document after the other.
"""
import importlib.util
import json
import math
import os
import pathlib
import subprocess
import sys

RIDGE = 2.0
ROUNDS = 300
BANDS = (0.0, 0.75, 0.85, 0.9, 0.95, 1.01)


def load_scorer(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(scorer, gold, explained):
    """(document's observation, right?) for all that count: what the gold calls optional does not."""
    preds = [e["observation"] for e in explained]
    used, verdict = set(), {}
    for g in gold:
        for i, p in enumerate(preds):
            if (i not in used and p["start"] < g["end"] and g["start"] < p["end"] and scorer.same_value(g["value"], p["value"])
                    and (p["unit"] or "") in (scorer.as_list(g.get("unit")) or [""])):
                used.add(i)
                verdict[i] = None if g.get("optional") else all(scorer.field_ok(f, g, p) for f in scorer.FULL)
                break
    optional = [g for g in gold if g.get("optional")]
    for i, p in enumerate(preds):
        if i not in verdict and any(p["start"] < g["end"] and g["start"] < p["end"] for g in optional):
            verdict[i] = None
    return [(e, verdict.get(i, False)) for i, e in enumerate(explained) if verdict.get(i, False) is not None]


def read(scorer, folder):
    rows = []
    for name, gold in scorer.load_gold(folder).items():
        command = [os.environ.get("ZHIBIAO", "build/zhibiao"), "explain", "--format", "jsonl", str(pathlib.Path(folder, name + ".txt"))]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(run.stderr)
        explained = [json.loads(line) for line in run.stdout.splitlines()]
        rows += [dict(document=f"{folder}/{name}", right=right, confidence=e["observation"]["confidence"],
                      terms={t["name"]: t["logit"] for t in e["confidence"]}) for e, right in judged(scorer, gold, explained)]
    return rows


def line(name, rows):
    if not rows:
        return
    mean = sum(r["confidence"] for r in rows) / len(rows)
    print(f"  {name:14} {len(rows):5d} {sum(r['right'] for r in rows) / len(rows):9.3f} {mean:10.3f}")


def thirds(rows):
    """Thirds from the lowest confidence up; equal values are never parted."""
    rows = sorted(rows, key=lambda r: r["confidence"])
    parts, start = [], 0
    for k in (1, 2, 3):
        end = len(rows) if k == 3 else max(start, round(len(rows) * k / 3))
        while 0 < end < len(rows) and rows[end]["confidence"] == rows[end - 1]["confidence"]:
            end += 1
        parts.append(rows[start:end])
        start = end
    return parts


def show(title, rows):
    right = sum(r["right"] for r in rows)
    print(f"{title}: {len(rows)} observations, {len(rows) - right} wrong")
    print(f"  {'confidence':14} {'n':>5} {'precision':>9} {'confidence':>10}")
    for name, part in zip(("lowest third", "middle third", "highest third"), thirds(rows)):
        line(name, part)
    for low, high in zip(BANDS, BANDS[1:]):
        line(f"{low:.2f}-{min(high, 1):.2f}", [r for r in rows if low <= r["confidence"] < high])
    # how often of two observations, one right and one wrong, the right one has more (a tie counts half)
    good = [r["confidence"] for r in rows if r["right"]]
    bad = [r["confidence"] for r in rows if not r["right"]]
    if good and bad:
        wins = sum((g > b) + (g == b) / 2 for g in good for b in bad)
        print(f"  right above wrong: {wins / len(good) / len(bad):.3f}")


def sigmoid(x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def fit(rows, signs):
    """Weights by gradient descent, a step of each at a time."""
    names = sorted(signs)
    weight = dict.fromkeys(names, 0.0)
    data = [([n for n in names if n in r["terms"]], 1.0 if r["right"] else 0.0) for r in rows]
    for _ in range(ROUNDS):
        slope = {n: 0.0 if n == "base" else -RIDGE * weight[n] for n in names}
        bend = {n: RIDGE for n in names}
        for present, y in data:
            p = sigmoid(sum(weight[n] for n in present))
            for n in present:
                slope[n] += y - p
                bend[n] += p * (1 - p)
        step = 0.0
        for n in names:
            moved = weight[n] + 0.3 * slope[n] / bend[n]
            moved = max(0.0, moved) if signs[n] > 0 else min(0.0, moved)
            step = max(step, abs(moved - weight[n]))
            weight[n] = moved
        if step < 1e-4:
            break
    return weight


def main(argv):
    fitting = "--fit" in argv
    argv = [a for a in argv if a != "--fit"]
    if len(argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    scorer = load_scorer(argv[0])
    rows = []
    for folder in argv[1:]:
        part = read(scorer, folder)
        rows += part
        show(folder, part)
    if len(argv) > 2:
        show("all", rows)
    if not fitting:
        return 0
    signs = {name: logit for r in rows for name, logit in r["terms"].items()}
    weights = fit(rows, signs)
    print("weights, in tenths of a logit, and the observations that have the term:")
    for name in sorted(weights, key=lambda n: -abs(weights[n])):
        having = [r for r in rows if name in r["terms"]]
        wrong = sum(not r["right"] for r in having)
        print(f"  {name:14} {round(10 * weights[name]):4d} {len(having):5d} {wrong:4d} wrong")
    for document in sorted({r["document"] for r in rows}):
        others = fit([r for r in rows if r["document"] != document], signs)
        for r in rows:
            if r["document"] == document:
                r["confidence"] = round(sigmoid(sum(others[n] for n in r["terms"])), 2)
    show("each document judged by weights fitted to the others", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
