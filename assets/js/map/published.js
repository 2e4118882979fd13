// Fetch what is published for the browser; facts and limits once a page.
import { later } from "../core/later.js";
import { fillFacts } from "../model/filling.js";

const address = (name) => document.getElementById(`published-${name}`).href;

export async function fetchJson(name) {
  const answer = await fetch(address(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

// Facts and limits arrive once a page; everything later reads them from `facts.js`.
export const ready = later(async () => {
  const [facts, limits] = await Promise.all([fetchJson("facts"), fetchJson("limits")]);
  fillFacts(facts, limits);
});
