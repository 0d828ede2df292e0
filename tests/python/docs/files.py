"""Compares what the pages say of files with files that the program wrote: datasets, attributes, columns of tables."""
import csv
import re

import h5py

from docs.pages import code_words

COMMON = """store: store
symbols: [SYN]
grid:
  lambda_over:  {linear: [0.005, 0.05], points: 4}
  lambda_under: {linear: [0.005, 0.05], points: 4}
  theta_queue:  [0, 0.001]
"""
SLICED = COMMON + """  half_spread:  [0.005, 0.01]
router: cont_kukanov
order: {side: buy, shares: 20000, start: "09:35", end: "15:55", slice: 30m, lot: 100}
model: {samples: 60, sample_stride: 30s, venues_max: 2}
structural: {venues_max: [1, 2]}
run: {metrics: [fills, square]}
"""
EVENT = COMMON + "router: notebook\norder: {side: buy, shares: 5000}\n"
AXES = ["lambda_over", "lambda_under", "theta_queue", "half_spread"]


def make_files(program, work):
    for words in (["synth", "-o", "csv", "--days", "3", "--venues", "3", "--rows", "4000", "--symbol", "SYN"],
                  ["convert", "csv", "-o", "store"]):
        done = program.run(*words)
        if done.returncode:
            raise SystemExit(done.stderr)
    for name, text in (("sliced", SLICED), ("event", EVENT)):
        (work / f"{name}.yaml").write_text(text)
        done = program.run("sweep", f"{name}.yaml", "-o", name)
        if done.returncode:
            raise SystemExit(done.stderr)


def named(page, column, headings=None):
    """Returns the words in code font in the first column of the page's tables with this header, under these headings."""
    words = set()
    for table in page.tables:
        if table.header[0] == column and (headings is None or table.heading in headings):
            for row in table.rows:
                words.update(code_words(row[0]))
    return words


def differ(where, said, there):
    yield from (f"{where}: no file has «{name}»" for name in sorted(said - there))
    yield from (f"{where}: lacks «{name}», which files have" for name in sorted(there - said))


def contents(path):
    """Returns the names of the datasets and of the root's attributes."""
    names = set()
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: names.add(name) if isinstance(item, h5py.Dataset) else None)
        return names, set(file.attrs)


def check_day_files(pages, work):
    page = pages["docs/store.md"]
    datasets, attributes = contents(next(work.glob("store/SYN/*.h5")))
    yield from differ("docs/store.md, datasets", named(page, "dataset"), datasets)
    yield from differ("docs/store.md, attributes", named(page, "attribute of the root"), attributes)


UNITS = "units/SYMBOL-DATE-INPUTS.h5"
OF_ALL, OF_EVENTS, OF_SLICES = "Datasets of all routers", "Datasets of event routers", "Datasets of the sliced router"


def check_unit_files(page, work):
    facts = [table for table in page.tables if table.heading == UNITS and table.header[0] == "attribute of the root"]
    common, sliced_too = ({name for row in table.rows for name in code_words(row[0])} for table in facts)
    for router, own, attributes in (("event", OF_EVENTS, common), ("sliced", OF_SLICES, common | sliced_too)):
        datasets, there = contents(next((work / router / "units").glob("*.h5")))
        yield from differ(f"{page.name}, datasets of {router} units", named(page, "dataset", [OF_ALL, own]), datasets)
        yield from differ(f"{page.name}, attributes of {router} units", attributes, there)


def with_axes(words, axes):
    """Expands `lambda_over_nano`, … to the names of all axes."""
    return {word.replace("lambda_over", axis) for word in words for axis in axes} | words


def check_results_files(page, work):
    for router, axes in (("event", AXES[:3]), ("sliced", AXES)):
        datasets, attributes = contents(next((work / router).glob("results*.h5")))
        said = set()
        for table in page.tables:
            if table.heading == "results.h5" and table.header[0] == "dataset":
                in_regions = any("best_point" in row[0] for row in table.rows)
                for row in table.rows:
                    of = row[1] if table.header[1] == "of" else "all"
                    words = set(code_words(row[0])) - (set(AXES) - set(axes))
                    if of in ("all", router):
                        said |= {"regions/" + word if in_regions else word for word in with_axes(words, axes)}
        yield from differ(f"{page.name}, datasets of results.h5 ({router})", said, datasets)
        named_there = named(page, "attribute of the root", ["results.h5"])
        yield from differ(f"{page.name}, attributes of results.h5", named_there, attributes)


def check_columns(page, work):
    """Checks the columns of the CSV tables. The run of an event router has those of `all` and `event`, and so on."""
    for name in ("summary.csv", "days.csv", "axes.csv", "out_of_sample.csv"):
        table = next(table for table in page.tables if table.heading == name)
        for router, axes in (("event", AXES[:3]), ("sliced", AXES)):
            with open(work / router / name, newline="", encoding="utf-8") as file:
                there = set(next(csv.reader(file)))
            said = set()
            for row in table.rows:
                if "structural keys" in row[0]:
                    said |= {"venues_max"} if router == "sliced" else set()
                elif table.header[1] != "of" or row[1].startswith(("all", router)):
                    said |= set(code_words(row[0])) - (set(AXES) - set(axes))
                    said |= set(axes) if "the axes" in row[0] else set()
            yield from differ(f"{page.name}, columns of {name} ({router})", said, there)


def check_report(page, work):
    """Checks that docs name the parts of report.html as the page does."""
    html = (work / "sliced" / "report.html").read_text()
    for table in page.tables:
        if table.heading == "report.html":
            yield from (f"{page.name}: report.html has no part «{row[0]}»" for row in table.rows[1:] if row[0] not in html)


def check_defaults(page, program, work):
    """Checks the defaults of `model` and `fees` against the config that the program resolves for a run that gives none."""
    text = COMMON + 'router: cont_kukanov\norder: {shares: 20000, start: "09:35", end: "15:55", slice: 30m}\n'
    (work / "least.yaml").write_text(text)
    program.run("sweep", "least.yaml", "-o", "least", "--init")
    resolved = (work / "least/config.resolved.yaml").read_text()
    model = dict(re.findall(r"(\w+): ([^,}]+)", re.search(r"^model: (.*)$", resolved, re.M).group(1)))
    fees = dict(re.findall(r"(take|make_rebate): ([^,}]+)", re.search(r"^fees: (.*)$", resolved, re.M).group(1)))
    real = {**model, **{f"fees.default.{name}": value for name, value in fees.items()}}
    for table in page.tables:
        if table.heading in ("model", "fees") and table.header[0] == "key":
            for row in table.rows:
                key, said = code_words(row[0])[0], row[2].strip("`").replace(",", "")
                if key in real and real[key] != said:
                    yield f"{page.name}: the default of {key} is {real[key]}, not {said}"


def check_files(pages, program, work):
    make_files(program, work)
    yield from check_defaults(pages["docs/config.md"], program, work)
    yield from check_day_files(pages, work)
    yield from check_unit_files(pages["docs/surfaces.md"], work)
    yield from check_results_files(pages["docs/surfaces.md"], work)
    yield from check_columns(pages["docs/results.md"], work)
    yield from check_report(pages["docs/results.md"], work)
