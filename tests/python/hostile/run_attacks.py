"""Attacks with the other files of a run, and with files that change while the program reads them."""
import json
import os
import shutil
import signal
import subprocess
import threading
import time


def manifests(lab):
    run = lab.copy(lab.run, "manifest_run")
    path = run / "manifest.json"
    good = json.loads(path.read_text())

    def edited(**changes):
        return json.dumps({**good, **changes}).encode()

    def moved(name):
        lines = [line.replace("data of SYN", f"data of {name}") for line in good["identity"]]
        return edited(identity=lines, days=[{**day, "day": day["day"].replace("SYN", name)} for day in good["days"]])

    texts = {
        "empty": b"", "cut": path.read_bytes()[:200], "list": b"[]", "null": b"null", "number": b"7",
        "deep": b"[" * 1_000_000, "deep maps": b'{"a":' * 1_000_000, "no UTF-8": b'{"run_id": "\xff"}',
        "NULs": b"\0" * 1000, "wrong types": edited(units="many"), "units below zero": edited(run_id=5),
        "identity of numbers": edited(identity=[1, 2]), "days of numbers": edited(days=[1, 2]),
        "predicted of words": edited(predicted={"seconds": "x"}), "huge number": b'{"units": 1e999}',
        "symbol that leaves the store": moved("../../jail/x"), "absolute symbol": moved("/etc/x"),
    }
    for name, text in texts.items():
        path.write_bytes(text)
        for verb in (["report", run], ["merge", run],
                     ["replay", run, "--point", "lambda_over=0.004,lambda_under=0.004,theta_queue=0"],
                     ["sweep", lab.config, "-o", run]):
            lab.attack(f"manifest, {name}, {verb[0]}", verb, 4, "anifest")
    path.write_bytes(edited(units=10**15))
    (run / "config.resolved.yaml").unlink()
    lab.attack("manifest with too many units", ["status", run], 4, "manifest.json is damaged")
    path.unlink()
    os.mkfifo(path)
    lab.attack("manifest that is a FIFO", ["status", run], 3, "manifest.json")
    path.unlink()
    path.touch()
    os.truncate(path, 1 << 40)
    lab.attack("manifest of a terabyte", ["status", run], 3, "longer than 256.0 MiB")


def resolved(lab):
    run = lab.copy(lab.run, "resolved_run")
    path = run / "config.resolved.yaml"
    good = path.read_bytes()
    for name, text, code in (("empty", b"", 2), ("bomb", b"[" * 100_000, 2), ("NUL", good + b"\0", 2),
                             ("other shares", good.replace(b"6000", b"6001"), 4), ("gone", None, 2)):
        path.unlink() if text is None else path.write_bytes(text)
        lab.attack(f"resolved config, {name}", ["report", run], code, "config.resolved.yaml")
    path.symlink_to("/dev/zero")
    lab.attack("resolved config, /dev/zero", ["report", run], 2, "4.0 MiB")


def logs(lab):
    """Checks that status tells what it can, whatever lies among the logs."""
    run = lab.copy(lab.run, "logs_run")
    folder = run / "logs"
    for name, last in (("a.jsonl", b""), ("b.jsonl", b"\n" + sorted(folder.glob("2*"))[0].read_bytes())):
        with (folder / name).open("wb") as file:
            for _ in range(300):
                file.write(b"[" * 1_000_000)
            file.write(last)
    (folder / "c.jsonl").write_bytes(b"[" * 500_000 + b"\n" + b'{"a":' * 100_000 + b"\n\0\0\n\xff\n")
    lines = [{"event": "start", "time": "1970-01-01T00:00:00Z", "host": "h", "pid": -1, "threads": -5, "units": 2**63},
             {"event": "start", "time": "2262-01-01T00:00:00Z", "host": os.uname().nodename, "pid": 2**31 - 1,
              "threads": 2**31 - 1},
             {"event": "unit", "time": "2262-01-01T00:00:00Z", "unit": "x" * 500_000, "seconds": 1e300, "fresh": True},
             {"event": "unit", "time": "1970-01-01T00:00:00Z", "unit": "SYN 2024-07-08", "seconds": -1e300, "fresh": True},
             {"event": "unit_failed", "time": "2024-01-01T00:00:00Z", "unit": "\x1b[31m", "error": "\x1b[2J", "alone": "x\ny",
              "exit": 4},
             {"event": "end", "time": "2024-01-01T00:00:00Z", "exit": "no number"}, {"event": 7}, [], None]
    (folder / "d.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    (folder / "e.jsonl").mkdir()
    os.mkfifo(folder / "f.jsonl")
    (folder / "g.jsonl").symlink_to("/dev/zero")
    (folder / "h.jsonl").symlink_to("h.jsonl")
    for more in ([], ["--json"]):
        done = lab.attack(f"logs {more}", ["status", run, *more], 0)
        lab.expect("\x1b" not in done.stdout, "logs: an escape sequence in what status prints")
    lab.expect(json.loads(done.stdout)["done"] == 2, "logs: status does not count two units")


def units_folder(lab):
    """Puts something else where a unit should be."""
    for name, make in {"folder": lambda path: path.mkdir(), "FIFO": os.mkfifo,
                       "/dev/zero": lambda path: path.symlink_to("/dev/zero"),
                       "loop": lambda path: path.symlink_to(path.name), "link": lambda path: path.symlink_to("nowhere")}.items():
        run = lab.copy(lab.run, "units_folder_run")
        unit = sorted((run / "units").glob("*.h5"))[0]
        unit.unlink()
        make(unit)
        for verb in ("report", "merge"):
            done = lab.attack(f"unit that is a {name}, {verb}", [verb, run], (3, 4, 6), writes=[run / "logs"])
            lab.expect(unit.name[:14].replace("-", " ", 1) in done.stderr or unit.name in done.stderr,
                       f"unit that is a {name}: {done.stderr!r}")
        lab.attack(f"unit that is a {name}, verify", ["verify", run], (0, 4))
    run = lab.copy(lab.run, "units_folder_run")
    (run / "units" / "more\nunits.h5").write_bytes(b"x")
    lab.attack("unit with an odd name", ["merge", run], 4, "no units of this run")


def start(lab, *args):
    return subprocess.Popen([lab.program, *map(str, args)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                            cwd=lab.work)


def wait_for(truth, child):
    for _ in range(3000):
        if truth() or child.poll() is not None:
            return
        time.sleep(0.01)


def ended(lab, name, child, codes, part=""):
    try:
        _, said = child.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        child.kill()
        _, said = child.communicate()
    lab.attacks += 1
    lab.expect(child.returncode in codes, f"{name}: exit {child.returncode}, not one of {codes}: {said[:300]!r}")
    lab.expect(child.returncode == 0 or part in said, f"{name}: no «{part}» in {said[:300]!r}")


def moving(lab):
    """Truncates, replaces and deletes files while they are read."""
    folder = lab.folder("moving")
    rows = sorted((lab.work / "csv").glob("*.csv"))[0].read_bytes()
    head, body = rows.split(b"\n", 1)
    big = folder / "big.csv"
    with big.open("wb") as file:
        file.write(head + b"\n")
        for _ in range(800):
            file.write(body)
    child = start(lab, "convert", big, "-o", folder / "store", "--threads", 1)
    wait_for(lambda: os.path.exists(f"/proc/{child.pid}/fd") and any(
        os.path.realpath(f"/proc/{child.pid}/fd/{fd}") == str(big) for fd in os.listdir(f"/proc/{child.pid}/fd")), child)
    os.truncate(big, 5_000_000)
    ended(lab, "input cut short while it is read", child, (0, 3))
    lab.expect(not list((folder / "store").rglob(".*")) if (folder / "store").exists() else True, "input cut short: temporaries")
    store = lab.copy(lab.store, "moving/days")
    config = folder / "moving.yaml"
    config.write_text(lab.config.read_text().replace(str(lab.store), str(store)).replace("points: 6", "points: 60").replace(
        "samples: 60", "samples: 400").replace("slice: 30m", "slice: 1m"))
    days = sorted((store / "SYN").glob("*.h5"))
    bytes_of_days = [day.read_bytes() for day in days]
    for name, change in {"truncated": lambda day: os.truncate(day, 1000), "deleted": os.unlink,
                         "replaced": lambda day: (day.unlink(), shutil.copy(lab.work / "other.h5", day))}.items():
        if name == "replaced":
            lab.must("synth", "-o", folder / "csv", "--days", 2, "--rows", 2000, "--venues", 3, "--symbol", "SYN", "--seed", 9)
            lab.must("convert", folder / "csv", "-o", folder / "others", "--symbol", "SYN")
            shutil.copy(sorted((folder / "others" / "SYN").glob("*.h5"))[-1], lab.work / "other.h5")
        for day, data in zip(days, bytes_of_days):
            day.write_bytes(data)
        run = folder / f"run_{name}"
        child = start(lab, "sweep", config, "-o", run, "--threads", 1)
        wait_for(lambda: list(run.glob("units/*.h5")) or (run / "manifest.json").exists(), child)
        os.kill(child.pid, signal.SIGSTOP)
        change(days[-1])
        os.kill(child.pid, signal.SIGCONT)
        ended(lab, f"day {name} during a sweep", child, (0, 3) if name == "deleted" else (0, 4), "2024-07-09")
        for path in run.glob("units/*.h5"):
            lab.attack(f"day {name}: {path.name}", ["verify", path], 0)
    for day, data in zip(days, bytes_of_days):
        day.write_bytes(data)
    run = folder / "run_gone"
    child = start(lab, "sweep", config, "-o", run, "--threads", 1)
    wait_for(lambda: (run / "manifest.json").exists(), child)
    os.kill(child.pid, signal.SIGSTOP)
    os.rename(run, folder / "elsewhere")
    os.kill(child.pid, signal.SIGCONT)
    ended(lab, "run folder gone during a sweep", child, (5,), "cannot be written")
    lab.expect(not run.exists(), "run folder gone: it was made again")
    replaced_units(lab)


def replaced_units(lab):
    """Cuts a unit and restores it again and again while runs are reported."""
    run = lab.copy(lab.run, "replaced_run")
    unit = sorted((run / "units").glob("*.h5"))[0]
    whole = unit.read_bytes()
    stop = threading.Event()

    def change():
        while not stop.is_set():
            unit.write_bytes(whole[:700])
            unit.write_bytes(whole)

    thread = threading.Thread(target=change)
    thread.start()
    codes = [lab.call(["report", run])[0].returncode for _ in range(40)]
    stop.set()
    thread.join()
    lab.attacks += 1
    lab.expect(set(codes) <= {0, 4}, f"units replaced during reports: exits {sorted(set(codes))}")
    lab.attack("report after that", ["report", run], 0, writes=[run])


def run(lab):
    manifests(lab)
    resolved(lab)
    logs(lab)
    units_folder(lab)
    moving(lab)
