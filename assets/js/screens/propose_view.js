// The screen that proposes: one list, one scatter and one map of the same candidates, linked.
import { disc } from "../core/disc.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { place } from "../core/facts.js";
import { filled, say } from "../core/words.js";
import * as Legend from "../map/legend.js";
import * as PlaceMap from "../map/place_map.js";
import * as Comparison from "../model/comparison.js";
import * as Feasible from "../model/feasible.js";
import * as Identity from "../model/identity.js";
import { number } from "../model/numbers.js";
import * as Proposals from "../model/proposals.js";
import * as EffectsView from "./effects_view.js";
import * as Scatter from "./scatter.js";

const MOST_LISTED = 50;
const COLUMNS = ["gap", "affected", "conflicts", "risk", "proximity"];

// What is on the page now: places for its parts, the candidates, and what is pointed at and picked.
const now = { parts: null, pool: null, scored: null, rows: [], pointed: null, picked: null, scatter: null, map: null, drawn: {} };

const names = (row) => now.pool.groups[row].map(place.district).join(", ");
// What is in the record already goes by its number there.
function known(row) {
  const [identity] = Identity.ofGroups([now.pool.groups[row]], Proposals.listed());
  return identity.id ? [disc(identity), html("B", { dir: "auto" }, ` ${identity.name}: `)] : [];
}

const itemOf = (key) => now.criteria.find((c) => c.key === key);
const code = (row) => now.pool.groups[row].join("-");

// ---- list

function head(sort) {
  const cell = (key, name, unit) => html("Th", { scope: "col", className: `col-${key}`, "aria-sort": key === sort ? "descending" : "none" },
    html("Button", { className: "sort", "data-sort": key, title: say("propose.sort_by", { name }) }, [
      html("Span", {}, key === sort ? `${name} ▼` : name), html("Span", { className: "unit" }, unit),
    ]));
  return html("Tr", {}, [
    html("Th", { scope: "col", className: "col-place" }, say("propose.place")),
    html("Th", { scope: "col", className: "col-names" }, say("propose.districts")),
    cell("score", say("propose.score"), say("propose.score_unit")),
    ...COLUMNS.map((key) => cell(key, say(`propose.short.${key}`), say(`propose.unit.${key}`))),
  ]);
}

function line(row) {
  const { pool, scored } = now;
  const front = pool.onFrontier.has(row);
  const mark = html("Span", { className: "front-mark", title: front ? say("propose.on_frontier") : "" }, front
    ? [html("Span", { "aria-hidden": "true" }, "◆"), html("Span", { className: "visually-hidden" }, say("propose.on_frontier"))] : "");
  return html("Tr", { "data-row": row }, [
    html("Td", { className: "col-place" }, [mark, scored.places[row] === null ? "–" : `${scored.places[row]}`]),
    html("Td", { className: "col-names" }, html("Button", { className: "pick", "aria-pressed": "false" }, [...known(row), names(row)])),
    html("Td", { className: "col-score", "data-label": say("propose.score") }, number(scored.totals[row], 1)),
    ...COLUMNS.map((key) => html("Td", { "data-label": say(`propose.short.${key}`) }, number(pool.values[key][row], itemOf(key).decimals))),
  ]);
}

// The first of the list, and what was picked where it stands further down.
function shownRows() {
  const first = now.rows.slice(0, MOST_LISTED);
  return now.picked === null || first.includes(now.picked) || !now.rows.includes(now.picked) ? first : [...first, now.picked];
}

function drawList(sort) {
  const shown = shownRows();
  const rest = now.rows.length - shown.length;
  const table = html("Table", {}, [
    html("Caption", { className: "visually-hidden" }, say("propose.caption")),
    html("Thead", {}, head(sort)), html("Tbody", {}, shown.map(line)),
  ]);
  const more = rest > 0 ? [html("P", { className: "muted more" }, say("propose.and_more", { n: number(rest) }))] : [];
  const focused = document.activeElement && document.activeElement.closest("[data-row]");
  Dom.render(now.parts.list, [table, ...more]);
  const again = focused && now.parts.list.querySelector(`[data-row="${focused.dataset.row}"] button`);
  if (again) again.focus({ preventScroll: true });
}

function hookList() {
  const { list, card } = now.parts;
  if (list.dataset.hooked) return;
  card.addEventListener("click", (event) => {
    const only = event.target.closest("[data-only-size]");
    if (only) [now.ids.least, now.ids.most].forEach((id) => window.dash_clientside.set_props(id, { value: Number(only.dataset.onlySize) }));
  });
  list.dataset.hooked = "yes";
  const rowOf = (event) => {
    const tr = event.target.closest("[data-row]");
    return tr ? Number(tr.dataset.row) : null;
  };
  list.addEventListener("pointerover", (event) => point(rowOf(event)));
  list.addEventListener("pointerleave", () => point(null));
  list.addEventListener("focusin", (event) => point(rowOf(event)));
  list.addEventListener("focusout", () => point(null));
  list.addEventListener("click", (event) => {
    const sorted = event.target.closest("[data-sort]");
    if (sorted) return void window.dash_clientside.set_props(now.ids.sort, { data: sorted.dataset.sort });
    const row = rowOf(event);
    if (row !== null) pick(row);
  });
  list.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way || !event.target.closest("[data-row]")) return;
    const buttons = [...list.querySelectorAll("button.pick")];
    const next = buttons[buttons.indexOf(event.target) + way];
    if (next) next.focus();
    event.preventDefault();
  });
}

// ---- pointing and picking, in all three

function point(row) {
  if (row === now.pointed || !now.pool) return;
  now.pointed = row;
  now.parts.list.querySelectorAll(".pointed").forEach((tr) => tr.classList.remove("pointed"));
  const tr = row === null ? null : now.parts.list.querySelector(`[data-row="${row}"]`);
  if (tr) tr.classList.add("pointed");
  if (now.scatter) now.scatter.point(row);
  if (now.map) now.map.point(row === null || row === now.picked ? null : now.pool.groups[row]);
  const told = now.parts.card.querySelector(".pointed-at");
  if (told) told.textContent = row === null || row === now.picked ? "" : say("propose.pointed", { place: now.scored.places[row] ?? "–", names: names(row) });
}

// The best placed of those listed that hold a district.
const bestWith = (u) => now.rows.find((row) => now.pool.groups[row].includes(u)) ?? null;

const act = {
  point, pick,
  pointDistrict: (u) => point(u ? bestWith(u) : null),
  pickDistrict: (u) => bestWith(u) !== null && pick(bestWith(u)),
};

function pick(row) {
  window.dash_clientside.set_props(now.ids.picked, { data: now.pool.groups[row] });
}

function markPicked() {
  const { list, card } = now.parts;
  list.querySelectorAll("[data-row]").forEach((tr) => {
    const own = Number(tr.dataset.row) === now.picked;
    tr.classList.toggle("picked", own);
    tr.querySelector("button.pick").setAttribute("aria-pressed", `${own}`);
  });
  const wasOpen = card.querySelector("details[open]");
  Dom.render(card, now.picked === null ? [] : cardOf(now.picked));
  if (wasOpen && now.picked !== null) card.querySelector("details").open = true;
}

function outlinePicked() {
  if (now.scatter) now.scatter.pick(now.picked);
  if (now.map) now.map.pick(now.picked === null ? null : now.pool.groups[now.picked]);
}

// How firm a place is whatever the weights, and beside those of its size alone.
function firmnessOf(row) {
  const { size, sentences, alone } = EffectsView.firmness(now.pool, now.scored, row);
  const only = html("Button", { className: "button only-size", "data-only-size": `${size}` }, say("effects.only", { size }));
  return [html("P", { className: "picked-firm" }, sentences.join(" ")), ...(alone ? [] : [only])];
}

function cardOf(row) {
  const { pool, scored } = now;
  const place = scored.places[row];
  // of a place with too many, only those that were sent are ordered
  const key = pool.rows < pool.n ? "propose.picked_among" : "propose.picked";
  const title = place === null ? say("propose.no_score") : say(key, { place, of: number(pool.rows), score: number(scored.totals[row], 1) });
  const whole = pool.keys.reduce((sum, key) => sum + now.weights[key], 0);
  const value = (key) => number(pool.values[key][row], itemOf(key).decimals);
  const parts = pool.keys.map((key) => html("Li", {}, say("propose.part", {
    name: itemOf(key).figure, value: value(key), unit: filled(itemOf(key).unit, { n: value(key) }),
    points: number(pool.points[key][row], 1), weight: number(now.weights[key], now.weights[key] % 1 ? 1 : 0),
    part: number(whole ? (now.weights[key] * pool.points[key][row]) / whole : null, 1),
  })));
  return [
    html("H3", {}, title),
    html("P", { className: "picked-names" }, names(row)),
    ...firmnessOf(row),
    html("P", { className: "pointed-at muted", "aria-hidden": "true" }, ""),
    html("Details", {}, [html("Summary", {}, say("propose.made")), html("Ul", { className: "parts" }, parts)]),
  ];
}

// ---- drawing

const differs = (name, ...what) => {
  const stamp = JSON.stringify(what);
  const other = now.drawn[name] !== stamp;
  now.drawn[name] = stamp;
  return other;
};

function drawScatter(sought) {
  const [x, y] = sought.axes;
  now.scatter = Scatter.draw(now.parts.scatter, { pool: now.pool, rows: now.rows, criteria: now.criteria, x, y, nameOf: names, act });
}

function drawMap(view, bounds) {
  if (!now.map || !now.map.isOf(now.parts.map)) now.map = PlaceMap.begin(now.parts.map, act);
  now.map.show(now.pool.place, view, bounds);
  Dom.render(now.parts.legend, Legend.classes(view, bounds));
}

function empty(text) {
  Object.assign(now, { pool: null, scatter: null, drawn: {}, rows: [] });
  Dom.render(now.parts.title, "");
  Dom.render(now.parts.list, html("P", { className: "propose-nothing" }, text));
  ["notes", "scatter", "card", "legend"].forEach((part) => Dom.render(now.parts[part], []));
  now.parts.root.classList.add("is-empty");
}

function titleText(shown) {
  const { pool } = now;
  const fields = { n: number(pool.n), name: pool.name, front: pool.frontierOf, shown: number(shown) };
  const found = say("propose.found", fields);
  return shown === pool.rows ? found : `${found} ${say("propose.with_locked", fields)}`;
}

function notes() {
  const of = (kind) => now.pool.notes.filter((note) => note.kind === kind).map((note) => html("P", { className: kind }, note.text));
  return [...of("bounded"), ...of("note"), html("Details", {}, [html("Summary", {}, say("propose.how")), ...of("formula")])];
}

// Bring the page in line with what was found, the weights and what is sought, drawing only what differs.
export function show({ found, weights, sought, view, bounds, criteria, parts, ids }) {
  if (now.parts === null || now.parts.root !== parts.root) Object.assign(now, { drawn: {}, source: null, pointed: null });
  Object.assign(now, { parts, ids, criteria });
  hookList();
  if (found.nothing) return empty(found.nothing);
  parts.root.classList.remove("is-empty");
  if (now.source !== found) Object.assign(now, { source: found, pool: Feasible.unpack(found, criteria), drawn: {}, pointed: null });
  if (!now.pool) Object.assign(now, { pool: Feasible.unpack(found, criteria), drawn: {} });
  now.weights = Comparison.fullWeights(criteria, weights);
  now.scored = Feasible.score(now.pool, now.weights);
  now.rows = Feasible.listed(now.pool, now.scored, criteria, sought);
  const wanted = now.pool.byCode.get((sought.picked || []).join("-"));
  now.picked = wanted !== undefined && now.rows.includes(wanted) ? wanted : now.rows[0] ?? null;
  if (differs("title", now.rows.length, now.pool.n, now.pool.name)) Dom.render(parts.title, titleText(now.rows.length));
  if (differs("notes", found.notes)) Dom.render(parts.notes, notes());
  const inList = shownRows();
  if (differs("list", inList, inList.map((row) => [now.scored.totals[row], now.scored.places[row]]), sought.sort)) drawList(sought.sort);
  markPicked(); // before the drawings, which have the room that it leaves
  if (differs("scatter", sought.axes, sought.locked)) drawScatter(sought);
  if (differs("map", view.fill, view.method, view.count, view.conflictPeriod, view.hazardPeriod, view.hazard, view.overlays, Proposals.print(), bounds)) drawMap(view, bounds);
  if (!now.rows.length) Dom.render(parts.list, html("P", { className: "propose-nothing" }, say("propose.none_with_locked")));
  outlinePicked();
}

export const picked = () => (now.pool && now.picked !== null ? { ubigeos: now.pool.groups[now.picked], names: names(now.picked), code: code(now.picked) } : null);
