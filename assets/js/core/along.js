// What a screen needs comes along with it, where the page began with one that has no use for it: what draws maps, and what
// the screens beside the map do.
import { laidOut } from "./laid_out.js";

const CONTENT = '"_pages_content';
const element = (name) => /** @type {HTMLScriptElement} */ (document.getElementById(name));
const asked = new Map();

const isAt = (path) => window.location.pathname === path || (path !== "/" && window.location.pathname.startsWith(`${path}/`));
// a script that a document only names, for screens whose addresses stand with it
const isLate = (name) => element(name).type === "application/json";
const isNeeded = (name) => isLate(name) && element(name).dataset.at.split(" ").some(isAt);

function fetched(name, /** @type {"high" | "low"} */ priority) {
  if (!asked.has(name)) {
    asked.set(
      name,
      new Promise((resolve) => {
        const script = document.createElement("script");
        script.fetchPriority = priority;
        script.src = element(name).src;
        script.onload = resolve;
        script.onerror = () => {
          script.remove();
          asked.delete(name); // whoever asks again may find the server back
          resolve(undefined);
        };
        document.head.append(script);
      }),
    );
  }
  return asked.get(name);
}

// Dash asks for a screen once the address is that of the screen.
export const pass = (ask) => async (what, options) => {
  const goes = options && `${options.body || ""}`.includes(CONTENT);
  const needed = goes ? ["leaflet", "screens"].filter(isNeeded) : [];
  const [answer] = await Promise.all([ask(what, options), ...needed.map((name) => fetched(name, "high"))]);
  return answer;
};

// The next screen should not wait, and the map should not wait for it.
laidOut().then(() => isLate("screens") && fetched("screens", "low"));
