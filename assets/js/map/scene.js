// The map on the page: first drawing, changes of fill, overlays, candidate and view.
import { facts, isReady } from "../core/facts.js";
import { token } from "../core/tokens.js";
import * as Classes from "../model/classes.js";
import * as Drafts from "../model/drafts.js";
import * as Geometry from "../model/geometry.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";
import * as Acting from "./acting.js";
import * as Backdrop from "./backdrop.js";
import * as Current from "./current.js";
import * as Drawing from "./drawing.js";
import * as Engine from "./engine.js";
import * as Hover from "./hover.js";
import * as Layers from "./layers.js";
import * as Plane from "./plane.js";
import * as Record from "./record.js";
import * as Rivers from "./rivers.js";
import * as Surroundings from "./surroundings.js";

const NARROW = 600; // pixels
const POINTED = "pointed.lines";

// The tools lie over the top of the map, in as many rows as it has room for, and where it is narrow its foot over what
// is fitted: that goes between them.
function around() {
  const frame = Current.engine().node.getBoundingClientRect();
  const narrow = frame.width < NARROW;
  // what a tool says of itself is one line below them, which would hide much of a small map
  const [tools, foot] = [document.querySelector(narrow ? ".tools" : ".tools .tool-row"), document.querySelector(".map-foot")];
  return {
    top: tools ? Math.max(0, tools.getBoundingClientRect().bottom - frame.top) + 2 : 0,
    bottom: foot && narrow ? Math.max(0, frame.bottom - foot.getBoundingClientRect().top) : 0,
  };
}

export const homeBox = (view) => Geometry.bounds(
  facts.ubigeos.filter((u) => !view.department || u.startsWith(view.department)));

// ---- first drawing

/** Draw the map into its place for the first time; what changed meanwhile follows. */
export function begin(host, view, drafts) {
  if (Current.engine()) Current.engine().end();
  const map = Current.take(Engine.begin(host));
  Drawing.layLand(map);
  Surroundings.lay(map);
  Rivers.lay(map);
  Layers.begin(map);
  Drawing.lines(map, POINTED, { colour: token("accent"), width: 4.5, dash: "", casing: 2.2 });
  Object.assign(Current.last, { overlays: new Map(), department: view.department, print: Proposals.print() });
  map.onSettled(() => Current.last.view && Current.last.drafts && Layers.settle(map, Current.last.view, Current.last.drafts));
  Drawing.makeRoom(map);
  map.fit(homeBox(view), { around });
  Current.last.view = null;
  show(view, drafts);
  Acting.attach(map, guess);
  Hover.attach(map, { card: Hover.cardOf(map, host.dataset.card), view: () => Current.last.view });
  window.performance.mark("map-usable");
  host.dataset.ready = "yes";
  usable();
}

/** Whether the map stands in a place already. */
export const standsIn = (host) => Boolean(Current.engine() && Current.engine().node.parentElement === host);

/** Take the map along to the place that it has on the screen. */
export function moveTo(host) {
  const map = Current.engine();
  host.append(map.node);
  Engine.call(map.node, host);
  Drawing.makeRoom(map);
  host.dataset.ready = "yes";
}

let usable;
export const begun = new Promise((resolve) => (usable = resolve));

// ---- changes

const outlined = (drafts) => JSON.stringify([drafts.active, drafts.candidates.map((c) => [c.name, c.ubigeos])]);
const chosenIn = (drafts) => (Drafts.shown(drafts) || { ubigeos: [] }).ubigeos;

// Bring the map in line with a state at once, or say that there is none yet. What is in line
// already is left alone, so it may be called by whoever learns of a change first.
export function show(view, drafts, cut) {
  const before = { ...Current.last };
  Object.assign(Current.last, { view, drafts, cut: cut || Current.last.cut });
  const map = Current.engine();
  if (!view || !drafts || !isReady() || !map) return false;
  const bounds = boundsFor(view, Current.last.cut);
  const fresh = !before.view || cutKey(before.view) !== cutKey(view) || before.department !== view.department || bounds !== painted;
  if (fresh && bounds) {
    Drawing.paint(map, coloursOf(view, bounds), chosenIn(drafts), view.department);
    painted = bounds;
  } else Drawing.choose(map, chosenIn(drafts));
  if (before.department !== view.department) goTo(homeBox(view), 0);
  Current.last.department = view.department;
  Backdrop.lay(map, view.backdrop);
  const drawn = follow(map, view);
  const renewed = before.print !== Proposals.print();
  Current.last.print = Proposals.print();
  if (renewed) Record.legend();
  const moved = guessed || renewed || !before.view || (before.drafts !== drafts && (!before.drafts || outlined(before.drafts) !== outlined(drafts)));
  guessed = false;
  if (moved) Layers.outline(map, drafts);
  // names come a frame after what was asked for
  if (moved || drawn) map.settle();
  return true;
}

let painted = null;

/** The colour of each district that has a value. */
export function coloursOf(view, bounds) {
  const scale = Classes.classColours(view.count, bounds.length);
  const values = Series.values(view);
  const colours = new Map();
  facts.ubigeos.forEach((u, i) => {
    const n = Classes.classOf(values[i], bounds);
    if (n >= 0) colours.set(u, scale[n]);
  });
  return colours;
}

// Overlays that are switched, or follow what has changed.
function follow(map, view) {
  let drawn = false;
  for (const key of Layers.keys()) {
    const now = view.overlays.includes(key) ? Layers.stamp(key, view) : undefined;
    if (Current.last.overlays.get(key) === now) continue;
    now === undefined ? Current.last.overlays.delete(key) : Current.last.overlays.set(key, now);
    now === undefined ? Layers.hide(map, key) : Layers.show(map, key, view);
    drawn = true;
  }
  return drawn;
}

// Show at once what a click will do; the edit that follows confirms or corrects it.
let guessed = false;
function guess(u) {
  const map = Current.engine();
  const chosen = new Set(map.chosen);
  chosen.delete(u) || chosen.add(u);
  Drawing.choose(map, chosen);
  Drawing.draw(map, "candidate.lines", Plane.border(chosen));
  guessed = true;
}

// Class bounds come with the facts where they could be worked out beforehand; those of a period are cut here, and natural
// breaks come from the server.
export function boundsFor(view, cut) {
  const { classes } = facts.series[view.fill] || {};
  const known = classes && classes[view.method];
  if (known) return known[view.count];
  const own = facts.series[view.fill] && Classes.cut(Series.values(view), view.method, view.count, facts.series[view.fill].decimals);
  if (own) return own;
  return cut && cut.key === cutKey(view) ? cut.bounds : null;
}

/** The view with another fill: of an indicator the latest of its years. @param {string} fill @param {View} view */
export function filledBy(fill, view) {
  const keys = Object.keys(facts.series);
  return { ...view, fill: keys.includes(fill) ? fill : keys.find((key) => key.startsWith(`${fill}.`)) || view.fill };
}

export function cutKey(view) {
  const parts = [view.fill, view.method, view.count];
  if (view.fill === "emergencies_per_10000") parts.push(...view.hazardPeriod, view.hazard || "");
  if (view.fill === "conflict_cases") parts.push(...view.conflictPeriod);
  return parts.join("/");
}

// ---- moving

// The districts a rule names, marked until the next edit and shown with their surroundings.
export function showFault(ubigeos) {
  const map = Current.engine();
  if (!map) return;
  Drawing.draw(map, "fault.lines", Plane.border(ubigeos));
  goTo(Geometry.bounds(ubigeos), 0.6);
}

/** Show where a group lies, of districts or of what is wider, as long as it is pointed at beside the map. @param {string[]} codes */
export function point(codes) {
  const map = Current.engine();
  if (map) Drawing.draw(map, POINTED, codes.length ? Plane.border(Layers.districtsOf(codes)) : "");
}

export function goTo(box, share = 0.12) {
  const map = Current.engine();
  if (map && box) map.fit(box, { share, around });
}

export function zoom(factor) {
  const map = Current.engine();
  if (map) map.zoomBy(factor);
}

/** Pixels of the frame as it stands now. */
export const screen = () => Current.engine() && Current.engine().screen();
