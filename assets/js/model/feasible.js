// The feasible candidates of a place as the server packed them: unpacked once, then scored by any weights.
import * as Scores from "./scores.js";

const FIRST_LETTER = "0".charCodeAt(0);

export function unpack(found, criteria) {
  const n = found.groups.length;
  const groups = found.groups.map((letters) => Array.from(letters, (ch) => found.districts[ch.charCodeAt(0) - FIRST_LETTER]));
  const values = Object.fromEntries(Object.entries(found.values).map(([key, column]) =>
    [key, Array.isArray(column) ? column : Array(n).fill(column)]));
  const used = criteria.filter((c) => values[c.key] && !found.leftOut.includes(c.key));
  const points = Object.fromEntries(used.map((c) =>
    [c.key, values[c.key].map((value) => Scores.pointsOf(c, value))]));
  return {
    ...found, rows: n, groups, values, points, keys: used.map((c) => c.key), onFrontier: new Set(found.frontier),
    byCode: new Map(groups.map((ubigeos, row) => [ubigeos.join("-"), row])),
  };
}

// {totals, places, order}: order is from the best to the worst; equal ones share a place.
export function score(pool, weights) {
  const { totals } = Scores.score(pool.points, weights, pool.keys, pool.rows);
  const order = totals.map((_, row) => row);
  const places = Scores.ranks(totals);
  if (totals[0] !== null) order.sort((a, b) => places[a] - places[b] || a - b);
  return { totals, places, order };
}

// More is better, whatever the side that a criterion calls better.
const goods = (pool, criteria, key) => {
  const sign = criteria.find((c) => c.key === key).better === "higher" ? 1 : -1;
  return pool.values[key].map((value) => (value === null ? null : sign * value));
};

// Rows that hold all of some districts, best first by the score or by one criterion.
export function listed(pool, scored, criteria, { locked, sort }) {
  const rows = scored.order.filter((row) => locked.every((u) => pool.groups[row].includes(u)));
  if (sort === "score" || !pool.values[sort]) return rows;
  const good = goods(pool, criteria, sort);
  const at = new Map(rows.map((row, n) => [row, n]));
  return [...rows].sort((a, b) => (good[b] ?? -Infinity) - (good[a] ?? -Infinity) || at.get(a) - at.get(b));
}

// The rows of which none is at least as good on two criteria and better on one, from the best of the first to the best of the second.
export function frontier(pool, criteria, rows, x, y) {
  const [gx, gy] = [goods(pool, criteria, x), goods(pool, criteria, y)];
  const known = rows.filter((row) => gx[row] !== null && gy[row] !== null);
  known.sort((a, b) => gx[b] - gx[a] || gy[b] - gy[a]);
  const front = [];
  for (const row of known) {
    const last = front[front.length - 1];
    const same = last !== undefined && gx[row] === gx[last] && gy[row] === gy[last];
    if (last === undefined || same || gy[row] > gy[last]) front.push(row);
  }
  return front;
}
