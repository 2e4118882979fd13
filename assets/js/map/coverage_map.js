// The map of the coverage: districts filled by how far the cluster they are in has come, clusters outlined by state and
// numbered, each of which leads to its place in the register.
import { facts } from "../core/facts.js";
import { go } from "../core/inside.js";
import { token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Clusters from "./clusters.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Plain from "./plain.js";
import { ready } from "./published.js";

const addressOf = ({ id }) => `/registro/${id}`;

/** Draw the map into its place. told: what the server says of it (dashboard/pages/coverage/map_view.py); patterns: nodes
 * of the legend by the group that they stand for.
 * @param {HTMLElement} host @param {any} told @param {Map<string, Element>} patterns */
export async function begin(host, told, patterns) {
  await ready();
  if (!host.isConnected) return;
  const map = Plain.begin(host, Clusters.looks());
  const { clusters, department, fills } = told;
  const held = new Map(clusters.flatMap((cluster) => cluster.ubigeos.map((u) => [u, cluster])));
  const urls = new Map([...patterns].map(([group, node]) => [group, map.pattern(node)]));
  const beside = token("map-beside");
  Drawing.paint(map, new Map(facts.ubigeos.map((u) => [u, urls.get(fills[u]) || beside])), [], department);
  Clusters.outline(map, clusters);
  Plain.number(map, clusters.map((cluster) => ({ ubigeos: cluster.ubigeos, node: () => Clusters.disc(cluster) })));
  const first = facts.ubigeos.filter((u) => held.has(u));
  Plain.name(map, [...first, ...facts.ubigeos.filter((u) => !held.has(u) && u.startsWith(department))]);
  const home = () => map.fit(Geometry.bounds(facts.ubigeos.filter((u) => u.startsWith(department))));
  Plain.tools(map, home);
  Hover.attach(map, { card: Plain.cardOf(host), view: () => null, above: (u) => (held.has(u) ? linesOf(held.get(u), told.go) : []), brief: true });
  Hover.choose(map, (u, byTouch) => {
    if (!held.has(u)) return;
    byTouch ? Hover.tell(map, u) : go(addressOf(held.get(u)));
  });
  home();
  host.dataset.ready = "yes";
}

// What is said of a cluster, and the way to it for a finger, which cannot point before it presses.
function linesOf(cluster, opens) {
  const line = (text, className) => Object.assign(document.createElement("div"), { className, textContent: text });
  const link = Object.assign(document.createElement("a"), { className: "hover-go", href: addressOf(cluster), textContent: opens });
  link.dataset.inside = "1";
  return [line(cluster.name, "hover-cluster"), ...cluster.lines.map((text) => line(text, "")), link];
}
