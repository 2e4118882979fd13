// Score and order candidates from the points of each criterion, as dashboard/clusters/scoring/scores.py does:
//
//   score = sum(weight x points) / sum(weight)     over the criteria in use
//
// A criterion that any of the compared candidates lacks is left out for all of them. One without districts has no
// score and takes none from the others.
import * as Numbers from "./numbers.js";

/** @param {unknown} value @returns {value is number} */
const isKnown = (value) => typeof value === "number" && Number.isFinite(value);

// 0-100: how far a value lies from zero to hundred, clipped.
/** @param {{ zero: number, hundred: number }} anchors @param {number} value */
export function pointsOf({ zero, hundred }, value) {
  return 100 * Math.min(1, Math.max(0, (value - zero) / (hundred - zero)));
}

// points: {criterion: [one a candidate, null unknown]}, isDrawn: candidate -> bool -> {totals, used, leftOut}
/** @param {Points} points @param {Weights} weights @param {string[]} keys @param {number} n @param {(n: number) => boolean} [isDrawn] @returns {Scored} */
export function score(points, weights, keys, n, isDrawn = (_n) => true) {
  const drawn = Array.from({ length: n }, (_, i) => i).filter(isDrawn);
  const leftOut = keys.filter((key) => !drawn.length || !drawn.every((i) => isKnown(points[key][i])));
  const used = keys.filter((key) => !leftOut.includes(key));
  const largest = Math.max(0, ...used.map((key) => weights[key]));
  const whole = used.reduce((sum, key) => sum + weights[key] / largest, 0);
  const total = (/** @type {number} */ i) => used.reduce((sum, key) => sum + ((weights[key] / largest) * Number(points[key][i])) / whole, 0);
  const totals = Array.from({ length: n }, (_, i) => (largest > 0 && isDrawn(i) ? total(i) : null));
  return { totals, used, leftOut };
}

// 1 for the highest; equal scores share a place and an unknown one has none.
/** @param {(number | null)[]} totals */
export const ranks = (totals) => Numbers.places(totals, Numbers.SAME_WITHIN);

// For each criterion the nearest weight at which another candidate draws level with the first place.
// Of weights beyond `most`, which nothing on screen reaches, none counts as the nearest.
/** @param {Points} points @param {Weights} weights @param {{ totals: (number | null)[], used: string[] }} scored @param {number} [most] @returns {Turn[]} */
export function turns(points, weights, { totals, used }, most = Infinity) {
  const places = ranks(totals);
  const leaders = places.flatMap((place, i) => (place === 1 ? [i] : []));
  if (leaders.length !== 1) return [];
  const [first] = leaders;
  return used.flatMap((key) => {
    const levels = totals.flatMap((total, overtakes) => {
      const weight = overtakes === first || total === null ? null : level(points, weights, used, key, first, overtakes);
      return weight === null || weight > most ? [] : [{ key, overtakes, weight }];
    });
    levels.sort((a, b) => Math.abs(a.weight - weights[key]) - Math.abs(b.weight - weights[key]));
    return levels.slice(0, 1);
  });
}

// The two are level where sum(weight x lead) = 0, which is linear in each weight.
/** @param {Points} points @param {Weights} weights @param {string[]} used @param {string} key @param {number} first @param {number} other */
function level(points, weights, used, key, first, other) {
  const lead = (/** @type {string} */ k) => Number(points[k][first]) - Number(points[k][other]);
  if (lead(key) === 0) return null;
  const rest = used.reduce((sum, k) => (k === key ? sum : sum + weights[k] * lead(k)), 0);
  const weight = -rest / lead(key);
  return weight >= 0 && Number.isFinite(weight) ? weight : null;
}
