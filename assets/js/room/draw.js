// Drawing a candidate: on the map or from a list, judged by the same rules and measures, and sent to the table with a name.
import { facts, place } from "../core/facts.js";
import { nextFrame } from "../core/dom.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as Drawing from "../map/drawing.js";
import * as Hover from "../map/hover.js";
import * as Plain from "../map/plain.js";
import * as Geometry from "../model/geometry.js";
import * as Outbox from "../model/outbox.js";
import * as Room from "../model/room.js";
import * as Touching from "../model/touching.js";
import * as Line from "./line.js";
import * as Maps from "./maps.js";
import { byId, copy, keyed, show, tell, write } from "./parts.js";
import * as Phone from "./phone.js";
import * as Sheet from "./sheet.js";
import * as Store from "./store.js";

const { phone } = Phone;
const KIND = "drawing";
const NO_ROUND = 0; // drawings are of none
const MOST = 12; // districts of a drawing
const SERVICES = ["health", "education", "environment"];
const SETTLED_MS = 350; // after the last change, before it is judged
const input = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** @typedef {{ id: string, name: string, ubigeos: Ubigeo[], services: string[] }} Work */
/** @returns {Work} */
const fresh = () => ({ id: Store.random(), name: "", ubigeos: [], services: [] });
let work = fresh();
let of = ""; // the room whose work it is
let map = null;
let judged = { of: "", found: null };
let timer = 0;

const asked = () => JSON.stringify([work.ubigeos, work.services]);
/** @param {string} id @returns {Pick<Answer, "round" | "kind" | "subject">} */
const about = (id) => ({ round: NO_ROUND, kind: KIND, subject: id });

/** What was sent and not taken back, the last first. @returns {Answer[]} */
function sent() {
  const kept = [...Object.values(phone.box.kept), ...phone.box.waiting].filter(({ kind }) => kind === KIND);
  const last = new Map(kept.map((one) => [one.subject, one]));
  return [...last.values()].filter(({ content }) => content.ubigeos.length).sort((a, b) => b.seq - a.seq);
}

function keep(more) {
  work = { ...work, ...more };
  Phone.draft(KIND, work);
  write(byId("draw-fault"), "");
  draw();
}

function toggle(u) {
  if (!u) return;
  const ubigeos = Room.toggled(work.ubigeos, u, MOST);
  if (ubigeos === work.ubigeos) return write(byId("draw-fault"), say("phone.most_districts", { most: MOST }));
  keep({ ubigeos });
  write(byId("draw-said"), say(ubigeos.includes(u) ? "phone.added" : "phone.taken_away", { name: place.district(u), n: ubigeos.length }));
}

// ---- the map

const within = (code) => facts.ubigeos.filter((u) => u.startsWith(code));
const home = () => map.fit(Geometry.bounds(work.ubigeos.length ? [...work.ubigeos, ...Touching.beside(work.ubigeos)] : within(phone.state.meeting.department)));

function beginMap() {
  map = Plain.begin(byId("draw-map"), { chosen: { ...facts.drawing["candidate.lines"], colour: token("accent") } });
  map.node.dataset.tool = "click";
  Plain.tools(map, home);
  Hover.choose(map, toggle);
  const ground = new Map(facts.ubigeos.map((u) => [u, token(u.startsWith(phone.state.meeting.department) ? "map-home" : "map-beside")]));
  Drawing.paint(map, ground, work.ubigeos);
  home();
}

/** The map comes with its screen: what is hidden has no room. */
export async function open() {
  if (!Phone.may().answer || !phone.state) return;
  const failed = /** @type {HTMLElement} */ (byId("draw-form").querySelector("[data-map-failed]"));
  const ready = await Maps.ready();
  tell(failed, ready ? "" : say("phone.map_failed"));
  await nextFrame();
  if (!ready || !byId("draw-map").offsetWidth) return;
  if (!map) beginMap();
  map.leaflet.invalidateSize({ pan: false });
  byId("draw-map").dataset.ready = "yes";
  draw();
}

function drawMap() {
  if (!map) return;
  Drawing.choose(map, work.ubigeos);
  Plain.outline(map, "chosen", [work.ubigeos]);
  const near = within(phone.state.meeting.department).filter((u) => !work.ubigeos.includes(u));
  Plain.name(map, [...work.ubigeos, ...near], work.ubigeos);
}

// ---- the list beside it

function chip(u) {
  const node = copy("chip");
  write(node.querySelector("span"), place.district(u));
  node.querySelector("button").setAttribute("aria-label", say("phone.remove", { name: place.district(u) }));
  node.querySelector("button").addEventListener("click", () => {
    toggle(u);
    byId("add").focus();
  });
  return node;
}

function options(label, ubigeos) {
  const group = Object.assign(document.createElement("optgroup"), { label });
  group.append(...ubigeos.map((u) => new Option(place.label(u), u)));
  return group;
}

function drawList() {
  const list = /** @type {HTMLSelectElement} */ (byId("add"));
  const stamp = `${phone.state.meeting.department}:${work.ubigeos}`;
  if (list.dataset.stamp === stamp) return;
  list.dataset.stamp = stamp;
  const free = (ubigeos) => ubigeos.filter((u) => !work.ubigeos.includes(u));
  const near = Touching.beside(work.ubigeos);
  const provinces = [...new Set(within(phone.state.meeting.department).map((u) => u.slice(0, 4)))];
  list.replaceChildren(
    new Option(list.dataset.first, ""), ...(near.length ? [options(say("phone.neighbours"), near)] : []),
    ...provinces.map((code) => options(say("phone.province", { name: facts.provinces[code].name }), free(within(code)))),
  );
}

byId("add").addEventListener("change", () => {
  toggle(/** @type {HTMLSelectElement} */ (byId("add")).value);
  if (map) home(); // who chooses from a list has not seen where it lies
});

// ---- what is said of it

function judgeSoon() {
  if (judged.of === asked()) return;
  window.clearTimeout(timer);
  if (!work.ubigeos.length) {
    judged = { of: asked(), found: null };
    return byId("draw-judged").replaceChildren();
  }
  byId("draw-judged").classList.add("stale");
  byId("draw-judged").setAttribute("aria-busy", "true");
  if (!byId("draw-judged").textContent) write(byId("draw-judged"), say("phone.judging"));
  timer = window.setTimeout(judge, SETTLED_MS);
}

async function judge() {
  const of = asked();
  const found = await Line.judge({ ubigeos: work.ubigeos, services: work.services });
  if (of !== asked()) return;
  judged = { of: found ? of : "", found };
  byId("draw-judged").classList.remove("stale");
  byId("draw-judged").removeAttribute("aria-busy");
  byId("draw-judged").replaceChildren(found ? Sheet.judgedNode(found) : Object.assign(document.createElement("p"), { className: "hint", textContent: say("phone.judged_later") }));
}

// ---- its services, its name, and what was sent

function service(key) {
  const node = copy("service");
  const box = /** @type {HTMLInputElement} */ (node.querySelector("input"));
  box.value = key;
  write(node.querySelector("span"), Sheet.service(key));
  box.addEventListener("change", () => keep({ services: SERVICES.filter((one) => (one === key ? box.checked : work.services.includes(one))) }));
  return node;
}

function sentNode(id) {
  const node = copy("sent");
  const one = () => sent().find(({ subject }) => subject === id).content;
  const edit = node.querySelector("[data-edit]");
  edit.addEventListener("click", () => {
    keep({ id, ...one() });
    if (map) home();
    byId("draw-map").scrollIntoView({ block: "nearest" });
    byId("drawing-name").focus({ preventScroll: true });
  });
  node.querySelector("[data-back]").addEventListener("click", () => {
    const { name, services } = one();
    Phone.give({ ...about(id), content: { name, services, ubigeos: [] } });
    if (work.id === id) keep(fresh());
    write(byId("draw-said"), say("phone.taken_back", { name }));
  });
  return node;
}

function drawSent() {
  const list = sent();
  show(byId("sent"), list.length > 0);
  keyed(byId("sent-list"), list.map(({ subject }) => subject), sentNode).forEach((node, i) => {
    const { name } = list[i].content;
    write(node.querySelector("b"), name);
    write(node.querySelector("small"), say(`phone.drawing_state.${Outbox.waits(phone.box, list[i]) ? "waiting" : "kept"}`));
    write(node.querySelector("[data-edit]"), say("phone.edit"));
    node.querySelector("[data-edit]").setAttribute("aria-label", say("phone.edit_one", { name }));
    node.querySelector("[data-back]").setAttribute("aria-label", say("phone.take_back", { name }));
  });
}

/** Show what changed. */
export function draw() {
  if (of !== phone.code) {
    of = phone.code;
    work = { ...fresh(), ...phone.drafts[KIND] };
  }
  const before = sent().some(({ subject }) => subject === work.id);
  write(byId("send-drawing"), say(before ? "phone.resend" : "phone.send"));
  show(byId("new-drawing"), before);
  tell(byId("none-chosen"), work.ubigeos.length ? "" : say("phone.none_chosen"));
  const services = keyed(byId("draw-services"), SERVICES, service);
  services.forEach((node, i) => (/** @type {HTMLInputElement} */ (node.querySelector("input")).checked = work.services.includes(SERVICES[i])));
  if (byId("drawing-name") !== document.activeElement && input("drawing-name").value !== work.name) input("drawing-name").value = work.name;
  drawSent();
  if (!facts.index) return;
  keyed(byId("chosen"), work.ubigeos, chip);
  drawList();
  drawMap();
  judgeSoon();
}

/** How many the member sent, in words. */
export const progress = () => (sent().length ? say("phone.drawings", { n: sent().length }) : "");

byId("drawing-name").addEventListener("input", () => keep({ name: input("drawing-name").value }));
byId("new-drawing").addEventListener("click", () => {
  keep(fresh());
  if (map) home();
});
byId("draw-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = work.name.trim();
  const fault = !work.ubigeos.length ? say("phone.no_districts") : !name ? say("phone.no_drawing_name") : "";
  write(byId("draw-fault"), fault);
  if (fault) return byId(work.ubigeos.length ? "drawing-name" : "add").focus();
  Phone.give({ ...about(work.id), content: { name, ubigeos: work.ubigeos, services: work.services } });
  write(byId("draw-said"), say("phone.sent", { name }));
});
