// The map on the page: first drawing, changes of fill, overlays, candidate and view.
import { nextFrame } from "../core/dom.js";
import { facts, isReady, limits } from "../core/facts.js";
import { later } from "../core/later.js";
import * as Drafts from "../model/drafts.js";
import * as Geometry from "../model/geometry.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";
import * as Current from "./current.js";
import * as Hover from "./hover.js";
import * as Layers from "./layers.js";
import * as Paint from "./paint.js";
import * as Pointer from "./pointer.js";
import { published, ready } from "./published.js";
import * as Record from "./record.js";
import * as ScaleBar from "./scale_bar.js";

// Plotly clips what it draws to a base box. This one is far wider than the territory and has the
// frame's own proportions, so that its edge never comes into sight.
const BASE = { middle: -75, south: -32, north: 22 };
const MARGIN = 0.92;
// the tools lie over the top of the map: what is fitted goes below them
const TOOLS_PX = 48;

const template = later(() => published("map"));

const baseHeight = () => Geometry.mercator(BASE.north) - Geometry.mercator(BASE.south);
const baseScale = (height) => height / baseHeight();

function baseAxes(width, height) {
  const half = Math.min(179, (((baseHeight() * width) / height / 2) * 180) / Math.PI);
  return { lonaxis: { range: [BASE.middle - half, BASE.middle + half] }, lataxis: { range: [BASE.south, BASE.north] } };
}

// Centre and scale that show a box [west, south, east, north] in a frame of pixels, leaving its top free.
function aim(box, width, height, top = 0) {
  const { mercator, inverse, radians } = Geometry;
  const [west, south, east, north] = box;
  const [low, high] = [mercator(south), mercator(north)];
  const k = MARGIN * Math.min(width / Math.max(radians(east - west), 1e-4), (height - top) / Math.max(high - low, 1e-4));
  return {
    center: { lon: (west + east) / 2, lat: inverse((low + high) / 2 + top / 2 / k) },
    scale: k / baseScale(height),
  };
}

function room() {
  const box = document.getElementById(Current.GRAPH).getBoundingClientRect();
  return [Math.max(box.width, 100), Math.max(box.height, 100)];
}

export const homeBox = (view) => Geometry.bounds(
  facts.ubigeos.filter((u) => !view.department || u.startsWith(view.department)));

// Pixels of the frame as plotly projects them now.
export function screen() {
  const gd = Current.frame();
  if (!Current.drawn(gd)) return null;
  const { projection } = gd._fullLayout.geo._subplot;
  const [width, height] = room();
  const pixel = (p) => projection(p) || [-1e4, -1e4];
  return { width, height, pixel, widthOf: widthBy(pixel), shift: shiftBy(pixel, (p) => projection.invert(p)) };
}

// The same for a frame that is not drawn yet: plain mercator around a centre.
function screenOf({ center, scale }, width, height) {
  const { mercator, inverse, radians } = Geometry;
  const k = scale * baseScale(height);
  const middle = mercator(center.lat);
  const pixel = ([lon, lat]) => [width / 2 + k * radians(lon - center.lon), height / 2 - k * (mercator(lat) - middle)];
  const place = ([x, y]) => [center.lon + ((x - width / 2) / k) * (180 / Math.PI), inverse(middle - (y - height / 2) / k)];
  return { width, height, pixel, widthOf: widthBy(pixel), shift: shiftBy(pixel, place) };
}

const widthBy = (pixel) => (box) => Math.abs(pixel([box[2], box[1]])[0] - pixel([box[0], box[1]])[0]);

const shiftBy = (pixel, place) => (p, dx, dy) => {
  if (!dx && !dy) return p;
  const [x, y] = pixel(p);
  return place([x + dx, y + dy]) || p;
};

// ---- first drawing

export async function figure(view, drafts) {
  const [made] = await Promise.all([template(), ready()]);
  const [width, height] = room();
  Current.last.size = [width, height].join();
  const target = aim(homeBox(view), width, height, TOOLS_PX);
  const result = structuredClone(made);
  result.layout.geo.center = target.center;
  result.layout.geo.projection.scale = target.scale;
  Object.assign(result.layout.geo, baseAxes(width, height));
  const trace = result.data.find((t) => t.name === "limits");
  trace.geojson = limits;
  trace.locations = limits.features.filter((f) => f.geometry).map((f) => f.id);
  trace.z = trace.locations.map(() => 1);
  const updates = everything(result.data, view, drafts, screenOf(target, width, height));
  Current.last.scale = [target.scale, target.center.lon, target.center.lat].join();
  for (const each of result.data) Object.entries(updates[each.name] || {}).forEach(([path, value]) => set(each, path, value));
  return result;
}

function set(target, path, value) {
  const steps = path.split(".");
  const leaf = steps.pop();
  const owner = steps.reduce((o, s) => (o[s] = o[s] || {}), target);
  owner[leaf] = value;
}

const overlayTraces = (gd, key) => gd.data.map((t, i) => [t, i]).filter(([t]) => t.meta && t.meta.overlay === key);

function everything(traces, view, drafts, at) {
  const updates = { ...Layers.drawing(drafts), ...Layers.names(view, drafts, at) };
  for (const key of view.overlays) {
    const made = Layers.updates(key, view, at);
    for (const { name, meta } of traces) {
      if (meta.overlay === key) updates[name] = { ...updates[name], ...made[name], visible: true };
    }
  }
  return updates;
}

// ---- changes

// One restyle for any number of traces: plotly redraws once.
function restyle(updates) {
  const gd = Current.frame();
  if (!Current.drawn(gd)) return;
  const named = gd.data.map((t, i) => [t.name, i]).filter(([name]) => updates[name]);
  const paths = new Set(named.flatMap(([name]) => Object.keys(updates[name])));
  if (!named.length || !paths.size) return;
  const change = {};
  for (const path of paths) {
    change[path] = named.map(([name, i]) => path in updates[name] ? updates[name][path] : get(gd.data[i], path));
  }
  window.Plotly.restyle(gd, change, named.map(([, i]) => i));
}

const get = (target, path) => path.split(".").reduce((o, s) => (o === undefined ? o : o[s]), target);

const outlined = (drafts) => JSON.stringify([drafts.active, drafts.candidates.map((c) => [c.name, c.ubigeos])]);

// Bring the map in line with a state at once, or say that there is none yet. What is in line
// already is left alone, so it may be called by whoever learns of a change first.
export function show(view, drafts, cut) {
  const before = Current.last.drafts;
  const recoloured = !Current.last.view || !view || cutKey(Current.last.view) !== cutKey(view) || Current.last.department !== view.department;
  Object.assign(Current.last, { view, drafts, cut: cut || Current.last.cut });
  if (!view || !drafts || !isReady()) return false;
  paintFill(view, Current.last.cut);
  const shown = Drafts.shown(drafts);
  Paint.state.chosen = new Set(shown ? shown.ubigeos : []);
  const gd = Current.frame();
  if (!Current.drawn(gd)) return false;
  Paint.apply(gd);
  if (Current.last.department !== view.department) goTo(homeBox(view), 0);
  Current.last.department = view.department;
  follow(view, drafts, before, recoloured);
  return true;
}

// Bring overlays, outlines and labels in line with the state, in one restyle of what differs.
function follow(view, drafts, before, recoloured) {
  const updates = {};
  const gd = Current.frame();
  const at = screen();
  for (const key of Layers.keys()) {
    const now = view.overlays.includes(key) ? Layers.stamp(key, view) : undefined;
    if (Current.last.overlays.get(key) === now) continue;
    now === undefined ? Current.last.overlays.delete(key) : Current.last.overlays.set(key, now);
    const made = now === undefined ? {} : Layers.updates(key, view, at);
    for (const [trace] of overlayTraces(gd, key)) {
      updates[trace.name] = now === undefined ? { visible: false } : { ...made[trace.name], visible: true };
    }
  }
  const renewed = Current.last.print !== Proposals.print();
  Current.last.print = Proposals.print();
  if (renewed) Record.legend();
  const moved = guessed || renewed || (before !== drafts && (!before || outlined(before) !== outlined(drafts)));
  guessed = false;
  if (moved) {
    const drawing = Layers.drawing(drafts);
    const lines = Object.keys(drawing).filter((name) => /lines|casing/.test(name));
    const isDrawn = lines.map((name) => Paint.line(gd, name, drawing[name])).every(Boolean);
    owe(drawing);
    owe(Layers.names(view, drafts, at));
    if (isDrawn && !Object.keys(updates).length) return void payLater();
  }
  if (!moved && !Object.keys(updates).length) return;
  owe(updates);
  owe(Layers.names(view, drafts, at));
  // a change of colour or outline is on screen before plotly starts to redraw
  recoloured || moved ? nextFrame().then(pay) : pay();
}

// Show at once what a click will do; the edit that follows confirms or corrects it.
let guessed = false;
function guess(u) {
  const gd = Current.frame();
  Paint.mark(gd, u);
  const line = Geometry.outline([...Paint.state.chosen]);
  ["candidate.casing", "candidate.lines"].forEach((name) => Paint.line(gd, name, line));
  guessed = true;
}

// What plotly has still to be told. Outlines are on screen by then, so several clicks in a row
// cost one redraw, after the last of them.
let owed = {};
const owe = (updates) => {
  for (const [name, update] of Object.entries(updates)) owed[name] = { ...owed[name], ...update };
};
function pay() {
  const updates = owed;
  owed = {};
  restyle(updates);
}
const payLater = debounced(pay, 250);

function paintFill(view, cut) {
  const series = Series.about(view);
  const bounds = boundsFor(view, cut);
  if (!series || !bounds) return false;
  Paint.colour(Series.values(view), bounds, view.count);
  Paint.state.focus = view.department;
  return true;
}

// Class bounds come with the facts where they could be worked out beforehand, else from the server.
export function boundsFor(view, cut) {
  const { classes } = facts.series[view.fill] || {};
  const known = classes && classes[view.method];
  if (known) return known[view.count];
  return cut && cut.key === cutKey(view) ? cut.bounds : null;
}

export function cutKey(view) {
  const parts = [view.fill, view.method, view.count];
  if (view.fill === "emergencies_per_10000") parts.push(...view.hazardPeriod, view.hazard || "");
  if (view.fill === "conflict_cases") parts.push(...view.conflictPeriod);
  return parts.join("/");
}

// The districts a rule names, marked until the next edit and shown with their surroundings.
export function showFault(ubigeos) {
  const line = Geometry.outline(ubigeos);
  pay();
  restyle({ "fault.casing": line, "fault.lines": line });
  goTo(Geometry.bounds(ubigeos), 0.6);
}

export function goTo(box, share = 0.12) {
  const gd = Current.frame();
  if (!Current.drawn(gd) || !box) return;
  const [width, height] = room();
  const { center, scale } = aim(padded(box, share), width, height, TOOLS_PX);
  window.Plotly.relayout(gd, { "geo.center": center, "geo.projection.scale": scale, "geo.projection.rotation.lon": 0 });
}

// A single small district is shown with its surroundings.
function padded([west, south, east, north], share) {
  const pad = Math.max((east - west) * share, (north - south) * share, 0.06);
  return [west - pad, south - pad, east + pad, north + pad];
}

export function forgetSelection() {
  if (Current.drawn(Current.frame())) window.Plotly.relayout(Current.frame(), { selections: [] });
}

export function zoom(factor) {
  const gd = Current.frame();
  if (Current.drawn(gd)) window.Plotly.relayout(gd, { "geo.projection.scale": gd._fullLayout.geo.projection.scale * factor });
}

// After any change of view: labels, marks set in pixels, scale bar.
const settle = debounced(() => {
  const at = screen();
  if (!at || !Current.last.view) return;
  pay();
  restyle(Layers.moved(Current.last.view, Current.last.drafts, at));
  ScaleBar.show(at);
}, 90);

function debounced(work, pause) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(work, pause);
  };
}

function scaleOf(gd) {
  const { center, projection } = gd._fullLayout.geo;
  return [projection.scale, center.lon, center.lat].join();
}

// A frame of another shape needs a base box of another shape; the place in sight stays.
function reframe(gd) {
  Current.last.size = room().join();
  const { lonaxis, lataxis } = baseAxes(...room());
  window.Plotly.relayout(gd, { "geo.lonaxis.range": lonaxis.range, "geo.lataxis.range": lataxis.range });
}

export function hook() {
  const gd = Current.frame();
  if (!gd || !gd.on || !Current.drawn(gd) || !Paint.paths(gd).length) return void requestAnimationFrame(hook);
  if (gd.dataset.hooked) return;
  gd.dataset.hooked = "yes";
  const after = () => {
    Paint.apply(gd);
    if (room().join() !== Current.last.size) reframe(gd);
    const scale = scaleOf(gd);
    if (scale !== Current.last.scale) {
      Current.last.scale = scale;
      settle();
    }
  };
  gd.on("plotly_afterplot", after);
  gd.on("plotly_relayout", after);
  Pointer.attach(gd, guess);
  Hover.attach(gd);
  after();
  ScaleBar.show(screen());
  window.performance.mark("map-usable");
  document.getElementById(Current.GRAPH).dataset.ready = "yes";
  usable();
  // what changed while plotly drew
  show(Current.last.view, Current.last.drafts);
}

let usable;
export const begun = new Promise((resolve) => (usable = resolve));
