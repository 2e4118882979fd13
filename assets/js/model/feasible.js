// The feasible candidates of a place as the server packed them: unpacked once, then scored by any weights.
import * as Scores from "./scores.js";

const FIRST_LETTER = "0".charCodeAt(0);

// Those of the server, who knows all feasible candidates of the edition.
/** @param {Found} found @param {Criterion} criterion */
function anchorsOf(found, { key }) {
  const [zero, hundred] = found.anchors[key];
  return { zero, hundred };
}

/** @param {Found} found @param {Criterion[]} criteria @returns {Pool} */
export function unpack(found, criteria) {
  const n = found.rows ?? found.groups.length;
  const groups = found.groups.map((letters) => Array.from(letters, (ch) => found.districts[ch.charCodeAt(0) - FIRST_LETTER]));
  const values = Object.fromEntries(Object.entries(found.values).map(([key, column]) =>
    [key, Array.isArray(column) ? column : Array(n).fill(column)]));
  const used = criteria.filter((c) => values[c.key] && !found.leftOut.includes(c.key));
  const points = Object.fromEntries(used.map((c) =>
    [c.key, values[c.key].map((value) => (value === null ? null : Scores.pointsOf(anchorsOf(found, c), value)))]));
  return {
    ...found, rows: n, groups, values, points, keys: used.map((c) => c.key), onFrontier: new Set(found.frontier),
    byCode: new Map(groups.map((ubigeos, row) => [ubigeos.join("-"), row])),
  };
}

// {totals, places, order}: order is from the best to the worst; equal ones share a place.
/** @param {Pool} pool @param {Weights} weights */
export function score(pool, weights) {
  const { totals } = Scores.score(pool.points, weights, pool.keys, pool.rows);
  const order = totals.map((_, row) => row);
  const places = Scores.ranks(totals);
  if (totals[0] !== null) order.sort((a, b) => Number(places[a]) - Number(places[b]) || a - b);
  return { totals, places, order };
}

// More is better, whatever the side that a criterion calls better.
/** @param {Pool} pool @param {Criterion[]} criteria @param {string} key */
const goods = (pool, criteria, key) => {
  const sign = criteria.some((c) => c.key === key && c.better === "higher") ? 1 : -1;
  return pool.values[key].map((value) => (value === null ? null : sign * value));
};

// Rows that hold all of some districts, best first by the score or by one criterion.
/** @param {Pool} pool @param {{ order: number[] }} scored @param {Criterion[]} criteria @param {{ locked: Ubigeo[], sort: string }} wanted */
export function listed(pool, scored, criteria, { locked, sort }) {
  const rows = scored.order.filter((row) => locked.every((u) => pool.groups[row].includes(u)));
  if (sort === "score" || !pool.values[sort]) return rows;
  const good = goods(pool, criteria, sort);
  return [...rows].sort((a, b) => (good[b] ?? -Infinity) - (good[a] ?? -Infinity));
}

// The rows of which none is at least as good on two criteria and better on one, from the best of the first to the best of the second.
/** @param {Pool} pool @param {Criterion[]} criteria @param {number[]} rows @param {string} x @param {string} y */
export function frontier(pool, criteria, rows, x, y) {
  const [gx, gy] = [goods(pool, criteria, x), goods(pool, criteria, y)];
  /** @type {{ row: number, across: number, up: number }[]} */
  const known = rows.flatMap((row) => {
    const [across, up] = [gx[row], gy[row]];
    return across === null || up === null ? [] : [{ row, across, up }];
  });
  known.sort((a, b) => b.across - a.across || b.up - a.up);
  /** @type {typeof known} */
  const front = [];
  for (const each of known) {
    const last = front.at(-1);
    const same = last && each.across === last.across && each.up === last.up;
    if (!last || same || each.up > last.up) front.push(each);
  }
  return front.map(({ row }) => row);
}
