"""Attacks with configs that are not configs, or are far too large."""
import os
import threading


def texts(good):
    """Returns the bytes of each attack and parts of the message that it must meet."""
    bomb = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 9)) for i in range(20))
    deep = 100_000
    return {
        "deep lists": (b"a: " + b"[" * deep + b"]" * deep, ":1:", "levels"),
        "deep maps": (b"a: " + b"{a: " * deep + b"}" * deep, ":1:", "levels"),
        "deep blocks": (b"".join(b" " * i + b"a:\n" for i in range(1500)), ":33:", "levels"),
        "deep dashes": (b"a:\n" + b"- " * deep + b"x\n", ":2:", "levels"),
        "open lists": (b"[" * deep, ":1:1", "a key must be a word"),
        "alias bomb": (bomb, ":1:", "anchor"),
        "alias of itself": (b"store: &a [*a]\n", ":1:8", "anchor"),
        "alias of nothing": (b"store: *a\n", ":1:8"),
        "merge key": (b"<<: {store: x}\n" + good, ":1:1", "«<<»"),
        "tag": (b"store: !!python/object:os.system x\n", ":1:", "tag"),
        "tag of one's own": (b"store: !run x\n", ":1:8", "tag"),
        "long value": (b"store: " + b"x" * 1_000_000 + b"\n", ":1:8", "4.0 KiB"),
        "long key": (b"x" * 900 + b": 1\n", ":1:1"),
        "long list": (b"grid:\n  lambda_over: [" + b"1, " * 1_200_000 + b"1]\n", ":2:", "100,000 values"),
        "many keys": (b"".join(b"k%d: 1\n" % i for i in range(300_000)), "100,000 values"),
        "too large": (b"# a comment\n" * 500_000, "4.0 MiB"),
        "NUL": (good.replace(b"SYN", b"S\0N"), ":2:12", "control"),
        "end of transmission": (good.replace(b"days: all", b"days: all\n\x04"), ":4:1", "control"),
        "escaped NUL": (good.replace(b"[SYN]", b'["S\\0N"]'), ":2:11", "control"),
        "escape sequence": (good.replace(b"[SYN]", b'["\\e[31mSYN"]'), ":2:11", "control"),
        "no UTF-8": (good.replace(b"SYN", b"S\xffN"), ":2:12", "UTF-8"),
        "overlong UTF-8": (good.replace(b"SYN", b"S\xc0\xafN"), ":2:12", "UTF-8"),
        "cut UTF-8": (good.rstrip() + b" # \xe2\x82", "UTF-8"),
        "surrogate": (b"store: \xed\xa0\x80\n", ":1:8", "UTF-8"),
        "UTF-16": (good.decode().encode("utf-16"), ":1:1", "UTF-8"),
        "twice": (good + b"store: other\n", "twice", ":1:1"),
        "twice, quoted": (good + b'"store": other\n', "twice"),
        "two documents": (good + b"---\n" + good, "second document"),
        "a list": (b"- 1\n- 2\n", ":1:1", "must be a map"),
        "a word": (b"hello", ":1:1", "must be a map"),
        "empty": (b"", "must be a map"),
        "blank": (b"\n\n  \n", "must be a map"),
        "key that is a list": (b"? [a, b]\n: 1\n", "a key must be a word"),
        "key that is a map": (b"{a: 1}: 2\n", "a key must be a word"),
        "key that is nothing": (b"~: 2\n", "a key must be a word"),
        "tabs": (b"store:\n\tx: 1\n", ":2:"),
        "open brace": (good + b"run: {out: x\n", "invalid YAML"),
        "directive": (b"%YAML 9.9\n---\n" + good, "YAML"),
        "other symbols": (good.replace(b"[SYN]", b"[" + b", ".join(b"S%d" % i for i in range(20_000)) + b"]"), "no symbol S0"),
    }


def paths(lab):
    """Puts something else where a config should be."""
    folder = lab.folder("configs")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "fifo.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "dangling.yaml").symlink_to("nowhere")
    (folder / "sparse.yaml").touch()
    os.truncate(folder / "sparse.yaml", 1 << 40)
    yield "folder", folder / "folder.yaml", "is a folder"
    yield "FIFO", folder / "fifo.yaml", "fifo.yaml"
    yield "loop of links", folder / "loop.yaml", "loop.yaml"
    yield "dangling link", folder / "dangling.yaml", "is not there"
    yield "terabyte", folder / "sparse.yaml", "4.0 MiB"
    yield "/dev/zero", "/dev/zero", "/dev/zero"
    yield "/dev/null", "/dev/null", "/dev/null"
    yield "/proc/self/mem", "/proc/self/mem", "/proc/self/mem"
    yield "long name", "x" * 300, "xxx"
    yield "name with an escape", "\x1b[31mred\nnew.yaml", "red"


def run(lab):
    good = lab.config.read_bytes()
    path = lab.work / "hostile.yaml"
    for name, (text, *parts) in texts(good).items():
        path.write_bytes(text)
        code = 3 if name == "other symbols" else 2
        lab.attack(f"YAML, {name}", ["plan", path], code, *parts)
    for name, place, part in paths(lab):
        for verb in (["plan"], ["sweep", "-o", lab.work / "none"]):
            lab.attack(f"config, {name}", [verb[0], place, *verb[1:]], 2, part)
    sets(lab)
    pipes(lab)


def sets(lab):
    lab.attack("--set, deep path", ["plan", lab.config, "--set", "a." * 60_000 + "a=1"], 2, "levels")
    lab.attack("--set, deep value", ["plan", lab.config, "--set", "order=" + "[" * 60_000 + "]" * 60_000], 2, "levels")
    lab.attack("--set, long value", ["plan", lab.config, "--set", "order=" + "x" * 60_000], 2, "4.0 KiB")
    lab.attack("--set, no UTF-8", ["plan", lab.config, "--set", b"order=\xff"], 2, "UTF-8")
    lab.attack("--set, alias", ["plan", lab.config, "--set", "order=*a"], 2, "--set")
    lab.attack("--set, symbol", ["plan", lab.config, "--set", "symbols=[../../etc]"], 3, "no symbol ../../etc")


def pipes(lab):
    """Checks that a config from a pipe is read, but not without end."""
    reader, writer = os.pipe()
    thread = threading.Thread(target=lambda: (os.write(writer, lab.config.read_bytes()), os.close(writer)))
    thread.start()
    lab.attack("config from a pipe", ["plan", "/dev/stdin"], 0, stdin=reader)
    thread.join()
    os.close(reader)
