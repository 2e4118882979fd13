// A small map of one place: districts by the chosen fill, and the candidates picked and pointed at as outlines.
import { facts, limits, place, shapes } from "../core/facts.js";
import * as Svg from "../core/svg.js";
import { say } from "../core/words.js";
import * as Classes from "../model/classes.js";
import * as Geometry from "../model/geometry.js";
import { number } from "../model/numbers.js";
import * as Series from "../model/series.js";

const SHARE = 0.92;

function projection(box, width, height) {
  const { mercator, radians } = Geometry;
  const [west, south, east, north] = box;
  const [x0, x1, y0, y1] = [radians(west), radians(east), mercator(south), mercator(north)];
  const k = SHARE * Math.min(width / Math.max(x1 - x0, 1e-4), height / Math.max(y1 - y0, 1e-4));
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const round = (n) => Math.round(n * 10) / 10;
  return ([lon, lat]) => [round(width / 2 + k * (radians(lon) - cx)), round(height / 2 - k * (mercator(lat) - cy))];
}

const rings = (geometry) => (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat());

const area = (geometry, at) => rings(geometry).map((ring) => `M${ring.map((p) => at(p).join(" ")).join("L")}Z`).join("");

function line(ubigeos, at) {
  const { lon, lat } = Geometry.outline(ubigeos);
  const parts = [[]];
  lon.forEach((x, i) => (x === null ? parts.push([]) : parts.at(-1).push(at([x, lat[i]]).join(" "))));
  return parts.filter((part) => part.length > 1).map((part) => `M${part.join("L")}`).join("");
}

// What of the limits comes into sight: a district's box, projected, meets the frame.
function inSight(at, width, height) {
  const { boxes } = shapes;
  return limits.features.filter(({ id, geometry }) => {
    if (!geometry || !boxes.has(id)) return false;
    const [west, south, east, north] = boxes.get(id);
    const [[x0, y1], [x1, y0]] = [at([west, south]), at([east, north])];
    return x0 < width && x1 > 0 && y0 < height && y1 > 0;
  });
}

function names(svg, ubigeos, at) {
  ubigeos.forEach((u) => {
    const box = shapes.boxes.get(u);
    const anchor = facts.anchors[facts.index.get(u)];
    if (!box || !anchor) return;
    const wide = at([box[2], box[1]])[0] - at([box[0], box[1]])[0];
    const name = place.district(u);
    if (wide < name.length * 5.2) return;
    const [x, y] = at(anchor);
    svg.append(Svg.node("text", { x, y, "text-anchor": "middle" }, name));
  });
}

// Returns {point(ubigeos|null), pick(ubigeos|null)}.
export function draw(box, { place: within, view, bounds, act }) {
  const own = facts.ubigeos.filter((u) => u.startsWith(within));
  const about = Series.about(view);
  const { svg, width, height } = Svg.canvas(box, say("propose.map", { fill: Series.label(view.fill), year: about.year }));
  const at = projection(Geometry.bounds(own), width, height);
  const [values, colours] = [Series.values(view), bounds ? Classes.classColours(view.count, bounds.length) : []];
  inSight(at, width, height).forEach((feature) => {
    const value = values[facts.index.get(feature.id)];
    const n = bounds ? Classes.classOf(value, bounds) : -1;
    const path = Svg.node("path", {
      d: area(feature.geometry, at), fill: n >= 0 ? colours[n] : "url(#no-data)",
      class: feature.id.startsWith(within) ? "own-district" : "around", "data-u": feature.id,
    });
    path.append(Svg.node("title", {}, `${place.label(feature.id)}: ${number(value, about.decimals)}`));
    svg.append(path);
  });
  const provinces = Object.keys(facts.provinces).filter((code) => code.slice(0, 2) === within.slice(0, 2));
  svg.append(Svg.node("path", { class: "province-line", d: provinces.map((code) => line(facts.ubigeos.filter((u) => u.startsWith(code)), at)).join("") }));
  const outlines = ["picked-casing", "picked-line", "pointed-casing", "pointed-line"].map((name) => Svg.node("path", { class: name, d: "" }));
  svg.append(...outlines);
  names(svg, own, at);
  listen(svg, within, act);
  const put = (paths) => (ubigeos) => paths.forEach((path) => path.setAttribute("d", ubigeos ? line(ubigeos, at) : ""));
  return { pick: put(outlines.slice(0, 2)), point: put(outlines.slice(2)) };
}

function listen(svg, within, act) {
  const district = (event) => {
    const { u } = event.target.dataset || {};
    return u && u.startsWith(within) ? u : null;
  };
  svg.addEventListener("pointermove", (event) => act.pointDistrict(district(event)));
  svg.addEventListener("pointerleave", () => act.pointDistrict(null));
  svg.addEventListener("click", (event) => district(event) && act.pickDistrict(district(event)));
}
