// Marks on the cost surface: the best point, the plateau's pick, the runner-up, and what tied points span.

const MARK_SHAPES = {
  'best': 'diamond',
  'plateau': 'circle',
  'runner-up': 'triangle-up'
};

/** Returns the marks of the best point, the plateau's pick and the runner-up. Those in one cell share a mark. */
function surfaceMarks(surface, state, index) {
  const points = {
    'best': best.best_parameters,
    'plateau': best.plateau?.parameters,
    'runner-up': best.runner_up?.parameters
  };
  const marks = [];
  for (const [name, values] of Object.entries(points)) {
    if (!values) continue;
    const bin = surface.axes.map((axis) => binOf(axis, values[axis.name]));
    const isHere = state.fold !== 'slice' || state.sliders.every((a) => bin[a] === state.at[a]);
    const [i, j] = [bin[state.x], bin[state.y]];
    const known = marks.find((mark) => mark.i === i && mark.j === j && mark.isHere === isHere);
    if (known)
      known.names.push(name);
    else
      marks.push({names: [name], shape: MARK_SHAPES[name], i, j, isHere});
  }
  for (const mark of marks) mark.label = list(mark.names);
  const rowHeight = surfaceHeight() / index.bins[state.y];
  spreadLabels(marks, rowHeight, index.bins[state.y]);
  chooseSides(marks, at('surface').clientWidth / index.bins[state.x], rowHeight);
  return marks;
}

/** Puts each label to the right of its mark, or to the left where another mark or the edge is in the way. */
function chooseSides(marks, columnWidth, rowHeight) {
  for (const mark of marks) {
    const width = 16 + 6.5 * mark.label.length;
    const hides = (other) => other !== mark && Math.abs((other.j - mark.j) * rowHeight + mark.dy) < 14 &&
        other.i >= mark.i && (other.i - mark.i) * columnWidth < width;
    const room = (mark.i + 0.5) * columnWidth;
    mark.isLeft = room > width && (marks.some(hides) || room > 0.7 * at('surface').clientWidth);
  }
}

/** The height in px that the chart's specification derives from its width, roughly. */
const surfaceHeight = () => Math.min(430, Math.max(250, 0.6 * at('surface').clientWidth));

/** Moves the labels of close neighbours apart, away from the nearer of the lower and upper edge. */
function spreadLabels(marks, rowHeight, rows) {
  const gap = 16;
  const upwards = marks.reduce((sum, mark) => sum + mark.j, 0) < 0.5 * rows * marks.length;
  const from = (mark) => (upwards ? mark.j : rows - mark.j) * rowHeight;
  let last = -Infinity;
  for (const mark of [...marks].sort((a, b) => from(a) - from(b) || b.i - a.i)) {
    const place = Math.max(from(mark), last + gap);
    mark.dy = (upwards ? -1 : 1) * (place - from(mark));
    last = place;
  }
}

/** Returns the box that all tied points span, where there are several. */
function tieBox(surface, state) {
  const box = best.ties?.points > 1 ? best.ties.box : null;
  if (!box || Object.values(box).every(([low, high]) => low === high)) return [];
  const range = (a) => box[surface.axes[a].name].map((value) => binOf(surface.axes[a], value));
  const [[i, i2], [j, j2]] = [range(state.x), range(state.y)];
  return [{i, i2: i2 + 1, j, j2: j2 + 1}];
}
