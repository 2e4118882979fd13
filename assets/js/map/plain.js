// A map with less switched on: the land, its borders, outlines of what it is about, numbers and names. Plan, comparison and
// whatever else shows districts are made of it.
import { facts, place, shapes } from "../core/facts.js";
import { token } from "../core/tokens.js";
import * as Drawing from "./drawing.js";
import * as Engine from "./engine.js";
import * as Layers from "./layers.js";
import * as Names from "./names.js";
import * as Plane from "./plane.js";
import * as Rivers from "./rivers.js";
import * as Surroundings from "./surroundings.js";

const BORDERS = ["provinces", "departments"];

/** A map in an element. lines: looks of further outlines by name, the later over the earlier.
 * @param {HTMLElement} host @param {Record<string, any>} lines @param {MapOptions} options */
export function begin(host, lines, options = {}) {
  const map = Engine.begin(host, options);
  Drawing.layLand(map);
  Surroundings.lay(map);
  Rivers.lay(map);
  for (const key of BORDERS) {
    Drawing.lines(map, `${key}.lines`, Layers.styleOf(key));
    Drawing.draw(map, `${key}.lines`, Layers.border(key));
  }
  for (const [name, look] of Object.entries(lines)) Drawing.lines(map, name, look);
  Drawing.marks(map, "district.names", "", true);
  Drawing.marks(map, "numbers");
  Object.assign(map, { numbered: [], labels: () => [] });
  map.onSettled(() => settle(map));
  Drawing.makeRoom(map);
  return map;
}

const CLOSER = 1.6; // of a press on what moves a map

/** The parts of the frame in which a map stands (dashboard/pages/kit/frames.py). @param {HTMLElement} host */
export const cardOf = (host) => /** @type {HTMLElement} */ (host.parentElement.querySelector(".hover-card"));

/** Let the buttons of a frame move its map; home: brings it back to what it is about. @param {any} map @param {() => void} home */
export function tools(map, home) {
  const moves = { in: () => map.zoomBy(CLOSER), out: () => map.zoomBy(1 / CLOSER), home };
  map.node.parentElement.parentElement.querySelectorAll("[data-zoom]").forEach((button) => {
    button.onclick = moves[button.dataset.zoom];
  });
}

/** Outline groups of districts on a layer. */
export const outline = (map, name, groups) => Drawing.draw(map, name, groups.map((group) => Plane.border(group)).join(""));

/** Stand numbers in their groups, clear of each other: { ubigeos, node(), room } of each; room: pixels about a wide one. */
export function number(map, numbered) {
  map.numbered = numbered;
  map.settle();
}

/** Name districts where there is room, those first that are given first; leads: those that may stand beside their place.
 * @param {any} map @param {Iterable<Ubigeo>} ubigeos @param {Iterable<Ubigeo>} leads */
export function name(map, ubigeos, leads = []) {
  const [named, led] = [[...ubigeos].filter((u) => shapes.boxes.has(u)), [...leads]];
  label(map, (screen) => named.map((u, i) => ({
    u, weight: -i, ...(led.includes(u) ? { rank: "chosen", leads: true, apart: led } : { rank: "district", within: screen.widthOf(shapes.boxes.get(u)) }),
  })));
}

/** Name districts as told of each for a screen (names.js): { u, rank, weight, ... }.
 * @param {any} map @param {(screen: any) => any[]} labels */
export function label(map, labels) {
  map.labels = labels;
  map.settle();
}

const ROOM = 12;

function settle(map) {
  const screen = map.screen();
  const spots = Layers.clearSpots(map.numbered.map(({ ubigeos }) => Layers.labelPoints(ubigeos)), screen, Math.max(ROOM, ...map.numbered.map((each) => each.room || 0)));
  Drawing.put(map, "numbers", map.numbered.flatMap((each, n) => (spots[n] ? [{ node: each.node(), at: Plane.at(spots[n]), room: each.room || ROOM }] : [])));
  const written = map.labels(screen).map((label) => ({
    layer: "district.names", colour: token("map-ink"), text: place.district(label.u), spots: [facts.anchors[facts.index.get(label.u)]], ...label,
  })).concat(Rivers.names(map, screen), Surroundings.names(screen));
  Names.write(map, written, screen, Drawing.taken(map, screen));
}
