// What this browser keeps, by person: nobody sees what is another's, and nothing of it is deleted. A store that is
// full or forbidden is said for as long as it is so.
import * as File_ from "./file.js";
import * as Notices from "./notices.js";
import { say } from "./words.js";

const PREFIX = "conglomerados";
const TRY_AGAIN_MS = 3000;
const refused = new Map(); // name -> what the browser did not take
let timer = null;
const ways = []; // what can be done where the browser keeps nothing: [key of the words, what a press does]
export const offer = (...way) => ways.push(way);

export const who = () => document.documentElement.dataset.who;
const keyOf = (name) => `${PREFIX}.${name}.${who()}`;

// The text that is kept, null where there is none or the store is forbidden.
function text(name) {
  try {
    return window.localStorage.getItem(keyOf(name));
  } catch (_) {
    refused.set("", "");
    return null;
  }
}

export function recall(name) {
  try {
    return JSON.parse(text(name));
  } catch (_) {
    return null; // damaged; `salvage` has it
  }
}

// Keep something, nothing for undefined; tell whether the browser took it.
export function keep(name, value) {
  try {
    if (value === undefined) window.localStorage.removeItem(keyOf(name));
    else window.localStorage.setItem(keyOf(name), JSON.stringify(value));
    refused.delete(name);
    refused.delete("");
  } catch (_) {
    refused.set(name, value);
  }
  show();
  return !refused.has(name);
}

function show() {
  clearTimeout(timer);
  if (!refused.size) return Notices.settle("store");
  timer = setTimeout(() => [...refused].forEach(([name, value]) => name && keep(name, value)), TRY_AGAIN_MS);
  return Notices.list("store", say("keeping.refused"), ways);
}

// What cannot be read is set aside before anything is written over it, and can be taken away as a file.
export function salvage(name, isWhole) {
  const kept = text(name);
  if (kept === null || isWhole(recall(name))) return;
  try {
    window.localStorage.setItem(keyOf(`${name}-damaged`), kept);
  } catch (_) {
    // the file alone, then
  }
  const take = () => File_.save(File_.nameOf("", say("file.unread"), "txt"), File_.text(kept));
  Notices.list("damaged", say("keeping.damaged"), [["keeping.take_damaged", take]]);
}

// Before there were accounts a browser kept things for whoever sat there: they are of the one person of local mode.
function adopt(names) {
  if (document.documentElement.dataset.local !== "yes") return;
  names.forEach((name) => {
    try {
      const old = window.localStorage.getItem(`${PREFIX}.${name}`);
      if (old === null) return;
      if (text(name) === null) window.localStorage.setItem(keyOf(name), old);
      window.localStorage.removeItem(`${PREFIX}.${name}`);
    } catch (_) {
      // said by the next that is kept
    }
  });
}

// Another tab of the same person kept something else.
export function elsewhere(name, does) {
  window.addEventListener("storage", ({ key }) => (key === keyOf(name) || key === null) && does());
}

export function probe() {
  adopt(["drafts", "history", "weights", "judgements"]);
  keep("probe", 1);
  if (!refused.size) keep("probe", undefined);
}

export const isRefused = () => refused.size > 0;
