"""A disk that may lose power: what may be on it after every call of a record (file_recorder.c).

Certain is only what was fsynced: the bytes of a file since the last fsync of that file, and the names in a folder since the last
fsync of that folder. Of later bytes there may be all, none, a beginning, or zeros; of later names any, in any order between and
within folders. A rename within a folder happens or does not.
"""
import itertools
import random

MOST_SUBSETS = 6  # of so many changes of a folder every subset is tried, of more only some


def read_record(path):
    """Reads the calls of a record as (what, process, …); see file_recorder.c for what follows."""
    record, calls, at = path.read_bytes(), [], 0
    while at < len(record):
        end = record.index(b"\n", at)
        words = record[at:end].decode().split(" ", 2 if record.startswith((b"mkdir", b"link", b"rename", b"unlink"), at) else 4)
        at = end + 1
        what, process = words[0], int(words[1])
        if what in ("mkdir", "unlink"):
            calls.append((what, process, words[2]))
        elif what in ("link", "rename"):
            calls.append((what, process, *words[2].split("\t")))
        elif what == "open":
            calls.append((what, process, int(words[2]), words[3] == "1", words[4]))
        elif what == "write":
            length = int(words[4])
            calls.append((what, process, int(words[2]), int(words[3]), record[at:at + length]))
            at += length + 1
        else:
            calls.append((what, process, *map(int, words[2:])))
    return calls


class File:
    """A file, as programs see it and as it is for certain after a power cut."""

    def __init__(self, data=b""):
        self.certain = data
        self.change(data)

    def change(self, data):
        self.data = data
        self.found = self.possible()

    def write(self, offset, data):
        self.change(self.data[:offset].ljust(offset, b"\0") + data + self.data[offset + len(data):])

    def sync(self):
        self.certain = self.data
        self.found = [self.data]

    def variants(self):
        """What may be there after a power cut, the least first. These are the same objects until the file changes: Python
        remembers their hashes."""
        return self.found

    def possible(self):
        if self.data == self.certain:
            return [self.data]
        kept = len(self.certain) if self.data.startswith(self.certain) else 0
        new = len(self.data) - kept
        cut = [self.data[:kept + part] for part in sorted({0, 1, new // 2, min(512, new), max(0, new - 1)})]
        return list(dict.fromkeys([self.certain, self.data[:kept] + bytes(new), *cut, b"", self.data]))


class Folder:
    """A folder: its names, the certain ones, and how they have changed since."""

    def __init__(self):
        self.names, self.certain, self.changes = {}, {}, []

    def change(self, *change):
        self.changes.append(change)
        self.apply(self.names, change)

    @staticmethod
    def apply(names, change):
        """Applies (gone name or None, new name or None, its file)."""
        gone, new, node = change
        names.pop(gone, None)
        if new is not None:
            names[new] = node

    def sync(self):
        self.certain, self.changes = dict(self.names), []

    def variants(self):
        """The names that may be there after a power cut, the certain ones first and all at the end."""
        count = len(self.changes)
        if count <= MOST_SUBSETS:
            chosen = [choice for size in range(count + 1) for choice in itertools.combinations(range(count), size)]
        else:
            chance = random.Random(count)
            some = (tuple(i for i in range(count) if chance.random() < 0.5) for _ in range(1 << MOST_SUBSETS))
            chosen = [(), *(tuple(range(n)) for n in range(1, count)), *((i,) for i in range(count)), *some,
                      *(tuple(j for j in range(count) if j != i) for i in range(count)), tuple(range(count))]
        found = []
        for choice in dict.fromkeys(chosen):
            names = dict(self.certain)
            for i in choice:
                self.apply(names, self.changes[i])
            found.append(names)
        return found


class Disk:
    """Follows a record call by call."""

    def __init__(self, root):
        """Takes what is on the disk already as certain."""
        self.top = Folder()
        self.open = {}
        for path in sorted(root.rglob("*")):
            folder, name = self.place(str(path.relative_to(root)))
            folder.names[name] = Folder() if path.is_dir() else File(path.read_bytes())
            folder.sync()

    def node(self, path):
        node = self.top
        for part in path.split("/") if path != "." else ():
            node = node.names[part]
        return node

    def place(self, path):
        folder, _, name = path.rpartition("/")
        return self.node(folder or "."), name

    def follow(self, call):
        what, process, *rest = call
        if what == "mkdir":
            folder, name = self.place(rest[0])
            folder.change(None, name, Folder())
        elif what == "open":
            number, is_new, path = rest
            if is_new:
                folder, name = self.place(path)
                folder.change(None, name, File())
            self.open[process, number] = self.node(path)
        elif what == "write":
            self.open[process, rest[0]].write(rest[1], rest[2])
        elif what == "truncate":
            file = self.open[process, rest[0]]
            file.change(file.data[:rest[1]].ljust(rest[1], b"\0"))
        elif what == "sync":
            self.open[process, rest[0]].sync()
        elif what == "link":
            folder, name = self.place(rest[1])
            folder.change(None, name, self.node(rest[0]))
        elif what == "rename":
            (source, old), (folder, name) = map(self.place, rest)
            if source is folder:
                folder.change(old, name, source.names[old])
            else:
                folder.change(None, name, source.names[old])
                source.change(old, None, None)
        elif what == "unlink":
            folder, name = self.place(rest[0])
            folder.change(name, None, None)

    def uncertain(self):
        """Lists the nodes of which more than one state is possible."""
        found, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            if len(node.variants()) > 1:
                found.append(node)
            if isinstance(node, Folder):
                for names in [node.names, *node.variants()]:
                    for child in names.values():
                        visit(child)

        visit(self.top)
        return found

    def tree(self, choice):
        """Returns {path: bytes, or None for a folder}. `choice` says for nodes, by id, which of their variants it is; for others
        it is the most."""
        found = {}

        def visit(node, path):
            variants = node.variants()
            one = variants[choice.get(id(node), len(variants) - 1)]
            if not isinstance(node, Folder):
                found[path] = one
                return
            if path:
                found[path] = None
            for name, child in one.items():
                visit(child, f"{path}/{name}" if path else name)

        visit(self.top, "")
        return found

    def least(self):
        """Returns the tree if all is lost that may be lost."""
        return self.tree({id(node): 0 for node in self.uncertain()})

    def states(self, chance, most):
        """Yields trees: the plain cases, every node alone in each of its states, and random mixtures, `most` of them."""
        nodes = self.uncertain()
        counts = {id(node): len(node.variants()) for node in nodes}
        files = [id(node) for node in nodes if isinstance(node, File)]
        least = dict.fromkeys(counts, 0)
        yield self.tree({})  # all is there
        yield self.tree(least)
        for variant in (0, 1):  # all names, but not the data: none, or zeros
            yield self.tree({node: min(variant, counts[node] - 1) for node in files})
        for node in counts:
            for variant in range(counts[node]):
                yield self.tree({node: variant})
                yield self.tree({**least, node: variant})
        for _ in range(most if len(nodes) > 1 else 0):
            yield self.tree({node: chance.randrange(counts[node]) for node in counts})


def possible_states(root, calls, mixtures, seed=1):
    """Yields (number of the call, tree) for every different state of the disk after the first call, the first two, ….
    \\param root as it was before the first call"""
    disk, seen, chance = Disk(root), set(), random.Random(seed)
    for number, call in enumerate(calls):
        disk.follow(call)
        if call[0] == "close":
            continue
        for tree in disk.states(chance, mixtures):
            mark = hash(frozenset(tree.items()))
            if mark not in seen:
                seen.add(mark)
                yield number, tree


def certain_at_end(root, calls):
    """Returns the tree that is there for certain after all calls."""
    disk = Disk(root)
    for call in calls:
        disk.follow(call)
    return disk.least()
