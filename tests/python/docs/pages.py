"""Markdown as the documentation uses it: headings, links, tables, fenced blocks with their marks."""
import dataclasses
import functools
import pathlib
import re

FENCE = re.compile(r"^(\s*)```(\w*)\s*$")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
MARK = re.compile(r"^<!--\s*(.*?)\s*-->$")


@dataclasses.dataclass
class Block:
    """A fenced block, or a comment `<!-- setup … -->`, which is a script that readers do not see."""
    line: int
    language: str
    mark: str  # what the comment before it says: "run", "run, exit 2", "save: x.yaml", …; empty without one
    text: str


@dataclasses.dataclass
class Table:
    heading: str  # of the section that it is in
    header: list
    rows: list


def anchor_of(heading):
    """GitHub's: markup goes, letters become small, blanks hyphens, other signs than - and _ nothing."""
    text = LINK.sub(lambda link: link.group(2), heading).replace("`", "").replace("*", "")
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def cells_of(line):
    bare = line.strip().strip("|").replace("\\|", "\0")
    return [cell.strip().replace("\0", "|") for cell in bare.split("|")]


def code_words(cell):
    return re.findall(r"`([^`]+)`", cell)


class Page:
    def __init__(self, root, path):
        self.root, self.path = pathlib.Path(root), pathlib.Path(path)
        self.name = str(self.path.relative_to(self.root))
        self.text = self.path.read_text(encoding="utf-8")
        self.blocks, self.prose = [], []  # prose: (line, text) outside of blocks and comments
        self._read()

    def _read(self):
        lines = self.text.splitlines()
        mark, at = "", 0
        while at < len(lines):
            line = lines[at]
            if line.strip() == "<!-- setup":
                end = next(i for i in range(at, len(lines)) if lines[i].strip() == "-->")
                self.blocks.append(Block(at + 1, "setup", "run", "\n".join(lines[at + 1:end]) + "\n"))
                at = end
            elif found := FENCE.match(line):
                end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == "```")
                indent = len(found.group(1))
                body = [inner[indent:] for inner in lines[at + 1:end]]
                self.blocks.append(Block(at + 1, found.group(2), mark, "\n".join(body) + "\n"))
                at = end
            elif found := MARK.match(line.strip()):
                mark, at = found.group(1), at + 1
                continue
            else:
                self.prose.append((at + 1, line))
            mark, at = "", at + 1

    @functools.cached_property
    def anchors(self):
        found, seen = set(), {}
        for _, line in self.prose:
            if heading := HEADING.match(line):
                anchor = anchor_of(heading.group(2))
                found.add(f"{anchor}-{seen[anchor]}" if anchor in seen else anchor)
                seen[anchor] = seen.get(anchor, 0) + 1
        return found

    def links(self):
        """(line, whether an image, target), code left out."""
        for number, line in self.prose:
            if line.startswith("    "):
                continue
            for image, _, target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                yield number, bool(image), target

    @functools.cached_property
    def tables(self):
        tables, heading, before = [], "", ""
        for _, line in self.prose:
            if found := HEADING.match(line):
                heading = found.group(2)
            if line.startswith("|") and not before.startswith("|"):
                tables.append(Table(heading, cells_of(line), []))
            elif line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
                tables[-1].rows.append(cells_of(line))
            before = line
        return tables

    def section(self, heading):
        """The lines under a heading, to the next one."""
        lines, inside = [], False
        for _, line in self.prose:
            if found := HEADING.match(line):
                inside = found.group(2) == heading
            elif inside:
                lines.append(line)
        return "\n".join(lines)


def read_pages(root):
    root = pathlib.Path(root)
    tops = [root / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")]
    paths = [root / "README.md", *sorted((root / "docs").glob("*.md")), *tops]
    return {page.name: page for page in (Page(root, path) for path in paths if path.exists())}
