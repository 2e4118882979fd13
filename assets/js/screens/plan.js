// What Dash calls in the browser on the plan screen, named for what the user did.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { facts, isReady, place } from "../core/facts.js";
import * as Net from "../core/net.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Boxes from "../forms/boxes.js";
import * as Legend from "../map/legend.js";
import * as PlanMap from "../map/plan_map.js";
import { ready } from "../map/published.js";
import * as Scene from "../map/scene.js";
import * as Comparison from "../model/comparison.js";
import * as Drafts from "../model/drafts.js";
import * as Identity from "../model/identity.js";
import * as PlanAddress from "../model/plan_address.js";
import * as Proposals from "../model/proposals.js";
import * as Search from "../model/search.js";

const none = () => dash.no_update;
const nones = (n) => Array(n).fill(none());
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const by = (id) => document.getElementById(id);
const ASK_AGAIN_MS = 350;

// what the screen last heard of, for what has no component of its own
const now = { plans: null, timer: null, pressedId: null, awaited: null, askedId: null, asked: null };

// Weights of criteria that count in a plan and are not as usual, in the order of their names.
function ownWeights(weights) {
  const found = Object.entries(weights || {}).filter(([key]) => PlanAddress.weighed.has(key));
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

// The request that the form shows, with the wishes that stand.
// What a box holds; nothing where it is empty.
const number = (text) => (`${text ?? ""}`.trim() === "" ? null : Number(text));

/** @param {Plans} plans @param {Weights} weights @param {any[]} form what each control of it holds, as Dash hands it on @returns {PlanRequest} */
function composed(plans, weights, [objective, services, least, most, perProvince, reach, governments, anchors]) {
  return {
    ...plans.now, objective, perProvince,
    services: services.length === 3 ? [] : ["education", "health", "environment"].filter((s) => services.includes(s)),
    sizes: [number(least), number(most)],
    governments: reach.length ? number(governments) : null,
    weights: ownWeights(weights), anchors,
  };
}

// ---- wishes

function chip(kind, group, phase) {
  const [known] = Identity.ofGroups([group], Proposals.all());
  const name = kind === "required" || kind === "banned"
    ? place.district(group[0])
    : known.id ? Identity.title(known) : say("plan.group", { province: facts.provinces[group[0].slice(0, 4)].name, n: group.length });
  const text = say(`plan.chip_${phase ? "phase" : kind}`, { name, phase });
  const does = { fixed: "unfix", forbidden: "allow", required: "unrequire", banned: "unban" }[kind];
  return html("Button", {
    className: `chip plan-chip ${kind}`, type: "button", "data-does": does, "data-value": group.join("-"),
    title: group.map(place.district).join(", "), "aria-label": say("plan.chip_remove", { text }),
  }, [text, html("Span", { className: "chip-cross", "aria-hidden": "true" }, "×")]);
}

function chips(wanted, empty) {
  const found = [
    ...wanted.fixed.map(({ ubigeos, phase }) => chip("fixed", ubigeos, phase)),
    ...wanted.forbidden.map((group) => chip("forbidden", group)),
    ...wanted.required.map((u) => chip("required", [u])),
    ...wanted.banned.map((u) => chip("banned", [u])),
  ];
  return found.length ? found : html("P", { className: "empty" }, empty);
}

// [edit, districts] of what was chosen in the list of wishes; a sentence key where it means nothing.
/** @returns {string | [string, Ubigeo[]]} a key of the words, or an edit and what it is made with */
function chosen(value, drafts, into) {
  if (!value) return "plan.nothing_wished";
  if (value.startsWith("u:")) return [into ? "require" : "ban", [value.slice(2)]];
  const candidate = Drafts.find(drafts, value.slice(2));
  if (!candidate || !candidate.ubigeos.length) return "plan.no_districts";
  return [into ? "fix" : "forbid", [...candidate.ubigeos].sort()];
}

const districtsOf = ({ value, code, u }) => {
  if (u) return [u];
  if (value) return value.split("-");
  const cluster = PlanMap.clusterOf(code);
  return cluster ? cluster.ubigeos : null;
};

// ---- what was pressed

function pressed(plans, form, press) {
  const { EDITS, EASED, wish, calculate, drop, undo } = PlanAddress;
  if (press.does === "drop") return drop(plans);
  if (press.does === "undo") return undo(plans);
  if (press.does === "ease") return EASED[press.kind] ? calculate(plans, EASED[press.kind](form, press.value)) : null;
  const group = EDITS[press.does] && districtsOf(press);
  return group ? wish(plans, EDITS[press.does](form, group)) : null;
}

const acted = (plans, said) => [{ ...plans, at: Date.now() }, null, said ? say(said) : none()];

// Everything drawn as plain elements tells what was pressed by its data attributes.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".plan-screen [data-does]");
  if (!button || !now.pressedId) return;
  const { does, code, kind, value, u } = button.dataset;
  if (does === "pick") return pickRow(code, button);
  if (does === "close") return dash.set_props(PlanMap.state.pickedId, { data: null });
  if (does === "see") return PlanMap.goTo(PlanMap.clusterOf(code).ubigeos);
  return dash.set_props(now.pressedId, { data: { does, code, kind, value, u, at: Date.now() } });
});

function pickRow(code, button) {
  const open = button.getAttribute("aria-expanded") === "true";
  dash.set_props(PlanMap.state.pickedId, { data: open ? null : { code, listed: true } });
}

function showRow(list, picked) {
  list.querySelectorAll("[data-row]").forEach((row) => {
    const open = Boolean(picked) && row.dataset.row === picked.code;
    row.classList.toggle("picked", open);
    row.querySelector("[data-does=pick]").setAttribute("aria-expanded", `${open}`);
    row.querySelector(".plan-more").hidden = !open;
    if (open && !picked.listed) row.scrollIntoView({ block: "nearest" });
  });
}

// What can be done with the district that was clicked.
function bar(picked) {
  if (!picked || !picked.u) return null;
  const wanted = now.plans ? now.plans.now : PlanAddress.USUAL;
  const doing = (does, list, done) => (list.includes(picked.u)
    ? html("Span", { className: "muted" }, say(`plan.${done}`))
    : html("Button", { className: "button", type: "button", "data-does": does, "data-u": picked.u }, say(`plan.${does}`)));
  const where = picked.code ? [] : [html("Span", { className: "muted" }, say("plan.none_here"))];
  return [
    html("B", {}, place.label(picked.u)), ...where,
    doing("require", wanted.required, "required"), doing("ban", wanted.banned, "banned"),
    html("Button", { className: "tool", type: "button", "data-does": "close", "aria-label": say("plan.close"), title: say("plan.close") }, "×"),
  ];
}

const inSight = () => document.querySelector(".plan-screen");

// How far is it? Asked while the screen is in sight and nothing else was asked for.
function askAgain(asked) {
  if (now.awaited !== asked.at || !inSight()) return;
  now.asked = { ...asked, turn: (asked.turn || 0) + 1 };
  dash.set_props(now.askedId, { data: now.asked });
}

Net.unanswered(() => inSight() && now.askedId, () => Net.whenBack("plan", () => askAgain(now.asked)));

// In one column what is asked would stand before the plan: it begins folded there, with its button in sight.
function foldForm() {
  const form = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".plan-form"));
  if (form && window.matchMedia("(max-width: 899px)").matches) form.open = false;
}

dash.plan = {
  // ---- what is asked

  // What the address asks for; else the usual with the weights this browser keeps.
  begin(first, weights, plans, begun) {
    if (!first || !weights || begun || !isReady()) return none();
    const own = dash.callback_context.inputs_list[1].id;
    first.weighed.forEach((key) => PlanAddress.weighed.add(key));
    if (plans && plans.now && !first.given) return { ...plans };
    if (!first.given) return { now: { ...first.now, weights: ownWeights(weights) }, kept: first.kept, auto: false };
    const rest = Object.entries(weights).filter(([key]) => !PlanAddress.weighed.has(key));
    const wanted = { ...Object.fromEntries(rest), ...first.now.weights };
    if (!same(wanted, weights)) dash.set_props(own, { data: wanted });
    return { now: first.now, kept: first.kept, auto: Boolean(plans && plans.auto && same(plans.kept, first.kept)), past: plans ? plans.past : [] };
  },

  open(begun) {
    return begun ? { ...begun, at: Date.now() } : none();
  },

  controls(plans, chipsId, rootId, leastId, mostId, governmentsId, ...values) {
    if (!plans || !plans.now || !isReady()) return nones(values.length);
    now.plans = plans;
    now.pressedId = rootId.replace("root", "pressed");
    const box = by(chipsId);
    Dom.render(box, chips(plans.now, box.dataset.empty));
    const w = plans.now;
    const shown = [[leastId, w.sizes[0]], [mostId, w.sizes[1]], ...(w.governments === null ? [] : [[governmentsId, w.governments]])];
    shown.forEach(([id, value]) => Boxes.show(by(id), `${value}`, `${plans.at}`));
    const next = [w.objective, w.services, w.perProvince, w.governments === null ? [] : ["on"], w.anchors || PlanAddress.USUAL.anchors];
    return next.map((value, i) => (same(value, values[i]) ? none() : value));
  },

  act(_calculate, _in, _out, _keep, _undo, press, plans, weights, drafts, wished, ...form) {
    const id = dash.callback_context.triggered_id;
    const [{ value } = {}] = dash.callback_context.triggered; // none when the screen has just come into sight
    if (!id || !value || !plans || !plans.now) return nones(3);
    const { calculate, keep, undo, wish, EDITS } = PlanAddress;
    const request = composed(plans, weights, form);
    const what = id.split("-").pop();
    if (what === "calculate") return acted(calculate(plans, request));
    if (what === "keep") return acted(keep(plans), "plan.kept");
    if (what === "undo") return acted(undo(plans), "plan.undone");
    if (what === "pressed") {
      const next = press && pressed(plans, request, press);
      return next ? acted(next, press.does === "undo" ? "plan.undone" : null) : nones(3);
    }
    const meant = chosen(wished, drafts, what === "in");
    if (typeof meant === "string") return [none(), none(), say(meant)];
    return acted(wish(plans, EDITS[meant[0]](request, meant[1])));
  },

  changed(plans, weights, ...form) {
    if (!plans || !plans.now || !isReady()) return nones(2);
    return [same(composed(plans, weights, form), plans.now), !(plans.past || []).length];
  },

  wishes(drafts) {
    if (!drafts || !isReady()) return none();
    const own = drafts.candidates.filter((c) => c.ubigeos.length)
      .map((c) => ({ value: `c:${c.id}`, label: say("plan.own", { name: c.name }), name: c.name }));
    const proposed = Proposals.listed()
      .map((p) => ({ value: `c:${Drafts.PROPOSAL}${p.id}`, label: say("plan.proposal", { name: Identity.title(Identity.ofProposal(p)) }), name: p.name }));
    const districts = facts.ubigeos
      .map((u) => ({ value: `u:${u}`, label: say("plan.district", { name: place.label(u) }), name: place.district(u) }));
    return Search.findable([...own, ...proposed, ...districts]);
  },

  weigh(values, criteria, before) {
    const keys = dash.callback_context.inputs_list[0].map(({ id }) => id.criterion);
    if (!keys.length) return none(); // the screen was left
    const next = { ...before };
    keys.forEach((key, n) => {
      const weight = Number(values[n]);
      if (weight === criteria.find((c) => c.key === key).weight) delete next[key];
      else next[key] = weight;
    });
    if (same(next, before || {})) return none();
    Store.keep("weights", next);
    return next;
  },

  // ---- its calculation

  ask(plans) {
    if (!plans || !plans.now) return none();
    clearTimeout(now.timer);
    now.awaited = plans.at;
    now.askedId = dash.callback_context.outputs_list.id;
    now.asked = { now: plans.now, kept: plans.kept, auto: plans.auto, at: plans.at };
    return now.asked;
  },

  show(answer, asked, rootId, picked) {
    if (!answer || !asked || answer.at !== now.awaited) return nones(2);
    Object.entries(answer.shown).forEach(([id, parts]) => Dom.render(by(id), parts));
    if (answer.more) {
      now.timer = setTimeout(() => askAgain(asked), ASK_AGAIN_MS);
      return [none(), false];
    }
    const root = by(rootId);
    root.classList.toggle("compared", Boolean(answer.former));
    root.classList.toggle("stale", answer.failed && Boolean(PlanMap.state.plan));
    root.dataset.answer = answer.failed ? "failed" : "done";
    if (answer.plan) PlanMap.show(answer.plan, answer.former);
    return [{ at: answer.at, picked }, true];
  },

  // To stop is to ask no longer: nobody else is kept from an answer.
  stop(clicks) {
    if (!clicks) return nones(3);
    clearTimeout(now.timer);
    now.awaited = null;
    return [null, true, say("plan.stopped")];
  },

  // ---- the map

  async map(begun, cardId, pickedId) {
    if (!begun) return none();
    const { id } = dash.callback_context.outputs_list; // gone after a wait
    foldForm();
    await ready();
    PlanMap.begin(id, cardId, pickedId);
    return none();
  },

  paint(begun, view, cut) {
    if (!begun || !view || !isReady()) return none();
    const bounds = Scene.boundsFor(view, cut);
    PlanMap.paint(view, bounds);
    return Legend.classes(view, bounds);
  },

  move() {
    const id = dash.callback_context.triggered_id;
    if (!id) return none();
    if (id.endsWith("home")) PlanMap.home();
    else PlanMap.zoom(id.endsWith("in") ? 1.6 : 1 / 1.6);
    return none();
  },

  pick(picked, _shown, barId, listId) {
    if (!isReady()) return none();
    PlanMap.showPicked(picked);
    showRow(by(listId), picked);
    const parts = bar(picked);
    Dom.render(by(barId), parts);
    return parts ? "plan-picked-bar" : "plan-picked-bar empty";
  },

  // ---- into the comparison

  compare(press, drafts, compared) {
    if (!press || press.does !== "compare" || !drafts) return nones(3);
    const cluster = PlanMap.clusterOf(press.code);
    if (!cluster) return nones(3);
    const most = Comparison.LETTERS.length;
    const name = say("plan.name", { province: facts.provinces[cluster.province].name });
    const candidate = { name, ubigeos: cluster.ubigeos, services: now.plans.now.services, phase: cluster.phase, replaces: null, note: "" };
    const { drafts: next, ids } = Drafts.receive(drafts, [candidate], null);
    const { candidates } = Drafts.LIMITS;
    if (next.candidates.length > Math.max(candidates, drafts.candidates.length)) return [none(), none(), say("plan.candidates_full", { most: candidates })];
    const before = compared && compared.chosen ? compared.ids : [];
    if (!before.includes(ids[0]) && before.length >= most) return [none(), none(), say("plan.compared_full", { most })];
    const list = [...new Set([...before, ids[0]])];
    return [{ type: "receive", candidates: [{ ...candidate, id: ids[0] }], active: null, at: Date.now() }, { ids: list, chosen: true, inHand: next.active }, say("plan.compared", { name, n: list.length, most })];
  },
};
