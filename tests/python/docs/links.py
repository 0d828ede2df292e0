"""Links, anchors, pictures, paths and names of the code; every page of docs/ is reached from the README."""
import fnmatch
import re

from docs.pages import code_words
from house import rooms as rules

PATH = re.compile(r"(?:src|include|tests|scripts|bench|cmake|configs|docs)/[\w./-]*[\w/]")
NAME = re.compile(r"k?(?:[A-Z][a-z]+){1,}")


def check_link(page, pages, line, target):
    if re.match(r"[a-z]+:", target):
        return
    path, _, anchor = target.partition("#")
    where = (page.path.parent / path).resolve() if path else page.path
    if not where.exists():
        yield f"{page.name}:{line}: there is no {path}"
    elif anchor and where.suffix == ".md":
        other = pages.get(str(where.relative_to(page.root)))
        if other is None or anchor not in other.anchors:
            yield f"{page.name}:{line}: {where.name} has no heading #{anchor}"


def check_paths(page):
    for line, text in page.prose:
        for word in code_words(text):
            if PATH.fullmatch(word) and not (page.root / word).exists():
                yield f"{page.name}:{line}: there is no {word}"


def check_names(pages):
    """Types that docs/architecture.md names are in the code."""
    page = pages["docs/architecture.md"]
    files = [path for top in ("src", "include") for path in (page.root / top).rglob("*.[ch]pp")]
    code = set(re.findall(r"\w+", "".join(path.read_text() for path in files)))
    for line, text in page.prose:
        for word in code_words(text):
            names = re.findall(r"\w+", word) if re.fullmatch(r"\w+(::\w+)*", word) and NAME.match(word) else []
            yield from (f"{page.name}:{line}: the code has no {name}" for name in names if name not in code)


def check_rooms(page):
    """The table of rooms has the rooms of tests/house/rooms.py in their order, and names every file that is a library's door."""
    table = next(table for table in page.tables if table.header[0] == "room")
    said = [row[0].strip("`") for row in table.rows]
    if said != list(rules.ROOMS):
        yield f"{page.name}: the rooms are {', '.join(rules.ROOMS)}, in this order"
    named = set().union(*(code_words(row[-1]) for row in table.rows))
    doors = set().union(*rules.FOREIGN.values())
    yield from (f"{page.name}: lacks the door {door}" for door in sorted(doors)
                if not any(fnmatch.fnmatch(word, door) for word in named))


def check_links(pages):
    yield from check_rooms(pages["docs/architecture.md"])
    yield from check_names(pages)
    used = set()
    for page in pages.values():
        for line, _, target in page.links():
            yield from check_link(page, pages, line, target)
            used.add((page.path.parent / target.partition("#")[0]).resolve())
        yield from check_paths(page)
        if not page.prose or not page.prose[0][1].startswith("# "):
            yield f"{page.name}: does not begin with a title"
    root = pages["README.md"].root
    for picture in sorted((root / "docs" / "images").iterdir()):
        if picture not in used:
            yield f"{picture.relative_to(root)}: no page shows it"
    linked = {(root / target.partition("#")[0]).resolve() for _, _, target in pages["README.md"].links()}
    for page in pages.values():
        if page.path not in linked and page.name != "README.md":
            yield f"README.md: does not link {page.name}"
