// Name and note of the drawing in hand, taken letter by letter: kept at once, in the undo list as one step for as long
// as somebody stays in the box, and told to the rest of the page when they pause or press something.
import * as Drafts from "../model/drafts.js";
import * as Boxes from "./boxes.js";
import * as Drawings from "./drawings.js";

const PAUSE_MS = 500;
const BOX = "[data-describes]";
let waiting = null; // {id, field, value, visit}: typed, and not yet told
let visit = 0;
let timer = null;
let seen = { drafts: null, history: null }; // as the page has them, before what waits

const boxOf = (field) => document.querySelector(`[data-describes=${field}] [data-box]`);

// The drafts and steps with what waits in them.
function applied(drafts, history) {
  if (!waiting || !drafts) return { drafts, history };
  const key = `${waiting.id} ${waiting.field} ${waiting.visit}`;
  const result = Drafts.reduce(drafts, history, { type: "describe", ...waiting });
  if (result.drafts === drafts) return { drafts, history };
  // the steps before this visit to the box stay; its own letters are one
  const before = history.typing === key ? { past: history.past, future: [] } : result.history;
  return { drafts: result.drafts, history: { ...before, typing: key } };
}

// For whoever goes on from the drafts now: with what waits, which waits no more.
export function take(drafts, history) {
  const made = applied(drafts, history);
  waiting = null;
  clearTimeout(timer);
  return made;
}

function flush() {
  if (!waiting || !seen.drafts) return;
  const { drafts, history } = take(seen.drafts, seen.history);
  if (drafts !== seen.drafts) hand(drafts, history);
}

export const note = (drafts, history) => (seen = { drafts, history });
/** Drafts and steps as the page has them; none before it has. */
export const noted = () => seen;

function typed({ target }) {
  const box = target.closest(BOX);
  if (!box || !seen.drafts) return;
  const next = { id: target.parentElement.dataset.record, field: box.dataset.describes, value: target.value, visit };
  if (waiting && (waiting.id !== next.id || waiting.field !== next.field)) flush();
  waiting = next;
  const { drafts, history } = applied(seen.drafts, seen.history);
  const met = Drawings.meet(drafts, history);
  Drawings.keep(met.drafts, met.history);
  clearTimeout(timer);
  if (met.drafts === drafts) timer = setTimeout(flush, PAUSE_MS);
  else publish(met);
}

// Another tab kept something meanwhile: the page has it now, and what was typed goes on in one's own version.
function publish({ drafts, history, both }) {
  waiting = null;
  hand(drafts, history);
  show(Drafts.shown(drafts));
  Drawings.tellBoth(both);
}

function hand(drafts, history) {
  note(drafts, history);
  window.dash_clientside.set_props("shell-history", { data: history });
  window.dash_clientside.set_props("shell-drafts", { data: drafts });
}

// The boxes show the drawing in hand.
export function show(shown) {
  const id = shown ? shown.id : "";
  Boxes.show(boxOf("name"), shown ? shown.name : "", id);
  Boxes.show(boxOf("note"), shown ? shown.note || "" : "", id);
}

document.addEventListener("input", typed);
document.addEventListener("focusin", ({ target }) => target.closest(BOX) && (visit += 1));
document.addEventListener("focusout", ({ target }) => {
  if (!target.closest(BOX)) return;
  flush();
  // a name that was emptied stands again as it is
  setTimeout(() => seen.drafts && show(Drafts.shown(seen.drafts)), 0);
});
// before anything that is pressed is answered
["pointerdown", "click"].forEach((name) => document.addEventListener(name, flush, true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.ctrlKey || event.metaKey) flush();
}, true);
