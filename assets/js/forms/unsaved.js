// What is typed in a form and not yet saved: kept in this browser letter by letter, put back when the form is drawn
// again, asked about before it is left. The one place for every form of every screen: an element with `data-form` and
// `data-kept`. `data-record` tells of which record it speaks, `data-reads` how its fields are read (`assets/js/forms/readers.js`).
//
// Kept as {form: {tab: what is typed}}: no tab writes over what another holds of the same form.
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import { READERS } from "./readers.js";

const NAME = "typed";
const TOO_OLD_MS = 60 * 24 * 3600 * 1000;
const FORMS = "[data-form][data-kept]";
const TAB = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
const own = {}; // of this page: label -> what is typed
const bases = new WeakMap(); // form -> what the server has of it
const others = {}; // label -> versions of former tabs, the one in sight last

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const forms = () => [...document.querySelectorAll(FORMS)];
const reader = (form) => READERS[form.dataset.reads || "fields"];
const collect = (form) => reader(form).collect(form);
const versionInSight = (form) => (form.dataset.version ? Number(form.dataset.version) : null);
const page = (form) => (form.closest("[data-of]") ? form.closest("[data-of]").dataset.of : window.location.pathname);

function label(form) {
  const { form: name, record } = form.dataset;
  return record === undefined ? `${page(form)}|${name}` : `${name}|${record}`;
}

// ---- the browser's store

const isEntry = (entry) => Boolean(entry && entry.values && entry.base && Date.now() - entry.at < TOO_OLD_MS);

function all() {
  const kept = Store.recall(NAME) || {};
  const slots = (entry) => Object.fromEntries(Object.entries(isEntry(entry) ? { before: entry } : entry || {}).filter(([, each]) => isEntry(each)));
  return Object.fromEntries(Object.entries(kept).map(([name, entry]) => [name, slots(entry)]).filter(([, tabs]) => Object.keys(tabs).length));
}

// Change what is kept of one form, as the store has it at this moment.
function keep(name, change) {
  const kept = all();
  const tabs = { ...kept[name] };
  change(tabs);
  if (Object.keys(tabs).length) kept[name] = tabs;
  else delete kept[name];
  Store.keep(NAME, Object.keys(kept).length ? kept : undefined);
}

// ---- one form

export const typedOf = (form) => own[label(form)];

function tellForm(form) {
  form.classList.toggle("dirty", Boolean(typedOf(form)));
  form.querySelectorAll("[data-unsaved], [data-drop-typed]").forEach((node) => (node.hidden = !typedOf(form)));
  form.dispatchEvent(new CustomEvent("unsaved", { bubbles: true }));
}

// Note what a form holds now, beside what the server had when the typing began.
export function note(form) {
  if (!form || !form.matches(FORMS)) return;
  const [name, values, base, before] = [label(form), collect(form), bases.get(form), typedOf(form)];
  if (!base) return; // not yet settled
  if (same(values, base) && !(before && before.beneath)) return void forget(form);
  own[name] = { base, version: versionInSight(form), title: form.dataset.title || "", path: window.location.pathname, ...before, values, at: Date.now() };
  keep(name, (tabs) => (tabs[TAB] = own[name]));
  tellForm(form);
}

// The server has it, or nobody wants it.
export function forget(form) {
  forgetAs(label(form));
  clearSaid(form);
  tellForm(form);
}

export function forgetAs(name) {
  delete own[name];
  keep(name, (tabs) => {
    delete tabs[TAB];
    (others[name] || []).filter((each) => each.taken).forEach(({ tab }) => delete tabs[tab]);
  });
  others[name] = (others[name] || []).filter((each) => !each.taken);
}

export function drop(form) {
  forget(form);
  reader(form).apply(form, bases.get(form));
  tellForm(form);
}

// A form has just been drawn with what the server has: put back what was typed since. Tells whether something was,
// and whether what the server has changed beneath it.
export function settle(form) {
  const base = collect(form);
  bases.set(form, base);
  const name = label(form);
  if (!own[name]) takeOver(name);
  const typed = own[name];
  if (typed && same(typed.values, base)) forget(form);
  else if (typed) return putBack(form, typed, base);
  tellForm(form);
  return { typed: false, beneath: false };
}

// What a former page typed is this page's now; where several did, the last is shown and the others stay at hand.
function takeOver(name) {
  if (name in others) return; // what another tab types from now on is that tab's
  others[name] = [];
  const versions = Object.entries(all()[name] || {}).map(([tab, entry]) => ({ tab, entry, taken: false }));
  if (!versions.length) return;
  versions.sort((a, b) => a.entry.at - b.entry.at);
  versions.at(-1).taken = true;
  others[name] = versions;
  own[name] = versions.at(-1).entry;
}

function putBack(form, typed, base) {
  const was = typed.beneath;
  if (same(typed.base, base)) Object.assign(typed, { version: versionInSight(form), beneath: false });
  else typed.beneath = true;
  reader(form).apply(form, typed.values);
  unfold(form);
  tellBefore(form, typed);
  tellForm(form);
  return { typed: true, beneath: typed.beneath && !was };
}

// Nobody looks for what they wrote inside something folded.
function unfold(form) {
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

// ---- said in the form: that it was typed before, and the ways on

const clearSaid = (form) => form.querySelector(".typed-before")?.remove();

function tellBefore(form, typed) {
  clearSaid(form);
  if (form.querySelector("[data-unsaved]")) return; // the form says so itself
  const box = Object.assign(document.createElement("div"), { className: "typed-before" });
  box.setAttribute("role", "status");
  box.append(say(typed.beneath ? "unsaved.beneath" : "unsaved.before"), " ", button("unsaved.drop", () => drop(form)));
  const versions = others[label(form)] || [];
  if (versions.length > 1) box.append(" ", button("unsaved.other", () => turn(form), { n: versions.length }));
  form.prepend(box);
}

function button(key, does, fields) {
  return Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: say(key, fields), onclick: does });
}

// The next of the versions that several tabs hold of this form.
function turn(form) {
  const name = label(form);
  const versions = others[name];
  const at = versions.findIndex(({ taken }) => taken);
  versions[at].entry = own[name];
  keep(name, (tabs) => {
    tabs[versions[at].tab] = own[name];
    delete tabs[TAB];
  });
  versions.forEach((each, n) => (each.taken = n === (at + 1) % versions.length));
  own[name] = versions.find(({ taken }) => taken).entry;
  putBack(form, own[name], bases.get(form));
}

// ---- all of them

export const inSight = () => forms().filter(typedOf);
const titled = (list) => [...new Set(list.map(({ title }) => title).filter(Boolean))];
// In words, for what is taken away and what is said at the end of a session.
const everything = () => {
  const kept = Object.values(all()).flatMap((tabs) => Object.values(tabs));
  return kept.concat(Object.values(own).filter((mine) => !kept.some((each) => same(each.values, mine.values))));
};
const flat = (value) => (value && typeof value === "object" ? Object.values(value).map(flat).join(", ") : `${value ?? ""}`);
/** @returns {[string, [string, string][]][]} title and fields of each */
export const readable = () => everything().map(({ title, values }) => {
  const fields = Object.entries(values).map(([name, value]) => /** @type {[string, string]} */ ([name, flat(value)]));
  return [title, fields.filter(([, text]) => text)];
});

document.addEventListener("input", (event) => note(event.target.closest(FORMS)));
document.addEventListener("change", (event) => note(event.target.closest(FORMS)));
document.addEventListener("click", (event) => {
  const wanted = event.target.closest && event.target.closest("[data-drop-typed]");
  if (wanted) drop(wanted.closest(FORMS));
});

export const names = () => titled(inSight().map((form) => form.dataset)).join(", ");

export const valuesOf = (name) => (own[name] ? own[name].values : null);

export const keptNames = () => titled(everything());

export const versionOf = (form) => (typedOf(form) ? typedOf(form).version : versionInSight(form));

// Also for a form that is not drawn yet, for the control that opens it.
export const isTyped = (name) => Boolean(own[name] || all()[name]);
