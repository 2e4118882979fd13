// The first visit: three steps in a strip over the map, ticked as they are done, and the way to official limits where
// whoever looks may bring them in. Both can be put away for good.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { isReady } from "../core/facts.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Drafts from "../model/drafts.js";

const NAME = "first-steps";
const LEAST = 3; // districts of a cluster
const AWAY = "away";

// A step once done stays so, whatever is undone afterwards.
function done(view, drafts, judged) {
  const before = Store.recall(NAME) || {};
  const own = drafts.candidates.some((c) => c.ubigeos.length >= LEAST);
  const shown = Drafts.shown(drafts);
  return {
    department: Boolean(before.department || view.department),
    draw: Boolean(before.draw || own),
    rules: Boolean(before.rules || (judged && own && shown && !Drafts.isProposal(shown.id))),
  };
}

function step(key, n, isDone, now) {
  return html("Li", { className: `first-step${isDone ? " ticked" : now ? " now" : ""}` }, [
    html("Span", { className: "first-step-sign", "aria-hidden": "true" }, isDone ? "✓" : `${n}`),
    html("Span", {}, [say(`steps.${key}`), html("Span", { className: "visually-hidden" }, isDone ? ` (${say("steps.done")})` : "")]),
  ]);
}

function put(node, state) {
  const steps = Object.entries(state);
  const next = steps.findIndex(([, isDone]) => !isDone);
  Dom.render(node, [
    html("Ol", { className: "first-steps-list" }, steps.map(([key, isDone], i) => step(key, i + 1, isDone, i === next))),
    html("Button", { type: "button", className: "fold first-steps-away", "aria-label": say("steps.away"), title: say("steps.away") }, "×"),
  ]);
  node.querySelector(".first-steps-away").addEventListener("click", () => {
    Store.keep(NAME, AWAY);
    node.hidden = true;
  });
}

const OFFER = "limits-offer";

function offer() {
  const node = document.getElementById(OFFER);
  if (!node || !node.hidden || Store.recall(OFFER) === AWAY) return;
  node.hidden = false;
  node.querySelector("button").addEventListener("click", () => {
    Store.keep(OFFER, AWAY);
    node.hidden = true;
  });
}

dash.steps = {
  show(view, drafts, judged, id) {
    offer();
    const node = document.getElementById(id);
    if (!node || !view || !drafts || !isReady() || Store.recall(NAME) === AWAY) return dash.no_update;
    const state = done(view, drafts, judged);
    const whole = Object.values(state).every(Boolean);
    if (JSON.stringify(Store.recall(NAME)) !== JSON.stringify(state)) Store.keep(NAME, whole ? AWAY : state);
    put(node, state);
    node.hidden = false;
    return dash.no_update;
  },
};
