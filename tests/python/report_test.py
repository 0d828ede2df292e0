#!/usr/bin/env python3
"""Checks report.html in a real browser: no error, no request, every chart drawn and readable, numbers as in best.json.

    report_test.py --program SORSWEEP --page REPORT_PAGE --work FOLDER

The pages are those of small sweeps. Documents that no sweep makes (hostile text, rare findings) are drawn by REPORT_PAGE.

The test is skipped (77) without chromium, chromedriver and selenium. With CI or SORSWEEP_NEEDS_BROWSER set that is a failure.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from report.browser import SKIPPED, Browser, missing_browser

CONFIG = """
store: {store}
symbols: [SYNTH]
days: {days}
router: {router}
order: {{side: buy, shares: 13000, start: "09:35", end: "15:55"{slices}}}
grid:
  lambda_over:  {{linear: [0.005, 0.060], points: 12}}
  lambda_under: {{linear: [0.005, 0.060], points: 12}}
  theta_queue:  {{linear: [0, 0.005], points: 6}}
{model}
"""
SLICES = ", slice: 30m, lot: 100"
MODEL = "model: {samples: 60, sample_stride: 30s, venues_max: 3}"
DAYS = 12  # enough for the walk-forward's intervals and for the probability of overfitting
OUTPUTS = ["report.html", "best.json", "summary.csv", "days.csv", "axes.csv", "out_of_sample.csv", "summary.md",
           "results.h5"]
CHARTS = ["surface", "winners", "yardsticks", "axes", "walk_forward", "costs", "best_by_day", "fills", "execution"]
MOST_BYTES = 3_000_000
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"FAILED: {what}")


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


class Reports:
    """Keeps the pages under test, which come from small runs of the program."""

    def __init__(self, arguments):
        self.program, self.maker, self.work = arguments.program, arguments.page, arguments.work
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        run(self.program, "synth", "-o", self.work / "csv", "--days", DAYS, "--venues", 3, "--rows", 12000)
        run(self.program, "convert", self.work / "csv", "-o", self.work / "store", "--symbol", "SYNTH")

    def sweep(self, name, router, model="", days="all"):
        """Returns the page of a run."""
        config = self.work / f"{name}.yaml"
        config.write_text(CONFIG.format(store=self.work / "store", router=router, model=model, days=days,
                                        slices=SLICES if model else ""))
        run(self.program, "sweep", config, "-o", self.work / name)
        return self.work / name / "report.html"

    def report(self, folder):
        return subprocess.run([self.program, "report", folder], capture_output=True, text=True, check=False)

    def best(self, name):
        return json.loads((self.work / name / "best.json").read_text())

    def document(self, name):
        page = (self.work / name / "report.html").read_text()
        return json.loads(re.search(r'id="document">(.*?)</script>', page, re.S).group(1))

    def page(self, name, document):
        path = self.work / f"{name}.html"
        path.write_text(run(self.maker, input=json.dumps(document)))
        return path


def check_quiet(browser, name):
    log = browser.console()
    check(not log, f"{name}: the console is silent, not: {log}")
    asked = browser.requests()
    check(not asked, f"{name}: nothing is asked of the network, not: {asked}")
    check(browser.js("document.documentElement.dataset.ready") == "yes", f"{name}: the page came to its end")


def check_charts(browser, name):
    for chart in CHARTS:
        found = browser.chart(chart)
        check(found is not None, f"{name}: {chart} is there")
        if not found:
            continue
        check(found["marks"] >= 3, f"{name}: {chart} has marks, not {found['marks']}")
        check(found["width"] > 200 and found["height"] > 60, f"{name}: {chart} has a size")
        check(not found["outside"], f"{name}: {chart}: text is cut: {found['outside']}")
        check(not found["overlapping"], f"{name}: {chart}: labels lie over each other: {found['overlapping']}")
        check(found["label"], f"{name}: {chart} is described for those who do not see it")


def check_layouts(browser, page):
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            name = f"{width} px, {scheme}"
            browser.open(page, width, scheme)
            check_quiet(browser, name)
            check_charts(browser, name)
            wide = browser.js("document.documentElement.scrollWidth")
            check(wide <= width, f"{name}: the page is {wide} px wide")
            paper, ink = browser.brightness("body", "backgroundColor"), browser.brightness("body", "color")
            label = browser.brightness(".role-axis-label text", "fill")
            check((paper < 60) == (scheme == "dark"), f"{name}: paper of brightness {paper}")
            check(abs(paper - ink) > 150 and abs(paper - label) > 90, f"{name}: text can be read, in charts too")
            browser.shoot(f"{page.parent.name}-{width}-{scheme}")


def number_in(text):
    """Returns the first number of a text as the page writes it."""
    return float(re.search(r"-?[\d,]*\.?\d+", text.replace("\u2212", "-")).group().replace(",", ""))


def check_numbers(browser, best):
    text = browser.text
    shown = [number_in(line) for line in browser.texts("#best_point dd")]
    check(shown == [round(100 * value, 6) for value in best["best_parameters"].values()], f"best point, not {shown}")
    closest = min(cost["bps"] for cost in best["yardsticks"].values()) - best["slippage"]["bps"]
    check(abs(number_in(text("#saving")) - abs(closest)) < 0.006, f"saving {closest}, not {text('#saving')}")
    for value in best["best_parameters"].values():
        check(f"{100 * value:g}" in text("h1"), f"the headline has {value}")
    check(best["result_hash"] in text("#facts"), "the result's hash is there")
    row = browser.texts("#points_table tbody tr:first-child td")
    check(row[0] == "1" and any(abs(number_in(cell) - best["slippage"]["bps"]) < 0.0006 for cell in row[1:]),
          f"the first row is the best point, not {row}")
    dead = [axis for axis, audit in best["audit"].items() if audit["dead"]]
    check(("dead" in text("#axes_word")) == bool(dead), f"dead axes {dead}: {text('#axes_word')}")


def check_findings(browser, best):
    """Checks that the first screen says how good the answer is."""
    text = browser.text
    trust = best["out_of_sample"]
    interval = next(one for one in trust["comparisons"] if one["out_of_sample"] and one["against"] == "all_limit")
    check("low" in interval and trust["walk_forward"]["steps"] == DAYS - 1 and "probability" in trust["overfitting"],
          "the run has intervals, a walk-forward and a probability of overfitting")
    scatter = number_in(re.search(r"across days: (.*)", text("#lead")).group(1))
    check(abs(scatter - best["slippage"]["std_bps"]) < 0.006, f"days scatter by {scatter}")
    check(f"worst day: {best['slippage']['worst_day_bps']:.2f}".replace("-", "\u2212") in text("#lead"), "the worst day")
    said = browser.texts("#verdict li")
    wanted = len([one for one in trust["verdict"] if "equally good" not in one]) + ("skipped" not in best["data_quality"])
    check(len(said) == wanted, f"the verdict has its {wanted} sentences, not {said}")
    check("all_" not in text("#verdict") and "lambda_" not in text("#verdict"), "the verdict is in the page's words")
    runner_up = browser.js("document.querySelector('#verdict abbr')?.title ?? ''").replace("\u00a0", " ")
    for value in best["runner_up"]["parameters"].values():
        check(f"{100 * value:g} ¢" in runner_up, f"the runner-up's title has {value}: {runner_up!r}")
    check(" %" in text("#cards"), "axes have their share of the variance")
    ends = [axis for axis, audit in best["audit"].items() if audit.get("look_beyond")]
    check(("Cheaper ones may lie beyond" in text("#notices")) == bool(ends), f"edges {ends}: {text('#notices')}")
    marks = " ".join(browser.texts("[data-chart=surface] .mark-text.role-mark text"))
    for mark in ("best", "plateau", "runner-up"):
        check(mark in marks, f"the surface marks the {mark}: {marks}")
    head = browser.texts("#points_table th")
    check("worst day, bps" in head and "std over days, bps" in head, f"points have their scatter: {head}")


def check_surface(browser, best):
    fills = browser.fills("surface")
    tip = browser.hover_best_cell()
    check(tip and abs(number_in(tip) - best["objective"]) < 0.006, f"the marked cell costs {best['objective']}: {tip!r}")
    browser.leave()
    check(browser.js("document.getElementById('tooltip').hidden"), "the tooltip goes away")
    before = browser.text("#surface figcaption")
    for key in ("END", "ARROW_LEFT"):  # whichever end it stands at
        browser.press("#surface input[type=range]", key, 1)
    check(browser.fills("surface") != fills, "the slider changes the surface")
    check(browser.text("#surface figcaption") != before, "the slider changes what is said about it")
    browser.choose("#surface label:nth-of-type(2) select", "least")
    check("Minimum over" in browser.text("#surface figcaption"), "the projection is stated")
    check(not browser.js("!!document.querySelector('#surface input[type=range]')"), "no slider where it does nothing")
    browser.choose("#surface label:nth-of-type(1) select", "0 2")
    check("λ under" in browser.text("#surface figcaption"), "another pair of axes")
    check(not browser.chart("surface")["outside"], "its labels fit")
    browser.press("[data-chart=surface]", "ARROW_UP", 2)
    check("bps" in browser.text("#surface .readout"), "arrow keys read cells out")


def check_choices(browser):
    """Makes every choice that the page offers. None may break it."""
    for index in range(browser.js("document.querySelectorAll('select').length")):
        browser.choose_last(index)
    check(not browser.console(), "choosing upsets nothing")
    for chart in CHARTS:
        check(browser.tooltip_of(chart), f"{chart} has tooltips")


def check_print(browser):
    pdf = browser.pdf()
    check(pdf.startswith(b"%PDF") and len(pdf) > 50_000, f"a PDF of {len(pdf)} bytes")


def check_sliced(browser, reports):
    page = reports.sweep("sliced", "cont_kukanov", MODEL)
    best = reports.best("sliced")
    size = page.stat().st_size
    check(size < MOST_BYTES, f"under 3 MB, not {size}")
    check_layouts(browser, page)
    browser.open(page)
    check_numbers(browser, best)
    check_findings(browser, best)
    check_surface(browser, best)
    check_choices(browser)
    check_print(browser)


def check_again(_, reports):
    """Checks that the verb report makes the same files from the units alone, and refuses a run that lacks one."""
    folder = reports.work / "sliced"
    before = {name: (folder / name).read_bytes() for name in OUTPUTS}
    for name in OUTPUTS:
        (folder / name).unlink()
    done = reports.report(folder)
    check(done.returncode == 0, f"report ends with 0, not {done.returncode}: {done.stderr}")
    for name, content in before.items():
        path = folder / name
        check(path.is_file() and path.read_bytes() == content, f"report writes {name} to the byte")
    cut = reports.work / "cut"
    shutil.copytree(folder, cut)
    unit = sorted((cut / "units").glob("*.h5"))[2]
    unit.unlink()
    done = reports.report(cut)
    check(done.returncode == 6, f"a run that lacks a unit: exit 6, not {done.returncode}")
    symbol, date = unit.stem.split("-", 1)
    check(f"units are missing: {symbol} {date[:10]}" in done.stderr, f"and says so: {done.stderr}")
    done = reports.report(reports.work / "csv")
    check(done.returncode == 3 and "is no run" in done.stderr, f"no run: exit 3, not {done.returncode}: {done.stderr}")


def check_few_days(browser, reports):
    """Checks that the page of two days invents nothing and says what is missing."""
    days = "[2024-07-08, 2024-07-09]"
    browser.open(reports.sweep("few", "cont_kukanov", MODEL, days))
    check_quiet(browser, "few")
    check(browser.text("#sure") == "Not tested", "says that it is not tested")
    check("5 days or more" in browser.text("#cards"), "says why")
    check("Without intervals" in browser.text("#yardsticks"), "says that there are no intervals")


def check_event(browser, reports):
    """Checks the page of the router notebook: all points tie, and there are no slices to show."""
    browser.open(reports.sweep("event", "notebook"))
    check_quiet(browser, "event")
    check("do not matter" in browser.text("h1"), "says that no parameter matters")
    for missing in ("Which placement wins where", "Cost surface", "Best parameters of each day"):
        check(missing in browser.text("#absent"), f"says that there is no: {missing}")


def check_rare(browser, reports):
    """Checks findings that small sweeps do not have."""
    document = reports.document("sliced")
    best = document["best"]
    point = best["best_parameters"]
    best["ties"] = {"points": 3, "of": 864, "all_tie": False,
                    "box": {**{axis: [value, value] for axis, value in point.items()}, "lambda_under": [0.01, 0.02]}}
    best["audit"]["lambda_over"].update(edge="last", look_beyond=[0.06, 0.115])
    best["audit"]["theta_queue"].update(weak=True)
    best["audit"]["confounded"] = [{"axes": ["lambda_over", "lambda_under"], "ratio": 0.5}]
    best["data_quality"] = {"days_looked_at": 1, "rows_removed": 1234, "days_lost": 2, "difference_bps": 0.5}
    browser.open(reports.page("rare", document))
    check_quiet(browser, "rare")
    text = browser.text
    check("They span λ under 1 to 2 ¢" in text("#lead"), f"what ties span: {text('#lead')}")
    check("dashed frame" in text("#surface figcaption"), "and where")
    check("λ over from 6 to 11.5 ¢" in text("#notices"), f"where to look beyond: {text('#notices')}")
    check("λ over + 0.5 × λ under alone" in text("#notices"), "confounded axes")
    check("θ queue" in text("#axes_word") and "under 1 % of the variance" in text("#cards"), f"a weak axis: {text('#axes_word')}")
    check("1,234 flagged rows" in text("#verdict") and "costs 0.50 bps more" in text("#verdict"), "the quality of the data")
    check("on 1 of the days" in text("#verdict"), "and of which days")
    document["manifest"].update(predicted={"seconds": 12.5, "threads": 3, "peak_memory": 5 << 20, "disk": 7 << 20},
                                units_resumed=0)
    browser.open(reports.page("predicted", document))
    check("(predicted: 12.5 s on 3 threads)" in text("#facts") and "(predicted: 5 MiB)" in text("#facts"),
          f"predictions: {text('#facts')}")
    best["data_quality"] = {"skipped": "the store is not there"}
    browser.open(reports.page("unasked", document))
    check("Data quality: the store is not there" in text("#absent"), "why the quality of the data was not asked")


def check_computation(browser, reports):
    """Checks that the page says from the event logs who computed the run, and says so if they are missing."""
    document = reports.document("sliced")
    one = {"host": "n1", "shard": "1/2", "threads": 2, "units_computed": 7, "units_resumed": 1, "units_failed": 0, "seconds": 10,
           "busy_seconds": 8.25, "peak_memory": 3 * 2**20, "restart": 1}
    document["computation"] = {"efficiency": 0.825, "busy_seconds": 16.5, "units_computed": 1407, "hosts": 2, "restarts": 1,
                               "processes_in_logs": 102, "processes": [one, {**one, "host": "<n2>", "restart": 0}]}
    browser.open(reports.page("computation", document))
    check_quiet(browser, "computation")
    text = browser.text("#computation")
    check("102 processes on 2 hosts computed 1,407 units, 1 of them restarted by SLURM. 83 % of their time went into"
          " units that count. logs/ has 100 more processes." in text.replace("\u00a0", " "), f"how it was computed: {text}")
    check(browser.texts("#computation tbody tr:last-child td") ==
          ["<n2>", "1/2", "2", "7", "1", "0", "10.0", "8.3", "3 MiB", "0"], "a row for each process")
    del document["computation"]
    document["absent"] = {"computation": "the run has no event logs"}
    browser.open(reports.page("no_logs", document))
    check("How it was computed: the run has no event logs" in browser.text("#absent"), "why it is not told")


def check_hostile(browser, reports):
    """Checks that text of the run stays text."""
    document = reports.document("sliced")
    document["manifest"]["host"] = "</script><script>document.title='taken'</script><!--<img src=x onerror=alert(1)>"
    browser.open(reports.page("hostile", document))
    check_quiet(browser, "hostile")
    check("onerror" in browser.text("#facts") and browser.js("document.title") != "taken", "markup is shown, not obeyed")


def check_without_charts(browser, reports):
    """Checks the page as a build without libjs-vega makes it, where the script of the library is empty."""
    whole = (reports.work / "sliced" / "report.html").read_text()
    page = reports.work / "tables.html"
    page.write_text(re.sub(r"<script>\n/\*! Vega.*?</script>", "<script></script>", whole, count=1, flags=re.S))
    check(page.stat().st_size < len(whole) - 300_000, "the library is out")
    browser.open(page)
    check_quiet(browser, "without charts")
    check("libjs-vega" in browser.text("#notices"), "says what is missing")
    check(browser.texts("#points_table td"), "has its tables")


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "page", "work"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    missing = missing_browser()
    if missing:
        needed = os.environ.get("CI") or os.environ.get("SORSWEEP_NEEDS_BROWSER")
        print(f"{'FAILED' if needed else 'skipped'}: no {missing}")
        return 1 if needed else SKIPPED
    reports = Reports(arguments)
    with Browser(arguments.work) as browser:
        for part in (check_sliced, check_again, check_few_days, check_event, check_rare, check_computation, check_hostile,
                     check_without_charts):
            part(browser, reports)
    print(f"{len(failures)} failures" if failures else "the report is as it should be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
