"""corpus.py: texts and tables for the tests that need many."""
import os
import random

import harness

COUNTIES = ('沿河', '紫云', '印江', '思南', '德江', '石阡', '松桃', '江口', '玉屏', '镇宁', '关岭', '普定', '大方', '黔西', '织金')
CROPS = ('辣椒', '白茶', '食用菌', '油茶', '刺梨', '蓝莓')


def sentence(rng):
    return (f'2019年,{rng.choice(COUNTIES)}县种植{rng.choice(CROPS)}{rng.randint(100, 99999)}亩,'
            f'带动{rng.randint(20, 9000)}余户{rng.randint(100, 30000)}人增收。')


def articles(folder, count, sentences=4, seed=harness.SEED):
    """count text files, no two alike; returns the folder."""
    rng = random.Random(seed)
    os.makedirs(folder, exist_ok=True)
    for i in range(count):
        with open(os.path.join(folder, f'{i:06}.txt'), 'w', encoding='utf-8') as file:
            file.write(f'第{i}篇\n' + ''.join(sentence(rng) + '\n' for _ in range(sentences)))
    return folder


def records(path, count, seed=harness.SEED):
    """count one-line articles as JSON Lines."""
    rng = random.Random(seed)
    with open(path, 'w', encoding='utf-8') as file:
        for i in range(count):
            file.write(f'{{"id":"r-{i}","text":"{sentence(rng)}"}}\n')
    return path


def table(path, rows, seed=harness.SEED):
    """A CSV of figures for import."""
    rng = random.Random(seed)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('region,indicator,period,value,unit\n')
        for i in range(rows):
            file.write(f'{rng.choice(COUNTIES)}县,常住人口,{1950 + i % 70},{rng.randint(1000, 900000)},人\n')
    return path
