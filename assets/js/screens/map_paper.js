// The map on one A4 page, made anew when the browser prints: title, a map drawn for the paper's room, its keys, what the
// rules and measures say of what is judged, code, link and sources. Whatever does not fit is left out, and that is said.
import { dash } from "../core/dash.js";
import { disc, outline } from "../core/disc.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { isReady, place } from "../core/facts.js";
import { today } from "../core/paper.js";
import * as Server from "../core/server.js";
import { joined, say } from "../core/words.js";
import * as Beside from "../map/beside.js";
import * as Current from "../map/current.js";
import * as Drawing from "../map/drawing.js";
import * as Engine from "../map/engine.js";
import * as Layers from "../map/layers.js";
import * as Legend from "../map/legend.js";
import * as Picture from "../map/picture.js";
import * as Scene from "../map/scene.js";
import * as Rivers from "../map/rivers.js";
import * as Surroundings from "../map/surroundings.js";
import * as Address from "../model/address.js";
import * as Drafts from "../model/drafts.js";
import * as Geometry from "../model/geometry.js";
import * as Identity from "../model/identity.js";
import * as Series from "../model/series.js";

const SURROUNDINGS = 0.3; // of the candidate's width and height, on each side
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const own = (name) => html("Span", { dir: "auto", className: "identity-name" }, name);

// ---- the link

/** The address that shows on another screen what the paper shows: the view and the candidate in hand alone. */
export function link(view, drafts) {
  const one = { ...drafts, candidates: drafts.candidates.filter((c) => c.id === drafts.active) };
  return `${window.location.origin}/?${Address.write(view, one, null, null, null, null)}`;
}

// The link as a drawing; null where the server gives none.
function square(address) {
  const drawn = Server.atOnce(`/qr.svg?link=${encodeURIComponent(address)}`);
  if (!drawn) return null;
  const svg = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement;
  if (svg.localName !== "svg") return null;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", say("paper.qr"));
  svg.setAttribute("shape-rendering", "crispEdges");
  return document.importNode(svg, true);
}

// ---- the parts, as components

function whoOf(shown) {
  if (!shown) return html("P", { className: "paper-none" }, say("paper.no_candidate"));
  const identity = Identity.ofCandidate(shown);
  const state = identity.id ? say(`state.${identity.state}`) : say("identity.drawing");
  const services = shown.services.map((s) => say(`paper.service.${s}`));
  return html("Div", { className: "paper-who" }, [disc(identity, true), html("Div", {}, [
    html("H1", { dir: "auto" }, shown.name),
    html("P", {}, say("paper.about", { state, phase: shown.phase, services: services.length ? joined(services) : say("paper.no_service") })),
    html("P", { className: "paper-district-names" }, `${say("districts", { n: shown.ubigeos.length })}: ${joined(shown.ubigeos.map(place.district))}`),
  ])]);
}

const head = (view, shown) => html("Header", {}, [
  whoOf(shown),
  html("P", { className: "paper-fill" }, say("paper.fill", { fill: Series.label(view.fill), where: Beside.where(view) })),
]);

const classesOf = (view, bounds) => html("Div", { className: "legend" }, [
  html("P", { className: "paper-title" }, [Series.label(view.fill), ` · ${Series.unit(Series.about(view))} · ${Series.about(view).year}`]),
  html("P", { className: "paper-small" }, say("paper.classes")),
  html("Ul", { className: "legend-classes" }, Legend.rows(view, bounds).map(Legend.row)),
  html("Div", { className: "paper-cautions" }, Legend.cautions(view).map((text) => html("P", {}, text))),
]);

const mark = (image) => html("Img", { src: image.src, width: image.naturalWidth || 20, height: 20, alt: "" });
const overlays = () => html("Div", { className: "paper-overlays" }, Beside.overlays().map(({ title, rows }) => html("Div", {}, [
  html("P", { className: "paper-title" }, title),
  html("Ul", {}, rows.map(({ image, text }) => html("Li", {}, [mark(image), html("Span", {}, text)]))),
])));

const numbered = (p, active) => html("Li", {}, [
  disc(Identity.ofProposal(p), Drafts.PROPOSAL + p.id === active),
  html("Span", {}, [own(p.name), html("Span", { className: "paper-small" }, ` ${say("identity.about", { state: say(`state.${p.state}`), phase: p.phase })}`)]),
  outline(p.look),
]);
const keyOf = (active) => ({ proposals, tags }) => [
  ...(proposals.length ? [html("P", { className: "paper-title" }, say("paper.key")), html("Ul", { className: "paper-key" }, proposals.map((p) => numbered(p, active)))] : []),
  ...(tags.length ? [html("Div", { className: "paper-tags" }, [
    html("P", { className: "paper-title" }, say("paper.tags")),
    html("Ul", {}, tags.map((row) => html("Li", {}, [html("B", {}, row.text), own(row.name)]))),
  ])] : []),
];

const host = () => window.location.host;
const foot = (source, address, code) => html("Footer", {}, [
  html("Div", { className: "paper-square" }, ""),
  html("Div", { className: "paper-told" }, [
    ...(code ? [html("P", {}, [html("B", {}, [say("paper.code"), " ", html("Code", {}, code)]), ` ${say("paper.rebuild")}`])] : []),
    html("P", { className: "paper-link" }, address),
    html("P", { className: "paper-notice" }, Beside.notice()),
    html("P", { className: "paper-sources" }, [html("B", {}, say("paper.fill_source")), ` ${source}`]),
    html("P", { className: "paper-every-source" }, [html("B", {}, say("paper.sources")), ` ${document.getElementById("map-sources").textContent}.`]),
    html("P", { className: "paper-left-out" }, ""),
    html("P", { className: "paper-date" }, say("paper.printed", { date: today() })),
  ]),
]);

const copied = (box) => [...box.children].map((node) => node.cloneNode(true));

// What the panel says of the candidate, copied as it stands there; what it said before is no judgement of it.
function judged(shown, rules, measures) {
  if (!shown) return;
  const [verdicts, figures] = ["map-verdicts", "map-measures"].map((id) => document.getElementById(id));
  if (!verdicts.childElementCount || verdicts.classList.contains("stale")) {
    Dom.render(rules, html("P", { className: "paper-none" }, say("paper.not_judged")));
    return;
  }
  rules.append(...copied(verdicts));
  rules.querySelectorAll(".see").forEach((node) => node.remove());
  rules.querySelectorAll(".visually-hidden").forEach((node) => (node.className = "rule-word"));
  measures.append(...copied(figures));
  measures.querySelectorAll(".code-line").forEach((node) => node.remove());
  measures.querySelectorAll(".unit").forEach((node) => node.before(" "));
  // what is to know of a figure stands below its name, so that figures take no width
  measures.querySelectorAll("tr").forEach((line) => line.cells[0].append(...line.querySelectorAll(".caveat")));
}

// ---- the map, drawn for the room that is left

function draw(figure, { view, bounds, drafts, shown }, box) {
  const map = Engine.begin(figure, { moves: false });
  Drawing.layLand(map);
  Surroundings.lay(map);
  Rivers.lay(map);
  Layers.begin(map);
  Drawing.paint(map, Scene.coloursOf(view, bounds), shown ? shown.ubigeos : [], view.department);
  for (const key of view.overlays) Layers.show(map, key, view);
  Layers.outline(map, drafts);
  map.onSettled(() => Layers.settle(map, view, drafts));
  map.fit(box, { share: shown ? SURROUNDINGS : 0 });
  return map;
}

function boxInSight() {
  const sight = Current.engine().leaflet.getBounds();
  return [sight.getWest(), sight.getSouth(), sight.getEast(), sight.getNorth()];
}

// What was drawn stays as a copy of its sheet; the engine goes.
function settle(figure, map, says) {
  const { width, text } = Beside.scale(map);
  const copy = Picture.copyOf(map, 0, 0);
  map.end();
  const bar = html("Div", { className: "map-scale", style: { width: `${width}px` } }, text);
  Dom.render(figure, [html("Div", { className: "map-north", role: "img", "aria-label": say("paper.north") }, "N"), bar, html("Figcaption", {}, says)]);
  figure.prepend(copy);
}

// ---- one page

// What is left out of a page that is full, what is missed least first, by the word that says so.
const LEAVES = [
  ["district_names", ".paper-district-names"], ["travel", ".paper-measures .travel"], ["held", ".rule.pass .rule-sentence"], ["cautions", ".paper-cautions"], ["sources", ".paper-every-source"],
  ["tags", ".paper-tags"], ["figures", ".paper-measures .caveat"], ["key", ".paper-key li:nth-child(n+7)"], ["overlays", ".paper-overlays"],
  ["reasons", ".rule-sentence"],
];

const fits = (sheet) => sheet.scrollHeight <= sheet.clientHeight;

// Out of the column beside the map into those below it, where that makes the page shorter.
function moveBelow(sheet, selector) {
  const [part, aside, before] = [sheet.querySelector(selector), sheet.querySelector("aside"), sheet.scrollHeight];
  sheet.querySelector(".paper-below").append(part);
  if (sheet.scrollHeight >= before) aside.append(part);
}

// Smaller letters first, then the keys below the map in columns, then less; what was left out for nothing comes back.
function fit(sheet) {
  if (!fits(sheet)) sheet.classList.add("dense");
  if (!fits(sheet)) [".paper-overlays", ".paper-keys"].forEach((selector) => moveBelow(sheet, selector));
  const hide = (selector, hidden) => sheet.querySelectorAll(selector).forEach((node) => (node.hidden = hidden));
  const gone = [];
  const tell = () => {
    const told = gone.map(([name]) => say(`paper.left.${name}`));
    sheet.querySelector(".paper-left-out").textContent = told.length ? say("paper.left_out", { what: joined(told) }) : "";
  };
  for (const [name, selector] of LEAVES) {
    if (fits(sheet)) break;
    if (!sheet.querySelector(selector)) continue;
    hide(selector, true);
    gone.push([name, selector]);
    tell();
  }
  for (const each of [...gone].reverse()) {
    hide(each[1], false);
    if (fits(sheet)) gone.splice(gone.indexOf(each), 1);
    else hide(each[1], true);
  }
  tell();
}

let sheet = null;

function end() {
  if (sheet) sheet.remove();
  sheet = null;
}

function whatIsShown() {
  const { view, drafts, cut } = Current.last;
  const bounds = isReady() && Current.engine() && view && drafts ? Scene.boundsFor(view, cut) : null;
  if (!bounds) return null;
  const found = Drafts.shown(drafts);
  const shown = found && found.ubigeos.length ? found : null;
  return { view, bounds, shown, drafts: { ...drafts, candidates: drafts.candidates.filter((c) => c.id === drafts.active) } };
}

function begin() {
  end();
  // its address is there before the screen is, which waits for the figures
  if (!document.querySelector(".map-screen") && window.location.pathname !== "/") return;
  sheet = document.createElement("section");
  sheet.className = "map-paper";
  document.body.append(sheet);
  const what = whatIsShown();
  what ? compose(sheet, what) : Dom.render(sheet, html("P", { className: "paper-none" }, say("paper.nothing")));
}

function compose(into, what) {
  const { view, bounds, shown, drafts } = what;
  const address = link(view, drafts);
  const code = shown ? Address.encode(shown.ubigeos) : "";
  Dom.render(into, [
    head(view, shown),
    html("Div", { className: "paper-middle" }, [
      html("Figure", { className: "paper-map" }, ""),
      html("Aside", {}, [classesOf(view, bounds), overlays(), html("Div", { className: "paper-keys" }, "")]),
    ]),
    html("Section", { className: "paper-below" }, ""),
    html("Section", { className: "paper-rules" }, ""), html("Section", { className: "paper-measures" }, ""),
    foot(Beside.sourceOf(view), address, code),
  ]);
  const part = (name) => into.querySelector(`.paper-${name}`);
  judged(shown, part("rules"), part("measures"));
  const drawn = square(address);
  if (drawn) part("square").append(drawn);
  part("link").textContent = !drawn ? `${say("paper.no_qr")} ${address}`
    : `${say("paper.scan", { host: host() })}${LOOPBACK.test(window.location.hostname) ? ` ${say("paper.only_here")}` : ""}`;
  // the key names what the map shows, and the map takes the room that the key leaves: drawn once for each
  const box = shown ? Geometry.bounds(shown.ubigeos) : boxInSight();
  const figure = part("map");
  const before = draw(figure, what, box);
  Dom.render(part("keys"), Beside.keysInSight(view, before).flatMap(keyOf(drafts.active)));
  before.end();
  fit(into);
  settle(figure, draw(figure, what, box), say(shown ? "paper.shows_candidate" : "paper.shows_view"));
}

window.addEventListener("beforeprint", begin);
window.addEventListener("afterprint", end);

dash.paper = {
  print(clicks) {
    if (clicks) window.print();
    return dash.no_update;
  },
};
