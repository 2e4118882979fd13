// Before a person leaves: what is not saved is named, and stays in this browser for them alone.
import { isReady } from "../core/facts.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Drafts from "../model/drafts.js";
import * as Proposals from "../model/proposals.js";
import * as Takeaway from "./takeaway.js";
import * as Unsaved from "./unsaved.js";

let isLeaving = false; // it was asked, or the page itself goes on

window.addEventListener("beforeunload", (event) => {
  if (Unsaved.inSight().length && !isLeaving) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (event.target.closest && event.target.closest("a[href]"));
  const stays = !link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#");
  if (stays || !Unsaved.inSight().length) return;
  if (window.confirm(say("unsaved.leave", { names: Unsaved.names() }))) {
    // a link inside the application leads on without a new document
    isLeaving = true;
    setTimeout(() => (isLeaving = false), 1000);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// What only this browser has, in words: drawings that the record has not, and forms that were not sent.
export function kept() {
  const drafts = Drafts.sound(Store.recall("drafts"));
  const n = drafts.candidates.filter((c) => c.ubigeos.length && !isInRecord(c)).length;
  const drawings = n ? [say("leaving.drawings", { n })] : [];
  return [...drawings, ...Unsaved.keptNames()];
}

function isInRecord(c) {
  const there = c.replaces && Proposals.find(c.replaces);
  return Boolean(there) && there.ubigeos.join() === c.ubigeos.join();
}

// ---- signing out

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".sign-out") || form.dataset.sure) return;
  const things = isReady() ? kept() : Unsaved.keptNames();
  if (!things.length) return;
  event.preventDefault();
  ask(form, things);
}, true);

function ask(form, things) {
  const box = document.createElement("dialog");
  box.className = "leaving";
  const text = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
  const list = document.createElement("ul");
  list.append(...things.map((each) => text("li", each)));
  const button = (key, does) => Object.assign(text("button", say(key)), { type: "button", className: "button", onclick: does });
  const out = button("leaving.out", () => {
    form.dataset.sure = "yes";
    isLeaving = true;
    form.requestSubmit();
  });
  out.classList.add("primary");
  const row = document.createElement("div");
  row.className = "button-row";
  row.append(out, button("leaving.take", Takeaway.all), button("leaving.stay", () => box.close()));
  box.append(text("h2", say("leaving.title")), list, text("p", say("leaving.told")), row);
  box.setAttribute("aria-label", say("leaving.title"));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export const go = () => (isLeaving = true);
