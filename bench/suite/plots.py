"""Makes plots with gnuplot as SVG files. The page embeds them with the colours of its theme."""
import re
import shutil
import subprocess

import measure

# The light colours of the report's categories (src/report/html/page.css). On the page they become its variables.
COLOURS = ("#2b6ca8", "#d57a1e", "#2a8f7c", "#9b4d86", "#7d8791", "#1c2126", "#8a6d1f", "#b0413e")
INK, SOFT, GRID = "#1c2126", "#59636e", "#d9dcdf"
HEAD = """\
set terminal svg size 760,{height} dynamic font 'Liberation Sans,12' background rgb 'white' name '{name}'
set output '{path}'
set border 3 lc rgb '{soft}' lw 0.7
set tics nomirror textcolor rgb '{soft}'
set grid back lc rgb '{grid}' lw 0.5 lt 1
set title '{title}' textcolor rgb '{ink}' font ',13'
set xlabel '{xlabel}' textcolor rgb '{soft}'
set ylabel '{ylabel}' textcolor rgb '{soft}'
set key below horizontal maxcols 3 textcolor rgb '{ink}' samplen 2
"""


def quoted(text):
    """Returns text for gnuplot's single quotes, without markup and without anything that ends it."""
    return re.sub(r"([_^{}@&~])", r"\\\1", text.replace("'", "’"))


def lines(folder, name, title, xlabel, ylabel, series, log="", ideal=None):
    """Plots lines with bars from the least to the most of each spread. series: {name: [(x, spread)]}; ideal: [(x, y)]."""
    path = folder / f"{name}.svg"
    script = head(path, name, title, xlabel, ylabel, 460)
    script += f"set logscale {log}\n" if log else "set yrange [0:*]\n"
    script += "set format x '10^{%L}'\n" if "x" in log else ""
    if "x" not in log:  # x is a count: ticks where there are figures
        xs = sorted({x for points in series.values() for x, _ in points})
        script += f"set offsets graph 0.03, graph 0.03, 0, 0\nset xtics ({', '.join(map(str, xs))})\n"
    blocks, plots = "", []
    for i, (label, points) in enumerate(series.items()):
        rows = "\n".join(f"{x} {y['median']} {y['least']} {y['most']}" for x, y in sorted(points, key=lambda point: point[0]))
        blocks += f"$data{i} << EOD\n{rows}\nEOD\n"
        look = f"lc rgb '{COLOURS[i % len(COLOURS)]}' lw 1.6 pt {(7, 5, 9, 13)[i % 4]} ps 0.6"
        plots += [f"$data{i} using 1:2 with linespoints {look} title '{quoted(label)}'",
                  f"$data{i} using 1:2:3:4 with yerrorbars {look} notitle"]
    if ideal:
        blocks += "$ideal << EOD\n" + "\n".join(f"{x} {y}" for x, y in ideal) + "\nEOD\n"
        plots.append(f"$ideal using 1:2 with lines lc rgb '{SOFT}' lw 1 dt 3 title 'ideal'")
    return draw(script, blocks, plots, path)


def bars(folder, name, title, ylabel, values, log=False):
    """Plots a bar for each of {name: spread}."""
    path = folder / f"{name}.svg"
    script = head(path, name, title, ylabel, "", 130 + 34 * len(values))
    start = min(v["least"] for v in values.values()) / 2 if log else 0
    script += f"set xrange [{start}:*]\n" + ("set logscale x\nset format x '10^{%L}'\n" if log else "")
    script += "unset key\nset grid noytics\nset style fill solid 1\n"
    script += "set yrange [" + f"{len(values) - 0.4}:-0.6]\n"
    ticks = ", ".join(f"'{quoted(label)}' {i}" for i, label in enumerate(values))
    script += f"set ytics ({ticks}) scale 0 textcolor rgb '{INK}'\n"
    rows = "\n".join(f"{i} {v['median']} {v['least']} {v['most']} {start}" for i, v in enumerate(values.values()))
    blocks = f"$data << EOD\n{rows}\nEOD\n"
    plots = [f"$data using 2:1:5:2:($1-0.3):($1+0.3) with boxxyerror lc rgb '{COLOURS[0]}' lw 0",
             f"$data using 2:1:3:4 with xerrorbars lc rgb '{INK}' lw 1 pt 0"]
    return draw(script, blocks, plots, path)


def head(path, name, title, xlabel, ylabel, height):
    return HEAD.format(path=path, name=name, title=quoted(title), xlabel=quoted(xlabel), ylabel=quoted(ylabel), height=height,
                       ink=INK, soft=SOFT, grid=GRID)


def draw(script, blocks, plots, path):
    """Returns the path of the plot; None if gnuplot is not installed, as the tables say it all."""
    if not shutil.which("gnuplot"):
        measure.without("gnuplot", "gnuplot-nox")
        return None
    text = blocks + script + "plot " + ", \\\n     ".join(plots) + "\n"
    done = subprocess.run(["gnuplot", "-"], input=text, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise RuntimeError(f"gnuplot: {done.stdout}\n{text}")
    return path


def themed(path):
    """Returns the SVG for the page, with variables as colours, ids of its own and no background."""
    svg = path.read_text(encoding="utf-8")
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"<rect x=\"0\" y=\"0\" width=\"\d+\" height=\"\d+\" fill=\"#ffffff\"/>", "", svg, count=1)
    svg = re.sub(r"rgb\(\s*(\d+),\s*(\d+),\s*(\d+)\)", lambda m: f"#{int(m[1]):02x}{int(m[2]):02x}{int(m[3]):02x}", svg)
    names = {colour: f"var(--c{i})" for i, colour in enumerate(COLOURS[:5], 1)}
    names |= {INK: "var(--ink)", SOFT: "var(--soft)", GRID: "var(--grid)", "#000000": "var(--soft)", "#8a6d1f": "var(--warn)",
              "#b0413e": "var(--good)"}
    for colour, name in names.items():
        svg = svg.replace(colour, name)
    svg = re.sub(r"font-family=\"[^\"]*\"", "", svg)
    return re.sub(r"\b(gp[A-Z]\w*|gnuplot_plot_\w+)", rf"{path.stem}_\1", svg)
