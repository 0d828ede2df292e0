"""Makes DBN files for tests from the published layout, not from our reader. As a program it writes those of tests/cases/inputs.

https://databento.com/docs/standards-and-conventions/databento-binary-encoding
"""
import struct
import sys

UNDEFINED = 2**63 - 1
RTYPES = {"mbp-1": 0x01, "mbp-10": 0x0A, "tbbo": 0x01, "bbo-1s": 0xC3, "cmbp-1": 0xB1, "cbbo-1s": 0xC0, "trades": 0x00}
SCHEMAS = {"mbp-1": 1, "mbp-10": 2, "tbbo": 3, "trades": 4, "cmbp-1": 14, "cbbo-1s": 15, "bbo-1s": 18}


def text(value, size):
    return value.encode().ljust(size, b"\0")


def metadata(version, schema, mappings, ts_out=False):
    """Returns the metadata. mappings: {symbol: [(first day, end day, instrument id)]}, with days like 20240624."""
    size = 22 if version == 1 else 71
    out = text("TEST.TEST", 16) + struct.pack("<HQQQ", SCHEMAS[schema], 0, 0, 0)
    out += struct.pack("<Q", 0) if version == 1 else b""
    out += struct.pack("<BBB", 1, 0, ts_out)
    out += b"\0" * 47 if version == 1 else struct.pack("<H", size) + b"\0" * 53
    out += struct.pack("<I", 0)
    out += struct.pack("<I", len(mappings)) + b"".join(text(symbol, size) for symbol in mappings)
    out += struct.pack("<II", 0, 0)
    out += struct.pack("<I", len(mappings))
    for symbol, intervals in mappings.items():
        out += text(symbol, size) + struct.pack("<I", len(intervals))
        for first, end, instrument in intervals:
            out += struct.pack("<II", first, end) + text(str(instrument), size)
    return b"DBN" + struct.pack("<BI", version, len(out)) + out


def record(schema, instrument, ts_event, ts_recv, bid, ask, bid_sz=100, ask_sz=200, publisher=2, action="A", side="B",
           flags=128, price=UNDEFINED, size=0, ts_out=False):
    length = (368 if schema == "mbp-10" else 80) + 8 * ts_out
    if schema.endswith("1s"):
        action = "\0"
    out = struct.pack("<BBHIQ", length // 4, RTYPES[schema], publisher, instrument, ts_event)
    out += struct.pack("<qIccBBQiI", price, size, action.encode(), side.encode(), flags, 0, ts_recv, 0, 7)
    out += struct.pack("<qqIIII", bid, ask, bid_sz, ask_sz, 1, 1)
    return out.ljust(length, b"\x55")


def main():
    day, second = 1_719_238_000_000_000_000, 1_000_000_000  # 2024-06-24 in New York
    dollar = second
    two_days = {"OLD": [(20240624, 20240625, 7)], "NEW": [(20240625, 20240627, 7)], "TWO": [(20240624, 20240627, 9)]}
    for version in (1, 2, 3):
        for schema in ("mbp-1", "mbp-10", "tbbo", "bbo-1s", "cmbp-1", "cbbo-1s"):
            for ts_out in (False, True):
                rows = [record(schema, (7, 9)[i % 2], day + i * 3600 * second, day + i * 3600 * second + 5, 100 * dollar + i,
                               101 * dollar + i, publisher=40 + i % 3, ts_out=ts_out) for i in range(40)]
                name = f"v{version}_{schema}{'_out' * ts_out}.dbn"
                with open(name, "wb") as file:
                    file.write(metadata(version, schema, two_days, ts_out) + b"".join(rows))
    head = metadata(2, "mbp-1", {"ABC": [(20240624, 20240625, 7)]})
    good = record("mbp-1", 7, day, day + 5, 100 * dollar, 101 * dollar)
    files = {
        "trades.dbn": metadata(2, "trades", {}) + b"\x0c\x00" + b"\0" * 46,
        "cut.dbn": head + good + good[:50],
        "zero.dbn": head + good + b"\0" * 80,
        "huge_metadata.dbn": b"DBN\x02\xff\xff\xff\xff" + b"\0" * 200,
        "huge_lists.dbn": head[:108] + b"\0" * 4 + b"\xff\xff\xff\xff" + head[116:] + good,
        "cut_metadata.dbn": head[:90],
        "version9.dbn": b"DBN\x09" + head[4:],
        "empty.dbn": head,
        "bad_rows.dbn": head + good + record("mbp-1", 7, day, day + 6, -5, 101 * dollar)
        + record("mbp-1", 7, 2**64 - 1, 2**64 - 1, 1, 2) + record("mbp-1", 7, day, day + 7, 1, 2, action="Z")
        + b"\x0c\x17" + b"\0" * 46 + record("mbp-1", 7, 2**64 - 1, day + 8, 100 * dollar, UNDEFINED),
        "unmapped.dbn": metadata(3, "mbp-1", {}) + good,
    }
    for name, data in files.items():
        with open(name, "wb") as file:
            file.write(data)


if __name__ == "__main__":
    sys.exit(main())
