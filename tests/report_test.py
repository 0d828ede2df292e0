#!/usr/bin/env python3
"""report.html in a real browser: no error, no request, every chart drawn and readable, numbers as in best.json.

    report_test.py --program SORSWEEP --page REPORT_PAGE --work FOLDER

Skipped (77) without chromium, chromedriver and selenium; with CI or SORSWEEP_NEEDS_BROWSER set that is a failure.
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
days: all
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
CHARTS = ["surface", "winners", "baselines", "axes", "walk_forward", "costs", "drift", "fills", "execution"]
MOST_BYTES = 3_000_000
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"FAILED: {what}")


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


class Reports:
    """The pages under test, from small runs of the program."""

    def __init__(self, arguments):
        self.program, self.maker, self.work = arguments.program, arguments.page, arguments.work
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        run(self.program, "synth", "-o", self.work / "csv", "--days", 4, "--venues", 3, "--rows", 12000)
        run(self.program, "convert", self.work / "csv", "-o", self.work / "store", "--symbol", "SYNTH")

    def sweep(self, name, router, model=""):
        config = self.work / f"{name}.yaml"
        config.write_text(CONFIG.format(store=self.work / "store", router=router, model=model,
                                        slices=SLICES if model else ""))
        run(self.program, "sweep", config, "-o", self.work / name)
        self.document_path(name).write_text(run(self.maker, "document", self.work / name))

    def document_path(self, name):
        return self.work / f"{name}.json"

    def document(self, name):
        return json.loads(self.document_path(name).read_text())

    def add_parts(self, name):
        best = self.document(name)["best"]["best_parameters"]
        point = ",".join(f"{axis}={value:.9f}" for axis, value in best.items())
        replay = self.work / "replay.csv"
        replay.write_text(run(self.program, "replay", self.work / name, "--point", point))
        sample = pathlib.Path(__file__).parent / "report" / "sample_parts.py"
        text = run(sys.executable, sample, self.document_path(name), self.work / name, "--replay", replay)
        self.document_path(name).write_text(text)

    def page(self, name, document):
        path = self.work / f"{name}.html"
        path.write_text(run(self.maker, "page", input=json.dumps(document)))
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
            browser.shoot(f"{page.stem}-{width}-{scheme}")


def number_in(text):
    """The first number of a text as the page writes it."""
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
    """Every choice of the page can be made, and none upsets it."""
    for index in range(browser.js("document.querySelectorAll('select').length")):
        browser.choose_last(index)
    check(not browser.console(), "choosing upsets nothing")
    for chart in CHARTS:
        check(browser.tooltip_of(chart), f"{chart} has tooltips")


def check_print(browser):
    pdf = browser.pdf()
    check(pdf.startswith(b"%PDF") and len(pdf) > 50_000, f"a PDF of {len(pdf)} bytes")


def check_sliced(browser, reports):
    reports.sweep("sliced", "cont_kukanov", MODEL)
    reports.add_parts("sliced")
    document = reports.document("sliced")
    page = reports.page("sliced", document)
    size = page.stat().st_size
    check(size < MOST_BYTES, f"under 3 MB, not {size}")
    check_layouts(browser, page)
    browser.open(page)
    check_numbers(browser, document["best"])
    check_surface(browser, document["best"])
    check_choices(browser)
    check_print(browser)


def check_event(browser, reports):
    """The notebook's router: all points tie, and there are no slices to show."""
    reports.sweep("event", "notebook")
    browser.open(reports.page("event", reports.document("event")))
    check_quiet(browser, "event")
    check("do not matter" in browser.text("h1"), "says that no parameter matters")
    check("Which placement wins where" in browser.text("#absent"), "says what is not shown")


def check_hostile(browser, reports):
    """Text of the run stays text."""
    document = reports.document("sliced")
    document["manifest"]["host"] = "</script><script>document.title='taken'</script><!--<img src=x onerror=alert(1)>"
    browser.open(reports.page("hostile", document))
    check_quiet(browser, "hostile")
    check("onerror" in browser.text("#facts") and browser.js("document.title") != "taken", "markup is shown, not obeyed")


def check_without_charts(browser, reports):
    """As a build without libjs-vega makes it: the script of the library is empty."""
    whole = reports.page("whole", reports.document("sliced")).read_text()
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
        for part in (check_sliced, check_event, check_hostile, check_without_charts):
            part(browser, reports)
    print(f"{len(failures)} failures" if failures else "the report is as it should be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
