"""The test of a source is found by its name; folders and headers are few enough to be looked over."""
import pathlib
import re

from layout import DATA

MOST_FILES_OF_A_FOLDER = 40
MOST_PUBLIC_HEADERS = 29
SHORT_LINES = 30
MOST_SHORT_SHARE = 0.08

# At the top of a source whose test has another name: `// tested by: tests/FILE (WORD)`, where both files have the word.
TESTED_BY = re.compile(r"\A// tested by: (tests/\S+) \((\w+)\)$", re.M)


def tests_by_name(source):
    """Where the test of src/ROOM/x_y.cpp may be: x_y_test.cpp of its room, x_test.cpp where x_y is a part of x, or a Python
    test or a case of that name; those of x_verb.cpp are named after the verb."""
    _, room, name = source.removesuffix(".cpp").split("/")
    words = name.split("_")
    parts = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    whole = name.removesuffix("_verb")
    return [*(f"tests/{room}/{part}_test.cpp" for part in parts), f"tests/python/{whole}_test.py", f"tests/cases/{whole}/run"]


def check_tests(names, text_of):
    """Every source of src/ has a test by its name, or names the one that it has. text_of(name) reads a file."""
    known = set(names)
    for source in names:
        if not re.fullmatch(r"src/\w+/\w+\.cpp", source):
            continue
        text = text_of(source)
        said = TESTED_BY.match(text)
        if not said:
            if "// tested by:" in text:
                yield f"{source}: `// tested by: tests/FILE (WORD)` is a file's first line"
            if not known.intersection(tests_by_name(source)):
                yield f"{source}: has no {tests_by_name(source)[0]}, and no first line `// tested by: tests/FILE (WORD)`"
            continue
        test, word = said.groups()
        if test not in known:
            yield f"{source}: is tested by {test}, which is not there"
            continue
        for name, body in ((source, text[said.end():]), (test, text_of(test))):
            if not re.search(rf"\b{word}\b", body):
                yield f"{source}: is tested by {test} by the word {word}, which {name} has not"


def check_folders(names):
    """No folder has more files than one looks over. Data is not looked over."""
    folders = {}
    for name in names:
        if not DATA.search(name):
            folders.setdefault(str(pathlib.PurePath(name).parent), []).append(name)
    for folder, files in sorted(folders.items()):
        if len(files) > MOST_FILES_OF_A_FOLDER:
            yield f"{folder}: {len(files)} files, {MOST_FILES_OF_A_FOLDER} at most: a folder is one room"


def check_headers(names):
    """Public headers are what examples and installed programs reach."""
    headers = [name for name in names if name.startswith("include/") and name.endswith(".hpp")]
    if len(headers) > MOST_PUBLIC_HEADERS:
        yield f"include: {len(headers)} public headers, {MOST_PUBLIC_HEADERS} at most: put a private one beside its source"


def check_short_files(names, text_of):
    """Few sources are so short that they could be part of another."""
    sources = [name for name in names if re.match(r"(include|src)/.*\.[ch]pp$", name)]
    short = [name for name in sources if text_of(name).count("\n") < SHORT_LINES]
    if len(short) > MOST_SHORT_SHARE * len(sources):
        yield (f"{len(short)} of {len(sources)} sources have fewer than {SHORT_LINES} lines, {MOST_SHORT_SHARE:.0%} at most: "
               f"{', '.join(short)}")
