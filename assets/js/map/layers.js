// What each overlay draws for a view: coordinates, words and sizes for its traces, by trace name.
// Styles come with the published map template; nothing here draws.
import { facts, shapes } from "../core/facts.js";
import { later } from "../core/later.js";
import * as Drafts from "../model/drafts.js";
import * as Geometry from "../model/geometry.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";

// plotly draws no path at all for a trace without points, so no line could be put on it
const EMPTY = { lon: [null], lat: [null] };
const outline = (ubigeos) => Geometry.outline(ubigeos);
const join = (lines) => Geometry.join(lines);

// Districts by the code of their province and of their department.
const groups = later(() => {
  const made = new Map();
  for (const u of facts.ubigeos) {
    for (const code of [u.slice(0, 4), u.slice(0, 2)]) made.set(code, [...(made.get(code) || []), u]);
  }
  return made;
});
const districtsOf = (codes) => codes.flatMap((code) => (code.length === 6 ? [code] : groups().get(code) || []));

const point = (u) => facts.anchors[facts.index.get(u)];
const capital = (i) => [facts.lon[i], facts.lat[i]];

function spread(points, rest) {
  return { lon: points.map((p) => p[0]), lat: points.map((p) => p[1]), ...rest };
}

function middle(ubigeos) {
  const box = Geometry.bounds(ubigeos);
  return box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : [null, null];
}

// Where the label of a group may stand: in any of its districts, those nearest to its middle first.
function labelPoints(ubigeos) {
  const [x, y] = middle(ubigeos);
  const away = (p) => (p[0] - x) ** 2 + (p[1] - y) ** 2;
  return ubigeos.map(point).filter(Boolean).sort((a, b) => away(a) - away(b));
}

export const labelPoint = (ubigeos) => labelPoints(ubigeos)[0] || [null, null];

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

// ---- one function a kind of part: (key, part, view, screen) -> what is set on its traces

const drawn = new Map(); // lines of what never changes
function outlines(key, part) {
  const line = () => join(rowsOf(key, part).map((row) => outline(districtsOf(row.members))));
  if (part.of === PROPOSALS) return line();
  const name = `${key}.${part.of}`;
  if (!drawn.has(name)) drawn.set(name, line());
  return drawn.get(name);
}

// The lines of an overlay, for maps that have no switches.
export const borders = (key) => outlines(key, partsOf(key, "outlines")[0]);

function spotOf(row) {
  if (row.members) return labelPoint(row.members);
  return row.at.length === 6 ? capital(facts.index.get(row.at)) : labelPoint(districtsOf([row.at]));
}

// One mark for each place and symbol, with how many rows it stands for; where they stand beside each other or off
// their place, at a distance in pixels.
function marks(key, part, view, screen) {
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
  const points = made.map((rows) => {
    const [first] = rows;
    const beside = places.get(placeOf(rows));
    const across = part.row ? part.row * (beside.indexOf(rows) - (beside.length - 1) / 2) : 0;
    return screen ? screen.shift(spotOf(first), across, first.lift || part.lift || 0) : spotOf(first);
  });
  const text = (rows) => (part.counted === "all" || (part.counted && rows.length > 1) ? `${rows.length}` : rows[0].text || "");
  const each = (field) => (made.some(([row]) => field in row) ? { [`marker.${field}`]: made.map(([row]) => row[field] ?? part[field]) } : {});
  return spread(points, { ...each("symbol"), ...each("size"), text: made.map(text), customdata: made.map(about) });
}

// What the pointer asks of a mark.
function about(rows) {
  const [{ at, proposal }] = rows;
  const place = proposal ? { p: proposal } : at.length === 6 ? { u: at } : { place: at };
  const cases = rows.map((row) => row.id).filter(Boolean);
  return cases.length ? { ...place, cases } : place;
}

function rings(key, part, view) {
  const { kinds, rows } = rowsOf(key, part);
  const counts = facts.ubigeos.map(() => 0);
  for (const [i, kind, year, n] of rows) {
    const row = { at: facts.ubigeos[i], hazard: kinds[kind], first: year, last: year };
    if (shownAt(view, key, row)) counts[i] += n;
  }
  const top = Math.max(...counts, 1);
  const hit = counts.map((n, i) => [n, i]).filter(([n]) => n > 0);
  return spread(hit.map(([, i]) => capital(i)), {
    // area, not radius, stands for the count
    "marker.size": hit.map(([n]) => Math.max(4, part.most * Math.sqrt(n / top))),
    customdata: hit.map(([n, i]) => ({ u: facts.ubigeos[i], n })),
  });
}

const KINDS = { outlines, marks, rings };

// What an overlay sets on its traces, by trace name; its labels are set among the other names.
export function updates(key, view, screen, which = (_part) => true) {
  const made = {};
  for (const part of overlay(key).parts) {
    if (!KINDS[part.kind] || !which(part)) continue;
    const update = KINDS[part.kind](key, part, view, screen);
    part.traces.forEach((name) => (made[name] = update));
  }
  return made;
}

// What stands at a distance in pixels from its place moves when the view does; so do names.
export function moved(view, drafts, screen) {
  const inPixels = (key) => (part) => part.kind === "marks" && (part.row || part.lift || rowsOf(key, part).some((row) => row.lift));
  const own = view.overlays.map((key) => updates(key, view, screen, inPixels(key)));
  return Object.assign(names(view, drafts, screen), ...own);
}

// Outlines of what is being drawn or judged; always on.
export function drawing(drafts) {
  const shown = Drafts.shown(drafts);
  const others = drafts.candidates.filter((c) => c.ubigeos.length && c.id !== drafts.active);
  const lines = others.length ? join(others.map((c) => outline(c.ubigeos))) : EMPTY;
  const line = shown && shown.ubigeos.length ? outline(shown.ubigeos) : EMPTY;
  return {
    "drafts.casing": lines,
    "drafts.lines": lines,
    "drafts.names": spread(others.map((c) => labelPoint(c.ubigeos)), { text: others.map((c) => c.name) }),
    "candidate.casing": line,
    "candidate.lines": line,
    "fault.casing": EMPTY,
    "fault.lines": EMPTY,
  };
}

// Labels that do not overlap: most important first, each kept only where it finds room.
export function names(view, drafts, screen) {
  const wanted = [];
  const add = (kind, text, p, size, weight) => p && p[0] !== null && wanted.push({ kind, text, p, size, weight });
  for (const key of view.overlays) {
    for (const part of partsOf(key, "labels")) {
      if (part.whole && view.department) continue;
      for (const row of rowsOf(key, part)) {
        const ubigeos = districtsOf(row.members);
        if (!ubigeos.length || !shownIn(view, key, ubigeos[0])) continue;
        const [kind] = part.traces;
        if (part.tag) {
          // the tag of a group is what its legend refers to: it may move but not go
          const spots = labelPoints(ubigeos);
          if (spots.length) wanted.push({ kind, text: row.text, p: spots[0], spots, size: part.size, weight: part.weight });
          continue;
        }
        const room = screen.widthOf(Geometry.bounds(ubigeos));
        if (room > (part.least || 0)) add(kind, row.text, labelPoint(ubigeos), part.size, part.weight + room);
      }
    }
  }
  const shown = Drafts.shown(drafts);
  const chosen = new Set(shown ? shown.ubigeos : []);
  facts.ubigeos.forEach((u, i) => {
    if (!inDepartment(view, u)) return;
    const box = shapes.boxes.get(u);
    if (!box) return;
    const name = facts.names[i];
    const room = screen.widthOf(box);
    if (chosen.has(u) ? room < 14 : room < name.length * 5.2) return;
    add("districts.names", name, point(u), 10, (chosen.has(u) ? 1e5 : 0) + room);
  });
  return place(wanted, screen, marked(view, screen));
}

const around = ([x, y], half) => [x - half, y - half, x + half, y + half];

// Badges and marks stand where they must; names make room for them.
function marked(view, screen) {
  const boxes = [];
  for (const key of view.overlays) {
    for (const part of partsOf(key, "marks").filter(({ room }) => room)) {
      const { lon, lat } = marks(key, part, view, screen);
      lon.forEach((x, i) => boxes.push(around(screen.pixel([x, lat[i]]), part.room)));
    }
  }
  return boxes;
}

function place(wanted, screen, taken) {
  const kept = Object.fromEntries(named().map((kind) => [kind, []]));
  const free = (box) => !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
  wanted.sort((a, b) => b.weight - a.weight);
  for (const label of wanted) {
    const inSight = (label.spots || [label.p]).filter((p) => within(boxOf(label, p, screen), screen));
    const p = inSight.find((spot) => free(boxOf(label, spot, screen))) || (label.spots && inSight[0]);
    if (!p) continue;
    taken.push(boxOf(label, p, screen));
    kept[label.kind].push({ ...label, p });
  }
  return Object.fromEntries(Object.entries(kept).map(([name, labels]) =>
    [name, spread(labels.map((l) => l.p), { text: labels.map((l) => l.text) })]));
}

const named = later(() => ["districts.names",
  ...keys().flatMap((key) => partsOf(key, "labels").flatMap((part) => part.traces))]);
const within = (box, screen) => box[2] >= 0 && box[3] >= 0 && box[0] <= screen.width && box[1] <= screen.height;

function boxOf({ text, size }, p, screen) {
  const [x, y] = screen.pixel(p);
  const half = (text.length * size * 0.56) / 2 + 2;
  return [x - half, y - size * 0.7, x + half, y + size * 0.7];
}
