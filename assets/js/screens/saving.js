// Keeping the drawing in hand in the record: what is asked of the server, and what comes of it.
import { dash } from "../core/dash.js";
import { isReady } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Unsaved from "../forms/unsaved.js";
import * as Record from "../map/record.js";
import * as Drafts from "../model/drafts.js";

const none = () => dash.no_update;
const by = (id) => document.getElementById(id);

// The judgements that the group made of it on the screen that compares go along.
function question(shown, judgements) {
  const scores = Object.entries((judgements || {})[shown.id] || {}).filter(([, { score }]) => score).map(([key, { score }]) => [key, score]);
  return {
    id: shown.id, name: shown.name, ubigeos: shown.ubigeos, services: shown.services, phase: shown.phase, note: shown.note || "",
    replaces: shown.replaces || null, version: shown.version || 1, judgements: Object.fromEntries(scores),
  };
}

const formOf = (draft) => `saving|${draft}`;
const opened = new Set(); // drawings whose form was opened again by itself

// A form that was begun stands as it was left, after a reload too.
function openAgain(shown, saveId) {
  if (!shown || opened.has(shown.id) || !Unsaved.isTyped(formOf(shown.id))) return;
  opened.add(shown.id);
  setTimeout(() => by(saveId) && !by(saveId).hidden && by(saveId).click(), 0);
}

const focus = (node) => node && setTimeout(() => node.focus(), 0);

document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest && event.target.closest(".saving");
  const out = box && [...box.querySelectorAll("button")].find((button) => button.id.includes('"cancel"'));
  if (out) out.click();
});

dash.saving = {
  // A drawing can be kept; of what is kept already the record tells more.
  offer(drafts, _proposals) {
    if (!drafts || !isReady()) return [none(), none(), none()];
    const shown = Drafts.shown(drafts);
    const { isProposal, PROPOSAL } = Drafts;
    const kept = shown && isProposal(shown.id) ? shown.id.slice(PROPOSAL.length) : null;
    if (!kept) openAgain(shown, dash.callback_context.outputs_list[0].id);
    return [!shown || kept !== null, kept ? `/registro/${encodeURIComponent(kept)}` : "/registro", kept ? "to-record" : "to-record off"];
  },

  // When the button is pressed; and once more when the drawing changes while its form is open.
  ask(clicks, drafts, judgements, before, boxId, formId) {
    const shown = drafts && isReady() ? Drafts.shown(drafts) : null;
    const id = dash.callback_context.triggered_id;
    if (!id || !shown) return [none(), none()];
    // what was typed last reaches the drawing in the same moment as the press
    if (dash.callback_context.triggered.some(({ prop_id: what }) => what.endsWith("save.n_clicks"))) {
      return !clicks || Drafts.isProposal(shown.id) ? [none(), none()] : [{ ...question(shown, judgements), open: true, at: Date.now() }, none()];
    }
    if (by(boxId).hidden || !before) return [none(), none()];
    if (shown.id === before.id && shown.ubigeos.join() === before.ubigeos.join()) return [none(), none()];
    const filling = shown.id === before.id && by(formId).querySelector("input");
    return filling ? [{ ...question(shown, judgements), open: false, at: Date.now() }, none()] : [none(), true];
  },

  shown(_key, boxId) {
    const find = (left) => {
      const first = by(boxId).querySelector("[data-box]") ? by(boxId).querySelector("[data-box] > input") : by(boxId).querySelector("button");
      return first || !left ? focus(first) : void requestAnimationFrame(() => find(left - 1));
    };
    find(60);
    return none();
  },

  // What is told often takes the place of the button that was pressed: the focus goes to what can be done next.
  told(said, saidId) {
    const find = (left) => {
      const next = by(saidId) && by(saidId).querySelector("a, button");
      if (!next) return left ? void requestAnimationFrame(() => find(left - 1)) : undefined;
      if (!document.activeElement || document.activeElement === document.body) next.focus();
    };
    if (said && said.length !== 0) requestAnimationFrame(() => find(60));
    return none();
  },

  close(_clicks, saveId) {
    const id = dash.callback_context.triggered_id;
    const [{ value } = {}] = dash.callback_context.triggered;
    if (!id || id.does !== "cancel" || !value) return none();
    document.querySelectorAll("[data-form=saving]").forEach(Unsaved.drop);
    focus(by(saveId));
    return true;
  },

  kept(kept) {
    if (kept) Unsaved.forgetAs(formOf(kept.draft));
    return kept ? { type: "tie", kept, at: Date.now() } : none();
  },

  // A link inside the application names a proposal: it is taken in hand, once this page knows of it.
  async open(asked, drafts) {
    if (!asked || !drafts || asked === drafts.active) return [none(), none()];
    if (!Drafts.find(drafts, asked)) await Record.renew();
    const id = asked.slice(Drafts.PROPOSAL.length, 80);
    return Drafts.find(drafts, asked) ? [{ type: "choose", id: asked, at: Date.now() }, none()] : [none(), say("said.unknown_proposal", { id })];
  },
};
