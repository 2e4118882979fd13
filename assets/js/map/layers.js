// What each overlay draws for a view, on the layers of a map. Looks and figures come with the facts (layers/overlay.py).
import { facts, shapes } from "../core/facts.js";
import { later } from "../core/later.js";
import { token } from "../core/tokens.js";
import { language } from "../core/words.js";
import * as Drafts from "../model/drafts.js";
import * as Geometry from "../model/geometry.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";
import * as Drawing from "./drawing.js";
import * as Names from "./names.js";
import * as Plane from "./plane.js";
import * as Rivers from "./rivers.js";
import * as Surroundings from "./surroundings.js";

// Districts by the code of their province and of their department.
const groups = later(() => {
  const made = new Map();
  for (const u of facts.ubigeos) {
    for (const code of [u.slice(0, 4), u.slice(0, 2)]) made.set(code, [...(made.get(code) || []), u]);
  }
  return made;
});
export const districtsOf = (codes) => codes.flatMap((code) => (code.length === 6 ? [code] : groups().get(code) || []));

const point = (u) => facts.anchors[facts.index.get(u)];
/** @returns {Point} */
const capital = (i) => [facts.lon[i], facts.lat[i]];

function middle(ubigeos) {
  const box = Geometry.bounds(ubigeos);
  return box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : [null, null];
}

// Where the label of a group may stand: in any of its districts, those nearest to its middle first.
export function labelPoints(ubigeos) {
  const [x, y] = middle(ubigeos);
  const away = (p) => (p[0] - x) ** 2 + (p[1] - y) ** 2;
  return ubigeos.map(point).filter(Boolean).sort((a, b) => away(a) - away(b));
}

const labelPoint = (ubigeos) => labelPoints(ubigeos)[0] || null;

const inDepartment = (view, code) => !view.department || code.startsWith(view.department);

// ---- overlays, by what they declare (layers/overlay.py): what they need, their parts, and the rows of each

export const keys = () => Object.keys(facts.overlays);
const overlay = (key) => facts.overlays[key];
const partsOf = (key, kind) => overlay(key).parts.filter((part) => part.kind === kind);
export const needs = (key, need) => overlay(key).needs.includes(need);
const PROPOSALS = "proposals";
const PERIODS = ["conflictPeriod", "hazardPeriod"];

const caseOf = (n) => {
  const { id, place, first, last } = facts.conflicts[n];
  return { id, at: place, first, last };
};

function rowsOf(key, part) {
  const own = overlay(key).rows[part.of];
  if (Array.isArray(own)) return own.map((row) => ("case" in row ? { ...caseOf(row.case), ...row } : row));
  if (part.of !== PROPOSALS) return own || facts[part.of];
  return Proposals.listed().filter((p) => !part.look || p.look === part.look)
    .map((p) => ({ members: p.ubigeos, text: `${p.number}`, proposal: p.id }));
}

// What a drawing follows, in letters: when it is another the overlay is drawn anew.
export const stamp = (key, view) => JSON.stringify([
  overlay(key).needs.map((need) => view[need]),
  overlay(key).parts.some((part) => part.of === PROPOSALS) ? Proposals.print() : null,
]);

const shownIn = (view, key, code) => !needs(key, "department") || inDepartment(view, code);

const shownAt = (view, key, row) => shownIn(view, key, row.at || row.members[0])
  && PERIODS.every((period) => !needs(key, period) || Series.caseWithin(row, view[period]))
  && (!needs(key, "hazard") || !view.hazard || row.hazard === view.hazard);

// ---- the layers of a map, in the order of their heights

const DISTRICT_NAMES = { name: "districts.names", height: 59 };
const DRAFT_NAMES = { name: "drafts.names", height: 63 };

const LINES = ["outlines", "spans"]; // the kinds that are lines

/** Make the layers of a map: those of all overlays, of what is drawn and judged, and of names. */
export function begin(map) {
  const made = [];
  for (const key of keys()) {
    for (const part of overlay(key).parts.filter(({ kind }) => kind !== "courses")) {
      if (KINDS_BESIDE.has(part.kind)) made.push([part.height, () => KINDS_BESIDE.get(part.kind).begin(map, part, key)]);
      else made.push([part.height, LINES.includes(part.kind)
        ? () => Drawing.lines(map, part.layer, part.style, key) : () => Drawing.marks(map, part.layer, key, part.kind === "labels")]);
    }
  }
  for (const [name, look] of Object.entries(facts.drawing)) made.push([look.height, () => Drawing.lines(map, name, look, "drawing")]);
  for (const { name, height } of [DISTRICT_NAMES, DRAFT_NAMES]) made.push([height, () => Drawing.marks(map, name, "names", true)]);
  made.sort((a, b) => a[0] - b[0]).forEach(([, make]) => make());
}

// ---- one function a kind of part: (map, key, part, view)

const borders = new Map(); // lines of what never changes
function borderOf(row) {
  const name = row.members.join();
  if (!borders.has(name)) borders.set(name, Plane.border(districtsOf(row.members)));
  return borders.get(name);
}

function outlines(map, key, part) {
  Drawing.draw(map, part.layer, rowsOf(key, part).map(borderOf).join(""));
}

// A number stands in one of the districts of its group, clear of the others where it can.
export function clearSpots(groups, screen, room) {
  const pixels = groups.map((spots) => spots.map((spot) => screen.pixel(spot)));
  const chosen = []; // place among the spots of each group
  const away = ([x, y], own) => Math.min(...chosen.map((n, i) => {
    const [a, b] = i === own ? [Infinity, 0] : pixels[i][n] || [-1e4, -1e4];
    return Math.hypot(x - a, y - b);
  }), Infinity);
  const farthest = (own) => pixels[own].reduce((found, p, i) => (away(p, own) > away(pixels[own][found], own) ? i : found), 0);
  groups.forEach((_, own) => {
    const free = pixels[own].findIndex((p) => away(p, own) > 2 * room);
    chosen.push(free < 0 ? farthest(own) : free);
  });
  // those that stand already make room for who came after them
  groups.forEach((spots, own) => {
    if (spots.length && away(pixels[own][chosen[own]], own) <= 2 * room) chosen[own] = farthest(own);
  });
  return groups.map((spots, own) => spots[chosen[own]]);
}

function spotOf(row) {
  if (row.members) return labelPoint(row.members);
  return row.at.length === 6 ? capital(facts.index.get(row.at)) : labelPoint(districtsOf([row.at]));
}

// One mark for each place and symbol, with how many rows it stands for; where they stand beside each other or off
// their place, at a distance in pixels.
function marks(map, key, part, view) {
  const found = new Map();
  for (const row of rowsOf(key, part)) {
    if (!shownAt(view, key, row)) continue;
    const name = `${row.proposal || row.at}/${row.symbol}`;
    found.set(name, [...(found.get(name) || []), row]);
  }
  const made = [...found.values()];
  const places = new Map();
  const placeOf = ([first]) => first.proposal || first.at;
  made.forEach((rows) => places.set(placeOf(rows), [...(places.get(placeOf(rows)) || []), rows]));
  const spots = part.of === PROPOSALS
    ? clearSpots(made.map(([row]) => labelPoints(row.members)), map.screen(), part.room) : made.map(([row]) => spotOf(row));
  Drawing.put(map, part.layer, made.flatMap((rows, n) => (spots[n] ? [markOf(part, rows, spots[n], places.get(placeOf(rows)))] : [])));
}

function markOf(part, rows, spot, beside) {
  const [first] = rows;
  const text = part.counted === "all" || (part.counted && rows.length > 1) ? `${rows.length}` : first.text || "";
  const { style } = part;
  const node = Drawing.symbol({
    symbol: first.symbol || part.symbol, size: first.size || part.size, ...style, text, beside: style.beside ? "right" : "middle",
    // a digit on a dark disc has no casing
    halo: style.beside,
  });
  const told = about(rows);
  node.dataset.about = JSON.stringify(told);
  if (part.answers) node.classList.add("answers");
  return {
    node, at: Plane.at(spot), room: part.room,
    dx: part.row ? part.row * (beside.indexOf(rows) - (beside.length - 1) / 2) : 0, dy: first.lift || part.lift || 0,
  };
}

// What the pointer asks of a mark.
function about(rows) {
  const [{ at, proposal }] = rows;
  const place = proposal ? { p: proposal } : at.length === 6 ? { u: at } : { place: at };
  const cases = rows.map((row) => row.id).filter(Boolean);
  const lines = rows.flatMap((row) => (row.told ? [row.told[language()]] : []));
  return { ...place, ...(cases.length ? { cases } : {}), ...(lines.length ? { lines } : {}) };
}

function rings(map, key, part, view) {
  const { kinds, rows } = rowsOf(key, part);
  const counts = facts.ubigeos.map(() => 0);
  for (const [i, kind, year, n] of rows) {
    const row = { at: facts.ubigeos[i], hazard: kinds[kind], first: year, last: year };
    if (shownAt(view, key, row)) counts[i] += n;
  }
  const top = Math.max(...counts, 1);
  const hit = counts.map((n, i) => [n, i]).filter(([n]) => n > 0);
  Drawing.put(map, part.layer, hit.map(([n, i]) => {
    // area, not radius, stands for the count
    const node = Drawing.ring({ ...part.style, size: Math.max(4, part.most * Math.sqrt(n / top)) });
    node.dataset.about = JSON.stringify({ u: facts.ubigeos[i], n });
    return { node, at: Plane.at(capital(i)) };
  }));
}

const courses = (map) => Rivers.stress(map, true);

// A straight line from capital to capital; of a department, what begins or ends in it.
function spans(map, key, part, view) {
  const shown = rowsOf(key, part).filter(({ ends }) => ends.some((u) => shownIn(view, key, u)));
  const spot = (u) => Plane.at(capital(facts.index.get(u))).join(" ");
  Drawing.draw(map, part.layer, shown.map(({ ends: [a, b] }) => `M${spot(a)}L${spot(b)}`).join(""));
}

const KINDS = { outlines, marks, rings, courses, spans };
const HIDING = { courses: (map) => Rivers.stress(map, false) };

// Kinds of parts that only some pages have: a module each, which hands itself in.
const KINDS_BESIDE = new Map();
/** @param {string} kind @param {{ begin: Function, show: (map: any, part: any) => void, hide: (map: any, part: any) => void, settle: (map: any, part: any) => void }} drawn */
export function also(kind, drawn) {
  KINDS_BESIDE.set(kind, drawn);
  Object.assign(KINDS, { [kind]: (map, _, part) => drawn.show(map, part) });
  Object.assign(HIDING, { [kind]: drawn.hide });
}

/** Draw an overlay as a view has it; its names are placed among the others. */
export function show(map, key, view) {
  for (const part of overlay(key).parts) if (KINDS[part.kind]) KINDS[part.kind](map, key, part, view);
}

export const hide = (map, key) => overlay(key).parts.forEach((part) => (HIDING[part.kind] ? HIDING[part.kind](map, part) : Drawing.clear(map, part.layer)));

const lineOf = (key) => overlay(key).parts.find((part) => part.kind === "outlines");
/** The lines of an overlay and how they look, for maps that have no switches. */
export const border = (key) => rowsOf(key, lineOf(key)).map(borderOf).join("");
export const styleOf = (key) => lineOf(key).style;

/** What stands clear of its like in pixels moves when the view does; so do names. */
export function settle(map, view, drafts) {
  for (const key of view.overlays) {
    for (const part of partsOf(key, "marks")) if (part.of === PROPOSALS) marks(map, key, part, view);
    for (const part of overlay(key).parts) if (KINDS_BESIDE.has(part.kind)) KINDS_BESIDE.get(part.kind).settle(map, part);
  }
  name(map, view, drafts);
}

/** Outline what is being drawn or judged; always on. */
export function outline(map, drafts) {
  const shown = Drafts.shown(drafts);
  const others = drafts.candidates.filter((c) => c.ubigeos.length && c.id !== drafts.active);
  Drawing.draw(map, "drafts.lines", others.map((c) => Plane.border(c.ubigeos)).join(""));
  Drawing.draw(map, "candidate.lines", shown && shown.ubigeos.length ? Plane.border(shown.ubigeos) : "");
  Drawing.draw(map, "fault.lines", "");
}

// ---- names

const CHOSEN = 1e5; // what is judged is named before what is not
const LEAST_CHOSEN_PX = 3;
const MOST_SPOTS = 12; // of a province or a department, tried for its name
const LEAST_NAMED_PX = 14; // no name is narrower
const MOST_LEADING = 20; // districts whose names may stand beside them

/** Write the names that find room: most important first. */
function name(map, view, drafts) {
  const screen = map.screen();
  const wanted = [];
  for (const key of view.overlays) {
    for (const part of partsOf(key, "labels")) {
      if (part.whole && view.department) continue;
      for (const row of rowsOf(key, part)) {
        const ubigeos = districtsOf(row.members);
        if (!ubigeos.length || !shownIn(view, key, ubigeos[0])) continue;
        const room = screen.widthOf(Geometry.bounds(ubigeos));
        if (!part.tag && room <= (part.least || 0)) continue;
        wanted.push({
          layer: part.layer, rank: part.rank, colour: part.style.colour, text: row.text, spots: part.tag ? labelPoints(ubigeos) : labelPoints(ubigeos).slice(0, MOST_SPOTS),
          weight: part.weight + room, stays: part.tag,
        });
      }
    }
  }
  drafts.candidates.filter((c) => c.ubigeos.length && c.id !== drafts.active).forEach((c) => wanted.push({
    layer: DRAFT_NAMES.name, rank: "tag", colour: token("accent-deep"), text: c.name, spots: labelPoints(c.ubigeos), weight: CHOSEN / 2,
  }));
  const shown = Drafts.shown(drafts);
  const chosen = new Set(shown ? shown.ubigeos : []);
  const [from, to] = [screen.plane([0, 0]), screen.plane([screen.width, screen.height])];
  facts.ubigeos.forEach((u, i) => {
    if (!shapes.boxes.has(u) || !inDepartment(view, u)) return;
    const [left, top, right, bottom] = Plane.edges(u);
    const room = (right - left) * screen.scale;
    const own = chosen.has(u) && room > LEAST_CHOSEN_PX;
    if (!own && (room < LEAST_NAMED_PX || right < from[0] || left > to[0] || bottom < from[1] || top > to[1])) return;
    wanted.push({
      layer: DISTRICT_NAMES.name, rank: own ? "chosen" : "district", colour: token("map-ink"), text: facts.names[i], spots: [point(u)], weight: (own ? CHOSEN : 0) + room,
      u, apart: [...chosen], leads: own && chosen.size <= MOST_LEADING, within: own ? Infinity : room,
    });
  });
  wanted.push(...Rivers.names(map, screen), ...Surroundings.names(screen));
  Names.write(map, wanted, screen, Drawing.taken(map, screen));
}
