// Regions of the grid by the placement that wins in them, for a few slices.

const NAMED_PLACEMENTS = 10;
const GREYS = 3;  // Shades of the other placements, so that their borders can be seen.

/** Ranks placements by the cells they win; those beyond the named ones share the last entry of the legend. */
function rankPlacements(slice) {
  const cells = new Map();
  for (const placement of slice.cell) cells.set(placement, (cells.get(placement) ?? 0) + 1);
  const ranked = [...cells].sort((a, b) => b[1] - a[1]);
  const named = ranked.slice(0, NAMED_PLACEMENTS);
  const rank = ranked.map(([placement], i) => [placement, i < NAMED_PLACEMENTS ? i : NAMED_PLACEMENTS + i % GREYS]);
  return {named, rank: new Map(rank), others: ranked.slice(NAMED_PLACEMENTS)};
}

/** Places each region's number on the cell nearest to the region's middle. */
function regionLabels(cells, named) {
  return named.flatMap(([, size], rank) => {
    const own = cells.filter((cell) => cell.rank === rank);
    if (size < 0.012 * cells.length) return [];
    const middle = {i: own.reduce((s, c) => s + c.i, 0) / size, j: own.reduce((s, c) => s + c.j, 0) / size};
    const far = (cell) => (cell.i - middle.i) ** 2 + (cell.j - middle.j) ** 2;
    const nearest = own.reduce((a, b) => far(b) < far(a) ? b : a);
    return [{i: nearest.i, j: nearest.j, text: String(rank + 1)}];
  });
}

function winnersData(slice) {
  const [x, y] = slice.axes;
  const {named, rank, others} = rankPlacements(slice);
  const rows = y.first.length;
  const cells = slice.cell.map((placement, at) => {
    const [i, j] = [Math.floor(at / rows), at % rows];
    return {
      i,
      j,
      rank: rank.get(placement),
      tip: {title: slice.placements[placement], [axisName(x.name)]: binWords(x, i), [axisName(y.name)]: binWords(y, j)}
    };
  });
  const [xt, yt] = [binTicks(x, 6), binTicks(y, 7)];
  const signals = {
    columns: x.first.length,
    rows,
    xTicks: xt.ticks,
    xLabels: xt.labels,
    yTicks: yt.ticks,
    yLabels: yt.labels,
    xTitle: axisTitle(x.name),
    yTitle: axisTitle(y.name)
  };
  const here = best.best_parameters ? [{i: binOf(x, parameters[x.name]), j: binOf(y, parameters[y.name])}] : [];
  return {data: {cells, labels: regionLabels(cells, named), marks: here}, signals, named, others};
}

function winnersLegend(slice, named, others, colour) {
  const entry = (mark, rank, text, cells) => {
    const badge = element('b', {}, mark);
    badge.style.background = colour(rank);
    badge.style.color = rank < 5 ? '#fff' : '#111';
    return element('li', {}, badge, text, element('span', {}, percent(cells / slice.cell.length)));
  };
  const entries =
      named.map(([placement, cells], rank) => entry(String(rank + 1), rank, slice.placements[placement], cells));
  if (others.length)
    entries.push(entry(
        NO_BREAK, NAMED_PLACEMENTS, `${plural(others.length, 'other')}`,
        others.reduce((sum, [, cells]) => sum + cells, 0)));
  return entries;
}

/** Writes "theta_queue at 0.0003 dollars a share" in the page's words. */
const fixedWords = (text) => text.replace(
    /(\w+) at ([\d.]+) dollars a share/g, (_, axis, value) => `${axisName(axis)} at ${centsUnit(Number(value))}`);

const wins = (placements) => `${plural(placements, 'placement')} ${placements === 1 ? 'wins' : 'win'}`;

function showWinners() {
  const figure = at('winners');
  const slices = report.winners;
  if (!slices?.length)
    return leaveOut('winners', 'Which placement wins where', 'the run kept no contenders, or its router has none.');
  const legend = element('ul', {class: 'legend'});
  const words = element('figcaption');
  says(
      figure,
      'Within a region the router decides the same. Regions are convex; costs change only across their borders.');
  let chart = null;
  const show = (slice) => {
    const {data, signals, named, others} = winnersData(slice);
    words.textContent = `Slice ${slice.label}${slice.fixed ? `, ${fixedWords(slice.fixed)}` : ''}. ${
        wins(named.length + others.length)} somewhere here. The diamond is the best point of all days.`;
    if (chart)
      chart.update(data, signals);
    else
      chart = draw(
          figure, 'winners', data, signals,
          'Regions of the grid by winning placement, listed below with their share of cells');
    legend.replaceChildren(...winnersLegend(slice, named, others, chart.view.scale('colour')));
  };
  if (slices.length > 1)
    figure.append(element(
        'div', {class: 'controls'},
        choice('Slice', slices.map((slice, i) => [i, slice.label]), 0, (i) => show(slices[i]))));
  show(slices[0]);
  const side = element('div', {}, legend, words);
  figure.append(element('div', {class: 'beside'}, chart.host, side));
}
