"""Finds what moved between two runs of the suite: figures whose ranges do not meet."""
import json

ALONE = 0.1  # how far a figure that was measured once may be off, as a share of it


def bounds(value):
    margin = ALONE * value["median"] if value["runs"] == 1 else 0
    return value["least"] - margin, value["most"] + margin


def by_name(table):
    names = [c["key"] for c in table["columns"] if c["is_name"]]
    return {tuple(row.get(name) for name in names): row for row in table["rows"]}


def row_changes(old, new, heads):
    for key, value in new.items():
        before = old.get(key)
        if key in ("hash",) and before != value:
            yield f"{heads.get(key, key)}: another result ({before} → {value})"
        if not (isinstance(value, dict) and isinstance(before, dict)):
            continue
        (low, high), (old_low, old_high) = bounds(value), bounds(before)
        if low > old_high or high < old_low:
            yield f"{heads.get(key, key)} {before['median']:.4g} → {value['median']:.4g} ({value['median'] / before['median']:.2f}×)"


def changes(old, new):
    """Returns lines about all that moved by more than the spread, table by table, and about what only one run has."""
    before = {table["name"]: table for table in old["tables"]}
    for table in new["tables"]:
        if table["name"] not in before:
            yield f"{table['name']}: not in the old one"
            continue
        heads = {c["key"]: c["head"] for c in table["columns"]}
        olds, news = by_name(before[table["name"]]), by_name(table)
        for name in olds.keys() ^ news.keys():
            yield f"{table['name']}: {' '.join(map(str, name))}: only in the {'new' if name in news else 'old'} one"
        for name in news:
            for text in row_changes(olds[name], news[name], heads) if name in olds else ():
                yield f"{table['name']}: {' '.join(map(str, name))}: {text}"


def show(path, document):
    with open(path, encoding="utf-8") as file:
        old = json.load(file)
    print(f"== against {path}, of {old['machine']['date']}, {old['machine']['git_sha']}: what moved by more than the spread")
    for key in ("cpu", "cores", "compiler", "build_type", "load_at_start", "is_quick"):
        if old["machine"].get(key) != document["machine"].get(key):
            print(f"  other {key}: {old['machine'].get(key)} → {document['machine'].get(key)}")
    found = list(changes(old, document))
    print("\n".join(f"  {line}" for line in found) or "  nothing")
