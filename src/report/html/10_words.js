// Names and numbers as people read them.

const MINUS = '\u2212';

const AXIS_NAMES = {
  lambda_over: 'λ over', lambda_under: 'λ under', theta_queue: 'θ queue', half_spread: 'half spread',
};
const YARDSTICK_NAMES = {
  immediate: 'all at once, on arrival', all_market: 'all by market order', all_limit: 'all to the shortest queue',
  equal_split: 'equal split', naive: 'naive', twap: 'TWAP', vwap: 'VWAP', runner_up: 'the runner-up',
  walk_forward: 'chosen on the days before', in_sample: 'best point, with hindsight',
};
const axisName = (axis) => AXIS_NAMES[axis] ?? axis;
const yardstickName = (name) => YARDSTICK_NAMES[name] ?? name.replaceAll('_', ' ');

/** At most `digits` behind the point, thousands apart, a true minus. */
function number(value, digits = 2) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = Math.abs(value).toLocaleString('en-US', {maximumFractionDigits: digits, minimumFractionDigits: digits});
  const isZero = !/[1-9]/.test(text);
  return (value < 0 && !isZero ? MINUS : '') + text;
}
const count = (value) => number(value, 0);
const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** As many digits as the size asks for: 74.4, 2.07, 0.0021. */
function short(value) {
  const size = Math.abs(value);
  if (!(size > 0)) return number(value, 0);
  const digits = size >= 100 ? 1 : size >= 0.1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(size)));
  return number(value, digits);
}
const bps = (value) => `${short(value)} bps`;
const dollars = (value, digits = 0) =>
    (value < 0 ? MINUS : '') + '$' + number(Math.abs(value), digits).replace(MINUS, '');

/** A parameter, given in dollars a share: 0.015 is 1.5 cents. Five digits that count, no noughts behind them. */
const cents = (value) => String(Number((100 * value).toPrecision(5))).replace('-', MINUS);
const centsUnit = (value) => `${cents(value)} ¢`;

/** "a, b and c" */
const list = (words) => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const seconds = (value) => value >= 90 ? `${number(value / 60, 1)} min` : `${number(value, value < 10 ? 2 : 1)} s`;
