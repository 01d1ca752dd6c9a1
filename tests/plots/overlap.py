"""overlap.py ZHIBIAO FOLDER — draws every chart type at 3 sizes with 5, 30 and 120 regions, has headless Chromium lay each SVG
out, and checks that no text box overlaps another or leaves the page. Prints what is wrong; exit status 1 when anything is.
Without Chromium it prints "skipped" and ends with 0."""
import glob, html, json, math, os, re, shutil, subprocess, sys

zhibiao, folder = sys.argv[1], sys.argv[2]
only = sys.argv[3:]
browser = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
if browser is None:
    print("skipped: no chromium; apt-get install chromium")
    sys.exit(0)
os.makedirs(folder, exist_ok=True)
for old in glob.glob(folder + "/*.svg"):
    os.remove(old)

NAMES = ["沿河土家族自治县", "客田镇", "官舟镇", "松桃苗族自治县", "甘龙镇", "印江土家族苗族自治县", "思渠镇", "七星关区", "谯家镇",
         "威宁彝族回族苗族自治县", "淇滩镇", "中界镇"]


def name(i):
    return NAMES[i % len(NAMES)] + ("" if i < len(NAMES) else str(i // len(NAMES) + 1))


def value(i, k=0):   # no two alike, some close together
    return round(1000 * (1 + 40 * math.sin(1 + i * 1.7 + k) ** 2) + i * 13 + k * 700)


def data(kind, n):
    rows = []
    for i in range(n):
        row = {"label": name(i), "value": value(i)}
        if i % 7 == 3:
            row["bound"] = "above"
        elif i % 7 == 4:
            row.update(low=row["value"] * 0.9, high=row["value"] * 1.15)
        elif i % 11 == 5:
            row["status"] = "planned"
        elif i % 13 == 6 and n > 6:
            row["value"] = None
        rows.append(row)
    if kind == "ranking":
        return rows
    if kind == "parts":
        return [dict(label=name(i), series=s, value=value(i, k)) for i in range(n) for k, s in enumerate(("辣椒", "茶叶", "食用菌"))]
    if kind == "change":
        return [dict(label=name(i), series="2016", value=value(i, 0.3)) for i in range(n)] + [dict(row, series="2020") for row in rows]
    if kind == "course":
        return [dict(label=str(y), series=name(i), value=value(i, (y - 2015) / 9)) for i in range(n) for y in range(2015, 2021)]
    if kind == "pairs":
        return [dict(label=name(i), x=value(i + 3, 2), value=value(i)) for i in range(n)]
    if kind == "spread":
        return [dict(label=name(i), series="第%d组" % (i % 5 + 1), value=value(i)) for i in range(n)]
    if kind == "table":
        return [dict(label=name(i), series=s, unit=u, value=value(i, k)) for i in range(n)
                for k, (s, u) in enumerate((("农村居民人均可支配收入", "元"), ("常住人口", "人"), ("辣椒种植面积", "亩"), ("培训人次", "人次")))]
    if kind == "shares":
        return [dict(label=name(i), value=value(i), x=value(i, 1)) for i in range(n)]
    if kind == "sides":
        return [dict(label=name(i), series=s, value=value(i, k)) for i in range(n) for k, s in enumerate(("男", "女"))]
    raise KeyError(kind)


CASES = {
    "bar": [("ranking", {}), ("ranking", {"references": [{"statistic": "mean"}, {"statistic": "median"}], "highlight": ["沿河"]}), ("parts", {}),
            ("parts", {"arrangement": "stacked"}), ("parts", {"arrangement": "percent"})],
    "column": [("ranking", {"references": [{"statistic": "mean"}]}), ("parts", {}), ("parts", {"arrangement": "stacked"})],
    "dot": [("ranking", {})], "lollipop": [("ranking", {})], "dumbbell": [("change", {})], "slope": [("change", {})],
    "line": [("course", {"references": [{"statistic": "mean"}]}), ("course", {"highlight": ["沿河", "官舟"]})],
    "trend": [("course", {})], "area": [("course", {})], "bump": [("course", {})],
    "scatter": [("pairs", {"x_name": "常住人口", "x_unit": "人", "value_name": "收入", "references": [{"statistic": "mean"}]})],
    "box": [("spread", {})], "strip": [("spread", {})], "histogram": [("spread", {"references": [{"statistic": "mean"}, {"statistic": "median"}]})],
    "heatmap": [("table", {})], "lorenz": [("shares", {})], "map": [("ranking", {"map": "grid.geojson"})], "tile": [("ranking", {"map": "grid.geojson"})], "pyramid": [("sides", {})],
}
with open(folder + "/grid.geojson", "w", encoding="utf-8") as f:   # twelve regions a row, one degree each
    json.dump({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": name(i)}, "geometry": {"type": "Polygon", "coordinates": [
            [[100 + i % 12 + dx, 30 - i // 12 + dy] for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]]}} for i in range(120)]}, f)
types = [line.split()[0] for line in subprocess.check_output([zhibiao, "plot", "--list"], text=True).splitlines()]
missing = [t for t in types if t not in CASES]
charts, refused = [], []
for kind in types:
    if only and kind not in only:
        continue
    for c, (shape, extra) in enumerate(CASES.get(kind, [])):
        for size in ("a4", "slide", "web"):
            for n in (5, 30, 120):
                figure = {"type": kind, "title": "各县区与乡镇的指标", "subtitle": "检查文字是否相叠", "unit": "元", "source": "为检查而编的数字",
                          "size": size, "data": data(shape, n), **extra}
                if shape == "table":
                    del figure["unit"]
                out = "%s/%s-%d-%s-%d.svg" % (folder, kind, c, size, n)
                done = subprocess.run([zhibiao, "plot", "-", "-o", out] + (["--map", folder + "/grid.geojson"] if "map" in figure else []),
                                      input=json.dumps(figure), text=True, capture_output=True)
                if done.returncode == 0:
                    charts.append(out)
                else:
                    refused.append("%s: %s" % (os.path.basename(out), done.stderr.strip()))
# small multiples of each
for kind in types:
    if only and kind not in only or kind not in CASES or "map" in CASES[kind][0][1]:
        continue
    shape, extra = CASES[kind][0]
    rows = [dict(r, panel="第%d片" % (p + 1)) for p in range(4) for r in data(shape, 6)]
    out = "%s/%s-panels.svg" % (folder, kind)
    done = subprocess.run([zhibiao, "plot", "-", "-o", out], input=json.dumps({"type": kind, "title": "分片", "unit": "元", "data": rows}), text=True, capture_output=True)
    if done.returncode == 0:
        charts.append(out)
    else:
        refused.append("%s: %s" % (os.path.basename(out), done.stderr.strip()))

SCRIPT = """
const found = [];
for (const [file, text] of charts) {
  const holder = document.createElement('div');
  holder.innerHTML = text.replace(/^<\\?xml[^>]*>/, '');
  document.body.replaceChildren(holder);
  const svg = holder.querySelector('svg'), page = svg.getBoundingClientRect(), boxes = [];
  for (const t of svg.querySelectorAll('text')) {
    const b = t.getBoundingClientRect();
    const turned = t.hasAttribute('transform');
    // the box of a line of text has room above and below its ink: what counts is the ink, about from 0.14 to 0.9 em
    const across = turned ? b.width : b.height, cut = across * 0.17;
    const own = turned ? {l: b.left + cut, r: b.right - cut, t: b.top, b: b.bottom} : {l: b.left, r: b.right, t: b.top + cut, b: b.bottom - cut};
    own.text = t.lastChild.textContent;
    boxes.push(own);
    if (b.left < page.left - 1 || b.right > page.right + 1 || b.top < page.top - 3 || b.bottom > page.bottom + 3)
      found.push(file + ': "' + own.text + '" leaves the page');
  }
  for (let i = 0; i < boxes.length; i++)
    for (let k = i + 1; k < boxes.length; k++) {
      const a = boxes[i], c = boxes[k], x = Math.min(a.r, c.r) - Math.max(a.l, c.l), y = Math.min(a.b, c.b) - Math.max(a.t, c.t);
      if (x > 1 && y > 1)
        found.push(file + ': "' + a.text + '" and "' + c.text + '" overlap by ' + x.toFixed(1) + ' x ' + y.toFixed(1) + ' px');
    }
}
document.body.replaceChildren();
const pre = document.createElement('pre');
pre.id = 'found';
pre.textContent = 'checked ' + charts.length + '\\n' + found.join('\\n');
document.body.append(pre);
"""
found, checked = [], 0
for start in range(0, len(charts), 40):
    batch = [[os.path.basename(c), open(c, encoding="utf-8").read()] for c in charts[start:start + 40]]
    page = os.path.join(folder, "check.html")
    with open(page, "w", encoding="utf-8") as f:
        f.write("<!DOCTYPE html><meta charset=UTF-8><body style='margin:20px'><script>const charts = %s;%s</script>" %
                (json.dumps(batch).replace("</", "<\\/"), SCRIPT))
    home = os.path.abspath(folder) + "/home"  # it writes there, whatever the profile
    os.makedirs(home, exist_ok=True)
    out = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + os.path.abspath(folder) + "/profile",
                          "--window-size=1600,1200", "--virtual-time-budget=60000", "--dump-dom", "file://" + os.path.abspath(page)],
                         capture_output=True, text=True, timeout=600,
                         env=dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)).stdout
    match = re.search(r'<pre id="found">(.*?)</pre>', out, re.S)
    if match is None:
        print("chromium gave nothing for the charts from %d on" % start)
        sys.exit(1)
    lines = html.unescape(match.group(1)).split("\n")
    checked += int(lines[0].split()[1])
    found += [line for line in lines[1:] if line]
for line in found:
    print(line)
for line in refused:
    print("refused: " + line)
for kind in missing:
    print("no case for the type " + kind)
wrong = [line for line in refused if "do not fit" not in line]   # a page can be too small, and then it is said
print("%d charts checked in %s, %d too large for their page, %d faults" % (checked, browser, len(refused) - len(wrong), len(found) + len(wrong)))
sys.exit(1 if found or missing or wrong else 0)
