// The map of the screen that proposes: a place in colour with others around it, the proposals of the record there, and
// the candidates picked and pointed at.
import { facts } from "../core/facts.js";
import { token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Identity from "../model/identity.js";
import * as Proposals from "../model/proposals.js";
import * as Clusters from "./clusters.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Plain from "./plain.js";
import * as Scene from "./scene.js";

const OVERLAY = "clusters"; // proposals stand where they do on the map

const looks = () => ({
  ...Clusters.looks(),
  picked: facts.drawing["candidate.lines"],
  pointed: { colour: token("map-pointed"), width: 2.6, dash: "6,3" },
});

const within = (code) => facts.ubigeos.filter((u) => u.startsWith(code));

/** A map of no place yet. act: told the district of the place that is pointed at, and the one that is chosen.
 * @param {HTMLElement} host @param {{ pointDistrict: (u: Ubigeo | null) => void, pickDistrict: (u: Ubigeo) => void }} act */
export function begin(host, act) {
  const map = Plain.begin(host, looks());
  const shown = { place: "", view: null, picked: [] };
  const own = (u) => (u && shown.place && u.startsWith(shown.place) ? u : null);
  const home = () => map.fit(Geometry.bounds(within(shown.place)));
  Plain.tools(map, home);
  Hover.attach(map, { card: Plain.cardOf(host), view: () => shown.view, above: (u) => linesOf(u, shown.view), brief: true });
  Hover.choose(map, (u) => own(u) && act.pickDistrict(u));
  map.node.addEventListener("pointermove", (event) => !event.buttons && act.pointDistrict(own(Geometry.districtAt(/** @type {Point} */ (map.place(event))))));
  map.node.addEventListener("pointerleave", () => act.pointDistrict(null));

  return {
    isOf: (other) => other === host && map.node.isConnected,
    point: (ubigeos) => Plain.outline(map, "pointed", ubigeos ? [ubigeos] : []),
    pick(ubigeos) {
      shown.picked = ubigeos || [];
      Plain.outline(map, "picked", ubigeos ? [ubigeos] : []);
      Drawing.choose(map, shown.picked);
      nameAll(map, shown);
    },
    /** Show a place by what a view fills it with. */
    show(code, view, bounds) {
      const moved = shown.place !== code;
      Object.assign(shown, { place: code, view });
      Drawing.paint(map, bounds ? Scene.coloursOf(view, bounds) : new Map(), shown.picked, code);
      drawRecord(map, view);
      if (moved) home();
      nameAll(map, shown);
      host.dataset.ready = "yes";
    },
  };
}

function nameAll(map, { picked, place: code }) {
  const own = within(code).filter((u) => !picked.includes(u));
  Plain.name(map, [...picked, ...own, ...facts.ubigeos.filter((u) => !u.startsWith(code))], picked);
}

const recordOf = (view) => (view.overlays.includes(OVERLAY) ? Proposals.listed() : []);

function drawRecord(map, view) {
  const kept = recordOf(view);
  Clusters.outline(map, kept);
  Plain.number(map, kept.map((p) => ({ ubigeos: p.ubigeos, node: () => Clusters.disc(Identity.ofProposal(p)) })));
}

function linesOf(u, view) {
  const kept = recordOf(view).filter((p) => p.ubigeos.includes(u));
  return kept.map((p) => {
    const line = document.createElement("div");
    line.className = "hover-cluster";
    line.textContent = Identity.title(Identity.ofProposal(p));
    return line;
  });
}
