// The plane on which every map draws: mercator about the middle of the limits, in the pixels of one zoom, so that what is
// laid out once is only moved and scaled afterwards.
import { limits, shapes } from "../core/facts.js";
import { later } from "../core/later.js";
import * as Geometry from "../model/geometry.js";

export const ZOOM = 10;
const PER_RADIAN = (256 * 2 ** ZOOM) / (2 * Math.PI);
const round = (n) => Math.round(n * 100) / 100;

const everywhere = later(() => {
  const boxes = [...shapes.boxes.values()];
  const [west, south, east, north] = [0, 1, 2, 3].map((i) => boxes.reduce((most, box) => (i < 2 ? Math.min : Math.max)(most, box[i]), boxes[0][i]));
  return { lon: (west + east) / 2, lat: Geometry.inverse((Geometry.mercator(south) + Geometry.mercator(north)) / 2) };
});
/** The place that is [0, 0] here, as { lon, lat }. */
export const middle = everywhere;
const zero = later(() => ({ x: Geometry.radians(middle().lon), y: Geometry.mercator(middle().lat) }));

/** @param {number[]} place @returns {Point} */
export const at = ([lon, lat]) => [PER_RADIAN * (Geometry.radians(lon) - zero().x), PER_RADIAN * (zero().y - Geometry.mercator(lat))];

const written = (points) => points.map((p) => at(p).map(round).join(" ")).join("L");

const areas = later(() => new Map(limits.features.map(({ id, geometry }) =>
  [id, Geometry.ringsOf(geometry).map((ring) => `M${written(ring)}Z`).join("")])));
/** The outline of a district as `d` of a path; "" where it has none. @param {Ubigeo} u */
export const area = (u) => areas().get(u) || "";
export const drawn = () => [...areas()].filter(([, d]) => d).map(([u]) => u);

const rings = later(() => new Map(limits.features.map(({ id, geometry }) =>
  [id, Geometry.ringsOf(geometry).map((ring) => ring.map(at))])));
/** The rings of a district. @param {Ubigeo} u @returns {Point[][]} */
export const ringsOf = (u) => rings().get(u) || [];

/** Whether a district holds a point. @param {Ubigeo} u @param {number[]} point */
export function holds(u, [x, y]) {
  const [west, south, east, north] = edges(u);
  return x >= west && x <= east && y >= south && y <= north && Geometry.holds(ringsOf(u), x, y);
}

const all = later(() => drawn().map((u) => ({ rings: ringsOf(u), box: edges(u) })));
/** Whether any district holds a point. @param {number[]} point */
export const inTerritory = ([x, y]) => all().some(({ rings: own, box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && Geometry.holds(own, x, y));

const boxes = new Map();
/** The least and the largest x and y of a district. @param {Ubigeo} u @returns {number[]} */
export function edges(u) {
  if (!boxes.has(u)) {
    const points = ringsOf(u).flat();
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    boxes.set(u, [least(xs), least(ys), -least(xs.map((x) => -x)), -least(ys.map((y) => -y))]);
  }
  return boxes.get(u);
}
const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);

/** The area of the largest ring of a district. @param {Ubigeo} u */
export const sizeOf = (u) => Math.max(1e-6, ...ringsOf(u).map((ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = ring[(i + 1) % ring.length];
  return sum + x * nextY - nextX * y;
}, 0)) / 2));

/** The border of a group of districts as `d` of a path. @param {Iterable<Ubigeo>} ubigeos */
export function border(ubigeos) {
  const { lon, lat } = Geometry.outline(ubigeos);
  const lines = [[]];
  lon.forEach((x, i) => (x === null ? lines.push([]) : lines.at(-1).push([x, lat[i]])));
  const wide = lines.map(extent);
  const least = SLIVER * Math.max(...wide, 0);
  return lines.filter((line, i) => line.length > 1 && wide[i] >= least).map((line) => `M${written(line)}`).join("");
}

// Between limits that were drawn apart lie slivers, whose outline would be a blot.
const SLIVER = 0.02; // of the widest line of a border
const extent = (line) => (line.length < 2 ? 0 : Math.max(...[0, 1].map((i) => Math.max(...line.map((p) => p[i])) - Math.min(...line.map((p) => p[i])))));
