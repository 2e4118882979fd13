// Fetch what is published for the browser; facts and limits once a page.
import { later } from "../core/later.js";
import * as Server from "../core/server.js";
import { fillFacts } from "../model/filling.js";

const address = (name) => /** @type {HTMLLinkElement} */ (document.getElementById(`published-${name}`)).href;

const published = (name) => Server.json(address(name));

// Facts and limits arrive once a page; everything later reads them from `facts.js`.
export const ready = later(async () => {
  const [facts, limits] = await Promise.all([published("facts"), published("limits")]);
  fillFacts(facts, limits);
});
