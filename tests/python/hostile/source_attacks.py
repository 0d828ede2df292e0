"""Attacks on convert with DBN and CSV files that claim, or expand to, more memory than anyone has."""
import gzip
import os
import struct
import subprocess
import zlib

import make_dbn

DAY, SECOND = 1_719_238_000_000_000_000, 1_000_000_000
HEADER = b"ts_event,publisher_id,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,symbol\n"
ROW = b"%d,2,1.5,1.6,5,6,%s\n"


def dbn_row(instrument=7, **options):
    return make_dbn.record("mbp-1", instrument, DAY, DAY + 5, 100 * SECOND, 101 * SECOND, **options)


def mapped(text_size, symbols):
    """Returns metadata of version 2 with texts of any size; symbols: [(name, [(first, end, id)])]."""
    out = make_dbn.text("T", 16) + struct.pack("<HQQQBBB", 1, 0, 0, 0, 1, 0, 0) + struct.pack("<H", text_size) + b"\0" * 53
    out += struct.pack("<IIIII", 0, 0, 0, 0, len(symbols))
    for name, intervals in symbols:
        out += make_dbn.text(name, text_size) + struct.pack("<I", len(intervals))
        out += b"".join(struct.pack("<II", a, b) + make_dbn.text(i, text_size) for a, b, i in intervals)
    return b"DBN" + struct.pack("<BI", 2, len(out)) + out


def claims(head, at, value):
    return head[:at] + struct.pack("<I", value) + head[at + 4:]


def dbn_files():
    """Returns the bytes of each attack and parts of the message that it must meet."""
    head = make_dbn.metadata(2, "mbp-1", {"ABC": [(20240624, 20240625, 7)]})
    lists = head.index(b"ABC") - 4
    mappings = head.rindex(b"ABC") - 4
    return {
        "metadata of 4 GiB": (claims(head, 4, 0xFFFFFFFF) + dbn_row(), "damaged", "4294967295"),
        "metadata of 256 MiB that are not there": (claims(head, 4, 1 << 28) + dbn_row(), "cut short"),
        "no metadata": (claims(head, 4, 0) + dbn_row(), "claims more"),
        "many symbols": (claims(head, lists, 0xFFFFFFFF) + dbn_row(), "claims more"),
        "many mappings": (claims(head, mappings, 0xFFFFFFFF) + dbn_row(), "claims more"),
        "many intervals": (claims(head, mappings + 4 + 71, 0xFFFFFFFF) + dbn_row(), "claims more"),
        "symbols without bytes": (mapped(0, []) + dbn_row(), "0 bytes"),
        "symbols of 65535 bytes": (mapped(65535, [("x" * 60000, [(20240624, 20240625, "7")])]) + dbn_row(), "60000"),
        "no date": (mapped(71, [("A", [(20249999, 20240625, "7")])]) + dbn_row(), "not a date"),
        "version 0": (b"DBN\0" + head[4:], "version 0"),
        "version 255": (b"DBN\xff" + head[4:], "version 255"),
        "cut prefix": (b"DBN\2", "cut short"),
        "record of no bytes": (head + dbn_row() + b"\0" * 160, "record of 0 bytes"),
        "record of a header": (head + dbn_row() + b"\x01" + b"\0" * 160, "record of 4 bytes"),
        "cut record": (head + dbn_row()[:40], "cut short"),
        "an instrument with many symbols": (mapped(22, [("A", [(20240101, 20240102, "7")] * 200_000)]) + dbn_row(), "10000"),
        "symbol that leaves the store": (mapped(71, [("../../jail/x", [(20240101, 20250101, "7")])]) + dbn_row(),
                                         "cannot be a symbol"),
        "absolute symbol": (mapped(71, [("/tmp/x", [(20240101, 20250101, "7")])]) + dbn_row(), "cannot be a symbol"),
        "symbol ..": (mapped(71, [("..", [(20240101, 20250101, "7")])]) + dbn_row(), "cannot be a symbol"),
        "symbol with an escape": (mapped(71, [("\x1b[31m", [(20240101, 20250101, "7")])]) + dbn_row(), "cannot be a symbol"),
    }


def csv_files():
    row = ROW % (DAY, b"A")
    many = b"".join(ROW % (DAY, b"S%d" % i) for i in range(110_000))
    return {
        "header alone": (HEADER, "no rows"),
        "NULs": (b"\0" * 2_000_000, "longer than 512.0 KiB"),
        "no line's end": (HEADER + b"x" * 5_000_000, "longer than 512.0 KiB"),
        "many columns": (HEADER[:-1] + b",x" * 200_000 + b"\n" + row, "all were rejected"),
        "long symbol": (HEADER + ROW % (DAY, b"x" * 100_000), "100000 bytes"),
        "symbol of 65": (HEADER + ROW % (DAY, b"x" * 65), "cannot be a symbol"),
        "symbol with /": (HEADER + ROW % (DAY, b"a/b"), "cannot be a symbol"),
        "symbol ../x": (HEADER + ROW % (DAY, b"../../jail/x"), "cannot be a symbol"),
        "symbol with a line's end": (HEADER + ROW % (DAY, b'"../\nx"'), ""),
        "symbol with NUL": (HEADER + ROW % (DAY, b"a\0b"), "cannot be a symbol"),
        "symbol with an escape": (HEADER + ROW % (DAY, b"\x1b[31m"), "cannot be a symbol"),
        "symbol with a byte that is no UTF-8": (HEADER + ROW % (DAY, b"a\xff"), "cannot be a symbol"),
        "hidden symbol": (HEADER + ROW % (DAY, b".a"), "cannot be a symbol"),
        "many symbols": (HEADER + many, "100000 days"),
    }


def gzip_bomb(path, head, line, lines):
    """Writes a gzip file that expands to gigabytes, in small pieces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = line * (1_000_000 // len(line) + 1)
    with path.open("wb") as file:
        file.write(packer.compress(head))
        for _ in range(lines * len(line) // len(block) + 1):
            file.write(packer.compress(block))
        file.write(packer.flush())


def bombs(lab, inputs, to):
    path = inputs / "bomb.csv.gz"
    gzip_bomb(path, HEADER, b"x", 2_000_000_000)
    lab.attack("gzip: a line of 2 GB", ["convert", path, "-o", to], 3, "longer than 512.0 KiB")
    gzip_bomb(path, HEADER, b"\n", 1_000_000_000)
    lab.attack("gzip: 1 GB of blank lines", ["convert", path, "-o", to], 3, "no rows")
    gzip_bomb(path, HEADER, b"no,row\n", 70_000_000 // 7)
    lab.attack("gzip: 70 MB of rejects", ["convert", path, "-o", to], 3, "refused")
    gzip_bomb(path, HEADER, ROW % (DAY, b"A"), 20_000_000)
    lab.attack("gzip: 20 million equal rows", ["convert", path, "-o", lab.folder("bomb_store")], 0,
               writes=[lab.work / "bomb_store"])
    path.unlink()
    path = inputs / "bomb.dbn.zst"
    head = b"DBN" + struct.pack("<BI", 2, 1 << 28)
    metadata = mapped(71, [])[8:]
    metadata = metadata[:-4] + struct.pack("<I", 0xFFFFFFFF)
    pack = subprocess.Popen(["zstd", "-q", "-1", "-o", path, "-f"], stdin=subprocess.PIPE)
    pack.stdin.write(head + metadata)
    for _ in range(300):
        pack.stdin.write(b"\0" * 1_000_000)
    pack.stdin.close()
    pack.wait()
    lab.attack("Zstandard: 256 MiB of metadata", ["convert", path, "-o", to], 3, "damaged", mib=700)
    path.write_bytes(bytes.fromhex("28b52ffd") + b"\x00\xb0" + b"\0" * 20)  # a window of 4 GiB
    lab.attack("Zstandard: a window of gigabytes", ["convert", path, "-o", to], 3, "damaged")
    inner = gzip.compress(gzip.compress(HEADER))
    (inputs / "twice.csv.gz").write_bytes(inner)
    lab.attack("gzip in gzip", ["convert", inputs / "twice.csv.gz", "-o", to], 3, "compressed twice")


def places(lab, inputs, to):
    """Attacks with inputs that are not files."""
    for name in ("/dev/zero", "/dev/null", "/proc/self/mem", "/proc/self"):
        lab.attack(f"convert {name}", ["convert", name, "-o", to], 3, name)
    folder = lab.folder("devices")
    os.mkfifo(folder / "a.csv")
    lab.attack("folder with a FIFO", ["convert", folder, "-o", to], 3, "is not a file")
    folder = lab.folder("links")
    (folder / "a.csv").symlink_to("a.csv")
    lab.attack("loop of links", ["convert", folder / "a.csv", "-o", to], 3, "a.csv")
    lab.attack("folder with a loop of links", ["convert", folder, "-o", to], 3, "a.csv")
    (inputs / "cut.csv").write_bytes(HEADER + ROW % (DAY, b"A"))
    for name in ("-", "--", "-x"):
        lab.attack(f"input {name}", ["convert", f"./{name}", "-o", to], 3, f"./{name}")


def run(lab):
    inputs, to = lab.folder("inputs"), lab.work / "none"
    for name, (data, *parts) in dbn_files().items():
        path = inputs / "hostile.dbn"
        path.write_bytes(data)
        lab.attack(f"DBN, {name}", ["convert", path, "-o", to], 3, *parts)
    for name, (data, *parts) in csv_files().items():
        path = inputs / "hostile.csv"
        path.write_bytes(data)
        lab.attack(f"CSV, {name}", ["convert", path, "-o", to], 3, *parts, mib=1500 if name == "many symbols" else 400)
    bombs(lab, inputs, to)
    places(lab, inputs, to)
