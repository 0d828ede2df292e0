"""Runs the marked blocks, page by page. Each page has a folder of its own.

The mark is a comment on the line before a block. Readers do not see it:

    <!-- run -->              sh: exits with 0. python: too. console: `$ command` lines with what they print; … stands for
                              anything in a line, alone on a line for any lines
    <!-- run, exit 2 -->      the same with another exit code
    <!-- output -->           what the block before it printed
    <!-- save: x.yaml -->     yaml: kept as that file; `sorsweep plan` takes it
    <!-- set: x.yaml -->      yaml: some keys; `sorsweep plan` takes them in place of those of that file
    <!-- file: configs/x -->  the repository's file, but for the comment that it begins with
    <!-- setup … -->          a script of its own that is run at this place
    <!-- folder: docs/y.md --> the page works in the folder of that page, after it
"""
import os
import re
import shlex
import subprocess
import sys

PYTHON = "/usr/bin/python3"


def pattern_of(expected):
    """Turns lines into a regular expression in which … stands for anything."""
    parts = []
    for line in expected.rstrip().split("\n"):
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(r"[^\n]*".join(re.escape(part) for part in line.rstrip().split("…")) + r"[ ]*\n")
    return "".join(parts)


def matches(expected, got):
    return re.fullmatch(pattern_of(expected), "".join(line.rstrip() + "\n" for line in got.rstrip().split("\n"))) is not None


def console_steps(text):
    """Returns [(command, expected output)] of a console block."""
    steps = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append([line[2:], ""])
        elif steps and steps[-1][0].endswith("\\") and not steps[-1][1]:
            steps[-1][0] += "\n" + line
        elif steps:
            steps[-1][1] += line + "\n"
    return steps


class Runner:
    """Keeps the folder of one page, with the program and the files of the repository where readers have them."""

    def __init__(self, program, root, folder):
        self.program, self.root, self.folder = program, root, folder
        self.last_output = ""
        if folder.exists():
            return
        (folder / "build/release").mkdir(parents=True)
        (folder / "build/release/sorsweep").symlink_to(program)
        for name in ("configs", "scripts"):
            (folder / name).symlink_to(root / name)

    def shell(self, script):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("SORSWEEP_", "SLURM_"))}
        env.update(PATH=f"{self.folder}/build/release:{env['PATH']}", LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1")
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=self.folder, env=env, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=850)
        self.last_output = done.stdout
        return done

    def script(self, script, code=0):
        """Returns what is wrong, or nothing."""
        done = self.shell(script)
        if done.returncode != code:
            return f"exit code {done.returncode}, not {code}:\n{done.stdout}"
        return None

    def console(self, text, code):
        for command, expected in console_steps(text):
            done = self.shell(command)
            if done.returncode != code:
                return f"$ {command}\nexit code {done.returncode}, not {code}:\n{done.stdout}"
            if expected.strip() and not matches(expected, done.stdout):
                return f"$ {command}\nprints\n{done.stdout}instead of\n{expected}"
        return None

    def set_keys(self, text, name):
        """Puts the top keys of the fragment in place of those of a saved file."""
        words = []
        for part in re.split(r"^(?=\w)", text, flags=re.M):
            if part.strip():
                key, _, value = part.partition(":")
                words += ["--set", f"{key}={value.strip(' ') if value.strip() else value}"]
        return self.script(shlex.join(["sorsweep", "plan", name, *words]))

    def block(self, block):
        verb, _, rest = block.mark.partition(":")
        rest = rest.strip()
        if found := re.fullmatch(r"run(?:, exit (\d+))?", block.mark):
            code = int(found.group(1) or 0)
            if block.language == "console":
                return self.console(block.text, code)
            if block.language == "python":
                return self.script(f"{PYTHON} -c {shlex.quote(block.text)}", code)
            if block.language in ("sh", "setup"):
                return self.script(block.text, code)
        elif verb == "output":
            got = self.last_output
            return None if matches(block.text, got) else f"prints\n{got}instead of\n{block.text}"
        elif verb == "save":
            (self.folder / rest).write_text(block.text)
            return self.script(f"sorsweep plan {shlex.quote(rest)}")
        elif verb == "set":
            return self.set_keys(block.text, rest)
        elif verb == "file":
            there = (self.root / rest).read_text()
            return None if re.sub(r"\A(#.*\n)+", "", there) == block.text else f"is not what {rest} holds"
        return f"nobody knows how to run a block of «{block.language}» marked «{block.mark}»"


def folder_of(page):
    found = re.search(r"^<!-- folder: (\S+) -->$", page.text, re.M)
    return found.group(1) if found else page.name


def run_pages(pages, program, work):
    """Yields what is wrong. Pages that work in the folder of another page come last."""
    ran, left = 0, []
    for page in sorted(pages.values(), key=lambda page: folder_of(page) != page.name):
        runner = Runner(program, page.root, work / folder_of(page).replace("/", "_"))
        for block in page.blocks:
            if block.mark:
                ran += 1
                if wrong := runner.block(block):
                    yield f"{page.name}:{block.line}: {wrong}"
            elif block.language in ("sh", "console", "python", "yaml"):
                left.append(f"{page.name}:{block.line}")
    print(f"{ran} blocks were run; not marked: {', '.join(left) or 'none'}", file=sys.stderr)
    if not ran:
        yield "no block is marked to be run"
