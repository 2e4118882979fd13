// What is drawn on the sheet of a map: the land by its fills, and layers of lines, marks and names in the order of their
// heights. Attributes carry the looks, so that a picture or a page on paper is a copy of the sheet.
import * as Svg from "../core/svg.js";
import { facts } from "../core/facts.js";
import { TINT, tinted, token } from "../core/tokens.js";
import * as Plane from "./plane.js";

const FAINT = "0.22";
const DISTRICT_LINE = 0.7;
const NO_SCALING = { "vector-effect": "non-scaling-stroke", fill: "none" };

// ---- the land

/** Every district once; filled by `paint`. */
export function layLand(map) {
  const districts = Svg.node("g", { "data-layer": "limits" });
  map.paths = new Map();
  for (const u of Plane.drawn()) {
    const path = Svg.node("path", { d: Plane.area(u), "data-u": u, class: "district", fill: token("map-no-data") });
    map.paths.set(u, path);
    districts.append(path);
  }
  // one line for all: a stroke for each would be drawn anew with each colour
  const line = { class: "district-lines", stroke: token("map-district"), "stroke-width": DISTRICT_LINE, ...NO_SCALING };
  map.land.append(districts, Svg.node("path", { d: Plane.drawn().map(Plane.area).join(""), ...line }));
  map.colours = new Map();
  map.chosen = new Set();
}

function fillOf(map, u, accent) {
  const colour = map.colours.get(u);
  const chosen = map.chosen.has(u);
  return colour ? (chosen ? tinted(colour, accent, TINT) : colour) : map.no[chosen ? "judged" : "data"];
}

/** Fill the districts: colours by district, those that are judged, and the code that those in focus begin with. */
export function paint(map, colours, chosen, focus = "") {
  const accent = token("accent");
  Object.assign(map, { colours, chosen: new Set(chosen) });
  for (const [u, path] of map.paths) {
    path.setAttribute("fill", fillOf(map, u, accent));
    path.classList.toggle("in-candidate", map.chosen.has(u));
    u.startsWith(focus) ? path.removeAttribute("fill-opacity") : path.setAttribute("fill-opacity", FAINT);
  }
}

/** Mark those that are judged, and no others. */
export function choose(map, chosen) {
  const [accent, next] = [token("accent"), new Set(chosen)];
  const others = [...next, ...map.chosen].filter((u) => next.has(u) !== map.chosen.has(u));
  map.chosen = next;
  for (const u of others) {
    const path = map.paths.get(u);
    if (!path) continue;
    path.setAttribute("fill", fillOf(map, u, accent));
    path.classList.toggle("in-candidate", next.has(u));
  }
}

// ---- layers

const dashes = (dash) => (!dash || dash === "solid" ? {} : { "stroke-dasharray": dash.replaceAll("px", "") });

/** A layer of lines on their casing. look: colour, width, dash, casing (pixels on either side). */
export function lines(map, name, { colour, width, dash, casing = 1.5 }, overlay = "") {
  const holder = Svg.node("g", { "data-layer": name, "data-overlay": overlay });
  const paths = [
    Svg.node("path", { class: "casing", stroke: token("map-casing"), "stroke-width": width + 2 * casing, ...NO_SCALING }),
    Svg.node("path", { class: "line", stroke: colour, "stroke-width": width, ...dashes(dash), ...NO_SCALING }),
  ];
  holder.append(...paths);
  map.land.append(holder);
  map.layers.set(name, { holder, paths });
}

/** Put a line on its layer: `d` of a path of the plane. */
export const draw = (map, name, d) => map.layers.get(name).paths.forEach((path) => (d ? path.setAttribute("d", d) : path.removeAttribute("d")));

/** A layer of marks, or of names that are placed all at once. */
export function marks(map, name, overlay = "", names = false) {
  const holder = Svg.node("g", { "data-layer": name, "data-overlay": overlay });
  map.over.append(holder);
  map.layers.set(name, { holder, marks: [], names });
}

/** Put marks on their layer, each a node drawn about [0, 0] at a place of the plane, with a distance in pixels from it.
 * @param {{ at: Point, dx?: number, dy?: number, node: Element }[]} made */
export function put(map, name, made) {
  const layer = map.layers.get(name);
  layer.marks = made.map((mark) => ({ dx: 0, dy: 0, ...mark }));
  layer.marks.forEach(map.stand);
  layer.holder.replaceChildren(...layer.marks.map((mark) => mark.node));
}

/** Boxes of pixels that names make room for: of marks, and of what stands over the map. @param {any} map @param {any} screen */
export function taken(map, screen) {
  const all = [...map.layers.values()].flatMap((layer) => (layer.marks || []).filter((mark) => mark.room));
  return all.map((mark) => {
    const [x, y] = screen.of(mark);
    return [x - mark.room, y - mark.room, x + mark.room, y + mark.room];
  }).concat(over(map));
}

// What stands over a map in its frame: tools, notices, its scale.
const furniture = (map) => [
  ...map.node.parentElement.parentElement.querySelectorAll("[data-over-map], .map-tools"), ...map.node.querySelectorAll(".leaflet-control"),
];

/** Its boxes, in pixels of the map. @param {any} map @returns {number[][]} */
export const over = (map) => map.furniture || (map.furniture = measured(map));

function measured(map) {
  const own = map.node.getBoundingClientRect();
  const boxes = furniture(map).map((node) => node.getBoundingClientRect()).filter(({ width }) => width);
  return boxes.map(({ left, top, right, bottom }) => [left - own.left, top - own.top, right - own.left, bottom - own.top]);
}

/** Let names go out of the way of what stands over a map, whenever that comes, goes or grows. It is measured then alone: at
 * other times the page would have to be laid out for it. @param {any} map */
export function makeRoom(map) {
  if (map.growing) map.growing.disconnect();
  map.growing = new ResizeObserver(() => {
    if (!map.node.isConnected) return map.growing.disconnect();
    const now = measured(map);
    if (map.furniture && JSON.stringify(now) === JSON.stringify(map.furniture)) return;
    map.furniture = now;
    map.settle();
  });
  [map.node, ...furniture(map)].forEach((node) => map.growing.observe(node));
}

export const clear = (map, name) => (map.layers.get(name).paths ? draw(map, name, "") : put(map, name, []));

// ---- marks

const SHAPE_PX = 12; // across a shape as it is published, in a box of 20

const solid = (symbol) => symbol.replace(/-open$/, "");

/** A symbol of a size (pixels across) about [0, 0], on its casing, with words beside it or on it. */
export function symbol({ symbol: name, size, fill, stroke, width = 0, casing = 0, text = "", colour, beside = "middle", halo = true }) {
  const made = Svg.node("g", { class: "mark" });
  const k = size / SHAPE_PX;
  const shape = { d: facts.symbols[solid(name)], transform: `scale(${k}) translate(-10 -10)`, "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round" };
  const thin = name.endsWith("-thin");
  if (casing) made.append(Svg.node("path", { ...shape, class: "casing", fill: thin ? "none" : token("map-casing"), stroke: token("map-casing"), "stroke-width": width + 2 * casing }));
  const hollow = name !== solid(name);
  made.append(Svg.node("path", { ...shape, class: "shape", fill: thin ? "none" : hollow ? token("map-casing") : fill, stroke, "stroke-width": width }));
  if (text) made.append(words(text, { colour, beside, off: size / 2 + 3, halo }));
  return made;
}

function words(text, { colour, beside, off, halo }) {
  const right = beside.endsWith("right");
  return Svg.node("text", {
    class: halo ? "mark-words cased" : "mark-words", x: right ? off : 0, y: 0, dy: "0.36em", fill: colour, "text-anchor": right ? "start" : "middle",
  }, text);
}

/** A hollow ring, so many pixels across, on its casing. */
export function ring({ size, colour, width, casing }) {
  const made = Svg.node("g", { class: "mark" });
  const circle = (more) => Svg.node("circle", { r: size / 2, fill: "none", ...more });
  made.append(circle({ class: "casing", stroke: token("map-casing"), "stroke-width": width + 2 * casing }), circle({ class: "shape", stroke: colour, "stroke-width": width }));
  return made;
}
