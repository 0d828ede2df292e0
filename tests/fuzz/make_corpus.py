#!/usr/bin/python3
"""Makes the seed corpus: make_corpus.py build/release/sorsweep"""
import gzip
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))
import make_dbn  # noqa: E402

PLAIN = """\
ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,sequence,\
bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00,symbol
2024-07-08T13:30:00.003735882Z,2024-07-08T13:30:00.003605170Z,1,2,1,A,A,0,154.980000000,100,128,130712,1,\
154.970000000,154.980000000,200,800,1,4,BIG
2024-07-08T13:30:00.005435421Z,2024-07-08T13:30:00.005266564Z,1,4,1,T,B,0,,100,128,168857,2,,154.98,1200,1400,6,7,BIG
"""
CSV = {
    "pretty": PLAIN,
    "raw": "ts_recv,ts_event,publisher_id,action,side,price,size,flags,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00\n"
           "1722519392492082308,1722519392491911683,2,T,A,222810000000,190,0,222810000000,222830000000,421,36\n"
           "1722519392492082309,18446744073709551615,2,A,B,9223372036854775807,0,130,9223372036854775807,222830000000,0,36\n",
    "frog": "ts_event,ts_event,publisher_id,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,symbol\n"
            "2025-04-03 13:30:00.125395235+00:00,2025-04-03 13:30:00.125395235+00:00,2,30.1,32.0,50,200,FROG\n",
    "bom_crlf_quotes": "\ufeffts_event,publisher_id,ask_px_00,ask_sz_00,symbol\r\n\r\n1,2,3.5,4,\"A,B\"\r\n5,6,7.5,8,C",
    "bbo": "ts_recv,ts_event,rtype,publisher_id,side,price,size,flags,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,symbol\n"
           "2024-07-08T13:30:01.000000000Z,,195,2,N,,0,0,1.5,1.6,5,6,Q\n",
    "bad": "ts_event,publisher_id,ask_px_00,ask_sz_00\n1,2,abc,4\n"
           "1,2\n,2,3,4\n1,2,-1,4\n99999999999999999999,2,3,4\n1,2,1e3,1.0\n",
}


def main():
    csv, dbn, day = (HERE / "corpus" / name for name in ("csv", "dbn", "day"))
    for name, text in CSV.items():
        (csv / name).write_text(text, encoding="utf-8", newline="")
    (csv / "pretty.gz").write_bytes(gzip.compress(PLAIN.encode()[:300], mtime=0) + gzip.compress(PLAIN.encode()[300:], mtime=0))
    (csv / "pretty.zst").write_bytes(subprocess.run(["zstd", "-c"], input=PLAIN.encode(), stdout=subprocess.PIPE,
                                                    check=True).stdout)
    nano, mapping = 10**9, {"ABC": [(20240624, 20240625, 7)], "DEF": [(20240624, 20240626, 9)]}
    for version, schema in ((1, "mbp-1"), (2, "mbp-10"), (3, "tbbo"), (3, "bbo-1s"), (2, "cmbp-1"), (1, "cbbo-1s")):
        rows = [make_dbn.record(schema, i, 1719238000 * nano + i, 1719238000 * nano + i + 5, 100 * nano, 101 * nano)
                for i in (7, 9)]
        (dbn / f"v{version}_{schema}").write_bytes(make_dbn.metadata(version, schema, mapping) + b"".join(rows))
    (dbn / "v1.zst").write_bytes(subprocess.run(["zstd", "-c"], input=(dbn / "v1_mbp-1").read_bytes(), stdout=subprocess.PIPE,
                                                check=True).stdout)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], "convert", str(csv / "pretty"), "-o", folder], check=True, stdout=subprocess.DEVNULL)
        (day / "day.h5").write_bytes(next(pathlib.Path(folder).rglob("*.h5")).read_bytes())
    (day / "chunk").write_bytes(b"\x05" + bytes.fromhex("7801") + b"\x03\x00\x00\x00\x00\x01" + b"\0" * 4)


if __name__ == "__main__":
    main()
