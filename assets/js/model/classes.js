// In which class a value falls, and the colour of each; layers/classes.py cuts the bounds: tests/cases/classes.json holds both.
import { facts } from "../core/facts.js";

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
