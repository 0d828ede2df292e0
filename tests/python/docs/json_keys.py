"""Checks the keys of best.json, manifest.json and `status --json`: those of the files are in a table, and those of the tables are
in the code."""
import itertools
import json
import re

from docs.pages import code_words

AXES = "(lambda_over|lambda_under|theta_queue|half_spread)"


def expand(word):
    """Expands `a.{b,c}` to a.b and a.c."""
    parts = re.split(r"\{([^}]*)\}", word)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    return ["".join(path) for path in itertools.product(*choices)]


def said_in(page, heading, prefix=""):
    said = []
    for table in page.tables:
        if table.heading == heading and table.header[0] == "key":
            for row in table.rows:
                before = ""
                for word in code_words(row[0]):
                    for path in expand(before + word if word.startswith(".") else word):
                        said.append(prefix + path.replace("[]", ""))
                    before = word.rpartition(".")[0] if not word.startswith(".") else before
    return said


def paths_in(value, prefix=""):
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from paths_in(inner, f"{prefix}.{key}".lstrip("."))
    else:
        yield prefix


def check_keys(page, said, document, literals, name):
    patterns = [re.compile(re.escape(path).replace("<axis>", AXES) + r"(\..*)?") for path in said]
    for path in paths_in(document):
        if not any(pattern.fullmatch(path) for pattern in patterns):
            yield f"{page.name}: {name} has the key {path}, no table does"
    for path in said:
        for key in path.split("."):
            if key != "<axis>" and key not in literals:
                yield f"{page.name}: no code writes the key {key} ({path})"


def check_json(pages, program, work):
    results, runs = pages["docs/results.md"], pages["docs/runs.md"]
    sources = [*results.root.glob("src/**/*.cpp"), *results.root.glob("src/**/*.hpp"), *results.root.glob("include/**/*.hpp")]
    literals = set(re.findall(r'"(\w+)"', "".join(path.read_text() for path in sources)))
    best = said_in(results, "best.json") + said_in(results, "out_of_sample", "out_of_sample.")
    for run in ("sliced", "event"):
        read = {name: json.loads((work / run / name).read_text()) for name in ("best.json", "manifest.json")}
        yield from check_keys(results, best, read["best.json"], literals, f"best.json ({run})")
        yield from check_keys(results, said_in(results, "manifest.json"), read["manifest.json"], literals, "manifest.json")
    status = json.loads(program.run("status", "sliced", "--json", "--shards", "2").stdout)
    yield from check_keys(runs, said_in(runs, "status"), status, literals, "status --json")
