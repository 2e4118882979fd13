// What the phone's maps are made of: Leaflet, the places and their limits. It comes once the page stands, so that a map opens
// where the network is gone; where it could not come, it is asked for again.
import * as Published from "../map/published.js";
import { fillFacts } from "../model/filling.js";
import * as Server from "../core/server.js";
import { byId } from "./parts.js";

/** @type {Promise<boolean> | null} */
let coming = null;

const address = (name) => /** @type {HTMLLinkElement} */ (byId(`published-${name}`)).href;

function library() {
  if (window.L) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = JSON.parse(byId("map-script").textContent).address;
    Object.assign(script, { onload: () => resolve(undefined), onerror: () => (script.remove(), reject(new Error(script.src))) });
    document.head.append(script);
  });
}

async function fetched() {
  const [facts, limits] = await Promise.all([Server.json(address("facts")), Server.json(address("limits")), library()]);
  fillFacts(facts, limits);
  Published.rivers();
  return true;
}

/** Whether maps can be drawn; resolves once that is known. */
export const ready = () => (coming = coming || fetched().catch(() => {
  coming = null;
  return false;
}));
