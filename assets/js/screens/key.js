// What stands on the map, by name: which number is which proposal, which tag which group; and by what goes what is judged.
import { dash } from "../core/dash.js";
import { disc, outline } from "../core/disc.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { say } from "../core/words.js";
import * as Beside from "../map/beside.js";
import { ready } from "../map/published.js";
import * as Scene from "../map/scene.js";
import * as Drafts from "../model/drafts.js";
import * as Identity from "../model/identity.js";

const own = (name) => html("Span", { dir: "auto", className: "identity-name" }, name);

// A button, since a number leads to what it is: pressed, its proposal is judged.
function proposal(p, active) {
  const id = Drafts.PROPOSAL + p.id;
  const judged = id === active;
  return html("Li", {}, html("Button", { type: "button", className: "identity-row", "data-candidate": id, "data-points": p.ubigeos.join(" "), "aria-pressed": `${judged}` }, [
    disc(Identity.ofProposal(p), judged), own(p.name), outline(p.look),
    html("Span", { className: "muted" }, say("identity.about", { state: say(`state.${p.state}`), phase: p.phase })),
  ]));
}

const tag = (row) => html("Li", { className: "identity-row", "data-points": row.members.join(" ") }, [html("B", { className: "tag-name" }, row.text), own(row.name)]);

const list = (key, title, items) => html("Details", { className: "identity-key", "data-key": key, open: true }, [
  html("Summary", {}, title), html("Ul", {}, items),
]);

const keyOf = (active) => ({ overlay, proposals, tags }) => [
  ...(proposals.length ? [list(overlay, say("identity.key", { n: proposals.length }), proposals.map((p) => proposal(p, active)))] : []),
  ...(tags.length ? [list(overlay, say("identity.tags", { n: tags.length }), tags.map(tag))] : []),
];

// Those that the reader folded stay so.
function drawKey(box, view, active) {
  const folded = new Set([...box.querySelectorAll("details:not([open])")].map((node) => node.dataset.key));
  const focused = box.contains(document.activeElement) && document.activeElement.dataset.candidate;
  Dom.render(box, Beside.keys(view).flatMap(keyOf(active)));
  box.querySelectorAll("details").forEach((node) => node.toggleAttribute("open", !folded.has(node.dataset.key)));
  if (focused) box.querySelector(`[data-candidate="${focused}"]`)?.focus({ preventScroll: true });
}

// What is pointed at in the key, or has the focus, is outlined on the map.
function hear(box) {
  if (box.dataset.heard) return;
  box.dataset.heard = "yes";
  const point = ({ target }) => Scene.point((target.closest("[data-points]")?.dataset.points || "").split(" ").filter(Boolean));
  ["pointerover", "focusin"].forEach((name) => box.addEventListener(name, point));
  ["pointerleave", "focusout"].forEach((name) => box.addEventListener(name, () => Scene.point([])));
}

function whoOf(drafts) {
  const shown = Drafts.shown(drafts);
  if (!shown) return [];
  const identity = Identity.ofCandidate(shown);
  const state = identity.id ? say(`state.${identity.state}`) : say("identity.drawing");
  return [disc(identity, true), html("Div", {}, [
    html("B", { dir: "auto" }, shown.name), html("Span", { className: "muted" }, say("identity.about", { state, phase: shown.phase })),
  ])];
}

dash.key = {
  async draw(drafts, view, _proposals, keyId, whoId, actionId) {
    if (!drafts || !view) return dash.no_update;
    await ready();
    const box = document.getElementById(keyId);
    if (!box) return dash.no_update;
    drawKey(box, view, drafts.active);
    Dom.render(document.getElementById(whoId), whoOf(drafts));
    hear(box);
    box.onclick = (event) => {
      const button = event.target.closest("[data-candidate]");
      if (button) dash.set_props(actionId, { data: { type: "choose", id: button.dataset.candidate, at: Date.now() } });
    };
    return dash.no_update;
  },
};
