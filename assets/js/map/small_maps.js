// Small maps side by side, all at one scale: the same kilometres to a pixel.
import { facts, limits, place, shapes } from "../core/facts.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as Comparison from "../model/comparison.js";
import * as Geometry from "../model/geometry.js";
import { number } from "../model/numbers.js";
import * as Series from "../model/series.js";
import * as Layers from "./layers.js";

const EARTH_KM = 6371;
const GAP_PX = 8;
// room around the districts, so that their surroundings are seen
const FULL = 0.84;
const STEPS_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500];

const middle = ([west, south, east, north]) => {
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

// The box of longitudes and latitudes that a frame shows around a point.
export function frameBox(point, perKm, width, height) {
  const { mercator, inverse } = Geometry;
  const radiansPerPx = stretch(point) / (perKm * EARTH_KM);
  const half = ((width / 2) * radiansPerPx * 180) / Math.PI;
  const [y, rise] = [mercator(point.lat), (height / 2) * radiansPerPx];
  return [point.lon - half, inverse(y - rise), point.lon + half, inverse(y + rise)];
}

const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function near(box) {
  const { boxes } = shapes;
  return limits.features.filter((f) => f.geometry && boxes.has(f.id) && meets(boxes.get(f.id), box));
}

function hover(u, view, values) {
  const about = Series.about(view);
  const value = values[facts.index.get(u)];
  return `${place.label(u)}<br>${Series.label(view.fill)}: ${number(value, about.decimals)} (${about.year})`;
}

function outlines(geo, lines, line) {
  return { type: "scattergeo", mode: "lines", geo, ...lines, line, hoverinfo: "skip", showlegend: false };
}

// Names of the districts that have room for theirs.
function names(geo, ubigeos, perKm) {
  const fits = ubigeos.filter((u) => {
    const box = shapes.boxes.get(u);
    const wide = box && (Geometry.radians(box[2] - box[0]) / stretch(middle(box))) * EARTH_KM * perKm;
    return box && facts.anchors[facts.index.get(u)] && wide > place.district(u).length * 5.5;
  });
  const points = fits.map((u) => facts.anchors[facts.index.get(u)]);
  return {
    type: "scattergeo", mode: "text", geo, lon: points.map((p) => p[0]), lat: points.map((p) => p[1]),
    text: fits.map(place.district), textfont: { size: 11, color: token("map-ink") }, hoverinfo: "skip", showlegend: false,
  };
}

function traces(geo, column, box, view, values, perKm) {
  const around = near(box);
  const fill = {
    type: "choropleth", geo, geojson: { type: "FeatureCollection", features: around },
    locations: around.map((f) => f.id), z: around.map(() => 1), showscale: false,
    colorscale: [[0, token("map-no-data")], [1, token("map-no-data")]], marker: { line: { color: token("map-district"), width: 0.6 } },
    hoverinfo: "text", text: around.map((f) => hover(f.id, view, values)), meta: { judged: column.ubigeos },
  };
  const own = Geometry.outline(column.ubigeos);
  return [
    fill,
    outlines(geo, Layers.borders("provinces"), { color: token("map-province"), width: 1.1 }),
    outlines(geo, Layers.borders("departments"), { color: token("map-ink"), width: 2 }),
    outlines(geo, own, { color: token("map-casing"), width: 6 }),
    outlines(geo, own, { color: token("accent"), width: 3 }),
    names(geo, column.ubigeos, perKm),
  ];
}

function subplot(box, domain) {
  return {
    domain: { x: domain, y: [0, 1] }, visible: false, bgcolor: token("map-beside"), fitbounds: false,
    projection: { type: "mercator", scale: 1 }, center: middle(box),
    lonaxis: { range: [box[0], box[2]] }, lataxis: { range: [box[1], box[3]] },
  };
}

function frames(columns, width) {
  const each = width / columns.length;
  return columns.map((_, n) => [(n * each + GAP_PX / 2) / width, ((n + 1) * each - GAP_PX / 2) / width]);
}

function edge([x0, x1], letter, empty) {
  const corner = {
    xref: "paper", yref: "paper", x: x0, y: 1, xanchor: "left", yanchor: "top", showarrow: false,
    text: letter, font: { size: 15, color: token("paper"), weight: "bold" }, bgcolor: token("ink"), borderpad: 4,
  };
  const nothing = {
    xref: "paper", yref: "paper", x: (x0 + x1) / 2, y: 0.5, showarrow: false,
    text: say("compare.no_districts"), font: { size: 13, color: token("muted") },
  };
  return {
    shape: { type: "rect", xref: "paper", yref: "paper", x0, x1, y0: 0, y1: 1, line: { color: token("edge"), width: 1 } },
    annotations: empty ? [corner, nothing] : [corner],
  };
}

// {figure, perKm}: perKm null where no candidate has districts.
export function figure(columns, view, width, height) {
  const boxes = columns.map((c) => Geometry.bounds(c.ubigeos));
  const known = boxes.filter(Boolean);
  const each = width / columns.length - GAP_PX;
  const perKm = known.length ? commonScale(known, each, height) : null;
  const values = Series.values(view);
  const domains = frames(columns, width);
  const layout = {
    width, height, margin: { l: 0, r: 0, t: 0, b: 0 }, paper_bgcolor: token("paper"), dragmode: false, showlegend: false,
    hovermode: "closest", shapes: [], annotations: [],
  };
  const data = [];
  columns.forEach((column, n) => {
    const side = edge(domains[n], Comparison.LETTERS[n], !boxes[n]);
    layout.shapes.push(side.shape);
    layout.annotations.push(...side.annotations);
    if (!boxes[n]) return;
    const geo = n ? `geo${n + 1}` : "geo";
    const box = frameBox(middle(boxes[n]), perKm, each, height);
    layout[geo] = subplot(box, domains[n]);
    data.push(...traces(geo, column, box, view, values, perKm));
  });
  return { figure: { data, layout }, perKm };
}

// The longest round length that stays short on the page.
export function scaleBar(perKm) {
  if (!perKm) return { children: "", style: { display: "none" } };
  const km = STEPS_KM.filter((step) => step * perKm <= 120).at(-1) || STEPS_KM[0];
  return { children: `${number(km)} km`, style: { width: `${km * perKm}px` } };
}
