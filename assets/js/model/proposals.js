// The proposals of the record as this page has them: they come with the document.
import { page } from "../core/page.js";

const block = () => /** @type {Overview} */ (page.proposals);
export const all = () => block().proposals;
export const print = () => block().print;
/** @param {string} id */
export const find = (id) => all().find((p) => p.id === id);
// those that stand among the others: on the map and in the lists
export const listed = () => all().filter((p) => p.look);

// The first screen shows a proposal whose failing rule explains what the page is for.
export function firstId() {
  const [first] = listed();
  return block().shownFirst || (first && first.id) || "";
}
