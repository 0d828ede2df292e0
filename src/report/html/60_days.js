// Charts with one column for each day: costs, best parameters, kinds of fills.

/** Adds a choice of symbol where there are several, and calls `show` with the days of the chosen one. */
function bySymbol(figure, show) {
  const pick = (symbol) => show(days.filter((day) => day.symbol === symbol), symbol);
  if (symbols.length > 1)
    figure.append(
        element('div', {class: 'controls'}, choice('Symbol', symbols.map((name) => [name, name]), symbols[0], pick)));
  pick(symbols[0]);
}

/** Returns a function that draws the chart the first time and updates it afterwards. */
function drawer(figure, name, label) {
  let chart = null;
  return (data, signals = {}) => chart ? chart.update(data, signals) : chart = draw(figure, name, data, signals, label);
}

const COST_SERIES = [
  ['slippage_bps', 'best of that day, with hindsight'], ['equal_split_bps', 'equal split'],
  ['all_limit_bps', 'all limit'], ['all_market_bps', 'all market']
];
const EVENT_SERIES = [['naive_avg_price', 'naive'], ['twap_avg_price', 'TWAP'], ['vwap_avg_price', 'VWAP']];

/**
 * Returns how many bps dearer each yardstick was than the best point; drift is in both. For routers that work on
 * snapshots the comparison is with the day's own best.
 */
function costRows(chosen) {
  const sign = identityPart('order', 'side') === 'sell' ? -1 : 1;
  return chosen
      .flatMap((day) => (isSliced ? COST_SERIES : EVENT_SERIES).map(([key, name]) => {
        const value = isSliced ? day[key] - day.overall_best_bps : sign * 1e4 * (day[key] / day.avg_price - 1);
        const tip = isSliced ? {'cost': bps(day[key]), 'best point': bps(day.overall_best_bps)} : {};
        return {
          day: day.date,
          series: name,
          value,
          tip: {title: `${name}, ${day.date}`, 'dearer by': bps(value), ...tip}
        };
      }))
      .filter((row) => Number.isFinite(row.value));
}

function showCosts() {
  const figure = at('costs');
  if (!costRows(days).length)
    return leaveOut('costs', 'Cost of each day', 'the router has no yardsticks, or no day was traded.');
  says(
      figure,
      isSliced ? 'Zero is the best point of all days. Above zero: dearer than it. Below zero: cheaper.' :
                 'Zero is the best point of that day. Above zero: dearer than it.');
  const show = drawer(figure, 'costs', 'Cost of the yardsticks on each day, in basis points above the best point');
  const series = (isSliced ? COST_SERIES : EVENT_SERIES).map(([, name]) => name);
  bySymbol(figure, (chosen) => {
    const rows = costRows(chosen);
    show({costs: rows}, {series: series.filter((name) => rows.some((row) => row.series === name))});
  });
}

function bestByDayRows(chosen) {
  const live = rowsOf(report.axes).filter((axis) => axis.values > 1).map((axis) => axis.axis);
  return chosen.flatMap(
      (day) =>
          live.filter((axis) => Number.isFinite(day[axis])).map((axis) => ({
                                                                  axis: axisTitle(axis),
                                                                  day: day.date,
                                                                  value: parameterScale(axis) * day[axis],
                                                                  overall: parameterScale(axis) * parameters[axis],
                                                                  isTied: day.ties > 1,
                                                                  tip: {
                                                                    title: day.date,
                                                                    [axisName(axis)]: parameter(axis, day[axis]),
                                                                    'over all days': parameter(axis, parameters[axis]),
                                                                    'equally good points': count(day.ties)
                                                                  },
                                                                })));
}

function showBestByDay() {
  const figure = at('best_by_day');
  if (new Set(days.map((day) => day.date)).size < 2 || !best.best_parameters || allTie)
    return leaveOut(
        'best_by_day', 'Best parameters of each day',
        allTie ? 'all points cost the same.' : 'there is one day only, or no best point.');
  says(
      figure,
      'If the best point jumps around, one day says little about the next. The line is the best point of all days.');
  const show =
      drawer(figure, 'best_by_day', 'Best value of each parameter, day by day, against the best over all days');
  bySymbol(figure, (chosen) => {
    const rows = bestByDayRows(chosen);
    show({days: rows}, {panels: [...new Set(rows.map((row) => row.axis))]});
  });
  caption(figure, 'Hollow: several points were equally good that day, and the first of them is shown.');
}

const FILL_KINDS = [
  ['market_shares', 'market'], ['limit_shares', 'limit'], ['cleanup_shares', 'cleanup'], ['unwound_shares', 'unwound']
];

function showFills() {
  const figure = at('fills');
  const has = days.some((day) => Number.isFinite(day.market_shares));
  if (!has) return leaveOut('fills', 'How the shares were traded', 'the router does not tell kinds of fills apart.');
  says(
      figure,
      identityPart('order', 'side') === 'sell' ? 'Below zero: sold in excess, then bought back (unwound).' :
                                                 'Below zero: bought in excess, then sold back (unwound).');
  const show = drawer(figure, 'fills', 'Shares traded each day by kind of fill');
  bySymbol(figure, (chosen) => show({
                     fills: chosen.flatMap(
                         (day) => FILL_KINDS.map(([key, kind], order) => ({
                                                   day: day.date,
                                                   kind,
                                                   order,
                                                   shares: (kind === 'unwound' ? -1 : 1) * (day[key] || 0),
                                                   tip: {title: day.date, [kind]: `${count(day[key] || 0)} shares`},
                                                 })))
                   }));
  const shares = best.at_best;
  if (!shares) return;
  const kinds = FILL_KINDS.filter(([key]) => shares[key]).map(([key, kind]) => `${count(shares[key])} ${kind}`);
  caption(figure, `Shares, all days: ${list(kinds)}.`);
}
