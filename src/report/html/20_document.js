// What the document says, and small helpers for the page's elements.

const report = JSON.parse(document.getElementById('document').textContent);
const specs = JSON.parse(document.getElementById('specs').textContent);
const best = report.best;
const isSliced = Boolean(best.slippage);
const parameters = best.best_parameters ?? {};
const axisKeys = Object.keys(best.audit ?? {}).filter((key) => key !== 'confounded');
/** No parameter changes anything: nothing to draw against them. */
const allTie = Boolean(best.ties?.all_tie) && best.ties.of > 1;
const charts = typeof vega === 'object';

/** A table's rows as objects. */
const objectsOf = (table) =>
    (table?.rows ?? []).map((row) => Object.fromEntries(table.columns.map((name, i) => [name, row[i]])));

/** The same; of several structural points only those of the best one. */
function rowsOf(table) {
  const chosen = Object.entries(best.structural ?? {});
  return objectsOf(table).filter((row) => chosen.every(([key, value]) => !(key in row) || String(row[key]) === value));
}
const days = rowsOf(report.days);
const symbols = [...new Set(days.map((day) => day.symbol))];

/** Trading without a model: how much cheaper the best point was, bps; the closest one first. */
const yardsticks =
    (isSliced ? Object.entries(best.yardsticks)
                    .map(([name, cost]) => ({name, cost: cost.bps, saving: cost.bps - best.slippage.bps})) :
                Object.entries(best.savings_bps).map(([name, saving]) => ({name: name.replace('vs_', ''), saving})))
        .sort((a, b) => a.saving - b.saving);

/** A line of the manifest's identity: identity('router') is "cont_kukanov". */
function identity(key) {
  const line = (report.manifest?.identity ?? []).find((text) => text.startsWith(`${key}: `));
  return line?.slice(key.length + 2);
}
/** A value within it: identity part "side" of "{side: buy, shares: 100}". */
const identityPart = (key, part) => identity(key)?.match(new RegExp(`[{,] ?${part}: "?([^,"}]*)`))?.[1];

/** element('p', {class: 'big'}, 'text', child) */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}
const at = (id) => document.getElementById(id);

/** A term and what it is, in rows. */
const definitions = (pairs, attributes) =>
    element('dl', attributes, ...pairs.flatMap(([term, text]) => [element('dt', {}, term), element('dd', {}, text)]));

const absent = [];
/** Takes a figure away and keeps the reason for the page's foot. */
function leaveOut(id, what, why) {
  at(id)?.remove();
  absent.push(`${what}: ${report.absent?.[id] ?? why}`);
}
