#!/usr/bin/python3
"""sorsweep(1) against what --help prints, docs/exit-codes.md, and two readers of man pages that are not ours.

    man_test.py --program sorsweep --page sorsweep.1 --version X.Y.Z
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def output(*words):
    env = {k: v for k, v in os.environ.items() if not k.startswith("SORSWEEP")}
    return subprocess.run(words, capture_output=True, text=True, check=True, env=env).stdout


def rendered(page):
    """The page as text, by headings: {"SYNOPSIS": ..., "sweep": ...}; verbs by their first word."""
    text = output("groff", "-man", "-K", "utf8", "-T", "utf8", "-P", "-cbou", "-rLL=400n", "-rHY=0", str(page))
    text = re.sub(".\b", "", text).replace("\u2010", "-").replace("\u2212", "-").replace("\u00ad", "")
    sections, name = {}, ""
    for line in text.splitlines():
        verb = re.match(r"   (\w+) ", line)
        if line and not line.startswith(" "):
            name = line.strip()
        elif verb:
            name = verb.group(1)
        sections[name] = sections.get(name, "") + line + "\n"
    return sections


def help_lines(text, titles):
    """The lines of these parts of --help, which end at the next line that is not indented."""
    lines, inside = [], False
    for line in text.splitlines():
        if line and not line.startswith(" "):
            inside = line.rstrip(":") in titles
        elif inside:
            lines.append(line)
    return lines


def names_in_help(text):
    """Every option and argument that --help shows, with its variable, where it has one: {"--out": "SORSWEEP_OUT"}"""
    names = {}
    for line in help_lines(text, ("Options", "Options of every verb")):
        begin = re.match(r" {2,6}(-\w(?=, ))?,? ?(--[\w-]+)?", line)
        short, long = begin.groups() if begin else (None, None)
        if long:
            asks = long in ("--help", "--version")  # the others can be given as SORSWEEP_<OPTION>
            names[long] = None if asks else "SORSWEEP_" + long.removeprefix("--").upper().replace("-", "_")
        if short:
            names[short] = names[long]
    for line in help_lines(text, ("Arguments",)):
        if re.match(r"  \S", line):
            names[line.split()[0]] = None
    return names


def check_against_help(program, sections):
    top = output(program, "--help")
    verbs = [line.split()[0] for line in help_lines(top, ("Verbs",)) if re.match(r"  \S", line)]
    assert len(verbs) >= 10, f"no verbs in --help: {verbs}"
    known = {"--version": None} | names_in_help(top)  # what every verb has stands under OPTIONS
    assert "--help" in known and known["--log-file"] == "SORSWEEP_LOG_FILE", known
    missing = [f"sorsweep {name}" for name in known if not has(sections["OPTIONS"], name, known[name])]
    for verb in verbs:
        names = names_in_help(output(program, verb, "--help"))
        assert len(names) > 1, f"{verb} --help is not understood: {names}"
        missing += [f"{verb} {name}" for name in names
                    if name not in known and not has(sections.get(verb, ""), name, names[name])]
    assert not missing, f"not in the page: {missing}"
    return len(verbs)


def has(section, name, variable):
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", section)) and (variable or "") in section


def check_exit_codes(sections):
    table = re.findall(r"^\| (\S+) \| \S", (ROOT / "docs/exit-codes.md").read_text().split("\n## ")[0], re.M)
    codes = [code for code in table if code[0].isdigit()]
    page = re.findall(r"^ +(\d[\d+n]*)(?= |$)", sections["EXIT STATUS"], re.M)
    assert codes == page and len(codes) > 8, f"docs/exit-codes.md has {codes}, the page {page}"


def lint(page):
    found = []
    for tool, words in (("groff", ["-man", "-ww", "-z", "-K", "utf8"]), ("mandoc", ["-T", "lint", "-W", "style"])):
        if not shutil.which(tool):
            print(f"skipped: no {tool}: apt-get install {tool}")
            sys.exit(1 if os.environ.get("CI") else 77)
        done = subprocess.run([tool, *words, str(page)], capture_output=True, text=True, check=False)
        found += (done.stdout + done.stderr).splitlines()
    assert not found, "\n".join(found)


def main():
    parser = argparse.ArgumentParser()
    for name in ("--program", "--page", "--version"):
        parser.add_argument(name, required=True)
    args = parser.parse_args()
    lint(args.page)
    sections = rendered(args.page)
    assert f"sorsweep {args.version}" in pathlib.Path(args.page).read_text().splitlines()[0]
    for heading in ("NAME", "SYNOPSIS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"):
        assert heading in sections, f"no section {heading}"
    verbs = check_against_help(args.program, sections)
    check_exit_codes(sections)
    print(f"{verbs} verbs with all their options are in the page; groff and mandoc have nothing to say")


sys.exit(main())
