// The one place where the product says what happened. What was done is said for a while and goes; an error stands
// until it is put away; what goes on (no server, a session that ended, other data) stands while it lasts.
import { dash } from "./dash.js";
import { say } from "./words.js";

const STAYS_MS = 7000;
const REGION = "shell-status";
const LATER = []; // what was said before the page was laid out
let going = null; // the notice of what was done last, and when it goes

const region = () => document.getElementById(REGION);

function box(kind, children) {
  const node = document.createElement("div");
  node.className = `notice notice-${kind}`;
  if (kind === "error") node.setAttribute("role", "alert");
  const text = document.createElement("div");
  text.className = "notice-text";
  text.append(...[].concat(children));
  node.append(text);
  return node;
}

function closeButton(node) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "notice-close", textContent: "×", title: say("status.close") });
  button.setAttribute("aria-label", say("status.close"));
  button.addEventListener("click", () => node.remove());
  return button;
}

// Whoever points at a notice or is inside it is still reading.
function goLater(node) {
  const leave = () => { clearTimeout(going.timer); going.timer = setTimeout(() => node.remove(), STAYS_MS); };
  going = { node, timer: 0 };
  node.addEventListener("pointerenter", () => clearTimeout(going.timer));
  node.addEventListener("pointerleave", leave);
  leave();
}

// Say what happened. kind: "done" goes by itself, "error" stands until put away; the same error stands once.
export function tell(text, kind = "done") {
  if (!text) return;
  if (!region()) return void LATER.push([text, kind]);
  if (kind === "error") {
    [...region().querySelectorAll(".notice-error")].filter((n) => n.dataset.text === text).forEach((n) => n.remove());
    const node = box("error", text);
    node.dataset.text = text;
    node.append(closeButton(node));
    return void region().append(node);
  }
  if (going) {
    clearTimeout(going.timer);
    going.node.remove();
  }
  const node = box("done", text);
  region().append(node);
  goLater(node);
}

// What lasts is said first and as long as it lasts, under a name of its own.
export function stand(name, children) {
  const node = box("standing", children);
  const now = document.querySelector(`.notice-standing[data-name="${name}"]`);
  if (now && now.textContent === node.textContent) return now; // said already
  settle(name);
  node.dataset.name = name;
  (region() || document.body).prepend(node);
  return node;
}

export const settle = (name) => document.querySelectorAll(`.notice-standing[data-name="${name}"]`).forEach((node) => node.remove());
export const stands = (name) => Boolean(document.querySelector(`.notice-standing[data-name="${name}"]`));

// What has to be known until it is dealt with, and what can be done about it: a sentence, what it is about, buttons.
// ways: [key of the words, what a press does], each.
export function list(name, sentence, ways = [], things = []) {
  const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const items = document.createElement("ul");
  items.append(...things.map((each) => made("li", each)));
  const buttons = ways.map(([key, does]) => way(say(key), does));
  return stand(name, [made("p", sentence), ...(things.length ? [items] : []), ...buttons]);
}

// A button or a link of a notice that stands.
export function way(text, does) {
  const node = typeof does === "string"
    ? Object.assign(document.createElement("a"), { href: does })
    : Object.assign(document.createElement("button"), { type: "button", onclick: does });
  node.textContent = text;
  node.className = "notice-way";
  return node;
}

dash.status = {
  // said: a sentence, or [a sentence, its kind]
  show(said) {
    LATER.splice(0).forEach(([text, kind]) => tell(text, kind));
    if (said) tell(...[].concat(said));
    return dash.no_update;
  },
};
