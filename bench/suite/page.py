"""Writes the tables and plots as one page that opens offline, in the style of the program's report."""
import html
import pathlib

import plots
import tables

STYLE = pathlib.Path(__file__).resolve().parents[2] / "src/report/html/page.css"
MORE = """
.plot { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 10px; max-width: 800px; }
.plot svg { display: block; width: 100%; height: auto; }
.plot text { font-family: var(--sans); }
.found { margin: 0 0 14px; padding-left: 20px; font-size: 0.9375rem; }
"""
HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>sorsweep benchmarks</title>
<style>
{style}
</style>
</head>
<body>
<header>
  <p class="eyebrow">sorsweep benchmarks · {date}</p>
  <h1>{headline}</h1>
  <p class="lead">{lead}</p>
</header>
<main>
"""
FACTS = {"cpu": "CPU", "cores": "cores", "memory_gib": "memory, GiB", "load_at_start": "load average at start", "nice": "nice", "kernel": "Linux",
         "program": "program", "git_sha": "git", "compiler": "compiler", "build_type": "build", "cpu_baseline": "CPU baseline",
         "python": "Python", "seconds": "the suite took, s"}


def text(value):
    return html.escape(str(value))


def html_table(table):
    numeric = [not tables.is_words(c) for c in table.columns]
    heads = "".join(f'<th{"" if n else " class=text"}>{text(c.head)}</th>' for c, n in zip(table.columns, numeric))
    body = ""
    for row in table.rows:
        cells = (tables.cell(row.get(c.key), c.kind) for c in table.columns)
        body += "<tr>" + "".join(f'<td{"" if n else " class=text"}>{text(c)}</td>' for c, n in zip(cells, numeric)) + "</tr>\n"
    return f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>\n{body}</tbody></table></div>\n'


def section(table):
    parts = [f'<section id="{text(table.name)}">\n<h2>{text(table.title[0].upper() + table.title[1:])}</h2>\n',
             f'<p class="says">{text(" ".join(table.says))}</p>\n']
    if table.found:
        items = "".join(f"<li>{text(found)}</li>" for found in table.found)
        parts.append(f'<ul class="found">{items}</ul>\n')
    for path in filter(None, table.plots):
        parts.append(f'<figure class="plot">{plots.themed(path)}</figure>\n')
    if table.rows:
        parts.append(html_table(table))
    return "".join(parts) + "</section>\n"


def headline(machine, is_quick):
    if is_quick:
        return "A smoke run: every table once, small; its times mean nothing"
    return f"What sorsweep costs on {machine['cores']} cores of {machine['cpu']}"


def write(path, machine, made, is_quick):
    lead = ("Medians; in brackets the least and the most of five runs, or of as many as stand there. Runs that are compared were taken in turn. "
            "Figures of one machine at one time: compare within one run only.")
    page = HEAD.format(style=STYLE.read_text(encoding="utf-8") + MORE, date=text(machine["date"]), headline=text(headline(machine, is_quick)),
                       lead=text(lead))
    page += "".join(section(table) for table in made)
    facts = "".join(f"<div><dt>{text(name)}</dt><dd>{text(machine[key])}</dd></div>" for key, name in FACTS.items() if key in machine)
    page += f'<section><h2>The machine</h2><dl class="facts">{facts}</dl></section>\n</main>\n</body>\n</html>\n'
    path.write_text(page, encoding="utf-8")
