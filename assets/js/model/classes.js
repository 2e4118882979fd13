// Cut a series into classes, in which of them a value falls, and the colour of each. layers/classes.py cuts the same bounds:
// tests/cases/classes.json holds both. Natural breaks are the server's alone.
import { facts } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Numbers from "./numbers.js";

/** As numpy interpolates between two neighbours of a sorted series. @param {number[]} sorted @param {number} share 0 to 1 */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const [a, b] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
  const t = at - low;
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}

/** @type {Record<string, (sorted: number[], k: number) => number[]>} */
const METHODS = {
  quantiles: (sorted, k) => Array.from({ length: k }, (_, i) => quantile(sorted, (i + 1) / k)),
  equal: (sorted, k) => {
    const [low, high] = [sorted[0], sorted[sorted.length - 1]];
    return Array.from({ length: k }, (_, i) => (i + 1 === k ? high : (i + 1) * ((high - low) / k) + low));
  },
};

/** Upper bounds of at most k classes, ascending; null where the browser does not know the method.
 * @param {(number | null)[]} values @param {string} method @param {number} k @param {number} decimals @returns {number[] | null} */
export function cut(values, method, k, decimals) {
  if (!(method in METHODS)) return null;
  const known = values.filter((value) => value !== null && value !== undefined).map((value) => Numbers.rounded(value, decimals));
  const sorted = known.sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= k) return distinct;
  const bounds = METHODS[method](sorted, k).map((bound) => Numbers.cutDown(bound, decimals));
  bounds[bounds.length - 1] = distinct[distinct.length - 1];
  return [...new Set(bounds)].sort((a, b) => a - b);
}

// Class number of a value: the first class whose upper bound is not below it; -1 unknown. Values and bounds
// are rounded alike, so no tolerance is needed.
/** @param {number | null | undefined} value @param {number[]} bounds */
export function classOf(value, bounds) {
  if (value === null || value === undefined || !bounds.length) return -1;
  const n = bounds.findIndex((b) => value <= b);
  return n < 0 ? bounds.length - 1 : n;
}

// One colour a class; where ties left fewer classes than asked for, the scale is spread over them.
/** @param {number} k how many were asked for @param {number} count how many there are @returns {string[]} */
export function classColours(k, count) {
  const scale = facts.colours[k];
  if (count >= scale.length || count < 1) return scale;
  if (count === 1) return [scale[0]];
  return Array.from({ length: count }, (_, i) =>
    scale[Math.round((i * (scale.length - 1)) / (count - 1))]);
}

// The first class begins with its least value, each other just above the one below; counts at the next whole
// number. A class of one value that can be shown is told as that value.
/** @param {number} low @param {number} high @param {{ decimals: number, whole?: boolean }} series @param {boolean} [first] */
export function range(low, high, series, first) {
  const { decimals } = series;
  const next = first ? low : Numbers.rounded(low + 10 ** -decimals, decimals);
  if (next >= high) return Numbers.number(high, decimals);
  const from = first || series.whole ? next : low;
  return say(from === next ? "range_from" : "range_above", { low: Numbers.number(from, decimals), high: Numbers.number(high, decimals) });
}
