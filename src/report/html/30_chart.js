// From a specification and rows to a chart on the page.

/** Colours are the page's variables, so that a chart follows light, dark and print without being drawn again. */
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

/** What A4 and Letter have between their margins, px. */
const PAPER_WIDTH = 690;

/** A chart's tooltip: an object whose `title` is the first line, the other members a row each. */
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
 * Draws specification `name` into a figure.
 * @param data rows by name of data set
 * @param signals values by name of signal
 * @param label what the chart shows, for those who do not see it
 * @return the view, with `update(data, signals)`
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
  // Vega names its own graphic; one name for the whole is enough.
  host.firstElementChild?.setAttribute('aria-hidden', 'true');
  // `width` shrinks by the axes; `room` is for what depends on the space that there was, as columns of a legend.
  let width = host.clientWidth;
  view.width(width).signal('room', width);
  update(data, signals);
  const resize = (newWidth) => {
    if (newWidth === width || !newWidth) return;
    width = newWidth;
    view.width(width).signal('room', width).resize().run();
  };
  new ResizeObserver(() => resize(host.clientWidth)).observe(host);
  // Paper is narrower than most screens: charts are laid out for it, not shrunk to it, so that words stay readable.
  addEventListener(
      'beforeprint', () => resize(Math.round(host.clientWidth * Math.min(1, PAPER_WIDTH / at('figures').clientWidth))));
  addEventListener('afterprint', () => resize(host.clientWidth));
  return {view, host, update};
}

/** A labelled choice. @param options [[value, text], ...] */
function choice(label, options, chosen, onChange) {
  // Without autocomplete a browser may bring back a choice on reload that the chart does not show.
  const select =
      element('select', {autocomplete: 'off'}, ...options.map(([value, text]) => element('option', {value}, text)));
  select.value = chosen;
  select.addEventListener('change', () => onChange(select.value));
  return element('label', {}, label, select);
}

/** A labelled slider over positions 0 to `last`, with its value in words. */
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
