"""Includes point down the table of rooms; one foreign library has one file."""
import fnmatch
import re

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
    r"hdf5": {"src/store/h5_*"},  # the one door h5.hpp, in a few files
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


def room_of(name):
    parts = name.split("/")
    return parts[2] if parts[0] == "include" else parts[1]


def check(name, text):
    """What is wrong with the includes of a file of include/ or src/."""
    if not name.startswith(("include/", "src/")) or not name.endswith((".cpp", ".hpp")):
        return
    room = room_of(name)
    for quote, target in INCLUDE.findall(text):
        if quote == '"' and "/" in target:
            other = target.removeprefix("sorsweep/").split("/")[0]
            if other not in ROOMS[room]:
                yield f"{name}: the room {room} may not include {target}"
        for pattern, files in FOREIGN.items():
            if re.match(pattern, target) and not any(fnmatch.fnmatch(name, file) for file in files):
                yield f"{name}: {target} belongs into {', '.join(sorted(files))} only"
