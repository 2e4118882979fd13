// The map of a plan: limits, the clusters of each phase with their own outline and number, what comes and goes.
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { facts, place } from "../core/facts.js";
import { say } from "../core/words.js";
import { token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Identity from "../model/identity.js";
import { number } from "../model/numbers.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Plain from "./plain.js";
import * as Scene from "./scene.js";

// phases differ by pattern and by the shape of their number, not by colour
const PHASES = [
  { phase: 1, dash: "solid", symbol: "circle", size: 21 },
  { phase: 2, dash: "9,4", symbol: "square", size: 21 },
  { phase: 3, dash: "2,4", symbol: "diamond", size: 25 },
];

export const state = { map: null, plan: null, former: null, picked: null, pickedId: null, view: null, bounds: null, byDistrict: new Map(), goneBy: new Map() };

const engine = () => (state.map && state.map.node.isConnected ? state.map : null);

const looks = () => ({
  gone: { colour: token("fail"), width: 2.4, dash: "1,3" },
  ...Object.fromEntries(PHASES.map(({ phase, dash }) => [`phase-${phase}`, { colour: token("accent"), width: 3, dash }])),
  picked: { colour: token("map-ink"), width: 4.5, casing: 2.2 },
});

// ---- what is drawn of a plan

function marked(of, symbol, size, colour, text) {
  return () => {
    const mark = Drawing.symbol({ symbol, size, fill: colour, stroke: token("map-casing"), width: 2, text, colour: token("map-casing"), halo: false });
    mark.dataset.of = of;
    return mark;
  };
}

function drawPlan(map) {
  const { plan, former } = state;
  const own = plan ? plan.clusters : [];
  const codes = new Set(own.map((c) => c.code));
  const before = new Set(former ? former.clusters.map((c) => c.code) : []);
  const gone = former ? former.clusters.filter((c) => !codes.has(c.code)) : [];
  state.byDistrict = new Map(own.flatMap((c) => c.ubigeos.map((u) => [u, c])));
  state.goneBy = new Map(gone.flatMap((c) => c.ubigeos.map((u) => [u, c])));
  const numbers = [];
  for (const { phase, symbol, size } of PHASES) {
    const mine = own.filter((c) => c.phase === phase);
    Plain.outline(map, `phase-${phase}`, mine.map((c) => c.ubigeos));
    const sign = (c) => `${former && !before.has(c.code) ? "+" : ""}${Identity.ofCluster(c).sign}`;
    numbers.push(...mine.map((c) => ({ ubigeos: c.ubigeos, node: marked(`phase-${phase}`, symbol, size, token("accent"), sign(c)) })));
  }
  Plain.outline(map, "gone", gone.map((c) => c.ubigeos));
  numbers.push(...gone.map((c) => ({ ubigeos: c.ubigeos, node: marked("gone", "x", 14, token("fail"), "") })));
  Plain.number(map, numbers);
}

export function show(plan, former) {
  Object.assign(state, { plan, former });
  const map = engine();
  if (map) drawPlan(map);
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
  const map = engine();
  if (!map) return;
  const group = groupOf(picked);
  Plain.outline(map, "picked", group.length ? [group] : []);
  Plain.name(map, [...group, ...facts.ubigeos.filter((u) => !group.includes(u))]);
}

// ---- moving

export function goTo(ubigeos) {
  if (engine()) engine().fit(Geometry.bounds(ubigeos), { share: 0.35 });
}

export function zoom(factor) {
  if (engine()) engine().zoomBy(factor);
}

export function home() {
  if (engine()) engine().fit(Geometry.bounds(facts.ubigeos));
}

// ---- pointing and clicking

function pick(u) {
  const cluster = u && (state.byDistrict.get(u) || state.goneBy.get(u));
  window.dash_clientside.set_props(state.pickedId, { data: u ? { u, code: cluster ? cluster.code : null } : null });
}

function cardOf(u) {
  const div = (className, ...parts) => html("Div", { className }, parts);
  const cluster = state.byDistrict.get(u);
  const parts = [];
  if (cluster) {
    parts.push(
      div("hover-cluster", say("plan.card", { name: Identity.title(Identity.ofCluster(cluster)), phase: cluster.phase })),
      div("", cluster.ubigeos.map(place.district).join(", ")),
      div("", say("plan.card_people", { people: number(cluster.affected, 0), score: number(cluster.score, 1) })),
      div("", say("plan.card_counts", { slots: cluster.slots, district: cluster.district })));
  } else parts.push(div("hover-where", say(state.goneBy.has(u) ? "plan.only_a" : "plan.none_here")));
  const made = document.createElement("div");
  Dom.render(made, parts);
  return [made];
}

// ---- colours

export function paint(view, bounds) {
  Object.assign(state, { view, bounds });
  const map = engine();
  if (map) Drawing.paint(map, bounds ? Scene.coloursOf(view, bounds) : new Map(), []);
}

/** Draw the map into its place; what was asked meanwhile follows. */
export function begin(id, cardId, pickedId) {
  const host = document.getElementById(id);
  if (!host) return;
  if (engine()) engine().end();
  const map = Plain.begin(host, looks());
  Object.assign(state, { map, pickedId, picked: null });
  home();
  if (state.view) paint(state.view, state.bounds);
  show(state.plan, state.former);
  Hover.attach(map, { card: document.getElementById(cardId), view: () => state.view, above: cardOf });
  Hover.choose(map, pick);
  host.dataset.ready = "yes";
}

