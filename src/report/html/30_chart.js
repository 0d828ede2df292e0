// Draws charts from specifications and rows.

/** Returns the style of all charts. Colours are the page's variables: light, dark and print need no second drawing. */
function chartConfig() {
  const font = getComputedStyle(document.documentElement).getPropertyValue('--sans').trim();
  const words = {
    labelFont: font,
    titleFont: font,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: 'var(--soft)',
    titleColor: 'var(--soft)'
  };
  return {
    background: null,
    locale: {number: {decimal: '.', thousands: ',', grouping: [3], currency: ['$', ''], minus: MINUS}},
    axis: {
      ...words,
      gridColor: 'var(--grid)',
      domainColor: 'var(--line)',
      tickColor: 'var(--line)',
      tickSize: 4,
      titlePadding: 8,
      labelPadding: 4,
      labelSeparation: 10
    },
    legend: {...words, symbolSize: 90, labelLimit: 240, titlePadding: 6, columnPadding: 16, padding: 0},
    text: {font, fontSize: 12, fill: 'var(--ink)'},
  };
}

/** The width of A4 and Letter between their margins, in px. */
const PAPER_WIDTH = 690;

/** Shows a tooltip. Its value is an object: `title` is the first line, and every other member is a row. */
function showTooltip(handler, event, item, value) {
  const tip = at('tooltip');
  tip.hidden = !value;
  if (!value) return;
  const {title, ...rows} = value;
  tip.replaceChildren(element('strong', {}, title ?? ''), definitions(Object.entries(rows)));
  const space = 14;
  const box = tip.getBoundingClientRect();
  const right = event.clientX + space + box.width > innerWidth;
  tip.style.left = `${Math.max(4, right ? event.clientX - space - box.width : event.clientX + space)}px`;
  tip.style.top = `${Math.max(4, Math.min(event.clientY + space, innerHeight - box.height - 4))}px`;
}

/**
 * Draws the specification `name` into a figure.
 * @param data rows, by the name of their data set
 * @param signals values, by the name of their signal
 * @param label describes the chart to people who do not see it
 * @return the view, its host element and `update(data, signals)`
 */
function draw(figure, name, data, signals, label) {
  const host = element('div', {class: 'chart', role: 'img', 'aria-label': label, 'data-chart': name});
  figure.append(host);
  const view = new vega.View(
      vega.parse(specs[name], chartConfig(), {ast: true}),
      {renderer: 'svg', container: host, hover: true, expr: vega.expressionInterpreter, tooltip: showTooltip});
  const update = (newData, newSignals = {}) => {
    for (const [key, value] of Object.entries(newSignals)) view.signal(key, value);
    for (const [key, rows] of Object.entries(newData)) view.data(key, rows);
    view.run();
  };
  // Vega labels its own graphic, and one label for the whole chart is enough.
  host.firstElementChild?.setAttribute('aria-hidden', 'true');
  // Axes reduce `width`; `room` keeps the full width for whatever depends on it, such as the columns of a legend.
  let width = host.clientWidth;
  view.width(width).signal('room', width);
  update(data, signals);
  const resize = (newWidth) => {
    if (newWidth === width || !newWidth) return;
    width = newWidth;
    view.width(width).signal('room', width).resize().run();
  };
  new ResizeObserver(() => resize(host.clientWidth)).observe(host);
  // Paper is narrower than most screens. Charts are laid out for it rather than shrunk, so that words stay readable.
  addEventListener(
      'beforeprint', () => resize(Math.round(host.clientWidth * Math.min(1, PAPER_WIDTH / at('figures').clientWidth))));
  addEventListener('afterprint', () => resize(host.clientWidth));
  return {view, host, update};
}

/** Makes a labelled choice. @param options [[value, text], ...] */
function choice(label, options, chosen, onChange) {
  // With autocomplete a browser could restore a choice on reload that the chart does not show.
  const select =
      element('select', {autocomplete: 'off'}, ...options.map(([value, text]) => element('option', {value}, text)));
  select.value = chosen;
  select.addEventListener('change', () => onChange(select.value));
  return element('label', {}, label, select);
}

/** Makes a labelled slider over the positions 0 to `last`, with its value in words. */
function slider(label, last, chosen, words, onInput) {
  const input = element('input', {type: 'range', autocomplete: 'off', min: 0, max: last, step: 1, 'aria-label': label});
  input.value = chosen;
  const output = element('output');
  const say = () => {
    output.textContent = words(Number(input.value));
    input.setAttribute('aria-valuetext', output.textContent);
  };
  input.addEventListener('input', () => {
    say();
    onInput(Number(input.value));
  });
  say();
  return element('label', {}, label, input, output);
}

const says = (figure, text) => figure.append(element('p', {class: 'says'}, text));
const caption = (figure, text) => figure.append(element('figcaption', {}, text));
