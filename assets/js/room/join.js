// Coming in: the code, one's name, and the screens of who waits, was sent out, or stayed until the end.
import { request } from "../core/server.js";
import { say } from "../core/words.js";
import * as Room from "../model/room.js";
import * as Line from "./line.js";
import { all, byId, copy, keyed, show, write } from "./parts.js";
import * as Phone from "./phone.js";
import { unsent } from "./told.js";

const { phone } = Phone;
const PATH = "/sala";
const input = (id) => /** @type {HTMLInputElement} */ (byId(id));
const letters = () => Number(document.documentElement.dataset.letters);

/** The code in the address. */
export const codeOfAddress = () => Room.codeOf(decodeURIComponent(window.location.pathname.slice(PATH.length + 1)), letters());

/** Enter a room, or none; the address follows, so that a page that is loaded anew is of the same room. @param {string} code */
export function enter(code) {
  const path = `${PATH}${code ? `/${code}` : ""}`;
  if (path !== window.location.pathname) {
    window.history.replaceState(null, "", `${path}${window.location.hash}`);
    request(path).catch(() => undefined); // the browser has the document of that address then, for when the network is gone
  }
  Phone.enter(code);
  Line.afresh();
}

// ---- the code

byId("code").addEventListener("input", () => {
  const code = Room.codeOf(input("code").value, letters());
  if (input("code").value !== code) input("code").value = code;
  write(byId("code-fault"), "");
});

byId("code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = Room.codeOf(input("code").value, letters());
  if (code.length === letters()) return enter(code);
  write(byId("code-fault"), say("phone.no_code", { letters: letters() }));
  byId("code").focus();
});

// ---- one's name

const chosen = () => /** @type {HTMLInputElement} */ (document.querySelector("#who-form input[name=who]:checked"));
const isGuest = (value) => value === "invited" || value === "observer";

byId("who-form").addEventListener("change", () => {
  show(byId("own-name"), chosen() && isGuest(chosen().value));
  write(byId("who-fault"), "");
});

byId("who-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const value = chosen() ? chosen().value : "";
  const name = input("guest").value.trim();
  const fault = !value ? say("phone.no_choice") : value === "invited" && !name ? say("phone.no_own_name") : "";
  write(byId("who-fault"), fault);
  if (fault) return (value ? byId("guest") : /** @type {HTMLElement} */ (document.querySelector("#who-form input"))).focus();
  const button = /** @type {HTMLButtonElement} */ (byId("who-form").querySelector("button"));
  button.disabled = true;
  write(byId("who-fault"), await Line.join(isGuest(value) ? { role: value, name } : value));
  button.disabled = false;
});

function nameOf(who) {
  const node = copy("name");
  /** @type {HTMLInputElement} */ (node.querySelector("input")).value = who.id;
  node.querySelector(".own").textContent = who.name;
  return node;
}

function showNames() {
  const who = (phone.state && phone.state.who) || [];
  const nodes = keyed(byId("members"), who.map(({ id }) => id), (id) => nameOf(who.find((one) => one.id === id)));
  nodes.forEach((node, i) => write(node.querySelector("small"), who[i].taken ? say("phone.taken") : ""));
  show(byId("members").parentElement, who.length > 0);
}

// ---- leaving

all("[data-leave]").forEach((button) => button.addEventListener("click", () => {
  Phone.seat(null);
  if (phone.state) phone.state = { ...phone.state, me: null };
  Phone.changed();
  Line.afresh();
}));
all("[data-other]").forEach((button) => button.addEventListener("click", () => enter("")));

function showUnsent() {
  const lines = [...phone.box.waiting, ...phone.box.refused.map(({ answer }) => answer)].map((answer) => unsent(answer));
  for (const place of all("[data-unsent]")) {
    show(place, lines.length > 0);
    place.querySelector("ul").replaceChildren(...lines);
  }
}

/** Show what changed. @param {ReturnType<typeof Phone.stage>} stage */
export function draw(stage) {
  if (stage === "code" && phone.ended === "unknown" && phone.code) {
    write(byId("code-fault"), phone.why);
    input("code").value = phone.code;
    phone.code = "";
  }
  if (stage === "who") showNames();
  if (stage === "asked") write(byId("asked-as"), say("phone.asked_as", { name: phone.state.me.name }));
  if (stage === "removed" || stage === "closed") showUnsent();
}
