"""Attacks with files of a store and of a run that somebody else made. They have a good seal, so that the code behind it
is tested.

XXH3 is no secret, so whoever makes such a file can seal it. The hash is taken from the program's own words, with xxhsum.
"""
import ctypes
import os
import shutil
import subprocess
import sys

# In a process of its own: the lab must stay small, as a child's memory counts from its parent's.
CRAFT = r'''
import sys, h5py, numpy as np
kind, source, target, outside = sys.argv[1:5]
import shutil; shutil.copy(source, target)
N, A = "bid_px_nano", "symbol"
with h5py.File(target, "r+") as f:
    rows = f[N].shape[0] if N in f else 0
    def renew(data=None, name=N, **options):
        old = f[name][...]; del f[name]
        return f.create_dataset(name, data=old if data is None else data, **options)
    if kind == "missing column": del f[N]
    elif kind == "group for a column": del f[N]; f.create_group(N)
    elif kind == "datatype for a column": del f[N]; f[N] = np.dtype("i8")
    elif kind == "other type": renew(f[N][...].astype("f8"), chunks=(rows,))
    elif kind == "text column": renew(np.array([b"x" * 100] * rows), chunks=(rows,))
    elif kind == "two dimensions": renew(f[N][...].reshape(rows, 1), chunks=(rows, 1))
    elif kind == "scalar column": renew(np.int64(1))
    elif kind == "empty column": renew(h5py.Empty("i8"))
    elif kind == "contiguous": renew()
    elif kind == "one-row chunks": renew(chunks=(1,))
    elif kind == "huge chunks": del f[N]; f.create_dataset(N, (rows,), "i8", chunks=(2**29 - 1,), maxshape=(None,))
    elif kind == "other filters": renew(chunks=(rows,), compression="lzf")
    elif kind == "no filters": renew(chunks=(rows,))
    elif kind == "unknown filter":
        old = f[N][...]; del f[N]
        d = h5py.h5p.create(h5py.h5p.DATASET_CREATE); d.set_chunk((rows,)); d.set_filter(32099, h5py.h5z.FLAG_OPTIONAL, (1,))
        h5py.h5d.create(f.id, N.encode(), h5py.h5t.STD_I64LE, h5py.h5s.create_simple((rows,)), d)
    elif kind == "huge column": del f[N]; f.create_dataset(N, (2**62,), "i8", chunks=(65536,), compression=1)
    elif kind == "huge sparse column": del f[N]; f.create_dataset(N, (2**40,), "i8", chunks=(2**20,))
    elif kind == "fewer rows": renew(f[N][...][:10], chunks=(10,), shuffle=True, compression=1, fletcher32=True)
    elif kind == "external link": del f[N]; f[N] = h5py.ExternalLink(outside, N)
    elif kind == "soft link": del f[N]; f[N] = h5py.SoftLink("/ask_px_nano")
    elif kind == "link to itself": del f[N]; f[N] = h5py.SoftLink("/" + N)
    elif kind == "user's own link": del f[N]; f[N] = h5py.ExternalLink("/etc/passwd", "/")
    elif kind == "external storage":
        old = f[N][...]; del f[N]; f.create_dataset(N, (rows,), "i8", external=[("/etc/passwd", 0, rows * 8)])
    elif kind == "virtual column":
        del f[N]; v = h5py.VirtualLayout(shape=(rows,), dtype="i8")
        v[:] = h5py.VirtualSource(outside, N, shape=(rows,)); f.create_virtual_dataset(N, v)
    elif kind == "unlimited virtual column":
        del f[N]; v = h5py.VirtualLayout(shape=(rows,), dtype="i8", maxshape=(None,))
        v[:h5py.h5s.UNLIMITED] = h5py.VirtualSource(outside, N, shape=(rows,), maxshape=(None,))[:h5py.h5s.UNLIMITED]
        f.create_virtual_dataset(N, v)
    elif kind == "cycle of groups": f["a"] = f["/"]
    elif kind == "attribute missing": del f.attrs[A]
    elif kind == "attribute of numbers": f.attrs["rows"] = np.arange(5000, dtype="i8")
    elif kind == "attribute of no number": f.attrs["rows"] = h5py.Empty("i8")
    elif kind == "attribute of texts": f.attrs[A] = np.array([b"x" * 60] * 900)
    elif kind == "attribute of another type": f.attrs["rows"] = b"many"
    elif kind == "attribute of variable text": f.attrs[A] = "SYN"
    elif kind == "rows below zero": f.attrs["rows"] = np.int64(-1)
    elif kind == "huge rows": f.attrs["rows"] = np.int64(2**62)
    elif kind == "symbol with a path": f.attrs[A] = np.bytes_("../../jail/SYN")
    elif kind == "symbol with an escape": f.attrs[A] = np.bytes_("\x1b[31m")
    elif kind == "date": f.attrs["date"] = np.bytes_("2024-99-99")
    elif kind == "time zone": f.attrs["tz"] = np.bytes_("../../../../etc/passwd")
    elif kind == "other kind": f.attrs["kind"] = np.bytes_("sorsweep.results")
    elif kind == "version": f.attrs["schema_version"] = np.int64(2**40)
    elif kind.startswith("unit "): exec(sys.argv[5])
    else: raise SystemExit("no such kind: " + kind)
'''
INSPECTED = {
    "missing column": "no column", "group for a column": "no column", "datatype for a column": "no column",
    "other type": "type", "text column": "", "two dimensions": "one-dimensional", "scalar column": "in chunks",
    "empty column": "", "contiguous": "in chunks", "one-row chunks": "cannot be read", "huge chunks": "cannot be read",
    "other filters": "cannot be read", "no filters": "cannot be read", "unknown filter": "cannot be read",
    "huge column": "more rows", "huge sparse column": "more rows", "fewer rows": "10 rows of", "external link": "is a link",
    "soft link": "is a link", "link to itself": "is a link", "user's own link": "is a link",
    "external storage": "in chunks", "virtual column": "in chunks", "unlimited virtual column": "in chunks",
    "attribute missing": "no attribute", "attribute of numbers": "not one value", "attribute of no number": "not one value",
    "attribute of texts": "not one value", "attribute of another type": "not a number",
    "attribute of variable text": "not a text", "rows below zero": "", "huge rows": "", "date": "date",
    "other kind": "kind", "version": "version",
}
SWEPT = {"symbol with a path": "holds", "symbol with an escape": "holds", "time zone": "tz"}


class Digest(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


def seal(path):
    """Writes the seal that belongs to the bytes from 512 on."""
    xxh = ctypes.CDLL("libxxhash.so.0").XXH3_128bits
    xxh.restype, xxh.argtypes = Digest, [ctypes.c_char_p, ctypes.c_size_t]
    data = path.read_bytes()
    digest = xxh(data[512:], len(data) - 512)
    text = f"sorsweep: XXH3-128 of the bytes from 512 on: {digest.high:016x}{digest.low:016x}\n"
    path.write_bytes(text.encode().ljust(512, b"\0") + data[512:])


def craft(kind, source, target, outside, code=""):
    subprocess.run([sys.executable, "-c", CRAFT, kind, str(source), str(target), str(outside), code], check=True)
    seal(target)


def crafted_days(lab):
    source = lab.store / "SYN" / "2024-07-08.h5"
    folder = lab.folder("crafted")
    shutil.copy(source, lab.jail / "outside.h5")
    day = folder / "SYN" / source.name
    day.parent.mkdir()
    config = lab.work / "crafted.yaml"
    config.write_text(lab.config.read_text().replace(str(lab.store), str(folder)))
    craft("cycle of groups", source, day, lab.jail / "outside.h5")
    lab.attack("day, cycle of groups", ["inspect", day], 0)
    for kind, part in {**INSPECTED, **SWEPT}.items():
        craft(kind, source, day, lab.jail / "outside.h5")
        if kind in INSPECTED:
            # inspect reads some columns only: not the bids' sizes, but the prices
            lab.attack(f"day, {kind}, inspected", ["inspect", day], 4, part)
        code = 2 if kind == "time zone" else 4
        lab.attack(f"day, {kind}, swept", ["sweep", config, "-o", folder / "run"], code, part, writes=[folder / "run"])
        shutil.rmtree(folder / "run", ignore_errors=True)


def broken_bytes(lab):
    """Attacks that the seal refuses, whatever HDF5 would say."""
    folder = lab.folder("broken")
    whole = (lab.store / "SYN" / "2024-07-08.h5").read_bytes()
    day = folder / "day.h5"
    for name, data in {"empty": b"", "a byte": b"s", "half a seal": whole[:256], "seal alone": whole[:512],
                       "cut superblock": whole[:530], "half": whole[:len(whole) // 2], "no user block": whole[512:],
                       "zeros": b"\0" * 5000, "longer": whole + b"\0"}.items():
        day.write_bytes(data)
        for verb in ("inspect", "verify"):
            lab.attack(f"day, {name}, {verb}", [verb, day], 4, "is damaged")
    for name, data in {"cut superblock": whole[:530], "seal alone": whole[:512], "no superblock": whole[:512] + b"x" * 5000,
                       "half": whole[:len(whole) // 2]}.items():
        day.write_bytes(data)
        seal(day)
        lab.attack(f"day, {name}, sealed", ["inspect", day], 4, "is damaged")
    day.write_bytes(b"\0" * 600)
    os.truncate(day, 1 << 40)
    for verb in ("inspect", "verify"):
        lab.attack(f"day of a terabyte, {verb}", [verb, day], 4, "no seal")
    day.write_bytes(whole)
    os.truncate(day, 1 << 40)
    lab.attack("day of a terabyte with a seal", ["inspect", day], 5, "larger than this machine's memory")
    day.unlink()
    os.mkfifo(day)
    for verb in ("inspect", "verify"):
        lab.attack(f"FIFO, {verb}", [verb, day], 4, "is not a file")
        lab.attack(f"folder with a FIFO, {verb}", [verb, folder], 4, "is not a file")


def units(lab):
    """Attacks with units whose columns do not fit each other."""
    run = lab.copy(lab.run, "units_run")
    unit = sorted((run / "units").glob("*.h5"))[0]
    source = sorted((lab.run / "units").glob("*.h5"))[0]
    put = "def put(n, v):\n del f[n]; "\
          "f.create_dataset(n, data=v, chunks=(len(v),), shuffle=True, compression=1, fletcher32=True)\n"
    codes = {
        "unit of another run": 'f.attrs["run_id"] = np.bytes_("0" * 16)',
        "unit with too many slices": 'c = f["slice_contenders"][...]; put("slice_contenders", np.append(c, [0] * 100000))',
        "unit with too few slices": 'c = f["slice_contenders"][...]; c[-2] += c[-1]; put("slice_contenders", c[:-1])',
        "unit with counts below zero": 'c = f["slice_contenders"][...]; c[0] = -5; put("slice_contenders", c)',
        "unit with huge counts": 'c = f["slice_contenders"][...]; c[0] = 2**62; c[1] = 2**62; put("slice_contenders", c)',
        "unit with few points": 'put("slippage_nano", f["slippage_nano"][...][:5])',
        "unit with no such decision": 'put("slice_decided", f["slice_decided"][...] * 0 + 99)',
        "unit with short columns": 'put("slice_shares", f["slice_shares"][...][:3])',
        "unit without costs": 'put("baseline_total_cost", np.zeros(2))',
        "unit with an external link": 'del f["slippage_nano"]; f["slippage_nano"] = h5py.ExternalLink(outside, "bid_px_nano")',
        "unit with many numbers": 'f.attrs["drift_nano"] = np.arange(5000)',
    }
    for kind, code in codes.items():
        craft(kind, source, unit, lab.jail / "outside.h5", put + code)
        lab.attack(kind, ["report", run], 4, unit.name, writes=[])
        lab.attack(f"{kind}, resumed", ["sweep", lab.config, "-o", run], 4, unit.name, writes=[run / "logs"])


def run(lab):
    crafted_days(lab)
    broken_bytes(lab)
    units(lab)
