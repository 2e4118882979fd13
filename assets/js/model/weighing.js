// How a member weighs the criteria: by their order, or by points.
import { centroidWeights } from "./group_weights.js";

/** Parts of 1 by an order. @param {string[]} order the weightiest first @returns {Weights} */
export const ofOrder = (order) => centroidWeights(places(order));

/** The places of an order, from 1. @param {string[]} order @returns {Weights} */
export const places = (order) => Object.fromEntries(order.map((key, i) => [key, i + 1]));

/** Parts of 1 by points; none where no point was given. @param {Weights} points @returns {Weights} */
export function ofPoints(points) {
  const all = Object.values(points).reduce((sum, n) => sum + n, 0);
  return all ? Object.fromEntries(Object.entries(points).map(([key, n]) => [key, n / all])) : {};
}

/** An order in which one has another place. @param {string[]} order @param {string} key @param {number} place from 0 */
export function moved(order, key, place) {
  const others = order.filter((other) => other !== key);
  const to = Math.max(0, Math.min(others.length, place));
  return [...others.slice(0, to), key, ...others.slice(to)];
}

/** An order that holds all of the keys and no other: those it lacks come last. @param {string[]} order @param {string[]} keys */
export const wholeOrder = (order, keys) => [...order.filter((key) => keys.includes(key)), ...keys.filter((key) => !order.includes(key))];
