// The map of a plan: limits, the clusters of each phase with their own outline and number, what comes and goes.
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { facts, limits, place, shapes } from "../core/facts.js";
import { say } from "../core/words.js";
import { token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Identity from "../model/identity.js";
import { number } from "../model/numbers.js";
import * as Series from "../model/series.js";
import * as Current from "./current.js";
import * as Layers from "./layers.js";
import * as Paint from "./paint.js";

const EMPTY = { lon: [null], lat: [null] };
const MARGIN = 0.94;
const STILL_PX = 5;
// phases differ by pattern and by the shape of their number, not by colour
const PHASES = [
  { phase: 1, dash: "solid", symbol: "circle" },
  { phase: 2, dash: "9px,4px", symbol: "square" },
  { phase: 3, dash: "2px,4px", symbol: "diamond" },
];
const inks = () => ({
  district: token("map-district"), province: token("map-province"), department: token("map-ink"), own: token("accent"), gone: token("fail"),
  casing: token("map-casing"), beside: token("map-beside"), unknown: token("map-no-data"),
});

export const state = { gd: null, plan: null, former: null, picked: null, home: null, cardId: null, pickedId: null, byDistrict: new Map(), goneBy: new Map(), labels: new Map() };

const room = () => {
  const box = state.node.closest(".plan-map-room").getBoundingClientRect();
  return [Math.max(box.width, 120), Math.max(box.height, 120)];
};

// Pixels a radian at which a box fits, with its middle.
/** @param {number[]} box @param {number[]} size */
function fit([west, south, east, north], [width, height]) {
  const { mercator, inverse, radians } = Geometry;
  const [low, high] = [mercator(south), mercator(north)];
  const k = MARGIN * Math.min(width / Math.max(radians(east - west), 1e-4), height / Math.max(high - low, 1e-4));
  return { k, center: { lon: (west + east) / 2, lat: inverse((low + high) / 2) } };
}

// Plotly clips to a box and fits it into its frame: this one has the frame's own shape.
function base(size) {
  const { mercator, inverse } = Geometry;
  const { k, center } = fit(Geometry.bounds(facts.ubigeos), size);
  const half = (size[0] / 2 / k) * (180 / Math.PI);
  const [middle, rise] = [mercator(center.lat), size[1] / 2 / k];
  return { k, center, lon: [center.lon - half, center.lon + half], lat: [inverse(middle - rise), inverse(middle + rise)] };
}

const line = (name, style) => ({ type: "scattergeo", mode: "lines", name, ...EMPTY, line: style, hoverinfo: "skip", showlegend: false });

const marks = (name, marker, font) => ({
  type: "scattergeo", mode: "markers+text", name, ...EMPTY, text: [], marker, textfont: font, hoverinfo: "skip", showlegend: false,
});

function traces() {
  const { features } = limits;
  const drawn = features.filter((f) => f.geometry).map((f) => f.id);
  const ink = inks();
  const number = { size: 11, color: ink.casing, weight: 700 };
  return [
    {
      type: "choropleth", name: "limits", geojson: limits, locations: drawn, z: drawn.map(() => 1), showscale: false,
      colorscale: [[0, ink.unknown], [1, ink.unknown]], marker: { line: { color: ink.district, width: 0.5 } }, hoverinfo: "none",
    },
    { ...line("provinces", { color: ink.province, width: 0.9 }), ...Layers.borders("provinces") },
    { ...line("departments.casing", { color: ink.casing, width: 3.6 }), ...Layers.borders("departments") },
    { ...line("departments", { color: ink.department, width: 1.8 }), ...Layers.borders("departments") },
    line("gone.casing", { color: ink.casing, width: 5 }),
    line("gone", { color: ink.gone, width: 2.4, dash: "1px,3px" }),
    ...PHASES.flatMap(({ phase, dash }) => [
      line(`phase-${phase}.casing`, { color: ink.casing, width: 6 }),
      line(`phase-${phase}`, { color: ink.own, width: 3, dash }),
    ]),
    line("picked.casing", { color: ink.casing, width: 9 }),
    line("picked", { color: ink.department, width: 4.5 }),
    { ...marks("districts", { size: 0.1, opacity: 0 }, { size: 11, color: ink.department }), mode: "text", textposition: "middle center" },
    marks("gone.marks", { symbol: "x", size: 12, color: ink.gone, line: { color: ink.casing, width: 1.5 } }, number),
    ...PHASES.map(({ phase, symbol }) => marks(
      `phase-${phase}.marks`, { symbol, size: symbol === "diamond" ? 25 : 21, color: ink.own, line: { color: ink.casing, width: 2 } }, number)),
  ];
}

function figure() {
  const size = room();
  const { k, center, lon, lat } = base(size);
  state.home = { k, center };
  state.size = size.join();
  return {
    data: traces(),
    layout: {
      width: size[0], height: size[1], margin: { l: 0, r: 0, t: 0, b: 0 }, paper_bgcolor: token("map-beside"), dragmode: "pan",
      hovermode: "closest", showlegend: false, uirevision: "keep",
      geo: {
        visible: false, bgcolor: token("map-beside"), fitbounds: false, projection: { type: "mercator", scale: 1 }, center,
        lonaxis: { range: lon }, lataxis: { range: lat },
      },
    },
  };
}

// ---- what is drawn of a plan

const join = (groups) => (groups.length ? Geometry.join(groups.map((g) => Geometry.outline(g))) : EMPTY);

const spread = (points, text) => (points.length
  ? { lon: points.map((p) => p[0]), lat: points.map((p) => p[1]), text } : { ...EMPTY, text: [] });

function updates() {
  const { plan, former } = state;
  const own = plan ? plan.clusters : [];
  const codes = new Set(own.map((c) => c.code));
  const before = new Set(former ? former.clusters.map((c) => c.code) : []);
  const gone = former ? former.clusters.filter((c) => !codes.has(c.code)) : [];
  state.byDistrict = new Map(own.flatMap((c) => c.ubigeos.map((u) => [u, c])));
  state.goneBy = new Map(gone.flatMap((c) => c.ubigeos.map((u) => [u, c])));
  const labels = state.labels = places([...own, ...gone]);
  const made = {};
  for (const { phase } of PHASES) {
    const mine = own.filter((c) => c.phase === phase);
    made[`phase-${phase}.casing`] = made[`phase-${phase}`] = join(mine.map((c) => c.ubigeos));
    const sign = (c) => `${former && !before.has(c.code) ? "+" : ""}${Identity.ofCluster(c).sign}`;
    made[`phase-${phase}.marks`] = spread(mine.map((c) => labels.get(c)), mine.map(sign));
  }
  made["gone.casing"] = made.gone = join(gone.map((c) => c.ubigeos));
  made["gone.marks"] = spread(gone.map((c) => labels.get(c)), gone.map(() => ""));
  return made;
}

// A number stands in one of the districts of its cluster, away from the others where it can.
function places(clusters) {
  const taken = [];
  const found = new Map();
  const away = ([x, y]) => Math.min(...taken.map(([a, b]) => Math.hypot(x - a, y - b)), Infinity);
  for (const cluster of clusters) {
    const middle = Layers.labelPoint(cluster.ubigeos);
    const spots = [middle, ...cluster.ubigeos.map((u) => facts.anchors[facts.index.get(u)]).filter(Boolean)];
    const clear = 24 / (((state.home || { k: 1 }).k * Math.PI) / 180);
    const spot = spots.find((p) => away(p) > clear) || spots.sort((a, b) => away(b) - away(a))[0];
    taken.push(spot);
    found.set(cluster, spot);
  }
  return found;
}

function restyle(made) {
  const { gd } = state;
  if (!gd || !Current.drawn(gd)) return;
  const named = gd.data.map((t, i) => [t.name, i]).filter(([name]) => made[name]);
  const value = (name, i, key) => made[name][key] ?? gd.data[i][key];
  window.Plotly.restyle(gd, Object.fromEntries(["lon", "lat", "text"].map((key) =>
    [key, named.map(([name, i]) => value(name, i, key))])), named.map(([, i]) => i));
}

export function show(plan, former) {
  Object.assign(state, { plan, former });
  restyle(updates());
  showPicked(state.picked);
}

const groupOf = (picked) => {
  if (!picked) return [];
  const cluster = clusterOf(picked.code);
  return cluster ? cluster.ubigeos : picked.u ? [picked.u] : [];
};

export const clusterOf = (code) => code && [...state.byDistrict.values(), ...state.goneBy.values()].find((c) => c.code === code);

export function showPicked(picked) {
  state.picked = picked;
  const group = groupOf(picked);
  const outline = group.length ? Geometry.outline(group) : EMPTY;
  const named = group.filter((u) => anchor(u) && wide(u) > place.district(u).length * 5 + 30);
  restyle({
    "picked.casing": outline, picked: outline,
    districts: spread(named.map(anchor), named.map((u) => (badged(u) ? `<br>${place.district(u)}` : place.district(u)))),
  });
}

const anchor = (u) => facts.anchors[facts.index.get(u)];

// A name stands below the number that takes its place.
const badged = (u) => [...state.labels.values()].some((p) => p === anchor(u));

function wide(u) {
  const box = shapes.boxes.get(u);
  if (!box || !state.gd) return 0;
  return Geometry.radians(box[2] - box[0]) * state.home.k * state.gd._fullLayout.geo.projection.scale;
}

// ---- moving

export function goTo(ubigeos) {
  const box = Geometry.bounds(ubigeos);
  if (!box || !Current.drawn(state.gd)) return;
  const pad = Math.max(box[2] - box[0], box[3] - box[1]) * 0.35 + 0.05;
  const { k, center } = fit([box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad], room());
  window.Plotly.relayout(state.gd, { "geo.center": center, "geo.projection.scale": k / state.home.k, "geo.projection.rotation.lon": 0 });
}

export function zoom(factor) {
  const { gd } = state;
  if (!Current.drawn(gd)) return;
  window.Plotly.relayout(gd, { "geo.projection.scale": gd._fullLayout.geo.projection.scale * factor });
}

export function home() {
  if (!Current.drawn(state.gd)) return;
  window.Plotly.relayout(state.gd, { "geo.center": state.home.center, "geo.projection.scale": 1, "geo.projection.rotation.lon": 0 });
}

// ---- pointing and clicking

function districtAt(event) {
  const box = state.gd.getBoundingClientRect();
  const place = state.gd._fullLayout.geo._subplot.projection.invert([event.clientX - box.left, event.clientY - box.top]);
  return place && Geometry.districtAt(place);
}

function listen(gd) {
  let press = null;
  gd.addEventListener("pointerdown", (event) => (press = { x: event.clientX, y: event.clientY }), true);
  gd.addEventListener("pointerup", (event) => {
    const still = press && Math.hypot(event.clientX - press.x, event.clientY - press.y) <= STILL_PX;
    press = null;
    if (!still || event.button) return;
    const u = districtAt(event);
    const cluster = u && (state.byDistrict.get(u) || state.goneBy.get(u));
    window.dash_clientside.set_props(state.pickedId, { data: u ? { u, code: cluster ? cluster.code : null } : null });
  }, true);
  gd.addEventListener("pointermove", (event) => point(event), true);
  gd.addEventListener("pointerleave", () => (document.getElementById(state.cardId).hidden = true));
}

function point(event) {
  const card = document.getElementById(state.cardId);
  const u = !event.buttons && Current.drawn(state.gd) && districtAt(event);
  card.hidden = !u;
  if (!u) return;
  if (card.dataset.of !== u) Dom.render(card, cardOf(u));
  card.dataset.of = u;
  const frame = card.parentElement.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const { offsetWidth: w, offsetHeight: h } = card;
  card.style.left = `${x + 16 + w > frame.width ? Math.max(0, x - w - 12) : x + 16}px`;
  card.style.top = `${Math.max(0, Math.min(y + 12, frame.height - h - 4))}px`;
}

function cardOf(u) {
  const div = (className, text) => html("Div", { className }, text);
  const cluster = state.byDistrict.get(u);
  const parts = [div("hover-name", place.district(u)), div("hover-where", `${place.province(u)}, ${place.department(u)}`)];
  if (cluster) {
    parts.push(
      div("hover-name plan-card-cluster", say("plan.card", { name: Identity.title(Identity.ofCluster(cluster)), phase: cluster.phase })),
      div("", cluster.ubigeos.map(place.district).join(", ")),
      div("", say("plan.card_people", { people: number(cluster.affected, 0), score: number(cluster.score, 1) })),
      div("", say("plan.card_counts", { slots: cluster.slots, district: cluster.district })));
  } else parts.push(div("hover-where", say(state.goneBy.has(u) ? "plan.only_a" : "plan.none_here")));
  const { view } = state;
  if (view) {
    const about = Series.about(view);
    const value = Series.values(view)[facts.index.get(u)];
    const written = number(value, about.decimals);
    const unit = value === null || value === undefined ? "" : ` ${Series.unit(about, written)}`;
    parts.push(div("hover-label", Series.label(view.fill)), div("hover-value", [html("B", {}, written), unit]),
      div("hover-source", `${about.source} · ${about.year}`));
  }
  return parts;
}

// ---- colours

// Plotly forgets the fill whenever it draws anew.
export function paint(view, bounds) {
  Object.assign(Paint.state, { chosen: new Set(), focus: "" });
  if (bounds) Paint.colour(Series.values(view), bounds, view.count);
  else Paint.state.colours = new Map();
  state.view = view;
  const card = document.getElementById(state.cardId);
  if (card) card.dataset.of = "";
  if (Current.drawn(state.gd)) Paint.apply(state.gd);
}

// The component puts another element in the place of the first once its script has come.
function hook(id) {
  const node = document.getElementById(id);
  if (!node) return;
  const gd = /** @type {PlotlyFrame} */ (node.querySelector(".js-plotly-plot"));
  if (!gd || !gd.on || !Current.drawn(gd) || !Paint.paths(gd).length) {
    return void requestAnimationFrame(() => hook(id));
  }
  Object.assign(state, { node, gd });
  Paint.apply(gd);
  gd.on("plotly_afterplot", () => Paint.apply(gd));
  gd.on("plotly_relayout", () => { Paint.apply(gd); settle(); });
  listen(gd);
  show(state.plan, state.former);
  node.dataset.ready = "yes";
}

let waiting;
const settle = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => state.picked && showPicked(state.picked), 120);
};

let resizing;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    if (!state.gd || !state.gd.isConnected || room().join() === state.size) return;
    const { layout } = figure();
    window.Plotly.relayout(state.gd, {
      width: layout.width, height: layout.height, "geo.center": layout.geo.center, "geo.projection.scale": 1,
      "geo.lonaxis.range": layout.geo.lonaxis.range, "geo.lataxis.range": layout.geo.lataxis.range,
    });
  }, 150);
});

export function begin(id, cardId, pickedId) {
  Object.assign(state, { node: document.getElementById(id), gd: null, cardId, pickedId, picked: null });
  requestAnimationFrame(() => hook(id));
  return figure();
}
