// Score and order candidates from the points of each criterion, as dashboard/clusters/scoring/scores.py does:
//
//   score = sum(weight x points) / sum(weight)     over the criteria in use
//
// A criterion that any of the compared candidates lacks is left out for all of them. One without districts has no
// score and takes none from the others.
import * as Numbers from "./numbers.js";

const isKnown = (value) => typeof value === "number" && Number.isFinite(value);

// 0-100: how far a value lies from zero to hundred, clipped.
export function pointsOf({ zero, hundred }, value) {
  return 100 * Math.min(1, Math.max(0, (value - zero) / (hundred - zero)));
}

// points: {criterion: [one a candidate, null unknown]}, isDrawn: candidate -> bool -> {totals, used, leftOut}
export function score(points, weights, keys, n, isDrawn = () => true) {
  const drawn = Array.from({ length: n }, (_, i) => i).filter(isDrawn);
  const leftOut = keys.filter((key) => !drawn.length || !drawn.every((i) => isKnown(points[key][i])));
  const used = keys.filter((key) => !leftOut.includes(key));
  const largest = Math.max(0, ...used.map((key) => weights[key]));
  const whole = used.reduce((sum, key) => sum + weights[key] / largest, 0);
  const total = (i) => used.reduce((sum, key) => sum + ((weights[key] / largest) * points[key][i]) / whole, 0);
  const totals = Array.from({ length: n }, (_, i) => (largest > 0 && isDrawn(i) ? total(i) : null));
  return { totals, used, leftOut };
}

// 1 for the highest; equal scores share a place and an unknown one has none.
export const ranks = (totals) => Numbers.places(totals, Numbers.SAME_WITHIN);

// For each criterion the nearest weight at which another candidate draws level with the first place.
// Of weights beyond `most`, which nothing on screen reaches, none counts as the nearest.
export function turns(points, weights, { totals, used }, most = Infinity) {
  const places = ranks(totals);
  const leaders = places.flatMap((place, i) => (place === 1 ? [i] : []));
  if (leaders.length !== 1) return [];
  const [first] = leaders;
  return used.flatMap((key) => {
    const levels = totals
      .map((_, other) => ({ key, overtakes: other, weight: level(points, weights, used, key, first, other) }))
      .filter(({ overtakes, weight }) => overtakes !== first && totals[overtakes] !== null && weight !== null && weight <= most);
    levels.sort((a, b) => Math.abs(a.weight - weights[key]) - Math.abs(b.weight - weights[key]));
    return levels.slice(0, 1);
  });
}

// The two are level where sum(weight x lead) = 0, which is linear in each weight.
function level(points, weights, used, key, first, other) {
  const lead = (k) => points[k][first] - points[k][other];
  if (lead(key) === 0) return null;
  const rest = used.reduce((sum, k) => (k === key ? sum : sum + weights[k] * lead(k)), 0);
  const weight = -rest / lead(key);
  return weight >= 0 && Number.isFinite(weight) ? weight : null;
}
