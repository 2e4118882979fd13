// The map of one group of districts, wherever markup asks for it (dashboard/pages/kit/group_map.py): its parts and what
// keeps them apart, what would join them, what lies around, and its names. Those that are together have one scale.
import { nextFrame } from "../core/dom.js";
import { shapes } from "../core/facts.js";
import * as Svg from "../core/svg.js";
import { token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Clusters from "./clusters.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Plain from "./plain.js";
import * as Plane from "./plane.js";
import * as SmallMaps from "./small_maps.js";

const ROOM = 0.86; // how much of the frame the districts may take
const SCALE_SHARE = 0.36; // of the width of a map, at most
const FILLS = { own: "map-own", join: "map-join", province: "map-beside", outside: "paper" };
const FIGURE = { fill: "gap_combined" }; // of a district that is pointed at
// of the size of its letters
const LINE = 0.2;
const JOINING = 0.9;
const AROUND = 0.68;

const begun = new WeakMap(); // room -> map

const split = (text, by) => (text || "").split(by).filter(Boolean);
const read = (room) => ({
  room,
  parts: split(room.dataset.parts, "|").map((part) => part.split(".")),
  main: split(room.dataset.main, "."),
  joins: split(room.dataset.joins, "."),
  together: room.dataset.together,
});

// ---- what each district is to the group

function kinds({ parts, main, joins }) {
  const all = new Set(parts.flat());
  const provinces = new Set([...all].map((u) => u.slice(0, 4)));
  return (u) => {
    if (all.has(u)) return main.includes(u) ? "own" : "cut";
    return joins.includes(u) ? "join" : provinces.has(u.slice(0, 4)) ? "province" : "outside";
  };
}

function paint(map, about) {
  const kindOf = kinds(about);
  const colours = new Map();
  for (const [u, path] of map.paths) {
    const kind = kindOf(u);
    path.dataset.kind = kind;
    colours.set(u, kind === "cut" ? map.cut : token(FILLS[kind]));
  }
  Drawing.paint(map, colours, []);
}

// ---- what keeps its parts apart

// The nearest points of two parts that do not touch.
function gap(one, other) {
  let best = null;
  for (const p of one) {
    for (const q of other) {
      const away = (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2;
      if (!best || away < best.away) best = { away, p, q };
    }
  }
  return best;
}

// From each further part to the nearest of those before it.
function gaps(parts) {
  const points = parts.map((part) => part.flatMap((u) => Plane.ringsOf(u).flat()));
  return points.slice(1).flatMap((own, i) => {
    const found = points.slice(0, i + 1).map((before) => gap(own, before)).filter(Boolean);
    return found.length ? [found.reduce((best, one) => (one.away < best.away ? one : best))] : [];
  });
}

function cross(size) {
  const r = size * 0.32;
  const colour = token("fail-strong");
  const made = Svg.node("g", { class: "gap" });
  made.append(
    Svg.node("circle", { r: r * 1.9, fill: token("paper"), stroke: colour, "stroke-width": size * 0.13 }),
    Svg.node("path", { d: `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`, stroke: colour, "stroke-width": size * 0.2, "stroke-linecap": "round" }),
  );
  return { node: made, room: r * 2.1 };
}

function drawGaps(map, { parts }, size) {
  const found = gaps(parts);
  Drawing.draw(map, "gaps", found.map(({ p, q }) => `M${p.join(" ")}L${q.join(" ")}`).join(""));
  Drawing.put(map, "crosses", found.map(({ p, q }) => ({ at: [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2], ...cross(size) })));
}

// ---- its lines, number and names

// An outline is dashed by the state of what it is around; one that stands among no others, as what is drawn.
function dashOf({ dataset: { look } }) {
  if (look === undefined) return "solid";
  return Clusters.lookOf(look).dash;
}

function looks(room, size) {
  const [width, dash] = [Math.max(2.6, size * LINE), dashOf(room)];
  return {
    joins: { colour: token("map-ink"), width: Math.max(1.8, 0.6 * width), dash: "8,6", casing: 1 },
    gaps: { colour: token("fail-strong"), width: 0.8 * width, dash: "4,6", casing: 0 },
    own: { colour: token("accent-deep"), width, dash, casing: 0.4 * width },
    cut: { colour: token("fail"), width, dash, casing: 0.4 * width },
  };
}

function numbered({ room, main, parts }) {
  const { sign, kind } = room.dataset;
  return sign ? [{ ubigeos: main.length ? main : parts[0], node: () => Clusters.disc({ sign, kind }) }] : [];
}

// Its own districts first, the smallest before the others; those around, if all are wanted, where there is room.
function labelsOf(map, { parts, joins }, size, all) {
  const known = (ubigeos) => ubigeos.filter((u) => shapes.boxes.has(u));
  const own = known(parts.flat());
  const led = { leads: true, stays: true, apart: own };
  const labels = own.map((u) => ({ u, rank: "chosen", size, weight: 3 - Plane.sizeOf(u) / 1e9, ...led }));
  if (!all) return () => labels;
  labels.push(...known(joins).map((u, i) => ({ u, rank: "joining", size: JOINING * size, weight: 1 - i / 100, ...led })));
  const around = [...map.paths.keys()].filter((u) => !own.includes(u) && !joins.includes(u));
  return (screen) => {
    const [[left, top], [right, bottom]] = [screen.plane([0, 0]), screen.plane([screen.width, screen.height])];
    const inSight = around.filter((u) => {
      const [l, t, r, b] = Plane.edges(u);
      return l < right && left < r && t < bottom && top < b;
    });
    return [...labels, ...inSight.map((u) => ({ u, rank: "district", size: Math.max(9, AROUND * size), weight: -1, whole: true }))];
  };
}

// ---- one map

const frameOf = ({ room }) => [room.clientWidth, room.clientHeight];
const sizeIn = (room) => parseFloat(window.getComputedStyle(room).fontSize);

function begin(about, keys) {
  const { room } = about;
  const map = Plain.begin(room, looks(room, sizeIn(room)), { keys, scrolls: true, scale: SCALE_SHARE * room.clientWidth });
  Drawing.marks(map, "crosses");
  paint(map, about);
  Plain.outline(map, "joins", about.joins.map((u) => [u]));
  Plain.outline(map, "own", [about.main]);
  Plain.outline(map, "cut", about.parts.filter((part) => !about.main.includes(part[0])));
  Plain.number(map, numbered(about));
  if (keys) tell(map, room);
  begun.set(room, map);
  return map;
}

// What is pointed at, tapped or under the cross of the keyboard is told of.
function tell(map, room) {
  Plain.tools(map, () => map.home());
  Hover.attach(map, { card: Plain.cardOf(room), view: () => /** @type {View} */ (FIGURE), brief: true });
  Hover.choose(map, (u) => Hover.tell(map, u));
}

function draw(about, perKm, keys) {
  const { room } = about;
  const map = begun.get(room) || begin(about, keys);
  const size = sizeIn(room);
  drawGaps(map, about, about.together ? 0.7 * size : size);
  // small maps on a projector name their own only: the last row reads no more
  Plain.label(map, labelsOf(map, about, size, keys || !about.together));
  map.home = () => map.centre(SmallMaps.middle(Geometry.bounds(about.parts.flat())), perKm);
  map.home();
  map.settleNow();
  room.dataset.ready = "yes";
}

const scaleOf = (maps) => {
  const [widths, heights] = [maps.map((m) => frameOf(m)[0]), maps.map((m) => frameOf(m)[1])];
  return SmallMaps.commonScale(maps.map(({ parts }) => Geometry.bounds(parts.flat())), ROOM * Math.min(...widths), ROOM * Math.min(...heights));
};

const mapsIn = (root) => [...root.querySelectorAll(".group-map")].map((room) => begun.get(room)).filter(Boolean);

/** Bring the maps in an element nearer, or farther. @param {HTMLElement} root @param {number} factor */
export const zoom = (root, factor) => mapsIn(root).forEach((map) => map.zoomBy(factor));

/** Show the maps in an element as they were at first. @param {HTMLElement} root */
export const home = (root) => mapsIn(root).forEach((map) => map.home());

const inSight = ({ room }) => !room.closest("[hidden]");
const turns = new WeakMap();

/** Draw the maps that stand in an element, and those drawn before as they were at first. Those in sight come first; the
 * others one a frame, so that a key is heard at once, unless all are wanted at once for paper. keys: whether a person moves
 * them by the keyboard too, and is told of what is under the pointer.
 * @param {HTMLElement} root @param {{ keys?: boolean, atOnce?: boolean }} options */
export async function drawAll(root, { keys = false, atOnce = false } = {}) {
  const mine = (turns.get(root) || 0) + 1;
  turns.set(root, mine);
  const maps = [...root.querySelectorAll(".group-map")].map(read).filter((map) => map.parts.length && frameOf(map)[0] > 0);
  const scales = new Map();
  for (const map of maps.sort((a, b) => Number(inSight(b)) - Number(inSight(a)))) {
    const key = map.together || map;
    if (!scales.has(key)) scales.set(key, scaleOf(maps.filter((other) => (other.together || other) === key)));
    if (!atOnce && !inSight(map)) await nextFrame();
    if (mine !== turns.get(root) || !map.room.isConnected) return;
    draw(map, scales.get(key), keys);
  }
}
