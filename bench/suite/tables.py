"""A table of the suite, with what it says, its columns and its rows. It prints as text, CSV and JSON."""
import csv
import dataclasses
import math


@dataclasses.dataclass
class Column:
    key: str
    head: str
    kind: str = "text"  # text, hash (shortened when shown), count, seconds, rate, mib, ratio, percent
    is_name: bool = False  # whether it tells rows apart


@dataclasses.dataclass
class Table:
    name: str
    title: str
    says: list  # what is timed, and what is not
    columns: list
    rows: list = dataclasses.field(default_factory=list)
    found: list = dataclasses.field(default_factory=list)  # fits and checks, one sentence each
    plots: list = dataclasses.field(default_factory=list)
    fits: dict = dataclasses.field(default_factory=dict)  # the numbers of `found`

    def row(self, **cells):
        self.rows.append(cells)

    def document(self):
        columns = [dataclasses.asdict(column) for column in self.columns]
        return {"name": self.name, "title": self.title, "says": self.says, "columns": columns, "rows": self.rows,
                "found": self.found, "fits": self.fits}


def significant(value, digits=3):
    """Formats a number with three digits, without an exponent up to a trillion."""
    if abs(value) < 1e-3:
        return f"{value:.{digits}g}"
    text = f"{float(f'{value:.{digits}g}'):,.6f}" if abs(value) < 1000 else f"{float(f'{value:.{digits}g}'):,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate(value):
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{significant(value / size)} {letter}"
    return significant(value)


def number(value, kind):
    if kind == "count":
        return f"{value:,}"
    if kind == "rate":
        return rate(value)
    if kind == "percent":
        return f"{100 * value:.1f} %"
    if kind == "mib":
        return f"{value:,.0f}"
    return f"{value:.3f}" if kind == "seconds" and 0.01 <= value < 10 else significant(value)


def cell(value, kind):
    """Returns the text of a cell. A spread shows its median, (from–to), and how many runs if they are not five."""
    if value is None:
        return "–"
    if kind == "hash":
        return value[:8] + "…" if len(value) > 20 else value
    if isinstance(value, dict):
        if value["runs"] == 1:
            return f"{number(value['median'], kind)} (once)"
        few = "" if value["runs"] == 5 else f"; {value['runs']}×"
        return f"{number(value['median'], kind)} ({number(value['least'], kind)}–{number(value['most'], kind)}{few})"
    return value if isinstance(value, str) else number(value, kind)


def is_words(column):
    return column.kind in ("text", "hash")


def threads(count):
    return f"{count} thread{'' if count == 1 else 's'}"


def lines(table):
    """Returns the table as text with aligned columns: words to the left, numbers to the right."""
    grid = [[c.head for c in table.columns]]
    grid += [[cell(row.get(c.key), c.kind) for c in table.columns] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(*grid)]
    for words in grid:
        padded = (w.ljust(n) if is_words(c) else w.rjust(n) for w, n, c in zip(words, widths, table.columns))
        yield "  ".join(padded).rstrip()


def show(table):
    print(f"\n== {table.name}: {table.title}")
    for text in table.says:
        print(f"   {text}")
    for text in lines(table):
        print(f"  {text}")
    for text in table.found:
        print(f"  → {text}")
    print(flush=True)


def spread_keys(table):
    """Returns the columns that hold a spread in some row. In CSV each becomes four columns."""
    return {c.key for c in table.columns if any(isinstance(row.get(c.key), dict) for row in table.rows)}


def write_csv(table, path):
    spreads = spread_keys(table)
    parts = ("median", "least", "most", "runs")
    heads = [[f"{c.key}_{part}" for part in parts] if c.key in spreads else [c.key] for c in table.columns]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([head for group in heads for head in group])
        for row in table.rows:
            cells = []
            for c in table.columns:
                value = row.get(c.key)
                cells += [(value or {}).get(part) for part in parts] if c.key in spreads else [value]
            writer.writerow(cells)


def fit_exponent(xs, ys):
    """Returns b of y = a·x^b by least squares of the logarithms; None for fewer than two sizes."""
    logs = [(math.log(x), math.log(y)) for x, y in zip(xs, ys)]
    if len(logs) < 2:
        return None
    return fit_line(*zip(*logs))[1]


def fit_line(xs, ys):
    """Returns (a, b) of y = a + b·x by least squares."""
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    b = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)
    return mean_y - b * mean_x, b


def predicted(rows, points):
    """Estimates the wall seconds at this many points by the line through the last two sizes that were run, so that the fixed
    cost of a run is not counted per point. Returns None if no size was run."""
    sizes = [(row["points"], row["wall"]["median"]) for row in rows][-2:]
    if not sizes:
        return None
    slope = fit_line(*zip(*sizes))[1] if len(sizes) == 2 else 0
    return sizes[-1][1] + max(slope, 0) * (points - sizes[-1][0])
