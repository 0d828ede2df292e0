// The first screen: which parameters, how much cheaper than what, how sure, does any axis not matter.

const pointWords = (values) => list(
    Object.entries(values).map(([axis, value]) => `${axisName(axis)} ${centsUnit(value)}`.replaceAll(' ', NARROW)));
const cheaperWords = (saving) => `${bps(Math.abs(saving))} ${saving < 0 ? 'dearer' : 'cheaper'}`;

function scopeWords() {
  const side = identityPart('order', 'side');
  const shares = Number(identityPart('order', 'shares'));
  const dates = [...new Set(days.map((day) => day.date))];
  const span = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}`.replaceAll('-', '\u2011') : dates[0];
  const names = symbols.length > 4 ? `${symbols.length} symbols` : list(symbols);
  return [
    `sorsweep report`, names, plural(dates.length, 'day') + (span ? ` (${span})` : ''),
    side && `${side} ${count(shares)} shares a day`
  ].filter(Boolean)
      .join(' · ');
}

function headlineWords() {
  if (!best.best_parameters) return 'Not a share was traded: there is no best point';
  if (best.ties?.all_tie && best.ties.of > 1)
    return `These parameters do not matter here: all ${count(best.ties.of)} points cost the same`;
  const closest = yardsticks[0];
  if (closest.saving <= 0)
    return `No point beat ${yardstickDeed(closest.name)}: the best one, ${pointWords(parameters)}, was ${
        cheaperWords(closest.saving)}`;
  return `${pointWords(parameters)} traded cheapest: ${cheaperWords(closest.saving)} than ${
      yardstickDeed(closest.name)}`;
}

function leadWords() {
  const tie = best.ties?.points > 1 && !best.ties.all_tie ?
      ` ${count(best.ties.points)} of ${count(best.ties.of)} points are equally good; named is the first.` :
      '';
  if (!isSliced) {
    const results = best.router_results;
    return `${count(results.filled_shares)} shares at an average of ${dollars(results.avg_price, 4)}, ${
        cheaperWords(yardsticks[0].saving)} than ${yardstickName(yardsticks[0].name)}.${tie}`;
  }
  const sign = best.slippage.bps < 0 ? 'better' : 'worse';
  return `Of ${plural(best.ties.of, 'point')}: ${bps(Math.abs(best.slippage.bps))} ${sign} than the mid on arrival ` +
      `(${dollars(best.slippage.dollars)} in all), what the market moved meanwhile included. ` +
      `The worst point of the grid came to ${bps(best.worst_slippage.bps)}.${tie}`;
}

/** At which end of an axis the best point lies: best.json says it for all of its ties, older ones for the first. */
function edgeOf(axis) {
  const said = best.audit?.[axis.axis]?.edge;
  if (said !== undefined) return said;
  const value = parameters[axis.axis];
  return Math.abs(value - axis.first) < HALF_A_STEP ? 'first' :
      Math.abs(value - axis.last) < HALF_A_STEP     ? 'last' :
                                                      'none';
}

/** Axes whose best value is the grid's first or last; nothing lies below 0. */
function edges() {
  return rowsOf(report.axes).filter((axis) => axis.values > 1 && !axis.dead).flatMap((axis) => {
    const edge = edgeOf(axis);
    if (edge === 'first' && axis.first > 0) return [`${axisName(axis.axis)} below ${centsUnit(axis.first)}`];
    return edge === 'last' ? [`${axisName(axis.axis)} above ${centsUnit(axis.last)}`] : [];
  });
}

/** A share of the strongest axis under which an axis is called weak. */
const WEAK = 0.05;
const axisEffects = () => rowsOf(report.axes)
                              .map((axis) => ({...axis, ...best.audit?.[axis.axis], isDead: Boolean(axis.dead)}))
                              .sort((a, b) => b.effect - a.effect);
const isWeak = (axis, all) => !axis.isDead && axis.effect < WEAK * Math.max(...all.map((other) => other.effect));

function axesWords() {
  const all = axisEffects().filter((axis) => axis.values > 1);
  const dead = all.filter((axis) => axis.isDead).map((axis) => axisName(axis.axis));
  const weak = all.filter((axis) => isWeak(axis, all)).map((axis) => axisName(axis.axis));
  if (!all.length) return ['one point', 'The grid has no axis to compare.'];
  if (dead.length === all.length) return ['None matters', `${list(dead)}: no effect on any day.`];
  if (dead.length) return [`${list(dead)}: dead`, `No effect on any day. ${axisName(all[0].axis)} matters most.`];
  if (weak.length)
    return [
      `${list(weak)}: weak`, `Under ${100 * WEAK} % of the effect of ${axisName(all[0].axis)}, which matters most.`
    ];
  return [
    all.length === 1 ? 'It matters' : `All ${all.length} matter`,
    all.length === 1 ? '' : `${axisName(all[0].axis)} the most.`
  ];
}

function sureWords() {
  const verdict = report.verdict;
  const pbo = Number.isFinite(verdict?.pbo) ? ` Probability of overfitting ${number(100 * verdict.pbo, 0)} %.` : '';
  if (yardsticks[0].saving <= 0)
    return [
      'No advantage',
      `${plural(yardsticks.filter((one) => one.saving <= 0).length, 'yardstick')} of ${
          yardsticks.length} did as well or better.${pbo}`
    ];
  const other = yardstickName(yardsticks[0].name);
  if (verdict?.standing === 'better') return ['Better', `Than ${other}, by the interval over days.${pbo}`];
  if (verdict?.standing === 'not distinguishable')
    return ['Not shown', `Days like these do not tell it from ${other}.${pbo}`];
  if (verdict?.standing === 'worse') return ['Worse', `Than ${other}, by the interval over days.${pbo}`];
  return [
    'Not tested',
    report.absent?.verdict ?? `Chosen on the same ${plural(best.days?.total ?? days.length, 'day')} it is judged on.`
  ];
}

const card = (title, ...children) => element('div', {class: 'card'}, element('h2', {}, title), ...children);
const big = (text, id) => element('p', {class: 'big', id}, text);
const small = (text) => text ? element('p', {}, text) : null;

function parametersCard() {
  const plateau = best.plateau?.parameters;
  const same = plateau && Object.entries(plateau).every(([axis, value]) => value === parameters[axis]);
  const words = !plateau ? '' :
      same               ? 'Also the safest choice: no point has better neighbours.' :
                           `Safest neighbourhood: ${pointWords(plateau)}.`;
  return card(
      'Best parameters, a share',
      definitions(
          Object.entries(parameters).map(([axis, value]) => [axisName(axis), centsUnit(value)]),
          {class: 'values', id: 'best_point'}),
      small(words));
}

const walkUnit = () => report.walk_forward.unit === 'USD' ? dollars : bps;

/** What choosing on the days before would have saved, a day. */
function walkForwardWords() {
  const {series} = report.walk_forward ?? {};
  const chosen = series?.find((one) => one.name === 'walk_forward');
  const other = series?.find((one) => one.name === yardsticks[0].name);
  if (!chosen || !other) return '';
  const saved = chosen.values.map((value, i) => other.values[i] - value).filter(Number.isFinite);
  const mean = saved.reduce((a, b) => a + b, 0) / saved.length;
  return `Chosen on earlier days only, it was ${walkUnit()(Math.abs(mean))} ${mean < 0 ? 'dearer' : 'cheaper'} than ${
      yardstickName(other.name)}, ${plural(saved.length, 'day')}.`;
}

function savingsCard() {
  const [closest, ...others] = yardsticks;
  const interval =
      (report.intervals ?? []).find((one) => one.against === closest.name && !one.out_of_sample && one.low !== null);
  const range = interval &&
      `${number(100 * interval.level, 0)} % interval ${short(interval.low)} to ${short(interval.high)}${
                    closest.saving < 0 ? ' cheaper' : ''}`;
  return card(
      `${closest.saving < 0 ? 'Dearer' : 'Cheaper'} than ${yardstickName(closest.name)} by`,
      big(bps(Math.abs(closest.saving)), 'saving'), small(range), small('Cheaper than the others by, bps:'),
      definitions(others.map(({name, saving}) => [yardstickName(name), short(saving)])));
}

function axesCard() {
  const [word, which] = axesWords();
  const effects = axisEffects().map(
      (axis) =>
          [axisName(axis.axis),
           axis.values === 1 ? 'fixed' :
               axis.isDead   ? 'dead' :
                               short(axis.effect)]);
  return card('Do all parameters matter?', big(word, 'axes_word'), small(which), definitions(effects));
}

function fillHeadline() {
  document.title = `sorsweep: ${list(symbols.slice(0, 4))}, ${plural(days.length, 'symbol-day')}`;
  at('scope').textContent = scopeWords();
  at('headline').textContent = headlineWords();
  at('lead').textContent = leadWords();
  const [sure, why] = sureWords();
  at('cards').append(
      parametersCard(), savingsCard(), card('How sure', big(sure, 'sure'), small(why), small(walkForwardWords())),
      axesCard());
  const verdict = report.verdict;
  if (verdict?.sentences?.length)
    at('verdict').append(element(
        'p', {class: `notice ${verdict.standing === 'better' ? 'good' : 'calm'}`}, verdict.sentences.join(' ')));
  fillNotices();
}

function fillNotices() {
  const notice = (text) => at('notices').append(element('p', {class: 'notice'}, text));
  if (edges().length)
    notice(`The best point lies on the edge of the grid. Cheaper ones may lie beyond: try ${list(edges())}.`);
  const unfilled = (best.days?.not_filled ?? 0) + (best.days?.no_data ?? 0);
  if (unfilled)
    notice(`${plural(unfilled, 'symbol-day')} of ${
        best.days.total} did not trade the whole order (not filled, or without data).`);
  const broken = best.at_best?.slices_breaking_a1_to_a3;
  if (broken)
    notice(`In ${count(broken)} of ${
        count(best.at_best.slices)} slices the best point breaks the assumptions of the model (A1–A3).`);
  if (!charts)
    notice(
        'This build of sorsweep had no chart library, so there are tables only. Install libjs-vega, build again, and write the report anew.');
}
