"""Attacks with names of symbols, folders and files that lead elsewhere or are not even words."""
import os
import shutil

ODD = {"blank": "a b", "quote": "a'b\"c", "dollar": "a$(touch owned)b", "dash": "-rf", "dashes": "--force", "star": "*",
       "line's end": "a\nb", "bytes": b"a\xff\xfeb", "long": "y" * 200, "Greek": "λ"}


def odd_paths(lab):
    """Works in folders with odd names. All of it is done, or refused with a message."""
    base = lab.folder("odd")
    for name, word in ODD.items():
        folder = os.path.join(os.fsencode(base), os.fsencode(word))
        os.mkdir(folder)
        store, run = os.path.join(folder, b"store"), os.path.join(folder, b"run")
        csv = os.path.join(folder, b"in.csv")
        shutil.copy(sorted((lab.work / "csv").glob("*.csv"))[0], csv)
        lab.attack(f"convert, {name}", ["convert", csv, "-o", store, "--symbol", "SYN"], 0, writes=[base])
        config = os.path.join(folder, b"c.yaml")
        with open(config, "wb") as file:
            file.write(lab.config.read_bytes())
        lab.attack(f"sweep --init, {name}", ["sweep", config, "-o", run, "--init", "--json"], 0, writes=[base])
        lab.attack(f"sweep, {name}", ["sweep", config, "-o", run], 0, writes=[base])
        lab.attack(f"merge, {name}", ["merge", run], 0, writes=[base])
        lab.attack(f"status, {name}", ["status", run, "--json"], 0)
        lab.attack(f"verify, {name}", ["verify", folder], 0)
        lab.attack(f"inspect, {name}", ["inspect", store], 0)
        lab.attack(f"replay, {name}", ["replay", run, "--point", "lambda_over=0.004,lambda_under=0.004,theta_queue=0"], 0)


def relative_stores(lab):
    """Checks that a store which a config names from an odd working folder is the same one when the run goes on."""
    base = lab.folder("relative")
    for name, word in ODD.items():
        folder = os.path.join(os.fsencode(base), os.fsencode(word))
        os.mkdir(folder)
        shutil.copytree(os.fsencode(lab.store), os.path.join(folder, b"store"))
        with open(os.path.join(folder, b"c.yaml"), "wb") as file:
            file.write(lab.config.read_bytes().replace(os.fsencode(lab.store), b"store"))
        good = name not in ("line's end", "bytes")
        done = lab.attack(f"relative store, {name}", ["sweep", "c.yaml", "-o", "run"], 0 if good else 2,
                          *([] if good else ["the store's path"]), writes=[base], cwd=folder)
        if good and done.returncode == 0:
            lab.attack(f"relative store merged, {name}", ["merge", "run"], 0, writes=[base], cwd=folder)


def symbols(lab):
    to = lab.work / "none"
    csv = sorted((lab.work / "csv").glob("*.csv"))[0]
    for symbol in ("..", ".", "../x", "/tmp/x", "a/b", "", "x" * 65, "a\nb", "\x1b[31m", " a", "a ", b"\xff", ".hidden",
                   "a\\b", "a*b"):
        lab.attack(f"--symbol {symbol!r}", ["convert", csv, "-o", to, b"--symbol=" + os.fsencode(symbol)],
                   2 if symbol == "" else 3, "symbol")
    for symbol in ("../x", "/tmp/x", "a/b", "x" * 65, "a\nb"):
        lab.attack(f"synth of {symbol!r}", ["synth", "-o", to, "--symbol", symbol, "--days", 1, "--rows", 10], 2, "symbol")
    for symbol in ("../../store/SYN", "/etc", "..", "."):
        lab.attack(f"symbols: {symbol}", ["sweep", lab.config, "-o", to, "--set", f'symbols=["{symbol}"]'], 3, "no symbol")
        lab.attack(f"replay of {symbol}", ["replay", lab.run, "--symbol", symbol, "--point",
                                           "lambda_over=0.004,lambda_under=0.004,theta_queue=0"], 2, "no unit")


def cases(lab):
    """Checks that symbols which differ in case are two symbols."""
    store = lab.folder("cases")
    csv = lab.work / "cases.csv"
    text = sorted((lab.work / "csv").glob("*.csv"))[0].read_text()
    head, rows = text.split("\n", 1)
    csv.write_text(head + "\n" + rows + rows.replace(",SYN\n", ",syn\n"))
    lab.attack("two cases", ["convert", csv, "-o", store], 0, writes=[store])
    lab.expect(sorted(p.name for p in store.iterdir()) == ["SYN", "syn"], "two cases: not two folders")
    lab.attack("sweep of two cases", ["sweep", lab.config, "-o", store / "run", "--set", f"store={store}", "--set",
                                      "symbols=[SYN, syn]"], 0,
               writes=[store])


def links(lab):
    """Checks that nothing is written through a link."""
    csv = sorted((lab.work / "csv").glob("*.csv"))[0]
    store = lab.folder("linked")
    (store / "SYN").symlink_to(lab.jail)
    lab.attack("store with a link out", ["convert", csv, "-o", store, "--symbol", "SYN"], 5, "is a link")
    (store / "SYN").unlink()
    (store / "SYN").mkdir()
    day = store / "SYN" / "2024-07-08.h5"
    day.symlink_to(lab.jail / "precious")
    lab.attack("day that is a link", ["convert", csv, "-o", store, "--symbol", "SYN", "--force"], 0, writes=[store])
    lab.expect(not day.is_symlink(), "day that is a link: it still is")
    for name in ("units", "logs"):
        run = lab.folder("linked_run")
        (run / name).symlink_to(lab.jail)
        lab.attack(f"run with {name} that is a link", ["sweep", lab.config, "-o", run], 5, "is a link")
    run = lab.folder("linked_run")
    (run / "manifest.json").symlink_to(lab.jail / "made")
    lab.attack("run with a manifest that is a dangling link", ["sweep", lab.config, "-o", run], 3, "is no run")
    run = lab.folder("linked_run")
    for name in ("config.resolved.yaml", "best.json", "report.html", "results.h5"):
        (run / name).symlink_to(lab.jail / "made")
    lab.attack("run of dangling links", ["sweep", lab.config, "-o", run], 0, writes=[run])
    lab.expect(not (lab.jail / "made").exists(), "run of dangling links: one was followed")
    shutil.copytree(lab.store / "SYN", store / "bad\nname")
    shutil.copytree(lab.store / "SYN", store / ".hidden")
    lab.attack("store with other folders", ["sweep", lab.config, "-o", run, "--set", f"store={store}", "--set", "symbols=all",
                                            "--init"], 2,
               "holds another run", writes=[run])


def run(lab):
    odd_paths(lab)
    relative_stores(lab)
    symbols(lab)
    cases(lab)
    links(lab)
