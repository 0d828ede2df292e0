// The winner at work on one day: the book's prices, each fill, shares by kind or venue.

const KIND_NAMES = {market: 'market', limit: 'limit', cleanup: 'end of slice', unwound: 'sold back'};
const clock = (iso) => new Date(iso).toLocaleTimeString('en-GB', {
  hour: '2-digit', minute: '2-digit', timeZone: identityPart('order', 'tz') ?? 'UTC'});

function executionRows(day, group) {
  const {slices, fills} = day;
  const time = slices.begin.map((begin) => Date.parse(begin));
  const length = time.length > 1 ? time[1] - time[0] : 6e4;
  const book = slices.begin.map((begin, i) => ({
    time: time[i], end: time[i] + length, bid: slices.bid[i], ask: slices.ask[i],
    tip: {title: clock(begin), bid: dollars(slices.bid[i], 2), ask: dollars(slices.ask[i], 2), shares: count(slices.shares[i]),
          slippage: dollars(slices.slippage[i], 2)}}));
  const rows = fills.slice.map((slice, i) => {
    const kind = KIND_NAMES[fills.kind[i]] ?? fills.kind[i];
    const venue = fills.venue[i] ? `venue ${fills.venue[i]}` : 'venue not known';
    const sign = fills.kind[i] === 'unwound' ? -1 : 1;
    return {time: time[slice] + length / 2, begin: time[slice], end: time[slice] + length, price: fills.price[i], shares: sign * fills.shares[i],
            size: fills.shares[i], kind, series: group === 'venue' ? venue : kind,
            tip: {title: `${clock(slices.begin[slice])}: ${kind}`, shares: count(fills.shares[i]),
                  ...(Number.isFinite(fills.price[i]) ? {price: dollars(fills.price[i], 4)} : {}),
                  ...(fills.venue[i] ? {venue: fills.venue[i]} : {})}};
  });
  return {book, fills: rows};
}

function executionSignals(day, rows) {
  const hours = rows.book.filter((slice) => new Date(slice.time).getUTCMinutes() === 0).map((slice) => slice.time);
  const ticks = hours.length > 1 ? hours : rows.book.filter((_, i) => i % 6 === 0).map((slice) => slice.time);
  const order = Object.values(KIND_NAMES);
  const series = [...new Set(rows.fills.map((row) => row.series))].sort((a, b) => order.indexOf(a) - order.indexOf(b) || a.localeCompare(b));
  return {series, ticks, clocks: Object.fromEntries(ticks.map((time) => [time, clock(time)]))};
}

function executionWords(day) {
  const by = {};
  day.fills.kind.forEach((kind, i) => { by[kind] = (by[kind] ?? 0) + day.fills.shares[i]; });
  const slippage = day.slices.slippage.reduce((a, b) => a + b, 0);
  return `${day.symbol}, ${day.date}: ${list(Object.entries(by).map(([kind, shares]) => `${count(shares)} ${KIND_NAMES[kind] ?? kind}`))}; ${
      dollars(slippage, 2)} against each slice’s own mid. The band is the book, bid to ask, as each slice began.`;
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
    controls.append(choice('Day', all.map((day, i) => [i, `${day.symbol} ${day.date}`]), 0, (i) => { state.day = all[i]; refresh(); }));
  if (all.some((day) => day.fills.venue.some(Boolean)))
    controls.append(choice('Colour by', [['kind', 'kind of fill'], ['venue', 'venue']], 'kind', (group) => { state.group = group; refresh(); }));
  figure.append(controls);
  refresh();
  figure.append(words);
}
