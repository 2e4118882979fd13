// Which districts an outline means, by the areas themselves: the server says the same of the finished one
// (dashboard/clusters/model/enclosure.py), and a person is told it while the outline is drawn.
import { facts, limits, shapes } from "../core/facts.js";
import { later } from "../core/later.js";
import * as Geometry from "./geometry.js";

const FLATTENING = 0.0818191908426215; // of WGS 84: its eccentricity

/** An edge that is not level, from below to above; turn: 1 where it was drawn so, -1 where downwards; own: of the district.
 * @typedef {{ x: number, y: number, slope: number, top: number, turn: number, own: boolean }} Edge */

// As high as a latitude stands where areas are true: on Lambert's cylinder.
/** @param {number} lat */
function height(lat) {
  const s = Math.sin(Geometry.radians(lat));
  return s / (1 - (FLATTENING * s) ** 2) + Math.atanh(FLATTENING * s) / FLATTENING;
}

/** @param {Point[]} ring @returns {Box} */
function boxOf(ring) {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** @param {Box} a @param {Box} b */
const meets = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** @param {Point[]} ring @param {boolean} own @returns {Edge[]} */
const edgesOf = (ring, own) => ring.flatMap((from, i) => {
  const to = ring[(i + 1) % ring.length];
  if (from[1] === to[1]) return [];
  const turn = from[1] < to[1] ? 1 : -1;
  const [[x, y], [end, top]] = turn > 0 ? [from, to] : [to, from];
  return [{ x, y, top, slope: (end - x) / (top - y), turn, own }];
});

/** @param {Edge} edge @param {number} y */
const across = ({ x, y: from, slope }, y) => x + (y - from) * slope;

/** Where edges cross between two levels. @param {Edge[]} edges @param {number} low @param {number} high */
function crossings(edges, low, high) {
  const found = [];
  const [start, end] = [edges.map((edge) => across(edge, low)), edges.map((edge) => across(edge, high))];
  for (let i = 1; i < edges.length; i++) {
    for (let j = 0; j < i; j++) {
      const [before, after] = [start[i] - start[j], end[i] - end[j]];
      if (before * after < 0) found.push(low + ((high - low) * before) / (before - after));
    }
  }
  return found;
}

/** Whether edges wind around a place: all loops of a line that crosses itself do, as they are tinted while it is drawn.
 * @param {Edge[]} edges @param {Point} place */
const winds = (edges, [x, y]) => edges.filter((edge) => edge.y <= y && y < edge.top && across(edge, y) > x)
  .reduce((sum, { turn }) => sum + turn, 0) !== 0;

/** The length that lies both in the district and in the outline, at a level. @param {Edge[]} edges @param {number} y */
function lengthAt(edges, y) {
  const met = edges.map((edge) => ({ x: across(edge, y), edge })).sort((a, b) => a.x - b.x);
  let [inOwn, turns, length] = [false, 0, 0];
  met.forEach(({ x, edge }, i) => {
    if (inOwn && turns) length += x - met[i - 1].x;
    edge.own ? (inOwn = !inOwn) : (turns += edge.turn);
  });
  return length;
}

/** The area that lies both in a district and in an outline: between levels where nothing begins, ends or crosses it is a row
 * of trapezes. @param {Edge[]} edges of both @param {Box} box of the district */
function areaInBoth(edges, [, south, east, north]) {
  const near = edges.filter(({ x, y, top, slope }) => y < north && top > south && Math.min(x, x + (top - y) * slope) <= east);
  const levels = near.flatMap(({ y, top }) => [y, top]).filter((y) => y > south && y < north);
  const steps = [...new Set([south, ...levels, north])].sort((a, b) => a - b);
  let area = 0;
  for (let i = 1; i < steps.length; i++) {
    const [low, high] = [steps[i - 1], steps[i]];
    const here = near.filter(({ y, top }) => y <= low && top >= high);
    const parts = [low, ...crossings(here, low, high).sort((a, b) => a - b), high];
    for (let j = 1; j < parts.length; j++) area += lengthAt(here, (parts[j - 1] + parts[j]) / 2) * (height(parts[j]) - height(parts[j - 1]));
  }
  return area;
}

// each with its edges and, by an outline around it, its whole area
const districts = later(() => new Map(limits.features.filter(({ id }) => shapes.boxes.has(id)).map(({ id, geometry }) => {
  const rings = Geometry.ringsOf(geometry);
  const edges = rings.flatMap((ring) => edgesOf(ring, true));
  const box = boxOf(rings.flat());
  const [west, south, east, north] = box;
  const around = edgesOf([[west, south], [east, south], [east, north], [west, north]], false);
  return [id, { edges, box, area: areaInBoth([...edges, ...around], box), spot: rings[0][0] }];
})));

/** The districts that an outline takes: those of whose area at least half lies in it, or whose capital does; one without
 * limits by its capital either way.
 * @param {Point[]} outline @param {string} by "area" or "capital" @returns {Ubigeo[]} */
export function within(outline, by) {
  if (outline.length < 3) return [];
  const edges = edgesOf(outline, false);
  const parts = outline.map((from, i) => boxOf([from, outline[(i + 1) % outline.length]]));
  const box = boxOf(outline);
  return facts.ubigeos.filter((u, i) => {
    const own = by === "capital" ? undefined : districts().get(u);
    if (!own) return winds(edges, [facts.lon[i], facts.lat[i]]);
    if (!meets(own.box, box)) return false;
    if (!parts.some((part) => meets(part, own.box))) return winds(edges, own.spot);
    return areaInBoth([...own.edges, ...edges], own.box) * 2 >= own.area;
  });
}
