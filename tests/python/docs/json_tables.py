"""Compares the tables of docs/json.md with what a verb prints."""
import re


def documented(page):
    """Returns {table: [(key, its pattern, types, whether it is always there)]}."""
    tables, table = {}, None
    for line in page.read_text().splitlines():
        if mark := re.fullmatch(r"<!-- (\w+) -->", line):
            table = tables.setdefault(mark[1], [])
        elif line.startswith("## "):
            table = None
        elif table is not None and (row := re.match(r"\| `([^`]+)` \| ([^|]+) \|", line)):
            kinds = row[2].strip()
            pattern = re.escape(row[1]).replace("<axis>", r"[^.\[]+").replace("<key>", r"[^.\[]+")
            types = [t.strip() for t in re.split(r",| or ", kinds.removesuffix("sometimes")) if t.strip()]
            table.append((row[1], re.compile(pattern), types, not kinds.endswith("sometimes")))
    return tables


def leaves(value, key=""):
    """Yields (key as the tables write it, value) for everything but objects and lists of objects."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from leaves(inner, key + "[]")
    else:
        yield key, value


def type_of(value):
    if isinstance(value, list):
        kinds = {type_of(one) for one in value}
        return f"[{'number' if 'number' in kinds else next(iter(kinds), '')}]"
    return {bool: "bool", int: "int", float: "number", str: "text", type(None): "null"}[type(value)]


def fits(value, types):
    kind = type_of(value)
    return kind in types or (kind == "int" and "number" in types) or (kind == "[int]" and "[number]" in types) or \
        (kind == "[]" and any(t.startswith("[") for t in types))


def check_object(expect, name, value, rows, seen):
    """Checks an object against the rows of its table, and adds the keys of the table that it met to `seen`."""
    found = [(key, one) for key, one in leaves(value)]
    for key, one in found:
        if one == [] and any(row[0].startswith(key + "[].") for row in rows):
            continue  # a list of objects, with none
        if one == {} and any(row[0].startswith(key + ".") for row in rows):
            continue
        of = [row for row in rows if row[1].fullmatch(key)]
        if expect(of, f"{name}: docs/json.md lacks {key}"):
            expect(any(fits(one, row[2]) for row in of), f"{name}: {key} is {one!r}, documented as {of[0][2]}")
            seen.update(row[0] for row in of)
    empty = {key for key, one in found if one == []}
    for key, pattern, _, always in rows:
        if always and not any(key.startswith(e + "[].") for e in empty):
            expect(any(pattern.fullmatch(k) for k, _ in found), f"{name}: {key} is documented and not printed")
