"""Rules for sizes, headers, blanks, line lengths, and files that do not belong in the repository."""
import pathlib
import re

from functions import functions, language

MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 60
LARGEST_BYTES = 1 << 20
MOST_COLUMNS = {".cpp": 120, ".hpp": 120, ".py": 130, ".sh": 130, ".js": 130, ".cmake": 130, ".md": 130}

# A file or a function may be longer if a comment gives the reason. The comment stands in the first ten lines of the file, or on
# the first line of the function or above it.
LONG_FUNCTION = re.compile(r"(?://|#)\s*long:[ \t]*\S")
LONG_FILE = re.compile(r"(?://|#)\s*long file:[ \t]*\S")

# These files are read by machines, so the rules for layout do not concern them.
DATA = re.compile(r"^(data/|docs/images/|tests/cases/|tests/fuzz/corpus/)|\.(zst|h5|png|sha256|mutation)$")
STRAY = {
    r"(^|/)(build|runs|Testing|CMakeFiles|__pycache__|\.cache)/": "a build's or a run's output",
    r"(^|/)(CMakeCache\.txt|compile_commands\.json|build\.ninja)$": "a build's or a run's output",
    r"\.(o|a|so|pyc|gcda|gcno|log|tmp|orig|rej|swp|core|profraw|deb)$|~$": "an output or a leftover",
    r"(^|/)(run\.json|units/[^/]+|unit-[^/]*|results\.h5|report\.html)$": "a piece of a run's folder",
    r"\.h5$": "data: fine in tests/cases and the fuzz corpus only",
}


def has_reason(lines, first):
    """Tells whether a comment beside the function that begins at this line (from 1) says why it is long."""
    if LONG_FUNCTION.search(lines[first - 1]):
        return True
    above = first - 2
    while above >= 0 and re.match(r"\s*(//|#|@)", lines[above]):
        if LONG_FUNCTION.search(lines[above]):
            return True
        above -= 1
    return False


def check_sizes(name, text):
    kind = language(pathlib.PurePath(name), text)
    if not kind:
        return
    lines = text.splitlines()
    if len(lines) > MOST_FILE_LINES and not any(LONG_FILE.search(line) for line in lines[:10]):
        yield (f"{name}: {len(lines)} lines, {MOST_FILE_LINES} at most: split it, or give the reason in its first ten "
               "lines: `long file: …`")
    for function, first, last in functions(kind, text):
        if last - first + 1 > MOST_FUNCTION_LINES and not has_reason(lines, first):
            yield (f"{name}:{first}: {function} has {last - first + 1} lines, {MOST_FUNCTION_LINES} at most: split it, or "
                   "give the reason in a comment above it: `long: …`")


def check_header(name, text):
    if not name.endswith(".hpp"):
        return
    if name.startswith("include/") and not re.match(r"/// \\file\n///\s*\S", text):
        yield f"{name}: a public header begins with `/// \\file` and a line that says what it is for"
    if len(re.findall(r"^#pragma once$", text, re.M)) != 1:
        yield f"{name}: a header has one `#pragma once`"
    if found := re.search(r"^using\s+namespace\b", text, re.M):
        line = text.count("\n", 0, found.end()) + 1
        yield f"{name}:{line}: `using namespace` in a header reaches all who include it"


def check_blanks(name, text):
    if DATA.search(name):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            yield f"{name}:{number}: a tab"
        if line != line.rstrip():
            yield f"{name}:{number}: blanks at the end"
    if text and (not text.endswith("\n") or text.endswith("\n\n")):
        yield f"{name}: ends with one newline, no less and no more"


def check_columns(name, text):
    """Checks that lines are short enough to be read side by side. In Markdown this concerns prose only: tables, blocks, and
    lines with a long link may be longer."""
    most = MOST_COLUMNS.get(pathlib.PurePath(name).suffix)
    if most is None or DATA.search(name) or name.startswith("bench/"):  # tables of prose and figures
        return
    is_prose, in_block = name.endswith(".md"), False
    for number, line in enumerate(text.splitlines(), 1):
        in_block ^= is_prose and line.lstrip().startswith("```")
        if len(line) <= most or (is_prose and (in_block or line.lstrip().startswith(("|", "[", "![")))):
            continue
        if " " in line.strip()[:most] and "http" not in line:
            yield f"{name}:{number}: {len(line)} columns, {most} at most"


def check_stray(name, size):
    for pattern, what in STRAY.items():
        if re.search(pattern, name) and not re.match(r"tests/(cases|fuzz/corpus)/", name):
            yield f"{name}: {what} (git rm --cached)"
            return
    if size > LARGEST_BYTES:
        yield f"{name}: {size} bytes; the repository holds files up to {LARGEST_BYTES}"
