// Fill colours and selection marks, put straight on the paths that plotly has drawn.
//
// Plotly draws the limits once; asking it to restyle them redraws every path of every layer.
// Colouring the paths it left in the page is some twenty times quicker and needs no server. Plotly
// forgets these colours whenever it draws anew, so they are put back after every plot.
import { facts } from "../core/facts.js";
import { tinted, token } from "../core/tokens.js";
import { classColours, classOf } from "../model/classes.js";

const PATHS = ".choroplethlayer path.choroplethlocation";
const LINES = ".scatterlayer .trace path.js-line";
export const state = { colours: new Map(), chosen: new Set(), focus: "" };
const FAINT = "0.22";
const TINT = 0.3; // of the accent, over the fill of what is judged

export const paths = (gd) => gd.querySelectorAll(PATHS);
const ubigeoOf = (path) => path.__data__ && path.__data__.loc;

// Of several maps side by side each has districts of its own that are judged.
const judgedOn = (path) => path.parentNode.__data__?.[0]?.trace?.meta?.judged || [];

function fill(path, u, accent) {
  const [chosen, colour] = [state.chosen.has(u) || judgedOn(path).includes(u), state.colours.get(u)];
  path.style.fill = colour ? (chosen ? tinted(colour, accent, TINT) : colour) : `url(#no-data${chosen ? "-judged" : ""})`;
  path.classList.toggle("in-candidate", chosen);
}

export function apply(gd) {
  const accent = token("accent");
  for (const path of paths(gd)) {
    const u = ubigeoOf(path);
    fill(path, u, accent);
    path.style.fillOpacity = u && u.startsWith(state.focus) ? "" : FAINT;
  }
}

export function mark(gd, u) {
  if (!u) return;
  state.chosen.delete(u) || state.chosen.add(u);
  for (const path of paths(gd)) if (ubigeoOf(path) === u) fill(path, u, token("accent"));
}

// Put lines on the path of a trace at once, as plotly would draw them; plotly learns of them afterwards.
export function line(gd, name, { lon, lat }) {
  const trace = gd.data.find((t) => t.name === name);
  const path = [...gd.querySelectorAll(LINES)].find((p) => p.__data__ && p.__data__.trace.name === name);
  if (!trace || !path) return false;
  Object.assign(trace, { lon, lat });
  path.__data__.geojson = { type: "MultiLineString", coordinates: parts(lon, lat) };
  path.setAttribute("d", gd._fullLayout.geo._subplot.projection.getPath()(path.__data__.geojson) || "M0,0");
  return true;
}

function parts(lon, lat) {
  const lines = [[]];
  lon.forEach((x, i) => (x === null ? lines.push([]) : lines.at(-1).push([x, lat[i]])));
  return lines.filter((l) => l.length > 1);
}

export function colour(values, bounds, k) {
  const scale = classColours(k, bounds.length);
  state.colours = new Map();
  facts.ubigeos.forEach((u, i) => {
    const n = classOf(values[i], bounds);
    if (n >= 0) state.colours.set(u, scale[n]);
  });
}
