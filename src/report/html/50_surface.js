// The cost surface: a heat map over two axes of the grid; the others are on sliders, or folded.

/** Half the step between two parameters: they are whole multiples of 1e-9. */
const HALF_A_STEP = 5e-10;

/** Returns the bin of an axis that holds a value. */
function binOf(axis, value) {
  const i = axis.last.findIndex((last) => value <= last + HALF_A_STEP);
  return i < 0 ? axis.last.length - 1 : i;
}
const binWords = (axis, i) => parameterRange(axis.name, [axis.first[i], axis.last[i]], '–');

/** Returns ticks in the middle of bins, few enough to be read, and their labels by tick. */
function binTicks(axis, most) {
  const bins = axis.first.length;
  const step = Math.ceil(bins / most);
  const ticks = [];
  for (let i = 0; i < bins; i += step) ticks.push(i + 0.5);
  return {
    ticks,
    labels: Object.fromEntries(ticks.map((tick) => [tick, bareParameter(axis.name)(axis.first[tick - 0.5], 3)]))
  };
}

/** Returns how cells are found by position: they are in product order, with the last axis fastest. */
function surfaceIndex(surface) {
  const bins = surface.axes.map((axis) => axis.first.length);
  const strides = bins.map((_, a) => bins.slice(a + 1).reduce((x, y) => x * y, 1));
  return {bins, strides, of: (position) => position.reduce((sum, i, a) => sum + i * strides[a], 0)};
}

/** Yields all positions along the axes `others`; the remaining axes stay as in `start`. */
function* positions(start, others, bins) {
  if (!others.length) {
    yield start;
    return;
  }
  const [axis, ...rest] = others;
  for (let i = 0; i < bins[axis]; ++i) yield* positions(Object.assign([...start], {[axis]: i}), rest, bins);
}

/** Folds the cells over one pair of bins into the one that is shown. */
function foldCell(surface, index, state, i, j, others) {
  const start = Object.assign([...state.at], {[state.x]: i, [state.y]: j});
  const cell = {i, j, least: Infinity, most: -Infinity, sum: 0, weight: 0};
  for (const position of positions(start, state.fold === 'slice' ? [] : others, index.bins)) {
    const at = index.of(position);
    const weight = position.reduce((product, bin, a) => product * surface.axes[a].points[bin], 1);
    cell.least = Math.min(cell.least, surface.least[at]);
    cell.most = Math.max(cell.most, surface.most[at]);
    cell.sum += weight * surface.mean[at];
    cell.weight += weight;
  }
  const mean = cell.sum / cell.weight;
  return {
    i,
    j,
    least: cell.least,
    most: cell.most,
    mean,
    points: cell.weight,
    value: state.fold === 'mean' ? mean : cell.least
  };
}

const objectiveUnit = () => report.surface.unit === 'USD' ? dollars : bps;

function surfaceCells(surface, index, state) {
  const others = surface.axes.map((_, a) => a).filter((a) => a !== state.x && a !== state.y);
  const format = objectiveUnit();
  const cells = [];
  for (let i = 0; i < index.bins[state.x]; ++i) {
    for (let j = 0; j < index.bins[state.y]; ++j) {
      const cell = foldCell(surface, index, state, i, j, others);
      cell.tip = {
        title: format(cell.value),
        [axisName(surface.axes[state.x].name)]: binWords(surface.axes[state.x], i),
        [axisName(surface.axes[state.y].name)]: binWords(surface.axes[state.y], j),
        ...(cell.points > 1 ? {
          [`least of ${count(cell.points)} points`]: format(cell.least),
          mean: format(cell.mean),
          most: format(cell.most)
        } :
                              {}),
      };
      cells.push(cell);
    }
  }
  return cells;
}

/** Returns the range of colours: the same for all slices, so that they can be compared, or that of a fold. */
function colourRange(surface, state, cells) {
  const values = state.fold === 'slice' ? surface.least : cells.map((cell) => cell.value);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return [low, high > low ? high : low + 1];
}

function surfaceSignals(surface, index, state, cells) {
  const [x, y] = [surface.axes[state.x], surface.axes[state.y]];
  const narrow = innerWidth < 560;
  const [xt, yt] = [binTicks(x, narrow ? 5 : 11), binTicks(y, 9)];
  const [low, high] = colourRange(surface, state, cells);
  return {
    columns: index.bins[state.x],
    rows: index.bins[state.y],
    low,
    high,
    xTicks: xt.ticks,
    xLabels: xt.labels,
    yTicks: yt.ticks,
    yLabels: yt.labels,
    xTitle: axisTitle(x.name),
    yTitle: axisTitle(y.name),
    unit: surface.unit === 'USD' ? '$' : 'bps'
  };
}

function surfaceWords(surface, index, state) {
  const folded = state.sliders.map((a) => axisName(surface.axes[a].name));
  const where =
      state.sliders.map((a) => `${axisName(surface.axes[a].name)} at ${binWords(surface.axes[a], state.at[a])}`);
  const shown = !folded.length ? 'The whole grid.' : {
    slice: `Slice: ${list(where)}; one scale of colours for all slices. A hollow mark lies in another slice.`,
    least: `Minimum over ${list(folded)}.`,
    mean: `Mean over ${list(folded)}.`
  }[state.fold];
  const most = surface.axes.map((axis) => Math.max(...axis.points));
  const several = most.some((points) => points > 1);
  const inside = state.fold === 'mean' ? 'their mean' : 'the least of them';
  const shape = several ? ` The grid is shown by regions: each holds up to ${most.join(' × ')} points (${
                              surface.axes.map((axis) => axisName(axis.name)).join(' × ')}), and shows ${inside}.` :
                          ' Each cell is a point of the grid.';
  const ties = tieBox(surface, state).length ? ' The dashed frame spans all points as good as the best.' : '';
  return `${shown}${shape}${ties}`;
}

/** Lets arrow keys move from cell to cell, and reads each out. */
function readByKeys(chart, readout, current) {
  const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
  let where = null;
  chart.host.tabIndex = 0;
  chart.host.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const {cells, start, columns, rows} = current();
    where = where ? [where[0] + step[0], where[1] + step[1]] : start;
    where = [Math.min(Math.max(where[0], 0), columns - 1), Math.min(Math.max(where[1], 0), rows - 1)];
    const {title, ...rest} = cells[where[0] * rows + where[1]].tip;
    readout.textContent = `${Object.entries(rest).map(([name, text]) => `${name} ${text}`).join(', ')}: ${title}`;
    chart.update({cursor: [{i: where[0], j: where[1]}]});
  });
  chart.host.addEventListener('blur', () => {
    where = null;
    chart.update({cursor: []});
  });
}

function initialSurface(surface) {
  const live = surface.axes.map((_, a) => a).filter((a) => surface.axes[a].first.length > 1);
  const order = [...live, ...surface.axes.map((_, a) => a).filter((a) => !live.includes(a))];
  const at = surface.axes.map((axis) => best.best_parameters ? binOf(axis, parameters[axis.name] ?? 0) : 0);
  return {x: order[0], y: order[1] ?? order[0], fold: 'slice', at, live, sliders: live.slice(2)};
}

function showSurface() {
  const figure = at('surface');
  const surface = report.surface;
  if (!surface || surface.axes.length < 2 || allTie)
    return leaveOut('surface', 'Cost surface', allTie ? 'all points cost the same.' : 'the grid has one axis.');
  const index = surfaceIndex(surface);
  const state = initialSurface(surface);
  let cells = [];
  const controls = element('div', {class: 'controls'});
  const words = element('figcaption');
  const readout = element('p', {class: 'readout', 'aria-live': 'polite'});
  says(
      figure,
      `Cost against the parameters, in ${
          surface.unit === 'USD' ? 'dollars' : 'basis points of the arrival value'}; brighter is cheaper.`);
  figure.append(controls);
  let chart = null;
  const refresh = () => {
    cells = surfaceCells(surface, index, state);
    const data = {cells, marks: surfaceMarks(surface, state, index), ties: tieBox(surface, state), cursor: []};
    const signals = surfaceSignals(surface, index, state, cells);
    words.textContent = surfaceWords(surface, index, state);
    chart ? chart.update(data, signals) : chart = draw(figure, 'surface', data, signals, surfaceLabel(surface));
  };
  const controlAll = () => controls.replaceChildren(...surfaceControls(surface, state, refresh, controlAll));
  controlAll();
  refresh();
  figure.append(words, readout);
  readByKeys(chart, readout, () => ({
                               cells,
                               columns: index.bins[state.x],
                               rows: index.bins[state.y],
                               start: [state.at[state.x], state.at[state.y]]
                             }));
}

const surfaceLabel = (surface) => `Heat map of cost over ${list(surface.axes.map((axis) => axisName(axis.name)))}. ` +
    `The cheapest point is ${pointWords(parameters)}. Arrow keys read single cells.`;

function surfaceControls(surface, state, refresh, controlAll) {
  const controls = [];
  const name = (a) => axisName(surface.axes[a].name);
  if (state.live.length > 2) {
    const pairs = state.live.flatMap((a, i) => state.live.slice(i + 1).map((b) => [a, b]));
    controls.push(choice(
        'Axes', pairs.map(([a, b]) => [`${a} ${b}`, `${name(a)} × ${name(b)}`]), `${state.x} ${state.y}`, (pair) => {
          [state.x, state.y] = pair.split(' ').map(Number);
          state.sliders = state.live.filter((a) => a !== state.x && a !== state.y);
          controlAll();
          refresh();
        }));
  }
  if (!state.sliders.length) return controls;
  const others = list(state.sliders.map(name));
  controls.push(choice(
      'Show', [['slice', `slice of ${others}`], ['least', `minimum over ${others}`], ['mean', `mean over ${others}`]],
      state.fold, (fold) => {
        state.fold = fold;
        controlAll();
        refresh();
      }));
  if (state.fold !== 'slice') return controls;
  for (const a of state.sliders)
    controls.push(
        slider(name(a), surface.axes[a].first.length - 1, state.at[a], (i) => binWords(surface.axes[a], i), (i) => {
          state.at[a] = i;
          refresh();
        }));
  return controls;
}
