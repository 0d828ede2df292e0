// Names and numbers, as people read them.

const MINUS = '\u2212';

const AXIS_NAMES = {
  lambda_over: 'λ over',
  lambda_under: 'λ under',
  theta_queue: 'θ queue',
  half_spread: 'half spread',
};
const YARDSTICK_NAMES = {
  immediate: 'immediate',
  all_market: 'all market',
  all_limit: 'all limit',
  equal_split: 'equal split',
  naive: 'naive',
  twap: 'TWAP',
  vwap: 'VWAP',
  runner_up: 'the runner-up',
  walk_forward: 'chosen on the days before',
  in_sample: 'best point of all days',
  hindsight: 'each day’s own best',
};
const axisName = (axis) => AXIS_NAMES[axis] ?? axis;
const yardstickName = (name) => YARDSTICK_NAMES[name] ?? name.replaceAll('_', ' ');
/** A yardstick within a sentence: "the all-limit yardstick". */
const theYardstick = (name) => `the ${yardstickName(name).replaceAll(' ', '-')} yardstick`;

/** Writes a number with `digits` decimals, its thousands apart, and a true minus sign. */
function number(value, digits = 2) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = Math.abs(value).toLocaleString('en-US', {maximumFractionDigits: digits, minimumFractionDigits: digits});
  const isZero = !/[1-9]/.test(text);
  return (value < 0 && !isZero ? MINUS : '') + text;
}
const count = (value) => number(value, 0);
const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Writes a number with the digits that its size needs: 174.4, 2.07, 0.0021. Below a millionth it is rounding error. */
function short(value) {
  const size = Math.abs(value);
  if (size < 1e-6) return number(value);
  return number(value, size >= 100 ? 1 : size >= 0.1 ? 2 : 1 - Math.floor(Math.log10(size)));
}
const NO_BREAK = '\u00a0';  // Keeps a number on one line with its unit.
const bps = (value) => `${short(value)}${NO_BREAK}bps`;
const dollars = (value, digits = 0) =>
    (value < 0 ? MINUS : '') + '$' + number(Math.abs(value), digits).replace(MINUS, '');

/** Writes dollars a share as cents, 0.015 as 1.5, with at most `digits` significant digits. */
const cents = (value, digits = 5) => String(Number((100 * value).toPrecision(digits))).replace('-', MINUS);
const centsUnit = (value) => `${cents(value)}${NO_BREAK}¢`;

/** Whether a parameter is an amount of money; those of a registered router may be plain numbers. */
const isMoney = (axis) => best.parameter_units?.[axis] !== '1';
const plain = (value, digits = 5) => String(Number(value.toPrecision(digits))).replace('-', MINUS);
const axisTitle = (axis) => isMoney(axis) ? `${axisName(axis)}, ¢ a share` : axisName(axis);
const parameterScale = (axis) => isMoney(axis) ? 100 : 1;
const bareParameter = (axis) => isMoney(axis) ? cents : plain;
const parameter = (axis, value) => isMoney(axis) ? centsUnit(value) : plain(value);
const parameterRange = (axis, [low, high], to = ' to ') =>
    low === high ? parameter(axis, low) : `${bareParameter(axis)(low)}${to}${parameter(axis, high)}`;

/** Joins words as in "a, b and c". */
const list = (words) => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const percent = (share) => `${number(100 * share, share < 0.1 ? 1 : 0)} %`;

const seconds = (value) => value >= 90 ? `${number(value / 60, 1)} min` : `${number(value, value < 10 ? 2 : 1)} s`;
