#!/usr/bin/python3
"""Shows how to read a run from Python: read_results.py RUN [--png FILE]

It prints the best point, found again from the surface in results.h5, and the first rows of summary.csv. With --png it draws
the surface over the first two axes, with the least value over the others. It needs h5py, numpy and pandas, and matplotlib for
the picture.
"""
import argparse
import json
import pathlib

import h5py
import numpy
import pandas


def results_files(run):
    """Returns the results file of each structural point; results.h5 if there are none."""
    files = sorted(run.glob("results*.h5"))
    if not files:
        raise SystemExit(f"{run} has no results.h5: did the sweep end?")
    return files


def read_surface(path):
    """Returns (axes as a dict of name and values, objective), or None if surfaces were not kept."""
    with h5py.File(path, "r") as file:
        if "objective" not in file:
            return None
        objective = file["objective"]
        return {d.keys()[0]: d[0][:] for d in objective.dims}, objective[:]


def best_point(axes, objective):
    """Returns the first of the least points, as the program ranks. Event routers rank only points without missing shares."""
    at = numpy.unravel_index(objective.argmin(), objective.shape)
    return {name: float(values[i]) for (name, values), i in zip(axes.items(), at)}, float(objective[at])


def draw(axes, objective, title, png):
    try:
        import matplotlib
    except ImportError:
        print("no picture: matplotlib is not installed (Debian: python3-matplotlib)")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = list(axes)
    figure, plot = pyplot.subplots(figsize=(7, 5.5), layout="constrained")
    if len(names) == 1:
        plot.plot(axes[names[0]], objective)
        plot.set(title=title, xlabel=names[0], ylabel="objective, less is better")
    else:
        least = objective.min(axis=tuple(range(2, objective.ndim)))
        picture = plot.pcolormesh(axes[names[1]], axes[names[0]], least, cmap="viridis", shading="nearest")
        plot.set(title=f"{title}: least over {', '.join(names[2:])}" if names[2:] else title)
        plot.set(xlabel=names[1], ylabel=names[0])
        figure.colorbar(picture, label="objective, less is better")
    figure.savefig(png, dpi=120)
    print(f"picture: {png}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--png", type=pathlib.Path, help="default: objective.png in RUN")
    args = parser.parse_args()
    found = {path: surface for path in results_files(args.run) if (surface := read_surface(path))}
    if found:
        path = min(found, key=lambda path: found[path][1].min())
        point, value = best_point(*found[path])
        print(f"best in {path.name}: {point}, objective {value!r}")
        told = json.loads((args.run / "best.json").read_text())["best_parameters"]
        print("best.json says the same" if told == point else f"best.json says {told}")
        draw(*found[path], path.stem, args.png or args.run / "objective.png")
    else:
        print("no surfaces: the run was swept with run.surfaces: none; its regions are in results.h5")
    print("\nthe five best points:")
    print(pandas.read_csv(args.run / "summary.csv").head(5).to_string(index=False))


if __name__ == "__main__":
    main()
