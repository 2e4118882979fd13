// The panel of the candidate in hand, as Dash components.
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { facts, place } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Scene from "../map/scene.js";
import * as Drafts from "../model/drafts.js";
import * as Identity from "../model/identity.js";
import * as Proposals from "../model/proposals.js";
import * as Search from "../model/search.js";

// `also`: proposals apart from the others that are shown now, so that their list can name them.
export function options(drafts, also = [drafts.active]) {
  const count = (n) => say("districts", { n });
  const own = drafts.candidates.map((c) => ({ value: c.id, label: `${c.name} · ${count(c.ubigeos.length)}`, name: c.name }));
  const shown = Proposals.all().filter((p) => p.look || also.includes(Drafts.PROPOSAL + p.id));
  const proposed = shown.map((p) => ({
    value: Drafts.PROPOSAL + p.id,
    label: `${Identity.title(Identity.ofProposal(p))} · ${say(`state.${p.state}`)}`,
    name: p.name,
  }));
  return Search.findable([...own, ...proposed]);
}

function chip(u, locked) {
  return html("Span", { className: locked ? "chip-pair is-locked" : "chip-pair" }, [takeButton(u), lockButton(u, locked)]);
}

function lockButton(u, locked) {
  const name = say("lock_title", { name: place.label(u) });
  return html("Button", {
    id: { does: "lock", ubigeo: u, of: "map-chip" }, className: "lock", n_clicks: 0, title: name,
    "aria-label": name, "aria-pressed": `${locked}`,
  }, html("Span", { className: "lock-sign", "aria-hidden": "true" }, ""));
}

function takeButton(u) {
  return html("Button", {
    id: { does: "take", ubigeo: u, of: "map-chip" },
    className: "chip",
    n_clicks: 0,
    title: say("chip_title", { name: place.label(u) }),
    "aria-label": say("chip_title", { name: place.label(u) }),
  }, [place.district(u), html("Span", { className: "chip-cross", "aria-hidden": "true" }, "×")]);
}

function chips(shown) {
  if (!shown || !shown.ubigeos.length) return html("P", { className: "empty" }, say("no_districts_yet"));
  const limit = 12;
  const locked = shown.locked || [];
  const some = shown.ubigeos.slice(0, limit).map((u) => chip(u, locked.includes(u)));
  const rest = shown.ubigeos.length - limit;
  return rest > 0 ? [...some, html("Span", { className: "muted" }, say("and_more", { n: rest }))] : some;
}

function neighbours(shown) {
  const own = new Set(shown ? shown.ubigeos : []);
  const near = new Set([...own].flatMap((u) => [...facts.neighbours.get(u)]).filter((u) => !own.has(u)));
  const nearness = Search.nearnessTo([...own]);
  const options = [...near].map((u) => ({ value: u, label: place.label(u) }));
  return Search.findable(options)
    .sort((a, b) => nearness(a) - nearness(b) || a.label.localeCompare(b.label));
}

function origin(shown, drafts) {
  if (!shown) return "";
  const kept = Proposals.find(Drafts.isProposal(shown.id) ? shown.id.slice(Drafts.PROPOSAL.length) : shown.replaces);
  if (!kept) return "";
  const state = say(`state.${kept.state}`);
  if (Drafts.isProposal(shown.id)) return kept.untouched ? say("read_only_proposal") : say("read_only_kept", { state });
  const name = Identity.title(Identity.ofProposal(kept));
  return say(kept.look ? "would_replace" : "kept_as", { name, state });
}

export function parts(drafts, history) {
  const shown = Drafts.shown(drafts);
  const fixed = !shown || Drafts.isProposal(shown.id);
  return [
    options(drafts), drafts.active,
    shown ? [...shown.services] : [], shown ? shown.phase : 1,
    fixed, chips(shown), neighbours(shown),
    !history || !history.past.length, !history || !history.future.length, fixed,
    origin(shown, drafts), drafts.oneProvince ? ["on"] : [],
  ];
}

const JUDGED = ["map-verdicts", "map-measures"];
const boxes = () => JUDGED.map((id) => document.getElementById(id)).filter(Boolean);

// Until the answer is there, what is shown is of the candidate before, and says so.
export function awaiting() {
  const [first, ...others] = boxes();
  [first, ...others].forEach((box) => box?.classList.add("stale"));
  if (first) first.dataset.stale = say("said.no_answer"); // said where nothing answers any more
}

/** What is shown is of the candidate in hand again. */
export const current = () => boxes().forEach((box) => box.classList.remove("stale"));

// Put the judgement on the page; its buttons show the districts a rule names.
export function fill(answer) {
  current();
  for (const box of boxes()) {
    Dom.render(box, answer[box.id]);
    if (box.dataset.hooked) continue;
    box.dataset.hooked = "yes";
    box.addEventListener("click", (event) => {
      const see = event.target.closest("[data-ubigeos]");
      if (see) Scene.showFault(see.dataset.ubigeos.split("-"));
    });
  }
}

const districts = () => facts.ubigeos.map((u) => ({ value: u, label: place.label(u) }));
export const allDistricts = () => Search.findable(districts());

export function places() {
  const provinces = Object.entries(facts.provinces).map(([code, p]) => ({
    value: code, name: p.name,
    label: say("province_of", { name: p.name, department: facts.departments[code.slice(0, 2)].name }),
  }));
  return Search.findable([...provinces, ...districts()]);
}

export const PARTS = 12;
