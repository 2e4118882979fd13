// One proposal a tap away: its map, what the rules say and five figures. What is judged of a drawing reads the same.
import { facts, place } from "../core/facts.js";
import { joined, say } from "../core/words.js";
import * as GroupMap from "../map/group_map.js";
import * as Maps from "./maps.js";
import { byId, copy, open, show, tell, write } from "./parts.js";

const SIGNS = { pass: "✓", warn: "!", fail: "✗" };
const COUNTED = ["fail", "warn", "pass"];

/** What is said of one beside its name. @param {RoomProposal} proposal */
export function about({ state, ubigeos, services }) {
  const fields = { state: state, n: ubigeos.length, services: joined(services.map(service)) };
  return say(services.length ? "phone.about_services" : "phone.about", fields);
}

/** @param {string} key */
export const service = (key) => say(`paper.service.${key}`);

/** Rules and figures as elements. @param {{ rules: RoomProposal["rules"], figures: RoomProposal["figures"] }} judged */
export function judgedNode({ rules, figures }) {
  const node = copy("judged");
  const count = (status) => rules.filter((rule) => rule.status === status).length;
  node.querySelector(".counts").textContent = COUNTED.filter(count).map((status) => `${SIGNS[status]} ${count(status)}`).join("  ");
  node.querySelector(".counts").setAttribute("aria-label", say("phone.rules_counted", { fail: count("fail"), warn: count("warn"), pass: count("pass") }));
  node.querySelector(".counts").setAttribute("role", "img");
  node.querySelector(".rules").append(...rules.map(rule));
  node.querySelector(".figures").append(...figures.map(figure));
  return node;
}

function rule({ name, status, sentence }) {
  const node = copy("rule");
  node.classList.add(status);
  write(node.querySelector(".sign"), SIGNS[status] || "·");
  write(node.querySelector(".visually-hidden"), `${say(`phone.status.${status}`)}: `);
  write(node.querySelector("b"), name);
  write(node.querySelector(".text"), sentence);
  return node;
}

function figure({ name, value, unit, note }) {
  const node = copy("figure");
  write(node.querySelector("dt"), name);
  write(node.querySelector("b"), value);
  write(node.querySelector(".unit"), unit || "");
  tell(node.querySelector("small"), note || "");
  return node;
}

/** The disc of a number. @param {HTMLElement} node @param {string} number */
export const disc = (node, number) => write(node, number);

/** Show a proposal. @param {RoomProposal} proposal */
export async function openSheet(proposal) {
  write(byId("sheet-name"), proposal.name);
  disc(byId("sheet").querySelector(".disc"), proposal.number);
  write(byId("sheet-about"), about(proposal));
  byId("sheet-judged").replaceChildren(judgedNode(proposal));
  const dialog = open("sheet");
  dialog.querySelector(".sheet-body").scrollTop = 0;
  const failed = /** @type {HTMLElement} */ (dialog.querySelector("[data-map-failed]"));
  tell(failed, "");
  if (!(await Maps.ready())) return tell(failed, say("phone.map_failed"));
  if (!dialog.open) return;
  write(byId("sheet-districts"), joined(proposal.ubigeos.filter((u) => facts.index.has(u)).map(place.district)));
  await draw(dialog, proposal);
}

// The room of a map is made anew for each: what it holds belongs to one.
async function draw(dialog, { name, map }) {
  const before = byId("sheet-map");
  const room = /** @type {HTMLElement} */ (before.cloneNode(false));
  delete room.dataset.ready;
  before.replaceWith(room);
  room.setAttribute("aria-label", say("phone.map_of", { name }));
  Object.entries(map).forEach(([attribute, value]) => room.setAttribute(attribute, value));
  show(dialog.querySelector(".sheet-map"), map["data-parts"]);
  await GroupMap.drawAll(dialog, { keys: true });
}

// The map goes with the sheet: it hears nothing more.
byId("sheet").addEventListener("close", () => byId("sheet-map").replaceChildren());
