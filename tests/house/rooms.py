"""Rules for includes: they point down the list of rooms, and each foreign library is included by one file only."""
import fnmatch
import re

# A room may include itself and the rooms before it.
ROOMS = ("core", "market", "collapse", "feed", "store", "router", "sweep", "reduce", "trust", "report", "config", "run", "job",
         "app")
FOREIGN = {
    r"xxhash\.h": {"src/core/hash.cpp"},
    r"date/": {"src/core/time.cpp"},
    r"hdf5": {"src/store/h5_*"},  # the one door h5.hpp, in a few files
    r"tbb/": {"src/sweep/graph.cpp", "src/core/parallel.cpp"},
    r"zlib\.h": {"src/feed/inflate.cpp"},
    r"zstd": {"src/feed/inflate.cpp"},
    r"libdeflate": {"src/store/chunk_codec.cpp"},
    r"nlohmann/": {"src/report/json.hpp"},
    r"report/json\.hpp": {"src/*/*_json.cpp"},
    r"CLI/": {"src/app/cli.cpp"},
    r"yaml-cpp/": {"src/config/yaml_tree.cpp"},
}
INCLUDE = re.compile(r'^\s*#include\s+([<"])([^>"]+)[>"]', re.M)


def room_of(name):
    parts = name.split("/")
    return parts[2] if parts[0] == "include" else parts[1]


def check(name, text):
    """Lists what is wrong with the includes of a file of include/ or src/."""
    if not name.startswith(("include/", "src/")) or not name.endswith((".cpp", ".hpp")):
        return
    room = room_of(name)
    for quote, target in INCLUDE.findall(text):
        if quote == '"' and "/" in target:
            other = target.removeprefix("sorsweep/").split("/")[0]
            if other not in ROOMS[:ROOMS.index(room) + 1]:
                yield f"{name}: the room {room} may not include {target}"
        for pattern, files in FOREIGN.items():
            if re.match(pattern, target) and not any(fnmatch.fnmatch(name, file) for file in files):
                yield f"{name}: {target} belongs into {', '.join(sorted(files))} only"
