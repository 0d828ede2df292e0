"""Rules for names and numbers of files: the test of a source is found by its name, and a folder is easy to survey."""
import pathlib
import re

from layout import DATA

MOST_FILES_OF_A_FOLDER = 40
MOST_PUBLIC_HEADERS = 29
SHORT_LINES = 30
MOST_SHORT_SHARE = 0.08

# If the test of a source has another name, the first line of the source says `// tested by: tests/FILE (WORD)`. Both files
# contain the word. For a C++ test it is a function or a type that the source, or the header of its name, declares. For other
# tests it has at least six characters, so that it is not in both files by chance.
TESTED_BY = re.compile(r"\A// tested by: (tests/\S+) \((\w+)\)$", re.M)
SHORTEST_WORD = 6


def tests_by_name(source):
    """Lists where the test of src/ROOM/x_y.cpp may be. It is called x_y_test.cpp, or x_test.cpp if x_y is a part of x, or it is a
    Python test or a case of that name. The tests of x_verb.cpp are named after the verb."""
    _, room, name = source.removesuffix(".cpp").split("/")
    words = name.split("_")
    parts = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    whole = name.removesuffix("_verb")
    return [*(f"tests/{room}/{part}_test.cpp" for part in parts), f"tests/python/{whole}_test.py", f"tests/cases/{whole}/run"]


def declares(source, word, known, text_of):
    """Tells whether a source, or the header of its name, declares a function or a type of this name. In a source, a function
    begins at the left margin, or it is a member with a type before its name and a body behind; a call has neither."""
    stem = source.removeprefix("src/").removesuffix(".cpp")
    headers = [name for name in (f"src/{stem}.hpp", f"include/sorsweep/{stem}.hpp") if name in known]
    defined = rf"^\w.*\b{word}\(|^ +(?! |return\b)[\w:<>,&* ]+ [&*]?{word}\([^;]*\)[ \w]* {{"
    for name, function in ((source, defined), *((header, rf"\b{word}\(") for header in headers)):
        code = re.sub(r"//.*", "", text_of(name))
        if re.search(rf"{function}|\b(?:class|struct) (?:\w+::)?{word}\b", code, re.M):
            return True
    return False


def check_tests(names, text_of):
    """Checks that every source of src/ has a test of its name or says which test it has. text_of(name) reads a file."""
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
        bodies = {source: text[said.end():], test: text_of(test)}
        without = [name for name, body in bodies.items() if not re.search(rf"\b{word}\b", body)]
        for name in without:
            yield f"{source}: is tested by {test} by the word {word}, which {name} has not"
        if without:
            continue
        if test.endswith(".cpp") and not declares(source, word, known, text_of):
            yield f"{source}: is tested by {test} by the word {word}, which is no function or type that the source declares"
        if not test.endswith(".cpp") and len(word) < SHORTEST_WORD:
            yield f"{source}: is tested by {test} by the word {word}, which is shorter than {SHORTEST_WORD} characters"


def check_folders(names):
    """Checks that no folder has more files than one can survey. Folders of data may have any number."""
    folders = {}
    for name in names:
        if not DATA.search(name):
            folders.setdefault(str(pathlib.PurePath(name).parent), []).append(name)
    for folder, files in sorted(folders.items()):
        if len(files) > MOST_FILES_OF_A_FOLDER:
            yield f"{folder}: {len(files)} files, {MOST_FILES_OF_A_FOLDER} at most: a folder is one room"


def check_headers(names):
    """Checks that the public headers are few: only those that examples and other projects need."""
    headers = [name for name in names if name.startswith("include/") and name.endswith(".hpp")]
    if len(headers) > MOST_PUBLIC_HEADERS:
        yield f"include: {len(headers)} public headers, {MOST_PUBLIC_HEADERS} at most: put a private one beside its source"


def check_short_files(names, text_of):
    """Checks that few sources are so short that they should be part of another."""
    sources = [name for name in names if re.match(r"(include|src)/.*\.[ch]pp$", name)]
    short = [name for name in sources if text_of(name).count("\n") < SHORT_LINES]
    if len(short) > MOST_SHORT_SHARE * len(sources):
        yield (f"{len(short)} of {len(sources)} sources have fewer than {SHORT_LINES} lines, {MOST_SHORT_SHARE:.0%} at most: "
               f"{', '.join(short)}")
