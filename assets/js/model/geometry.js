// Outlines, boxes and hit tests on the published limits; no drawing here.
import { facts, indexOf, limits, shapes } from "../core/facts.js";

/** @param {Outline | null} geometry @returns {Point[][]} */
export const ringsOf = (geometry) =>
  !geometry ? []
    : geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();

/** @param {Point} p */
const pointKey = (p) => `${p[0]},${p[1]}`;

// Number every edge of every ring once, so that a shared border carries one number.
/** @param {Limits} limits @returns {Shapes} */
export function shapesOf(limits) {
  const numbers = new Map();
  /** @type {[Point, Point][]} */
  const ends = [];
  const edges = new Map();
  const boxes = new Map();
  for (const feature of limits.features) {
    const own = [];
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of ringsOf(feature.geometry)) {
      for (let i = 0; i < ring.length; i++) {
        const [x, y] = ring[i];
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
        if (i === 0) continue;
        const [a, b] = [pointKey(ring[i - 1]), pointKey(ring[i])];
        if (a === b) continue;
        const key = a < b ? `${a}|${b}` : `${b}|${a}`;
        let n = numbers.get(key);
        if (n === undefined) {
          n = ends.length;
          numbers.set(key, n);
          ends.push([ring[i - 1], ring[i]]);
        }
        own.push(n);
      }
    }
    edges.set(feature.id, own);
    if (box[0] !== Infinity) boxes.set(feature.id, box);
  }
  return { ends, edges, boxes };
}

// The border of a group: edges that only one of its districts has.
/** @param {Iterable<Ubigeo>} ubigeos @param {Shapes} [borders] */
export function outline(ubigeos, { ends, edges } = shapes) {
  const open = new Set();
  for (const u of ubigeos) {
    for (const n of edges.get(u) || []) open.has(n) ? open.delete(n) : open.add(n);
  }
  return chain([...open].map((n) => ends[n]));
}

// Join edges into polylines, so that a dash pattern runs on from one to the next.
/** @param {Point[][]} segments two points each */
function chain(segments) {
  /** @type {Map<string, Point[][]>} */
  const at = new Map();
  const link = (/** @type {Point} */ p, /** @type {Point[]} */ s) => at.set(pointKey(p), [...(at.get(pointKey(p)) || []), s]);
  segments.forEach((s) => s.forEach((p) => link(p, s)));
  const used = new Set();
  /** @type {{ lon: (number | null)[], lat: (number | null)[] }} */
  const lines = { lon: [], lat: [] };
  for (const start of segments) {
    if (used.has(start)) continue;
    used.add(start);
    const line = [start[0], start[1]];
    for (let next = follow(start[1]); next; next = follow(next)) line.push(next);
    line.forEach(([x, y]) => { lines.lon.push(x); lines.lat.push(y); });
    lines.lon.push(null);
    lines.lat.push(null);
  }
  return lines;

  /** @param {Point} point @returns {Point | null} */
  function follow(point) {
    const free = (at.get(pointKey(point)) || []).find((s) => !used.has(s));
    if (!free) return null;
    used.add(free);
    return pointKey(free[0]) === pointKey(point) ? free[1] : free[0];
  }
}

/** @param {{ lon: (number | null)[], lat: (number | null)[] }[]} lines */
export function join(lines) {
  return {
    lon: lines.flatMap((l) => l.lon),
    lat: lines.flatMap((l) => l.lat),
  };
}

// A district without limits stands where its capital is, so that a map can be moved to it.
/** @param {Ubigeo} u @returns {Box | undefined} */
function boxOf(u) {
  const box = shapes.boxes.get(u);
  if (box) return box;
  const place = facts.anchors[indexOf(u)];
  return place && [place[0] - 0.1, place[1] - 0.1, place[0] + 0.1, place[1] + 0.1];
}

/** @param {Iterable<Ubigeo>} ubigeos @returns {Box | null} */
export function bounds(ubigeos) {
  const known = [...ubigeos].map(boxOf).filter((box) => box !== undefined);
  if (!known.length) return null;
  return [
    Math.min(...known.map((b) => b[0])), Math.min(...known.map((b) => b[1])),
    Math.max(...known.map((b) => b[2])), Math.max(...known.map((b) => b[3])),
  ];
}

// The district whose drawn limits hold a place, if any.
/** @param {Point} place */
export function districtAt([x, y]) {
  for (const { id, geometry } of limits.features) {
    const box = shapes.boxes.get(id);
    if (box && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && holds(ringsOf(geometry), x, y)) return id;
  }
  return null;
}

// Even-odd rule: an outer ring and its holes, or several outer rings, all the same.
/** @param {number[][][]} rings @param {number} x @param {number} y */
export function holds(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
      if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** @param {number} lat */
export const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
/** @param {number} y */
export const inverse = (y) => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90;
/** @param {number} degrees */
export const radians = (degrees) => (degrees * Math.PI) / 180;
