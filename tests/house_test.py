#!/usr/bin/env python3
"""The rules of the house: includes point down the table of rooms, one foreign library has one file.

    house_test.py ROOT
"""
import pathlib
import re
import sys

ROOMS = {
    "core": {"core"},
    "market": {"market", "core"},
    "store": {"store", "market", "core"},
    "router": {"router", "market", "core"},
    "sweep": {"sweep", "router", "market", "core"},
    "trust": {"trust", "core"},
    "report": {"report", "trust", "sweep", "router", "market", "core"},
    "app": {"app", "report", "trust", "sweep", "router", "store", "market", "core"},
}
FOREIGN = {
    r"xxhash\.h": {"src/core/hash.cpp"},
    r"date/": {"src/core/time.cpp"},
    r"hdf5": {"src/store/h5.cpp"},
    r"tbb/": {"src/sweep/graph.cpp", "src/sweep/parallel.cpp", "src/store/pipeline.cpp"},
    r"zlib\.h": {"src/store/inflate.cpp"},
    r"zstd": {"src/store/inflate.cpp"},
    r"libdeflate": {"src/store/chunk_codec.cpp"},
    r"nlohmann/": {"src/report/json_output.cpp", "src/report/report_document.cpp", "src/report/run_log.cpp",
                   "src/app/verb_json.cpp"},
    r"CLI/": {"src/app/cli.cpp", "src/app/cli_options.cpp"},
    r"yaml-cpp/": {"src/app/yaml_tree.cpp"},
}
INCLUDE = re.compile(r'^\s*#include\s+([<"])([^>"]+)[>"]', re.M)


def room_of(path, root):
    parts = path.relative_to(root).parts
    return parts[2] if parts[0] == "include" else parts[1]


def check(path, root):
    name = str(path.relative_to(root))
    room = room_of(path, root)
    for quote, target in INCLUDE.findall(path.read_text()):
        if quote == '"' and "/" in target:
            other = target.removeprefix("sorsweep/").split("/")[0]
            if other not in ROOMS[room]:
                yield f"{name}: the room {room} may not include {target}"
        for pattern, files in FOREIGN.items():
            if re.match(pattern, target) and name not in files:
                yield f"{name}: {target} belongs into {', '.join(sorted(files))} only"


def main():
    root = pathlib.Path(sys.argv[1])
    files = [p for top in ("include", "src") for p in sorted((root / top).rglob("*.[ch]pp"))]
    wrong = [line for path in files for line in check(path, root)]
    print("\n".join(wrong) or f"{len(files)} files keep the rules of the house")
    return 1 if wrong or not files else 0


sys.exit(main())
