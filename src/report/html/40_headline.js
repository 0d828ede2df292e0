// The first screen: the best parameters, what they save, how sure that is, and which axes matter.

const pointWords = (values) => list(Object.entries(values).map(
    ([axis, value]) => `${axisName(axis)} ${parameter(axis, value)}`.replaceAll(' ', NO_BREAK)));
const cheaperWords = (saving) => `${bps(Math.abs(saving))} ${saving < 0 ? 'dearer' : 'cheaper'}`;
/** Writes an interval of savings: "4.19 to 9.03 bps dearer", or "0.1 bps dearer to 0.3 bps cheaper". */
function rangeWords(low, high) {
  if (low < 0 && high > 0) return `${cheaperWords(low)} to ${cheaperWords(high)}`;
  const [from, to] = Math.abs(low) < Math.abs(high) ? [low, high] : [high, low];
  return `${short(Math.abs(from))} to ${cheaperWords(to)}`;
}

function scopeWords() {
  const side = identityPart('order', 'side');
  const shares = Number(identityPart('order', 'shares'));
  const dates = [...new Set(days.map((day) => day.date))];
  const span = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}`.replaceAll('-', '\u2011') : dates[0];
  const names = symbols.length > 4 ? `${symbols.length} symbols` : list(symbols);
  return [
    `sorsweep report`, names,
    (symbols.length > 1 ? `${plural(days.length, 'symbol-day')} over ` : '') + plural(dates.length, 'day') +
        (span ? ` (${span})` : ''),
    side && `${side} ${count(shares)} shares a day`
  ].filter(Boolean)
      .join(' · ');
}

function headlineWords() {
  if (!best.best_parameters) return 'No share was traded, so there is no best point';
  if (allTie) return `These parameters do not matter here: all ${count(best.ties.of)} points cost the same`;
  const closest = yardsticks[0];
  if (closest.saving <= 0)
    return `No point beat ${theYardstick(closest.name)}: the best one, ${pointWords(parameters)}, was ${
        cheaperWords(closest.saving)}`;
  return `${pointWords(parameters)} traded cheapest: ${cheaperWords(closest.saving)} than ${
      theYardstick(closest.name)}`;
}

/** Says how many points are equally good, and what they span. */
function tieWords() {
  const {points, of, box} = best.ties ?? {};
  if (!(points > 1) || allTie) return '';
  const spans = Object.entries(box ?? {}).filter(([, [low, high]]) => low < high);
  const where = spans.map(([axis, range]) => `${axisName(axis)} ${parameterRange(axis, range)}`);
  return ` ${count(points)} of ${count(of)} points are equally good; the first is named.${
      where.length ? ` They span ${list(where)}.` : ''}`;
}

/** Says on which side of the arrival mid the order traded: a gain is below it for a buy, above it for a sell. */
function arrivalWords(slippage) {
  const isBelow = (slippage < 0) === (identityPart('order', 'side') !== 'sell');
  return `${bps(Math.abs(slippage))} ${isBelow ? 'below' : 'above'} the arrival mid`;
}

function leadWords() {
  if (!isSliced) {
    const results = best.router_results;
    return `${count(results.filled_shares)} shares at an average of ${dollars(results.avg_price, 4)}, ${
        cheaperWords(yardsticks[0].saving)} than ${theYardstick(yardsticks[0].name)}.${tieWords()}`;
  }
  const {bps: mean, dollars: sum, std_bps: std, worst_day_bps: worstDay} = best.slippage;
  const scatter = best.days?.total > 1 && Number.isFinite(std) ?
      ` Standard deviation across days: ${bps(std)}; worst day: ${bps(worstDay)}.` :
      '';
  const drift = report.drift_bps;
  const without = Number.isFinite(drift) ? `; ${arrivalWords(mean - drift)} without it` : '';
  return `${arrivalWords(mean)}, drift included (${dollars(Math.abs(sum))} ${sum < 0 ? 'gained' : 'paid'})${without}.${
      scatter} Worst of the ${plural(best.ties.of, 'point')}: ${bps(best.worst_slippage.bps)}.${tieWords()}`;
}

/** Lists ranges to try, for axes at whose end all of the best points lie. */
const edges = () => axisKeys.filter((axis) => best.audit[axis].look_beyond)
                        .map((axis) => `${axisName(axis)} from ${parameterRange(axis, best.audit[axis].look_beyond)}`);

const axisEffects = () => rowsOf(report.axes)
                              .map((axis) => ({...axis, ...best.audit?.[axis.axis], isDead: Boolean(axis.dead)}))
                              .sort((a, b) => b.effect - a.effect);
/** Writes an effect in the unit of the objective. */
const effectWords = (value) => !isSliced || best.objective === best.slippage.dollars ? `$${short(value)}` : bps(value);

function axesWords() {
  const all = axisEffects().filter((axis) => axis.values > 1);
  const dead = all.filter((axis) => axis.isDead).map((axis) => axisName(axis.axis));
  const weak = all.filter((axis) => axis.weak);
  if (!all.length) return ['one point', 'The grid has no axis to compare.'];
  if (dead.length === all.length) return ['None matters', `${list(dead)}: no effect on any day.`];
  if (dead.length) return [`${list(dead)}: dead`, `No effect on any day. ${axisName(all[0].axis)} matters most.`];
  if (weak.length)
    return [
      list(weak.map((axis) => `${axisName(axis.axis)}: ${effectWords(axis.effect)}`)),
      `${weak.length > 1 ? 'Each explains' : 'It explains'} under 1 % of the variance. ${
          axisName(all[0].axis)} matters most.`
    ];
  return [
    all.length === 1 ? 'It matters' : `All ${all.length} matter`,
    all.length === 1 ? '' : `${axisName(all[0].axis)} the most.`
  ];
}

function sureWords() {
  const verdict = report.verdict;
  const {splits, groups} = best.out_of_sample?.overfitting ?? {};
  const fewGroups = groups < 8;  // As in the verdict.
  const evidence =
      splits ? ` (${fewGroups ? 'only ' : ''}${plural(splits, 'split')}${fewGroups ? ': weak evidence' : ''})` : '';
  const pbo =
      Number.isFinite(verdict?.pbo) ? ` Probability of overfitting: ${number(100 * verdict.pbo, 0)} %${evidence}.` : '';
  if (yardsticks[0].saving <= 0)
    return [
      'No advantage',
      `${yardsticks.filter((one) => one.saving <= 0).length} of ${
          plural(yardsticks.length, 'yardstick')} did as well or better.${pbo}`
    ];
  const other = theYardstick(yardsticks[0].name);
  const isBlind = (report.intervals ?? []).some((one) => one.out_of_sample && one.low !== null);
  if (verdict?.standing === 'better' && !isBlind)
    return ['Better, in sample', `Cheaper than ${other}, but on the days it was chosen on, which flatters it.${pbo}`];
  if (verdict?.standing === 'better')
    return ['Better', `Cheaper than ${other} on days that it was not chosen on.${pbo}`];
  if (verdict?.standing === 'not distinguishable')
    return ['Not proven', `Statistically indistinguishable from ${other} on these days.${pbo}`];
  if (verdict?.standing === 'worse') return ['Worse', `Dearer than ${other}.${pbo}`];
  const why = report.absent?.intervals ? ` An interval ${report.absent.intervals}.` : '';
  return [
    'Not tested',
    report.absent?.verdict ??
        `It was chosen on the same ${plural(best.days?.total ?? days.length, 'day')} it is judged on.${why}`
  ];
}

const card = (title, ...children) => element('div', {class: 'card'}, element('h2', {}, title), ...children);
const big = (text, id) => element('p', {class: 'big', id}, text);
const small = (...parts) => parts[0] ? element('p', {}, ...parts) : null;

/** Marks the runner-up in a text; its tooltip has the parameters. */
const runnerUp = (text) =>
    element('abbr', {tabindex: 0, title: best.runner_up ? pointWords(best.runner_up.parameters) : undefined}, text);

/** Says how much dearer the runner-up is than the best point. */
function runnerUpLine() {
  if (!best.runner_up || !isSliced || allTie) return null;
  const behind = best.runner_up.objective - best.objective;
  const range = (report.intervals ?? []).find((one) => one.against === 'runner_up' && one.low !== null);
  const isOfMeans = identity('objective') !== 'worst_day';  // The interval is one of means.
  const told = !isOfMeans || !range || range.low > 0 ? '' : '; statistically indistinguishable on these days';
  return small(
      'The ', runnerUp('runner-up'), behind === 0 ? ' cost the same.' : ` is ${effectWords(behind)} dearer${told}.`);
}

function parametersCard() {
  const plateau = best.plateau?.parameters;
  const same = plateau && Object.entries(plateau).every(([axis, value]) => value === parameters[axis]);
  const words = !plateau ? '' :
      same               ? 'Also the safest choice: no point has better neighbours.' :
                           `Safest neighbourhood: ${pointWords(plateau)}.`;
  return card(
      Object.keys(parameters).every(isMoney) ? 'Best parameters, a share' : 'Best parameters',
      definitions(
          Object.entries(parameters).map(([axis, value]) => [axisName(axis), parameter(axis, value)]),
          {class: 'values', id: 'best_point'}),
      small(words), runnerUpLine());
}

const walkUnit = () => report.walk_forward.unit === 'USD' ? dollars : bps;

/** Says what choosing on earlier days only would have saved on average. */
function walkForwardWords() {
  const {series} = report.walk_forward ?? {};
  const chosen = series?.find((one) => one.name === 'walk_forward');
  const other = series?.find((one) => one.name === yardsticks[0].name);
  if (!chosen || !other) return '';
  const saved = chosen.values.map((value, i) => other.values[i] - value).filter(Number.isFinite);
  const mean = saved.reduce((a, b) => a + b, 0) / saved.length;
  return `Chosen on earlier days only: ${walkUnit()(Math.abs(mean))} ${mean < 0 ? 'dearer' : 'cheaper'} than ${
      theYardstick(other.name)} over ${plural(saved.length, 'day')}.`;
}

function savingsCard() {
  const [closest, ...others] = yardsticks;
  const interval =
      (report.intervals ?? []).find((one) => one.against === closest.name && !one.out_of_sample && one.low !== null);
  const range = interval && `${number(100 * interval.level, 0)} % interval: ${rangeWords(interval.low, interval.high)}`;
  return card(
      `${closest.saving < 0 ? 'Dearer' : 'Cheaper'} than ${yardstickName(closest.name)} by`,
      big(bps(Math.abs(closest.saving)), 'saving'), small(range), small('Against the other yardsticks:'),
      definitions(others.map(({name, saving}) => [yardstickName(name), cheaperWords(saving)])));
}

function axesCard() {
  const [word, which] = axesWords();
  const all = axisEffects();
  const isAlive = (axis) => axis.values > 1 && !axis.isDead;
  const effect = (axis) => isAlive(axis) ? `${effectWords(axis.effect)}, ${percent(axis.variance_share)}` :
                                           (axis.isDead && axis.values > 1 ? 'dead' : 'fixed');
  return card(
      'Do all parameters matter?', big(word, 'axes_word'), small(which),
      small(all.some(isAlive) && 'Effect on the mean cost, share of the variance:'),
      definitions(all.map((axis) => [axisName(axis.axis), effect(axis)])));
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
  fillVerdict();
  fillNotices();
}
