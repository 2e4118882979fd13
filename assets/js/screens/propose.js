// What Dash calls in the browser on the screen that proposes, named for what the user did.
import { dash } from "../core/dash.js";
import { html } from "../core/dom.js";
import * as Inside from "../core/inside.js";
import { facts, isReady, place } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Scene from "../map/scene.js";
import * as Comparison from "../model/comparison.js";
import * as Drafts from "../model/drafts.js";
import { number } from "../model/numbers.js";
import * as Proposals from "../model/proposals.js";
import * as Scores from "../model/scores.js";
import * as Search from "../model/search.js";
import * as ProposeView from "./propose_view.js";

const none = () => dash.no_update;
const nones = (n) => Array(n).fill(none());
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const FIRST = { sizes: [3, 6], axes: ["gap", "proximity"], sort: "score" };

// The province of most districts of the candidate in hand, and what it works on.
function inHand(drafts) {
  const shown = Drafts.shown(drafts);
  const us = shown ? shown.ubigeos : [];
  const counts = new Map();
  us.forEach((u) => counts.set(u.slice(0, 4), (counts.get(u.slice(0, 4)) || 0) + 1));
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  const place = first ? first[0] : Object.keys(facts.provinces)[0].slice(0, 2);
  const locked = ((shown && shown.locked) || []).filter((u) => u.startsWith(place));
  return { place, services: shown ? [...shown.services] : [], locked };
}

const nameOf = (u) => ({ value: u, label: place.district(u) });
const byName = (a, b) => a.label.localeCompare(b.label);

function provincesOf(department) {
  const own = Object.entries(facts.provinces)
    .filter(([code]) => code.startsWith(department))
    .map(([value, { name }]) => ({ value, label: name })).sort(byName);
  return Search.findable([...own, { value: department, label: say("propose.whole") }]);
}

const districtsOf = (place) => Search.findable(facts.ubigeos.filter((u) => u.startsWith(place)).map(nameOf).sort(byName));
const canLock = (place) => place.length === 4;

// A candidate that was proposed, as a draft: it would replace what the one in hand replaces in that province.
function draftOf(picked, sought, drafts) {
  const shown = Drafts.shown(drafts);
  const old = shown && (Drafts.isProposal(shown.id) ? shown.id.slice(Drafts.PROPOSAL.length) : shown.replaces);
  const proposal = old && Proposals.find(old);
  const there = proposal && proposal.ubigeos.some((u) => u.startsWith(picked.ubigeos[0].slice(0, 4)));
  return {
    name: picked.names, ubigeos: picked.ubigeos, services: sought.services, phase: shown ? shown.phase : 1,
    replaces: there ? old : null, version: there ? proposal.version : null, locked: sought.locked,
  };
}

// Which place was sought in last: while no province is chosen, they come first.
let soughtIn = null;
function showStep(sought) {
  const step = document.getElementById("propose-step");
  if (!(step instanceof HTMLDetailsElement)) return;
  if (soughtIn !== sought.place || !step.dataset.begun) step.open = !canLock(sought.place);
  step.dataset.begun = "yes";
  soughtIn = sought.place;
  step.querySelectorAll("[data-choose-province]").forEach((button) => button.setAttribute("aria-pressed", `${/** @type {HTMLElement} */ (button).dataset.chooseProvince === sought.place}`));
}

// The provinces by the weights of now; rows that a reader sorted stay where they are.
function weighStep(weights, criteria) {
  const cells = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#propose-step td[data-points]")]);
  if (!cells.length) return;
  const each = cells.map((cell) => JSON.parse(cell.dataset.points));
  const keys = Object.keys(each[0]);
  const points = Object.fromEntries(keys.map((key) => [key, each.map((own) => own[key])]));
  const { totals } = Scores.score(points, Comparison.fullWeights(criteria, weights), keys, cells.length, () => true);
  cells.forEach((cell, n) => {
    cell.setAttribute("data-value", totals[n] === null ? "" : `${totals[n]}`);
    cell.querySelector("b").textContent = number(totals[n], 1);
    const bar = cell.querySelector("meter");
    if (bar instanceof HTMLMeterElement) bar.setAttribute("value", `${totals[n] ?? 0}`);
  });
  const table = cells[0].closest("table");
  if (table.querySelector('[aria-sort="ascending"], [aria-sort="descending"]')) return;
  const order = cells.map((_, n) => n).sort((a, b) => (totals[b] ?? -1) - (totals[a] ?? -1) || a - b);
  cells[0].closest("tbody").append(...order.map((n) => cells[n].closest("tr")));
}

// A province that is chosen leads on to its candidates.
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-choose-province]");
  if (!(button instanceof HTMLElement)) return;
  dash.set_props("propose-province", { value: button.dataset.chooseProvince });
});

let leaving = null;

dash.propose = {
  // Once a visit: what the address says, and else the province and services of the candidate in hand. Choices come
  // together with what is chosen among them: a list lets go of what is not among its choices.
  begin(first, drafts, begun) {
    if (begun || !first || !drafts || !isReady()) return nones(14);
    const own = inHand(drafts);
    const place = first.place || own.place;
    const [least, most] = first.sizes || FIRST.sizes;
    const [x, y] = first.axes || FIRST.axes;
    return [
      true, place.slice(0, 2), provincesOf(place.slice(0, 2)), place, least, most, first.services || own.services,
      districtsOf(place), first.locked || (first.place ? [] : own.locked), !canLock(place),
      x, y, first.sort || FIRST.sort, first.picked || [],
    ];
  },

  provinces(department, province) {
    if (!department || !isReady()) return nones(2);
    const own = provincesOf(department);
    // another department: its provinces come first
    return [own, province && province.startsWith(department) ? province : department];
  },

  districts(province, locked) {
    if (!province || !isReady()) return nones(3);
    const kept = (locked || []).filter((u) => u.startsWith(province) && canLock(province));
    return [districtsOf(province), same(kept, locked || []) ? none() : kept, !canLock(province)];
  },

  // The provinces are listed: which of them is sought in is marked.
  marked(_listed, sought, weights, criteria) {
    if (!sought) return none();
    weighStep(weights, criteria);
    showStep(sought);
    return none();
  },

  compose(place, least, most, services, locked, x, y, sort, picked, begun, before) {
    if (!begun || !place) return none();
    const next = {
      place, sizes: [Math.min(least, most), Math.max(least, most)], services: services || [],
      locked: (locked || []).filter((u) => u.startsWith(place)), axes: [x, y], sort: sort || FIRST.sort, picked: picked || [],
    };
    return same(next, before) ? none() : next;
  },

  // Weights go along for places with more candidates than are sent; they are no reason to ask anew.
  ask(sought, view, _again, weights, before, rootId) {
    if (!sought || !view) return none();
    const { conflictPeriod, hazardPeriod, anchors } = view;
    const next = { place: sought.place, sizes: sought.sizes, services: sought.services, conflictPeriod, hazardPeriod, anchors };
    const pressed = typeof dash.callback_context.triggered_id === "string" && dash.callback_context.triggered_id.endsWith("again");
    if (before && !pressed && same(next, { ...before, weights: undefined, at: undefined })) return none();
    document.getElementById(rootId).classList.add("is-searching");
    return { ...next, weights: weights || {}, at: Date.now() };
  },

  show(found, weights, sought, view, cut, _compared, criteria, _drafts, ...ids) {
    if (!found || !sought || !view || !isReady()) return none();
    const [rootId, title, list, notes, scatter, map, card, legend, sort, picked, least, most] = ids;
    const node = (id) => document.getElementById(id);
    const root = node(rootId);
    if (found.place !== sought.place) return none(); // another answer is on its way
    root.classList.remove("is-searching");
    root.classList.toggle("is-bounded", Boolean(found.groups && found.groups.length < found.n));
    const parts = { root, title: node(title), list: node(list), notes: node(notes), scatter: node(scatter), map: node(map), card: node(card), legend: node(legend) };
    const bounds = Scene.boundsFor(view, cut);
    ProposeView.show({ found, weights, sought, view, bounds, criteria, parts, ids: { sort, picked, least, most } });
    return `${found.place}-${found.n}`;
  },

  take(_compare, _map, sought, drafts, history, compared, view, mapId) {
    const id = dash.callback_context.triggered_id;
    const picked = ProposeView.picked();
    if (!id || !picked || !drafts) return nones(4);
    const action = { type: "propose", candidate: draftOf(picked, sought, drafts), at: Date.now() };
    const { drafts: after, said } = Drafts.reduce(drafts, history, action);
    const draft = Drafts.shown(after);
    if (draft && after !== drafts) action.candidate.id = draft.id; // whatever another tab adds meanwhile
    if (!draft || draft.ubigeos.join("-") !== picked.code) return [none(), none(), none(), html("P", { role: "alert" }, say(`said.${said[0]}`, said[1]))];
    if (id === mapId) {
      leaving = picked.code;
      const department = picked.ubigeos[0].slice(0, 2);
      // a draft that is in hand already changes nothing: leave at once
      if (after === drafts) setTimeout(() => go(window.location.search.slice(1)), 0);
      return [after === drafts ? none() : action, none(), view.department && view.department !== department ? { ...view, department } : none(), ""];
    }
    const most = Comparison.LETTERS.length;
    const ids = compared && compared.chosen ? compared.ids.filter((c) => Drafts.find(drafts, c)) : [];
    if (!ids.includes(draft.id) && ids.length >= most) return [none(), none(), none(), html("P", { role: "alert" }, say("compare.too_many", { most }))];
    const next = ids.includes(draft.id) ? ids : [...ids, draft.id];
    const told = say(next.length === 1 ? "propose.compared_one" : "propose.compared", { n: next.length, most });
    return [after === drafts ? none() : action, { ids: next, chosen: true, inHand: draft.id }, none(), told];
  },

  // To the map once the draft is there.
  leave(query, drafts) {
    if (!query || !drafts || !isReady()) return none();
    const shown = Drafts.shown(drafts);
    if (leaving && shown && shown.ubigeos.join("-") === leaving) setTimeout(() => go(query), 0);
    return `/comparar?${query}`;
  },
};

// As a link of Dash does.
function go(query) {
  leaving = null;
  Inside.go(`/?${query}`);
  window.scrollTo(0, 0);
}
