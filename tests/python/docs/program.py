"""Compares what the pages say of verbs, options, keys and exit codes with the program and its sources."""
import re
import subprocess

from docs.pages import code_words

COMMAND = re.compile(r"(?<![\w/.-])(?:build/release/)?sorsweep ((?:-[vq] )*)([a-z]+)([^`|;&#<>]*)")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*)")


class Program:
    def __init__(self, path, work):
        self.path, self.work = path, work
        top = self.run("--help").stdout
        self.verbs = re.findall(r"^  ([a-z]+) {2,}", top.partition("Verbs:")[2].partition("Options")[0], re.M)
        self.common = self.options_in(top) | {"--version"}  # that one stands in the usage
        self.options = {verb: self.options_in(self.run(verb, "--help").stdout) - {"--help"} for verb in self.verbs}

    def run(self, *words):
        return subprocess.run([self.path, *words], cwd=self.work, text=True, capture_output=True, check=False)

    @staticmethod
    def options_in(text):
        return set(re.findall(r"^  (?:-\w, |    )(--[a-z-]+)", text, re.M))

    def keys_of(self, section, config):
        """Returns the keys that the program knows at this place. It lists them when it refuses an unknown key."""
        wrong = f"{section}.qqqqqqqqq" if section else "qqqqqqqqq"
        said = self.run("plan", str(config), "--set", f"{wrong}=1").stderr
        found = re.search(r"keys: (.*)", said)
        if not found:
            raise SystemExit(f"{wrong}: the program names no keys: {said}")
        return re.split(r", | and ", found.group(1).strip())


def code_lines(page):
    for block in page.blocks:
        joined = block.text.replace("\\\n", " ")
        for line in joined.splitlines():
            if block.language != "console" or line.startswith("$ "):
                yield block.line, line
    for number, line in page.prose:
        if line.startswith("    "):
            yield number, line
        else:
            for word in code_words(line):
                yield number, word


def check_commands(pages, program):
    """Checks that every command in the pages exists, with every option that is used."""
    for page in pages.values():
        for line, text in code_lines(page):
            if "«" in text or "sorsweep swep" in text:  # what is refused, and how
                continue
            for _, verb, rest in COMMAND.findall(text):
                if verb not in program.verbs:
                    yield f"{page.name}:{line}: sorsweep has no verb {verb}"
                    continue
                for option in set(OPTION.findall(rest)) - program.options[verb] - program.common:
                    yield f"{page.name}:{line}: sorsweep {verb} has no option {option}"


def check_synopses(pages, program):
    """Checks that docs/commands.md has a section for each verb, and that its first block names exactly the options of the
    verb."""
    page = pages["docs/commands.md"]
    named = {}
    for block in page.blocks:
        if found := re.match(r"sorsweep ([a-z]+)", block.text):
            named.setdefault(found.group(1), set(OPTION.findall(block.text)))
    for verb in program.verbs:
        for option in sorted(program.options[verb] ^ named.get(verb, set())):
            where = "the program" if option in program.options[verb] else "the page"
            yield f"docs/commands.md: {verb} {option}: only {where} has it"
        if verb not in named:
            yield f"docs/commands.md: lacks {verb}"
    everything = "".join(page.text for page in pages.values())
    yield from (f"no page names the option {option}" for option in sorted(program.common) if option not in everything)


def check_submit(pages):
    """Checks that the table of the options of submit.sh has those of its --help."""
    page = pages["docs/slurm.md"]
    script = page.root / "scripts/slurm/submit.sh"
    text = subprocess.run(["bash", script, "--help"], text=True, capture_output=True, check=True).stdout
    option = re.compile(r"(?<![\w=-])(--[a-z][a-z-]*)")
    known = set(option.findall(text)) - {"--out"}  # in the table as -o
    table = next(table for table in page.tables if table.heading == "Options of submit.sh")
    said = {name for row in table.rows for name in option.findall(row[0])}
    yield from (f"docs/slurm.md: {name}: only the table or only submit.sh --help has it" for name in sorted(said ^ known))


def check_variables(pages, program):
    """Checks that the variables in the pages belong to options that exist. Every option can be given as a variable."""
    known = set().union(program.common, *program.options.values())
    for name in sorted(set(re.findall(r"SORSWEEP_[A-Z_]+[A-Z]", pages["docs/config.md"].text))):
        if "--" + name.removeprefix("SORSWEEP_").lower().replace("_", "-") not in known:
            yield f"docs/config.md: the program knows no {name}"


SECTIONS = ["order", "grid", "fees", "fees.default", "model", "run", "days", "objective", "structural"]
PREFIXES = {"model": "model.", "order: slices": "", "fees": ""}  # of keys in tables under these headings


def keys_in_tables(page):
    """Returns the full names of the keys in the first column of the tables with the header `key`."""
    for table in page.tables:
        if table.header[0] != "key":
            continue
        for row in table.rows:
            before = ""
            for word in code_words(row[0]):
                word = word.partition(":")[0]
                if word.startswith("."):
                    word = before + word
                if not word.endswith("*"):
                    yield PREFIXES.get(table.heading, "") + word
                before = word.rpartition(".")[0]


def check_keys(pages, program, config):
    page = pages["docs/config.md"]
    said = set(keys_in_tables(page))
    known = {}
    for section in ["", *SECTIONS]:
        known.update({f"{section}.{key}".lstrip("."): section for key in program.keys_of(section, config)})
    for key in sorted(said - set(known)):
        yield f"docs/config.md: the program knows no key {key}"
    structural = code_words(page.section("structural"))
    for key, section in known.items():
        short = key.rpartition(".")[2]
        if section == "structural" and short not in structural:
            yield f"docs/config.md: does not name the structural key {short}"
        if section in ("days", "objective"):
            if f"{short}:" not in page.text:
                yield f"docs/config.md: does not name {key}"
        elif section != "structural" and key not in said and not any(other.startswith(key + ".") for other in said):
            yield f"docs/config.md: no table has {key}"


def check_exit_codes(pages, root):
    source = (root / "src/core/error.hpp").read_text()
    body = re.search(r"enum class Exit[^{]*\{(.*?)\};", source, re.S).group(1)
    known = set(re.findall(r"^\s*\w+ = (\d+)", body, re.M))
    said = {row[0].strip("`") for row in pages["docs/exit-codes.md"].tables[0].rows}
    said = {code for code in said if code.isdigit()}
    yield from (f"docs/exit-codes.md: lacks {code}" for code in sorted(known - said))
    yield from (f"docs/exit-codes.md: core/error.hpp has no {code}" for code in sorted(said - known))
