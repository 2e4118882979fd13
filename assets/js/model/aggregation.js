// Many points as few marks: those that lie close together on the map are counted as one, each still where it is when it is
// looked at from near.

/** Points laid out on the plane: places, the look of each, and what each is called ("" for nothing).
 * @typedef {{ x: Float64Array, y: Float64Array, looks: Uint8Array, labels: string[] }} Points */
/** What is drawn as one: where its points lie on average, how many there are, how many of each look, and the first of them.
 * @typedef {{ x: number, y: number, n: number, looks: number[], first: number }} Gathered */

/** Running sums of differences, from the first place on. @param {number[]} steps @returns {number[]} */
export function places(steps) {
  let at = 0;
  return steps.map((step) => (at += step));
}

/** The points in a box (left, top, right, bottom), one by one where they are `few` at most, else those of each cell of a
 * fixed grid as one. looks: how many there are; cell: the side of a cell.
 * @param {Points} points @param {number[]} box @param {number} cell @param {number} looks @param {number} few
 * @returns {Gathered[]} */
export function gather(points, [left, top, right, bottom], cell, looks, few) {
  const { x, y } = points;
  const inside = [];
  for (let i = 0; i < x.length; i++) if (x[i] >= left && x[i] <= right && y[i] >= top && y[i] <= bottom) inside.push(i);
  /** @param {number} i @returns {Gathered} */
  const one = (i) => ({ x: 0, y: 0, n: 0, looks: Array(looks).fill(0), first: i });
  if (inside.length <= few) return inside.map((i) => add(one(i), points, i)).map(middle);
  // the grid begins at the middle of the plane, so that what is dragged along is gathered alike
  const cells = new Map();
  for (const i of inside) {
    const key = Math.floor(x[i] / cell) * 1e6 + Math.floor(y[i] / cell);
    let own = cells.get(key);
    if (!own) cells.set(key, (own = one(i)));
    add(own, points, i);
  }
  return [...cells.values()].map(middle);
}

/** @param {Gathered} own @param {Points} points @param {number} i */
function add(own, points, i) {
  own.x += points.x[i];
  own.y += points.y[i];
  own.n += 1;
  own.looks[points.looks[i]] += 1;
  return own;
}

/** @param {Gathered} own @returns {Gathered} */
const middle = (own) => ({ ...own, x: own.x / own.n, y: own.y / own.n });

/** The look that most of them have. @param {Gathered} own */
export const foremost = ({ looks }) => looks.indexOf(Math.max(...looks));

// ---- lines and areas

/** @param {Point[]} points @returns {number[]} */
export function boxOf(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** @param {number[]} box @param {Point} place @param {number} reach */
export const isInBox = ([left, top, right, bottom], [x, y], reach) => x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;

/** The stretches of a line whose pieces may touch a box (left, top, right, bottom). @param {Point[]} points @param {number[]} box
 * @returns {Point[][]} */
export function inSight(points, [left, top, right, bottom]) {
  /** @type {Point[][]} */
  const found = [];
  let open = false;
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
    const touches = Math.max(ax, bx) >= left && Math.min(ax, bx) <= right && Math.max(ay, by) >= top && Math.min(ay, by) <= bottom;
    if (touches && !open) found.push([points[i - 1]]);
    if (touches) found[found.length - 1].push(points[i]);
    open = touches;
  }
  return found;
}

/** Whether any of some lines passes within `reach` of a place. @param {Point[][]} parts @param {Point} place @param {number} reach */
export const isNear = (parts, place, reach) => parts.some((points) => points.some((point, i) => i > 0 && away(points[i - 1], point, place) <= reach));

/** @param {Point} a @param {Point} b @param {Point} place */
function away([ax, ay], [bx, by], [x, y]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + along * dx - x, ay + along * dy - y);
}

/** Whether rings enclose a place, holes left out. @param {Point[][]} parts @param {Point} place */
export function isInside(parts, [x, y]) {
  let odd = false;
  for (const ring of parts) {
    ring.forEach(([bx, by], i) => {
      const [ax, ay] = ring[i ? i - 1 : ring.length - 1];
      if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) odd = !odd;
    });
  }
  return odd;
}
