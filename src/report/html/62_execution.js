// The best point at work on one day: the book's prices, each fill, shares by kind or venue.

const KIND_NAMES = {
  market: 'market',
  limit: 'limit',
  cleanup: 'cleanup',
  unwound: 'unwound'
};
const KIND_COLOURS = {
  market: 'var(--c2)',
  limit: 'var(--c1)',
  cleanup: 'var(--c5)',
  unwound: 'var(--c4)'
};
const VENUE_COLOURS = ['var(--c1)', 'var(--c2)', 'var(--c3)', 'var(--c4)', 'var(--accent)', 'var(--warn)', 'var(--c5)'];
const clock = (iso) => new Date(iso).toLocaleTimeString(
    'en-GB', {hour: '2-digit', minute: '2-digit', timeZone: identityPart('order', 'tz') ?? 'UTC'});

function executionRows(day, group) {
  const {slices, fills} = day;
  const time = slices.begin.map((begin) => Date.parse(begin));
  const length = time.length > 1 ? time[1] - time[0] : 6e4;
  const book = slices.begin.map((begin, i) => ({
                                  time: time[i],
                                  end: time[i] + length,
                                  bid: slices.bid[i],
                                  ask: slices.ask[i],
                                  tip: {
                                    title: clock(begin),
                                    bid: dollars(slices.bid[i], 2),
                                    ask: dollars(slices.ask[i], 2),
                                    shares: count(slices.shares[i]),
                                    slippage: dollars(slices.slippage[i], 2)
                                  }
                                }));
  book.push({...book.at(-1), time: book.at(-1).end});  // Gives the last step its width.
  const rows = fills.slice.map((slice, i) => {
    const kind = KIND_NAMES[fills.kind[i]] ?? fills.kind[i];
    const venue = fills.venue[i] ? `venue ${fills.venue[i]}` : 'unknown venue';
    const sign = fills.kind[i] === 'unwound' ? -1 : 1;
    return {
      time: time[slice] + length / 2,
      begin: time[slice],
      end: time[slice] + length,
      price: fills.price[i],
      shares: sign * fills.shares[i],
      size: fills.shares[i],
      kind,
      series: group === 'venue' ? venue : kind,
      tip: {
        title: `${clock(slices.begin[slice])}: ${kind}`,
        shares: count(fills.shares[i]),
        ...(Number.isFinite(fills.price[i]) ? {price: dollars(fills.price[i], 4)} : {}),
        ...(fills.venue[i] ? {venue: fills.venue[i]} : {})
      }
    };
  });
  return {book, fills: rows, bars: addUp(rows)};
}

/** Makes one bar for each slice and series, adding up the parts at several venues. */
function addUp(rows) {
  const bars = new Map();
  for (const row of rows) {
    const key = `${row.begin} ${row.series} ${row.shares < 0}`;
    const bar = bars.get(key) ?? {...row, shares: 0};
    bar.shares += row.shares;
    bar.tip = {title: row.tip.title, [row.series]: `${count(Math.abs(bar.shares))} shares`};
    bars.set(key, bar);
  }
  return [...bars.values()];
}

function executionSignals(day, rows) {
  const hours = rows.book.filter((slice) => new Date(slice.time).getUTCMinutes() === 0).map((slice) => slice.time);
  const ticks = hours.length > 1 ? hours : rows.book.filter((_, i) => i % 6 === 0).map((slice) => slice.time);
  const order = Object.values(KIND_NAMES);
  const series = [...new Set(rows.fills.map((row) => row.series))].sort(
      (a, b) => order.indexOf(a) - order.indexOf(b) || a.localeCompare(b));
  const colours =
      series.map((name) => KIND_COLOURS[name] ?? VENUE_COLOURS[series.indexOf(name) % VENUE_COLOURS.length]);
  return {series, colours, ticks, clocks: Object.fromEntries(ticks.map((time) => [time, clock(time)]))};
}

function executionWords(day) {
  const by = {};
  day.fills.kind.forEach((kind, i) => {
    by[kind] = (by[kind] ?? 0) + day.fills.shares[i];
  });
  const slippage = day.slices.slippage.reduce((a, b) => a + b, 0);
  return `${day.symbol}, ${day.date}: ${
             list(Object.entries(by).map(([kind, shares]) => `${count(shares)} ${KIND_NAMES[kind] ?? kind}`))}; ${
             dollars(
                 slippage,
                 2)} against each slice’s own mid. The band is the book, bid to ask, as each slice began; marks sit on the ` +
      'side of the book where the order traded.';
}

function showExecution() {
  const figure = at('execution');
  const all = report.execution;
  if (!all?.length) return leaveOut('execution', 'One day, slice by slice', 'no day was replayed.');
  says(figure, 'The best point at work: prices and fills above, shares of each slice below.');
  const state = {day: all[0], group: 'kind'};
  const words = element('figcaption');
  const show = drawer(figure, 'execution', 'Prices and fills of the best point through one day');
  const refresh = () => {
    const rows = executionRows(state.day, state.group);
    show(rows, executionSignals(state.day, rows));
    words.textContent = executionWords(state.day);
  };
  const controls = element('div', {class: 'controls'});
  if (all.length > 1)
    controls.append(choice('Day', all.map((day, i) => [i, `${day.symbol} ${day.date}`]), 0, (i) => {
      state.day = all[i];
      refresh();
    }));
  if (all.some((day) => day.fills.venue.some(Boolean)))
    controls.append(choice('Colour by', [['kind', 'kind of fill'], ['venue', 'venue']], 'kind', (group) => {
      state.group = group;
      refresh();
    }));
  figure.append(controls);
  refresh();
  figure.append(words);
}
