// What lies around the territory on every map, below all else: the sea, the countries beside it, the rest of Peru
// (layers/surroundings). No map waits for it, and nothing of it answers.
import * as Svg from "../core/svg.js";
import { token } from "../core/tokens.js";
import { language } from "../core/words.js";
import * as Geometry from "../model/geometry.js";
import * as Drawing from "./drawing.js";
import * as Plane from "./plane.js";
import * as Published from "./published.js";

const NAMES = "surroundings.names";
const LINE = 0.8;
const POLE = 85; // degrees of latitude to which mercator is drawn
const STEPS = 10; // to a side of the frame, for places where a name may stand
const LAST = -1e9; // all else is named before

/** @type {{ d: string, home: boolean, text: string, holds: (point: number[]) => boolean }[]} */
let lands = [];
/** @type {{ d: string, text: string, holds: (point: number[]) => boolean } | null} */
let sea = null;

/** @param {number[]} box in degrees */
const square = ([west, south, east, north]) => [[west, south], [east, south], [east, north], [west, north]].map((place) => Plane.at(/** @type {Point} */ (place)));
const written = (rings) => rings.map((ring) => `M${ring.map((point) => point.map((n) => Math.round(n * 10) / 10).join(" ")).join("L")}Z`).join("");

// Rings, and whether one of them holds a point: those whose box does are asked alone.
function area(rings) {
  const boxed = rings.map((ring) => {
    const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
    return { ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
  });
  const holds = (/** @type {number[]} */ [x, y]) => {
    const near = boxed.filter(({ box: [l, t, r, b] }) => x >= l && x <= r && y >= t && y <= b).map(({ ring }) => ring);
    return near.length > 0 && Geometry.holds(near, x, y);
  };
  return { d: written(rings), holds };
}

function fill(published) {
  lands = published.lands.map((land) => ({ home: land.home, text: land[language()], ...area(land.rings.map((ring) => ring.map(Plane.at))) }));
  const own = area([square(published.sea.within)]);
  sea = { d: written([square([-180, -POLE, 180, POLE])]), text: published.sea[language()], holds: (point) => own.holds(point) && !lands.some((land) => land.holds(point)) };
}

const path = (d, colour, more = {}) => Svg.node("path", { d, fill: token(colour), ...more });
const LINED = () => ({ stroke: token("map-coast"), "stroke-width": LINE, "vector-effect": "non-scaling-stroke" });

function draw(holder) {
  // of two that meet the later has the line
  const drawn = [...lands].sort((a, b) => Number(a.home) - Number(b.home));
  holder.replaceChildren(path(sea.d, "map-sea"), ...drawn.map(({ d, home }) => path(d, home ? "map-home" : "map-beside", LINED())));
}

/** Draw the surroundings below the land of a map: at once where they are known, else once they are. */
export function lay(map) {
  const holder = Svg.node("g", { "data-layer": "surroundings" });
  map.land.prepend(holder);
  Drawing.marks(map, NAMES, "", true);
  if (sea) return draw(holder);
  Published.surroundings().then((published) => {
    if (!published || !map.node.isConnected) return;
    if (!sea) fill(published);
    draw(holder);
    map.settle();
  });
}

/** Whether maps show them by now. */
export const drawn = () => Boolean(sea);

// Points of the frame, as pixels.
function lattice({ width, height }) {
  const [across, down] = [width, height].map((long) => Array.from({ length: STEPS - 1 }, (_, i) => (long * (i + 1)) / STEPS));
  return across.flatMap((x) => down.map((y) => [x, y]));
}

// Where most of what is in sight of it lies about, first.
function nearestToMiddle(points) {
  const [x, y] = [0, 1].map((i) => points.reduce((sum, point) => sum + point[i], 0) / points.length);
  return points.sort((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y));
}

/** The names of what is in sight of the surroundings, for names.js: on their own ground alone, where no district lies.
 * @param {any} screen */
export function names(screen) {
  if (!sea) return [];
  const points = lattice(screen).map(([x, y]) => ({ pixel: [x, y], at: screen.plane([x, y]) }));
  return [...lands.filter(({ text }) => text).map((land) => ({ rank: "country", ...land })), { rank: "sea", ...sea }].map(({ rank, text, holds }, i) => ({
    layer: NAMES, rank, text, colour: token("map-around"), weight: LAST - i,
    spots: nearestToMiddle(points.filter(({ at }) => holds(at)).map(({ pixel }) => pixel)).map((pixel) => screen.place(pixel)),
    on: (point) => holds(point) && !Plane.inTerritory(point),
  })).filter(({ spots }) => spots.length);
}
