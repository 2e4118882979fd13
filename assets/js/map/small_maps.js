// Small maps side by side, all at one scale: the same kilometres to a pixel. What moves one moves the others as far.
import { facts, place } from "../core/facts.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as Comparison from "../model/comparison.js";
import * as Geometry from "../model/geometry.js";
import { number } from "../model/numbers.js";
import * as Drawing from "./drawing.js";
import * as Plain from "./plain.js";

const EARTH_KM = 6371;
// room around the districts, so that their surroundings are seen
const FULL = 0.84;
const STEPS_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The middle of a box as maps show it. @param {number[]} box */
export const middle = ([west, south, east, north]) => {
  const { mercator, inverse } = Geometry;
  return { lon: (west + east) / 2, lat: inverse((mercator(south) + mercator(north)) / 2) };
};

// Mercator stretches with latitude; a kilometre is brought back to the same pixels in every map.
const stretch = ({ lat }) => 1 / Math.cos(Geometry.radians(lat));

// Pixels a kilometre at which every box fits a frame of width x height.
export function commonScale(boxes, width, height) {
  const { mercator, radians } = Geometry;
  return Math.min(...boxes.map((box) => {
    const [west, south, east, north] = box;
    const k = stretch(middle(box));
    const wide = (radians(east - west) / k) * EARTH_KM;
    const high = ((mercator(north) - mercator(south)) / k) * EARTH_KM;
    return FULL * Math.min(width / Math.max(wide, 1), height / Math.max(high, 1));
  }));
}

// ---- in the rooms of a screen

const drawn = new WeakMap(); // element -> { maps, watch }

function cell(column, n) {
  const node = document.createElement("div");
  node.className = "small-map";
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", say("compare.map_of", { letter: Comparison.LETTERS[n], districts: column.ubigeos.map(place.district).join(", ") }));
  const letter = document.createElement("span");
  letter.className = "small-map-letter";
  letter.textContent = Comparison.LETTERS[n];
  node.append(letter);
  if (!column.ubigeos.length) {
    const nothing = document.createElement("p");
    nothing.className = "empty";
    nothing.textContent = say("compare.no_districts");
    node.append(nothing);
  }
  return node;
}

/** Draw a map for each column; scaled: told the pixels of a kilometre, null where no column has districts.
 * @param {HTMLElement} host @param {any[]} columns @param {Map<Ubigeo, string>} colours @param {(perKm: number | null) => void} scaled */
export function draw(host, columns, colours, scaled) {
  const before = drawn.get(host);
  if (before) {
    before.watch.disconnect();
    before.maps.forEach(({ map }) => map.end());
  }
  const cells = columns.map(cell);
  host.replaceChildren(...cells);
  const maps = columns.flatMap((column, n) => (column.ubigeos.length ? [{ column, map: mapOf(cells[n], column, colours) }] : []));
  const scale = () => {
    const { width, height } = cells[0].getBoundingClientRect();
    if (!width || !host.isConnected) return;
    const boxes = maps.map(({ column }) => Geometry.bounds(column.ubigeos));
    const perKm = maps.length ? commonScale(boxes, width, height) : null;
    maps.forEach(({ map }, i) => map.centre(middle(boxes[i]), perKm));
    scaled(perKm);
  };
  const watch = new ResizeObserver(scale);
  watch.observe(host);
  drawn.set(host, { maps, watch });
  scale();
}

function mapOf(host, column, colours) {
  const map = Plain.begin(host, { candidate: { ...facts.drawing["candidate.lines"], colour: token("accent") } }, { moves: false, scale: 0 });
  Drawing.paint(map, colours, column.ubigeos);
  Plain.outline(map, "candidate", [column.ubigeos]);
  Plain.name(map, column.ubigeos, column.ubigeos);
  return map;
}

// The longest round length that stays short on the page.
export function scaleBar(perKm) {
  if (!perKm) return { children: "", style: { display: "none" } };
  const km = STEPS_KM.filter((step) => step * perKm <= 120).at(-1) || STEPS_KM[0];
  return { children: `${number(km)} km`, style: { width: `${km * perKm}px` } };
}
