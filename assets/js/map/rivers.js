// The rivers of the edition on every map: quiet context over the fills, strong where their overlay is switched on. No map
// waits for them, and nothing of them answers.
import * as Svg from "../core/svg.js";
import { facts } from "../core/facts.js";
import { token } from "../core/tokens.js";
import * as Drawing from "./drawing.js";
import * as Plane from "./plane.js";
import * as Published from "./published.js";

const NAMES = "rivers.names";
const QUIET = { width: 0.6, opacity: 0.7 }; // of what the overlay has
const EVERY_PX = 60; // along a course, for places where its name may stand
const HALF_NAME_PX = 24; // on either side of such a place, for the way that the course goes there
const WEIGHT = { quiet: -1e8, strong: 5e3 }; // as context after all names of the land, else before those of districts

/** @type {{ name: string, rank: number, lines: Point[][] }[] | null} */
let known = null;

const partOf = () => facts.overlays.rivers.parts.find((part) => part.kind === "courses");
const written = (line) => `M${line.map((point) => point.map((n) => Math.round(n * 10) / 10).join(" ")).join("L")}`;

function draw(map, { width, opacity }) {
  const { colour, widths, casing } = partOf().style;
  const paths = [token("map-casing"), colour].map((stroke, i) => widths.map((full, n) => {
    const d = known.filter(({ rank }) => rank === n + 1).flatMap(({ lines }) => lines.map(written)).join("");
    return Svg.node("path", { class: i ? "river" : "casing", d, stroke, "stroke-width": full * width + (i ? 0 : 2 * casing * width ** 2), fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round", "vector-effect": "non-scaling-stroke" });
  }));
  map.courses.setAttribute("opacity", opacity);
  map.courses.replaceChildren(...paths.flat());
}

/** Draw the rivers over the fills of a map and below all else: at once where they are known, else once they are. */
export function lay(map) {
  map.courses = Svg.node("g", { "data-layer": "rivers" });
  map.strong = false;
  map.land.append(map.courses);
  Drawing.marks(map, NAMES, "rivers", true);
  if (known) return draw(map, QUIET);
  Published.rivers().then((published) => {
    if (!published || !map.node.isConnected) return;
    known = known || published.map(({ name, rank, lines }) => ({ name, rank, lines: lines.map((line) => line.map(Plane.at)) }));
    draw(map, map.strong ? { width: 1, opacity: 1 } : QUIET);
    map.settle();
  });
}

/** Let the rivers of a map stand out, or be context again. */
export function stress(map, strong) {
  if (map.strong === strong) return;
  map.strong = strong;
  if (known) draw(map, strong ? { width: 1, opacity: 1 } : QUIET);
}

/** Whether maps show any by now. */
export const drawn = () => Boolean(known && known.length);

// Places along a course that are in sight, as pixels, each with the way that it goes there (degrees, read from the left).
function along(lines, screen) {
  const found = [];
  for (const line of lines) {
    const points = line.map((at) => screen.of({ at, dx: 0, dy: 0 }));
    let [gone, next] = [0, EVERY_PX / 2];
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
      for (; next <= gone + long; next += EVERY_PX) {
        const share = (next - gone) / long;
        const pixel = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
        if (pixel[0] >= 0 && pixel[1] >= 0 && pixel[0] <= screen.width && pixel[1] <= screen.height) found.push({ pixel, turn: wayAt(points, i, pixel) });
      }
      gone += long;
    }
  }
  return found;
}

function wayAt(points, i, pixel) {
  const end = (step, from) => {
    let j = from;
    while (points[j + step] && Math.hypot(points[j][0] - pixel[0], points[j][1] - pixel[1]) < HALF_NAME_PX) j += step;
    return points[j];
  };
  const [a, b] = [end(-1, i - 1), end(1, i)];
  const turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  return turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn;
}

/** The names of the rivers in sight, for names.js: along their courses, where room is left. @param {any} map @param {any} screen */
export function names(map, screen) {
  if (!known) return [];
  const byName = new Map();
  for (const { name, rank, lines } of known) {
    if (!name) continue;
    const river = byName.get(name) || { name, rank, lines: [] };
    river.lines.push(...lines);
    byName.set(name, river);
  }
  return [...byName.values()].map(({ name, rank, lines }) => {
    const places = along(lines, screen);
    // from the middle of what is in sight outwards
    const order = places.map((_, i) => i).sort((a, b) => Math.abs(a - places.length / 2) - Math.abs(b - places.length / 2));
    return {
      layer: NAMES, rank: "river", text: name, colour: token("map-river"), weight: (map.strong ? WEIGHT.strong : WEIGHT.quiet) - rank,
      spots: order.map((i) => screen.place(places[i].pixel)), turns: order.map((i) => places[i].turn),
    };
  }).filter(({ spots }) => spots.length);
}
