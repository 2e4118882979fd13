// What a weight does to an order: beside what it asks for, what the criterion explains of how scores differ.
//
//   share = cov(weight x points, score) / var(score)      all together 1; below zero where it works against the others
//   ratio = var(mean score of those alike in points) / var(score)      of the criterion alone (a correlation ratio)
//
// The rows are those at hand: the same weights do something else among others.

const MOST_GROUPS = 20;
const ROUNDS = 5_000;
const CLOSE = 1e-9;

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The criteria that weigh something, each with its part of the score of each row.
 * @param {Points} points @param {Weights} weights @param {string[]} keys */
function parts(points, weights, keys) {
  const used = keys.filter((key) => weights[key] > 0);
  const whole = used.reduce((sum, key) => sum + weights[key], 0);
  return used.map((key) => ({ key, asked: weights[key] / whole, own: points[key].map((value) => Number(value)) }));
}

/** @param {number[]} a @param {number[]} b */
function covariance(a, b) {
  const [x, y] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - x) * (b[i] - y)));
}

// The variance of the means of rows alike in points, as far as it is more than chance would give so many groups.
/** @param {number[]} own @param {number[]} totals @param {number} variance */
function ratioOf(own, totals, variance) {
  const rows = own.map((_, i) => i).sort((a, b) => own[a] - own[b]);
  const least = Math.ceil(rows.length / Math.min(MOST_GROUPS, Math.max(2, Math.floor(Math.sqrt(rows.length)))));
  /** @type {number[][]} */
  const groups = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && (last.length < least || own[last[last.length - 1]] === own[row])) last.push(row);
    else groups.push([row]);
  }
  if (groups.length < 2 || groups.length >= rows.length) return groups.length < 2 ? 0 : 1;
  const middle = mean(totals);
  const between = groups.reduce((sum, group) => sum + group.length * (mean(group.map((row) => totals[row])) - middle) ** 2, 0) / rows.length;
  const plain = between / variance;
  return Math.max(0, 1 - ((1 - plain) * (rows.length - 1)) / (rows.length - groups.length));
}

/** What each criterion that weighs something is asked for and does, in the order of the keys; none where all rows score alike.
 * @param {Points} points @param {Weights} weights @param {string[]} keys
 * @returns {{ key: string, asked: number, share: number, ratio: number }[]} */
export function effects(points, weights, keys) {
  const each = parts(points, weights, keys);
  if (!each.length || each[0].own.length < 3) return [];
  const totals = each[0].own.map((_, i) => each.reduce((sum, { asked, own }) => sum + asked * own[i], 0));
  const variance = covariance(totals, totals);
  if (variance < CLOSE) return [];
  return each.map(({ key, asked, own }) => ({ key, asked, share: (asked * covariance(own, totals)) / variance, ratio: ratioOf(own, totals, variance) }));
}

/** Weights with which each criterion does to the order what its weight asks for now; null where there are none. Criteria
 * on which all rows are alike can do nothing and keep theirs. The largest is `most`, all are rounded to `step`.
 *
 * They are where  w'Cw / 2 - sum(asked x ln w)  is least (C: covariances), which is convex: there each asked = w (Cw) up to one factor.
 * @param {Points} points @param {Weights} weights @param {string[]} keys @param {{ most: number, step: number }} scale
 * @returns {{ weights: Weights, idle: string[] } | null} */
export function balanced(points, weights, keys, { most, step }) {
  const all = parts(points, weights, keys);
  const differing = all.filter(({ own }) => own.length && covariance(own, own) > CLOSE);
  if (differing.length < 2) return null;
  const matrix = differing.map((a) => differing.map((b) => covariance(a.own, b.own)));
  const solved = solve(matrix, differing.map(({ asked }) => asked));
  if (!solved) return null;
  const largest = Math.max(...solved);
  const rounded = solved.map((weight) => Math.max(step, step * Math.round((most * weight) / largest / step)));
  const found = Object.fromEntries(differing.map(({ key }, i) => [key, Number(rounded[i].toPrecision(6))]));
  return { weights: { ...weights, ...found }, idle: all.filter((each) => !differing.includes(each)).map(({ key }) => key) };
}

// One weight after the other, each where the sum is least with the others as they are.
/** @param {number[][]} matrix @param {number[]} asked */
function solve(matrix, asked) {
  let weights = matrix.map((row, i) => Math.sqrt(asked[i] / row[i]));
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    weights.forEach((weight, i) => {
      const others = matrix[i].reduce((sum, value, j) => (j === i ? sum : sum + value * weights[j]), 0);
      const next = (Math.sqrt(others ** 2 + 4 * matrix[i][i] * asked[i]) - others) / (2 * matrix[i][i]);
      moved = Math.max(moved, Math.abs(next - weight) / next);
      weights[i] = next;
    });
    if (!Number.isFinite(moved)) return null;
    if (moved < CLOSE) return weights;
  }
  return null;
}

/** How often each row is among the first `first` over weightings drawn evenly from all there are: for each row a share of the
 * draws, and their number. The same seed draws the same. @param {Points} points @param {string[]} keys @param {number} rows
 * @param {{ first: number, draws: number, seed: number }} how @returns {{ shares: number[], draws: number }} */
export function acceptability(points, keys, rows, { first, draws, seed }) {
  const chance = generator(seed);
  const counts = new Array(rows).fill(0);
  const columns = keys.map((key) => Float64Array.from(points[key], Number));
  const totals = new Float64Array(rows);
  for (let draw = 0; draw < draws; draw++) {
    totals.fill(0);
    for (const column of columns) {
      const weight = -Math.log(1 - chance()); // exponential ones over their sum lie evenly; the sum changes no order
      for (let row = 0; row < rows; row++) totals[row] += weight * column[row];
    }
    const bar = least(totals, Math.min(first, rows));
    for (let row = 0; row < rows; row++) if (totals[row] >= bar) counts[row]++;
  }
  return { shares: counts.map((count) => count / draws), draws };
}

// The value of the n-th largest.
/** @param {Float64Array} values @param {number} n */
function least(values, n) {
  /** @type {number[]} */
  const top = [];
  for (const value of values) {
    if (top.length === n && value <= top[n - 1]) continue;
    let at = top.length;
    while (at > 0 && top[at - 1] < value) at--;
    top.splice(at, 0, value);
    if (top.length > n) top.pop();
  }
  return top[top.length - 1];
}

// Numbers from 0 to 1 from a seed (mulberry32).
/** @param {number} seed */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
