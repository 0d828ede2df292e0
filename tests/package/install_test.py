#!/usr/bin/python3
"""What is installed works where it is moved to, for people and for a stranger's CMake project.

    install_test.py --cmake CMAKE --cxx COMPILER --python PYTHON --build DIR --build-type TYPE --version X.Y.Z --work DIR
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONFIG = """\
store: store
symbols: [SYN]
days: all
router: cont_kukanov
order: {side: buy, shares: 12000, start: "10:00", end: "15:30", tz: America/New_York, slice: 30m, lot: 100}
grid:
  lambda_over:  {linear: [0.005, 0.045], points: 5}
  lambda_under: {linear: [0.005, 0.065], points: 7}
  theta_queue:  {linear: [0, 0.002], points: 3}
model: {samples: 50, sample_stride: 30s, venues_max: 2}
"""


def run(*words, **options):
    env = {k: v for k, v in os.environ.items() if not k.startswith("SORSWEEP")} | options.pop("env", {})
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, env=env, check=False, **options)
    assert done.returncode == 0, f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def install(args):
    """Installed into one prefix, then moved to another, so that whoever remembers the first is found out."""
    shutil.rmtree(args.work, ignore_errors=True)
    args.work.mkdir(parents=True)
    run(args.cmake, "--install", args.build, "--prefix", args.work / "first")
    (args.work / "moved").mkdir()
    return (args.work / "first").rename(args.work / "moved" / "prefix")


def check_files(prefix, args):
    files = {str(p.relative_to(prefix)): p for p in prefix.rglob("*") if p.is_file()}
    assert [f for f in files if f.startswith("bin/")] == ["bin/sorsweep"], "other programs are installed"
    archives = sorted(p.name for f, p in files.items() if f.endswith(".a"))
    assert archives == ["libsorsweep.a", "libsorsweep_app.a"], archives
    headers = {str(p.relative_to(ROOT / "include")) for p in (ROOT / "include").rglob("*.hpp")}
    assert headers == {f.removeprefix("include/") for f in files if f.startswith("include/")}
    for name in ("share/man/man1/sorsweep.1.gz", "share/sorsweep/configs/quickstart.yaml", "share/doc/sorsweep/README.md",
                 "share/doc/sorsweep/CHANGELOG.md", "share/doc/sorsweep/LICENSE", "share/doc/sorsweep/NOTICE",
                 "share/doc/sorsweep/copyright"):
        assert name in files, f"{name} is not installed"
    check_no_paths(files, args)
    check_links(prefix / "share/doc/sorsweep")
    return headers


def check_no_paths(files, args):
    """Paths of the machine that built it. Debugging symbols have them, so other builds than Release are looked at in part."""
    ours = [str(ROOT).encode(), str(args.build).encode(), str(args.work / "first").encode()]
    for name, path in files.items():
        if args.build_type != "Release" and (name.endswith(".a") or name.startswith("bin/")):
            continue
        content = path.read_bytes()
        assert not any(each in content for each in ours), f"{name} has a path of the build in it"


def check_links(docs):
    """Between pages, and to pictures; some pages name folders of the sources too."""
    for page in docs.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            if "://" not in target and target.endswith((".md", ".png")):
                assert (page.parent / target).exists(), f"{page.name} points to {target}, which is not installed"


def check_headers(headers, prefix, args):
    """Each in a unit of its own, as a stranger may include it first."""
    def compile_alone(header):
        return subprocess.run([args.cxx, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", prefix / "include",
                               "-x", "c++", "-"], input=f'#include "{header}"\n', capture_output=True, text=True, check=False)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, done in zip(sorted(headers), pool.map(compile_alone, sorted(headers))):
            assert done.returncode == 0, f"{header} does not compile alone:\n{done.stderr}"


def build_outside(source, prefix, args):
    build = args.work / source.name
    run(args.cmake, "-S", source, "-B", build, f"-DCMAKE_CXX_COMPILER={args.cxx}", "-DCMAKE_BUILD_TYPE=Release",
        f"-DCMAKE_PREFIX_PATH={prefix}", f"-DSORSWEEP_VERSION_WANTED={args.version}")
    run(args.cmake, "--build", build, "-j", os.cpu_count())
    return build


def check_results(prefix, stranger, work):
    """Program, library and a main of one's own come to the same surfaces."""
    program = prefix / "bin/sorsweep"
    run(program, "synth", "-o", "csv", "--days", 2, "--venues", 3, "--rows", 4000, "--symbol", "SYN", cwd=work)
    run(program, "convert", "csv", "-o", "store", "--symbol", "SYN", cwd=work)
    (work / "sweep.yaml").write_text(CONFIG)
    run(program, "sweep", "sweep.yaml", "-o", "run", cwd=work)
    best = json.loads((work / "run/best.json").read_text())
    wanted = list(best["best_parameters"].values())
    run(stranger / "own_main", "sweep", "sweep.yaml", "-o", "own", cwd=work)
    own = json.loads((work / "own/best.json").read_text())
    library = json.loads(run(stranger / "best_of_days", "store", "SYN", cwd=work))
    assert best["result_hash"] and best["result_hash"] == own["result_hash"] == library["result_hash"], (best, own, library)
    assert library["best"] == wanted, (library, wanted)
    return library


def check_slurm(prefix, work):
    """The installed scripts take the program of their prefix, though another folder's is not on the PATH."""
    path = {"PATH": "/usr/bin:/bin"}
    run(prefix / "share/sorsweep/slurm/submit.sh", "sweep.yaml", "-o", "dry", "--shards", 2, "--dry-run", cwd=work, env=path)
    settings = (work / "dry/slurm/settings.sh").read_text()
    assert f"program='{prefix}/bin/sorsweep'" in settings, settings
    status = run(prefix / "share/sorsweep/slurm/status.sh", "dry", "--json", cwd=work, env=path)
    assert json.loads(status)["units"] == 2, status


def check_completion(prefix):
    script = prefix / "share/bash-completion/completions/sorsweep"
    for words, wanted in ((("sorsweep", "sw"), "sweep"), (("sorsweep", "sweep", "--eng"), "--engine"),
                          (("sorsweep", "sweep", "--engine", "br"), "brute"), (("sorsweep", "--vers"), "--version")):
        got = run("bash", "-c", f'source "{script}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sorsweep; echo '
                                f'"${{COMPREPLY[*]}}"',
                  "-", *words).strip()
        assert got == wanted, f"{words}: {got}"


def main():
    parser = argparse.ArgumentParser()
    for name in ("--cmake", "--cxx", "--python", "--build-type", "--version"):
        parser.add_argument(name, required=True)
    for name in ("--build", "--work"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    args = parser.parse_args()
    prefix = install(args)
    assert run(prefix / "bin/sorsweep", "--version").split()[1] == args.version
    headers = check_files(prefix, args)
    check_headers(headers, prefix, args)
    stranger = build_outside(HERE / "stranger", prefix, args)
    built = args.work / "examples"  # as tests/python/extensions_test.py looks for them
    built.mkdir()
    for name in ("router", "metric", "input_format", "verb"):
        (built / f"example_{name}").symlink_to(build_outside(ROOT / "examples" / name, prefix, args) / f"example_{name}")
    (built / "sorsweep").symlink_to(prefix / "bin/sorsweep")
    library = check_results(prefix, stranger, args.work)
    run(args.python, ROOT / "tests/python/registered_router_test.py", "--program", built / "example_router", "--work",
        args.work / "registered_router")
    run(args.python, ROOT / "tests/python/extensions_test.py", "--build", built, "--work", args.work / "extensions")
    check_slurm(prefix, args.work)
    check_completion(prefix)
    shutil.rmtree(args.work)
    print(f"{len(headers)} headers alone; program, library and own main agree: {library}")


sys.exit(main())
