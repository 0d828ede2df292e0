"""The limits that the pages name are the constants of the code."""
import re

# Page, what it says with {} for the number, and the constant: a file's pattern and its name.
LIMITS = [
    ("limits.md", "| {} of text |", "config/yaml_text.hpp", "kMostConfigBytes"),
    ("limits.md", "| {} values, lists and maps |", "config/yaml_tree.cpp", "kMostNodes"),
    ("limits.md", "| {} levels", "config/yaml_tree.cpp", "kMostDepth"),
    ("limits.md", "| {} for a value, ", "config/yaml_tree.cpp", "kMostScalarBytes"),
    ("limits.md", ", {} bytes for a key |", "config/yaml_tree.cpp", "kMostKeyBytes"),
    ("limits.md", "| {} values of an axis", "sweep/grid.hpp", "kMostPointsOfAxis"),
    ("limits.md", ", {} structural points |", "config/config_structural.cpp", "kMostPoints"),
    ("limits.md", "| {} for a line or the header |", "feed/line_blocks.cpp", "kBlockBytes"),
    ("limits.md", "| {} symbol-days in one conversion", "store/intake.cpp", "kMostDays"),
    ("limits.md", ", {} symbols in one source |", "store/intake.cpp", "kMostDays"),
    ("limits.md", "| {} rows a day |", "store/intake.cpp", "kMostRows"),
    ("limits.md", "| DBN: {} of metadata", "feed/dbn_metadata.cpp", "kMostMetadata"),
    ("limits.md", "; symbol fields of {} bytes or more |", "feed/dbn_metadata.cpp", "kLeastText"),
    ("limits.md", "| DBN: {} symbol intervals", "feed/dbn_metadata.cpp", "kMostIntervals"),
    ("limits.md", "| `manifest.json`: {} (exit 3)", "run/*", "kMostManifestBytes"),
    ("limits.md", "valid symbols, {} units |", "run/*", "kMostUnits"),
    ("config.md", "| `order.shares` | whole number, 1 to {} |", "config/config_order.cpp", "kMostShares"),
    ("config.md", "| `max_candidates` | whole number, 1 to {} |", "config/config_model.cpp", "kMostCandidates"),
    ("config.md", "| `samples` | whole number, 1 to {} |", "config/config_model.cpp", "kMostSamples"),
    ("config.md", "| `venues_max` | whole number, 1 to {} |", "config/config_model.cpp", "kMostVenues"),
    ("config.md", "| `impact_ticks` | whole number, 0 to {} |", "config/config_model.cpp", "kMostTicks"),
    ("config.md", "An axis has 1 to {} values.", "sweep/grid.hpp", "kMostPointsOfAxis"),
    ("config.md", "At most {} combinations", "config/config_structural.cpp", "kMostPoints"),
    ("runs.md", "more than {} points", "run/unit_plan.cpp", "kMostPointsOfUnit"),
    ("results.md", "if the grid has at most {}, ", "report/tables.hpp", "kSmallGrid"),
    ("results.md", "else the best {}.", "report/tables.hpp", "kRankedPoints"),
    ("results.md", "at most {} of them", "reduce/outcome_sample.hpp", "kMostPoints"),
    ("results.md", "or an even choice of {} |", "job/data_quality.cpp", "kMostDays"),
]


def value_of(root, pattern, name):
    """The value of a constant that is written with numbers, `*` and `<<` only; None where no file has it."""
    for top in ("src", "include/sorsweep"):
        for path in sorted((root / top).glob(pattern)):
            if found := re.search(rf"constexpr [\w:]+ {name} = ([^;]+);", path.read_text()):
                plain = re.sub(r"std::\w+\{(\w+)\}", r"\1", found[1].replace("'", ""))
                product = 1
                for factor in plain.split("*"):
                    number, *shifts = map(int, factor.split("<<"))
                    product *= number << sum(shifts)
                return product
    return None


def spellings(value):
    """The ways to write a number on a page: 100,000, 4 MiB."""
    yield f"{value:,}"
    for power, unit in ((20, "MiB"), (10, "KiB")):
        if value and value % (1 << power) == 0:
            yield f"{value >> power} {unit}"


def check_limits(pages):
    for page, said, pattern, name in LIMITS:
        value = value_of(pages["README.md"].root, pattern, name)
        text = " ".join(pages[f"docs/{page}"].text.split())
        if value is None:
            yield f"docs/{page}: no file {pattern} has the constant {name}"
        elif not any(said.format(number) in text for number in spellings(value)):
            yield f"docs/{page}: {name} is {value:,}, but the page does not say «{said.format(f'{value:,}')}»"
