// The report document, and helpers that make elements of the page.

const report = JSON.parse(document.getElementById('document').textContent);
const specs = JSON.parse(document.getElementById('specs').textContent);
const best = report.best;
const isSliced = Boolean(best.slippage);
const parameters = best.best_parameters ?? {};
const axisKeys = Object.keys(best.audit ?? {}).filter((key) => key !== 'confounded');
/** Whether all points cost the same, so that there is nothing to draw against the parameters. */
const allTie = Boolean(best.ties?.all_tie) && best.ties.of > 1;
const charts = typeof vega === 'object';

/** Returns a table's rows as objects. */
const objectsOf = (table) =>
    (table?.rows ?? []).map((row) => Object.fromEntries(table.columns.map((name, i) => [name, row[i]])));

/** Returns the rows of the best structural point as objects. */
function rowsOf(table) {
  const chosen = Object.entries(best.structural ?? {});
  return objectsOf(table).filter((row) => chosen.every(([key, value]) => !(key in row) || String(row[key]) === value));
}
const days = rowsOf(report.days);
const symbols = [...new Set(days.map((day) => day.symbol))];

/** The yardsticks, and how many bps the best point saved against each; the closest one comes first. */
const yardsticks =
    (isSliced ? Object.entries(best.yardsticks)
                    .map(([name, cost]) => ({name, cost: cost.bps, saving: cost.bps - best.slippage.bps})) :
                Object.entries(best.savings_bps).map(([name, saving]) => ({name: name.replace('vs_', ''), saving})))
        .sort((a, b) => a.saving - b.saving);

/** Returns a line of the manifest's identity: identity('router') is "cont_kukanov". */
function identity(key) {
  const line = (report.manifest?.identity ?? []).find((text) => text.startsWith(`${key}: `));
  return line?.slice(key.length + 2);
}
/** Returns a value within such a line: part "side" of "{side: buy, shares: 100}" is "buy". */
const identityPart = (key, part) => identity(key)?.match(new RegExp(`[{,] ?${part}: "?([^,"}]*)`))?.[1];

/** Makes an element: element('p', {class: 'big'}, 'text', child). Children that are missing are left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}
const at = (id) => document.getElementById(id);

/** Makes a list of terms, each with its value. */
const definitions = (pairs, attributes) =>
    element('dl', attributes, ...pairs.flatMap(([term, text]) => [element('dt', {}, term), element('dd', {}, text)]));

const absent = [];
/** Removes a figure and keeps the reason for the foot of the page. */
function leaveOut(id, what, why) {
  at(id)?.remove();
  absent.push(`${what}: ${report.absent?.[id] ?? why}`);
}
