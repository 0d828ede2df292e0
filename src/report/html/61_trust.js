// Whether the best point is robust: savings with intervals, the walk-forward, effects of the axes.

const IN_SAMPLE = 'best point, on the days it was chosen on';
const OUT_OF_SAMPLE = 'chosen on the days before';

const pointRows = (values) =>
    Object.fromEntries(Object.entries(values).map(([axis, value]) => [axisName(axis), parameter(axis, value)]));

/** Returns the savings against each yardstick, with their intervals where there are any. */
function savingsRows() {
  const found = (name, outOfSample) =>
      (report.intervals ?? []).find((one) => one.against === name && Boolean(one.out_of_sample) === outOfSample);
  const names =
      [...new Set([...yardsticks.map((one) => one.name), ...(report.intervals ?? []).map((one) => one.against)])];
  const row = (name, series, saving, range, cost) => {
    const [low, high] = [range?.low ?? null, range?.high ?? null];
    const between = low === null ? {} : {[`${number(100 * range.level, 0)} % interval`]: rangeWords(low, high)};
    const text = low === null ? short(saving) : `${short(saving)} (${short(low)} to ${short(high)})`;
    return {
      name: yardstickName(name),
      series,
      saving,
      low,
      high,
      text,
      tip: {
        title: `against ${yardstickName(name)}`,
        [series]: cheaperWords(saving),
        ...between,
        ...(cost === undefined ? {} : {'its cost': bps(cost)}),
        ...(name === 'runner_up' ? pointRows(best.runner_up.parameters) : {})
      }
    };
  };
  return names.flatMap((name) => {
    const yardstick = yardsticks.find((one) => one.name === name);
    const [inside, outside] = [found(name, false), found(name, true)];
    return [
      row(name, IN_SAMPLE, yardstick?.saving ?? inside?.mean ?? outside.mean, inside, yardstick?.cost),
      ...(outside ? [row(name, OUT_OF_SAMPLE, outside.mean, outside)] : [])
    ];
  });
}

function showYardsticks() {
  const figure = at('yardsticks');
  const rows = savingsRows();
  says(figure, 'How much cheaper the best point was. Left of zero: it was dearer.');
  draw(
      figure, 'yardsticks', {rows},
      {series: [...new Set(rows.map((row) => row.series))], count: new Set(rows.map((row) => row.name)).size},
      `Savings: ${rows.map((row) => `${row.text} bps against ${row.name} (${row.series})`).join(', ')}`);
  const level = report.intervals?.find((one) => one.low !== null)?.level;
  caption(
      figure,
      level ?
          `Bars: ${number(100 * level, 0)} % interval over days. Where a bar crosses zero, the two are statistically ` +
              'indistinguishable on these days.' :
          `Without intervals: ${report.absent?.intervals ?? 'none were computed'}.`);
  if (isSliced)
    caption(
        figure,
        'Yardsticks trade without a model. Immediate: the whole order takes the book on arrival. All market: each slice ' +
            'takes the book. All limit: each slice joins the shortest queue. Equal split: each slice is split evenly ' +
            'between all queues and the market.');
}

/** The series that choose among the grid's points; the others are yardsticks. */
const OURS = ['walk_forward', 'in_sample', 'hindsight'];

/** Adds up savings against one yardstick, day by day. */
function cumulate(walk, reference) {
  const base = walk.series.find((one) => one.name === reference).values;
  const format = walkUnit();
  return walk.series.filter((one) => OURS.includes(one.name)).flatMap((one) => {
    let sum = 0;
    return one.values.map((value, i) => {
      if (Number.isFinite(value) && Number.isFinite(base[i])) sum += base[i] - value;
      const name = yardstickName(one.name);
      return {
        day: walk.days[i],
        series: name,
        value: sum,
        tip: {title: name, [walk.days[i]]: format((base[i] ?? NaN) - value), 'so far': format(sum)}
      };
    });
  });
}

function showWalkForward() {
  const figure = at('walk_forward');
  const walk = report.walk_forward;
  if (!walk?.days?.length) return leaveOut('walk_forward', 'Walk-forward', 'it needs several days.');
  const references = walk.series.map((one) => one.name).filter((name) => !OURS.includes(name));
  says(figure, 'Savings, added up day by day. The gap between the lines is what hindsight is worth.');
  const show = drawer(figure, 'walk_forward', 'Savings of parameters chosen on earlier days only, added up day by day');
  const first = references.find((name) => name === yardsticks[0].name) ?? references[0];
  if (references.length > 1)
    figure.append(element(
        'div', {class: 'controls'},
        choice(
            'Against', references.map((name) => [name, yardstickName(name)]), first,
            (name) => show({walk: cumulate(walk, name)}))));
  show({walk: cumulate(walk, first)}, {unit: walk.unit === 'USD' ? '$' : 'bps'});
  if (references.length === 1) caption(figure, `Against ${yardstickName(references[0])}.`);
}

function showAxes() {
  const figure = at('axes');
  const all = axisEffects();
  if (!all.length) return leaveOut('axes', 'What each parameter does', 'the grid has no axes.');
  const rows = all.map((axis) => {
    const word = axis.values === 1 ? 'one value only' :
        axis.isDead                ? 'dead: no effect on any day' :
                                     effectWords(axis.effect) + (axis.weak ? ', under 1 % of the variance' : '');
    return {
      name: axisName(axis.axis),
      effect: axis.effect,
      text: word,
      tip: {
        title: axisName(axis.axis),
        effect: word,
        ...(Number.isFinite(axis.variance_share) ? {'share of the variance': percent(axis.variance_share)} : {}),
        ...(Number.isFinite(axis.binding_share) ? {'slices it decides': percent(axis.binding_share)} : {}),
        values: count(axis.values),
        range: parameterRange(axis.axis, [axis.first, axis.last])
      }
    };
  });
  says(figure, 'How much the mean cost changes from an axis’ best value to its worst.');
  draw(
      figure, 'axes', {rows}, {peak: Math.max(...all.map((axis) => axis.effect)) || 1},
      `Effects of the axes: ${rows.map((row) => `${row.name} ${row.text}`).join(', ')}`);
}
