"""Runs the program on hostile input, and looks at its messages, its memory and the files that it leaves."""
import os
import shutil
import subprocess
import threading

import sweep_lib

SECONDS = 40  # a hang, not a measure of speed
MOST_MIB = 400


class Lab(sweep_lib.Checker):
    """Keeps a folder with a small store, a finished run, and a folder `jail` that nothing may touch."""

    def __init__(self, program, work):
        super().__init__()
        self.program, self.work = program, work
        self.jail = work / "jail"
        self.jail.mkdir(parents=True)
        (self.jail / "precious").write_text("mine\n")
        self.attacks = 0
        self.store, self.run = work / "store", work / "run"
        self.config = work / "good.yaml"
        self.must("synth", "-o", work / "csv", "--days", 2, "--rows", 2000, "--venues", 3, "--symbol", "SYN")
        self.must("convert", work / "csv", "-o", self.store, "--symbol", "SYN")
        sweep_lib.write_config(self.config, self.store, symbol="SYN", points=6)
        self.must("sweep", self.config, "-o", self.run)

    def must(self, *args):
        done, _ = self.call(args)
        if done.returncode:
            raise SystemExit(f"FAILED: {args}: {done.returncode}: {done.stderr}")
        return done

    def folder(self, name):
        path = self.work / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path

    def copy(self, source, name):
        path = self.work / name
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(source, path, symlinks=True)
        return path

    def call(self, args, stdin=None, cwd=None):
        """Returns what the program said, and its peak memory in MiB."""
        command = [self.program, *(a if isinstance(a, bytes) else str(a) for a in args)]
        out, err = self.work / "stdout", self.work / "stderr"
        with open(out, "wb") as to, open(err, "wb") as errors:
            child = subprocess.Popen(command, stdin=stdin or subprocess.DEVNULL, stdout=to, stderr=errors, cwd=cwd or self.work)
            timer = threading.Timer(SECONDS, child.kill)
            timer.start()
            _, status, usage = os.wait4(child.pid, 0)
            timer.cancel()
        child.returncode = code = os.waitstatus_to_exitcode(status)
        done = subprocess.CompletedProcess(command, code, out.read_bytes().decode(errors="replace"),
                                           err.read_bytes().decode(errors="replace"))
        return done, usage.ru_maxrss / 1024

    def attack(self, name, args, code, *parts, mib=MOST_MIB, stdin=None, writes=(), cwd=None):
        """Checks the exit code, which is `code` or one of several, and every part of the message. Only files below `writes` may
        change."""
        self.attacks += 1
        before = self.tree(writes)
        done, peak = self.call(args, stdin, cwd)
        said = done.stderr
        codes = code if isinstance(code, tuple) else (code,)
        self.expect(done.returncode in codes, f"{name}: exit {done.returncode}, not {code}: {said[:300]!r}")
        for part in parts:
            self.expect(part in said, f"{name}: no «{part}» in {said[:400]!r}")
        self.expect(len(said) < 5000, f"{name}: a message of {len(said)} characters")
        self.expect(not any(c < " " and c != "\n" or c == "\x7f" for c in said), f"{name}: control characters: {said[:200]!r}")
        self.expect(peak < mib, f"{name}: {peak:.0f} MiB, more than {mib}")
        after = self.tree(writes)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        self.expect(not changed, f"{name}: written: {sorted(changed)[:5]}")
        return done

    def tree(self, but=()):
        """Returns every file of the work folder with its state."""
        state = {}
        skipped = {os.fsencode(path) for path in (self.work / "stdout", self.work / "stderr", *but)}
        todo = [os.fsencode(self.work)]
        while todo:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    if entry.path in skipped:
                        continue
                    stat = entry.stat(follow_symlinks=False)
                    is_folder = entry.is_dir(follow_symlinks=False)
                    state[entry.path] = None if is_folder else (stat.st_size, stat.st_mtime_ns, stat.st_ino)
                    if is_folder:
                        todo.append(entry.path)
        return state
