// Fetch what is published for the browser; facts and limits once a page.
import { nextFrame } from "../core/dom.js";
import { laidOut } from "../core/laid_out.js";
import { later } from "../core/later.js";
import * as Server from "../core/server.js";
import { fillFacts } from "../model/filling.js";

const address = (name) => /** @type {HTMLLinkElement} */ (document.getElementById(`published-${name}`)).href;

const published = (name, options) => Server.json(address(name), options);

let wish;
/** Kept once a screen that shows districts asks for them; a page that begins with another has no use for them. */
const wished = new Promise((resolve) => (wish = resolve));
const begins = () => document.getElementById("published-facts").getAttribute("rel") === "preload";
/** Facts and limits, where something needs them: a screen with a map, or an address that names districts. */
export const whenNeeded = async () => {
  if (!begins() && !window.location.search) await wished;
  return ready();
};

// Facts and limits arrive once a page; everything later reads them from `facts.js`.
export const ready = later(async () => {
  wish();
  const [facts, limits] = await Promise.all([published("facts"), published("limits")]);
  fillFacts(facts, limits);
});

/** The rivers of the edition, asked for once the page is laid out; null where they cannot be had, and then asked for again by
 * the next map. @type {() => Promise<River[] | null>} */
export const rivers = () => (courses = courses || laidOut().then(() => published("rivers", { priority: "low" })).catch(() => (courses = null)));
let courses = null;

let meanings = null;
/** What rules ask and measures are, by language and name; null where it cannot be had, and then asked for again.
 * @type {() => Promise<Record<Language, Record<string, string>> | null>} */
export const told = () => (meanings = meanings || published("told").catch(() => (meanings = null)));

const others = new Map();
/** A file that the facts name, beside them; asked for when it is wanted, null where it cannot be had, and then asked for again.
 * @param {string} name @returns {Promise<any>} */
export function named(name) {
  if (!others.has(name)) {
    others.set(name, Server.json(new URL(name, address("facts")).href, {}).catch(() => {
      others.delete(name);
      return null;
    }));
  }
  return others.get(name);
}

let around = null;
/** What lies around the territory, asked for once a map is drawn; null where it cannot be had, and then asked for again by the
 * next map. @returns {Promise<Surroundings | null>} */
export const surroundings = () => (around = around || nextFrame().then(() => published("surroundings", { priority: "low" })).catch(() => (around = null)));
