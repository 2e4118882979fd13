// The map of a plan: limits, clusters outlined by state and numbered by phase, what comes and goes.
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { facts, place } from "../core/facts.js";
import { say } from "../core/words.js";
import { token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Identity from "../model/identity.js";
import { number } from "../model/numbers.js";
import * as Clusters from "./clusters.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Plain from "./plain.js";
import * as Scene from "./scene.js";

// a phase is told by the shape of the number; the outline tells the state, as on every map
const PHASES = [
  { phase: 1, symbol: "circle", size: 21 },
  { phase: 2, symbol: "square", size: 21 },
  { phase: 3, symbol: "diamond", size: 27 },
];

const NARROW = 600; // pixels

export const state = { map: null, plan: null, former: null, picked: null, pickedId: null, view: null, bounds: null, byDistrict: new Map(), goneBy: new Map() };

const engine = () => (state.map && state.map.node.isConnected ? state.map : null);

const looks = () => ({
  gone: { colour: token("fail"), width: 2.4, dash: "1,3" },
  ...Clusters.looks(),
  picked: { colour: token("map-ink"), width: 4.5, casing: 2.2 },
});

// ---- what is drawn of a plan

// What stands for a cluster; of: what it is told to be, to who looks at the drawing alone.
function marked(of, draw) {
  return () => {
    const mark = draw();
    mark.dataset.of = of;
    return mark;
  };
}

const cross = () => Drawing.symbol({ symbol: "x", size: 14, fill: token("fail"), stroke: token("map-casing"), width: 2, colour: token("fail") });

// Rows of the legend that stand for a state are there while some cluster has it.
function legend(own) {
  const looks = new Set(own.map(({ look }) => look));
  document.querySelectorAll(".plan-entry[data-look]").forEach((row) => (row.hidden = !looks.has(row.dataset.look)));
}

function drawPlan(map) {
  const { plan, former } = state;
  const own = plan ? plan.clusters : [];
  const codes = new Set(own.map((c) => c.code));
  const before = new Set(former ? former.clusters.map((c) => c.code) : []);
  const gone = former ? former.clusters.filter((c) => !codes.has(c.code)) : [];
  state.byDistrict = new Map(own.flatMap((c) => c.ubigeos.map((u) => [u, c])));
  state.goneBy = new Map(gone.flatMap((c) => c.ubigeos.map((u) => [u, c])));
  const outlined = own.map((c) => ({ ubigeos: c.ubigeos, look: Clusters.lookFor(Identity.ofCluster(c)) }));
  Clusters.outline(map, outlined);
  legend(outlined);
  Plain.outline(map, "gone", gone.map((c) => c.ubigeos));
  const numbers = own.map((c) => {
    const { phase, symbol, size } = PHASES.find((each) => each.phase === c.phase);
    const identity = Identity.ofCluster(c);
    // smaller where the clusters themselves are, so that one number does not hide another
    const shown = () => (map.node.clientWidth < NARROW ? size - 4 : size);
    const text = `${former && !before.has(c.code) ? "+" : ""}${identity.sign}`;
    return { ubigeos: c.ubigeos, room: size / 2 + 3, node: marked(`phase-${phase}`, () => Clusters.disc(identity, { symbol, size: shown(), text })) };
  });
  numbers.push(...gone.map((c) => ({ ubigeos: c.ubigeos, node: marked("gone", cross) })));
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

// where its keys lie over the map, what is fitted stands clear of them as far as there is room
function around() {
  const key = document.querySelector(".plan-key");
  if (!key || getComputedStyle(key).position !== "absolute") return {};
  return { left: key.getBoundingClientRect().right - state.map.node.getBoundingClientRect().left };
}

export function home() {
  if (engine()) engine().fit(Geometry.bounds(facts.ubigeos), { around });
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

