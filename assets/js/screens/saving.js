// Keeping the drawing in hand in the record: what is asked of the server, and what comes of it.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { isReady } from "../core/facts.js";
import { say } from "../core/words.js";
import { Asking } from "../forms/asking.js";
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

let asking = null; // of the panel in sight
let drawing = null; // that it speaks of

function begin(root, asked) {
  drawing = null;
  asking = new Asking(root, asked, {
    beside: () => ({ drawing }),
    // as what is asked for says: over theirs, or theirs as it is
    conflict(way, form) {
      const { do: usual } = form.dataset;
      form.dataset.do = way;
      asking.send(form);
      form.dataset.do = usual;
    },
  });
}

function ask(does, shown, judgements) {
  drawing = question(shown, judgements);
  asking.ask("", { do: does, beside: { drawing } });
}

function close(panel, saveId) {
  asking.forms().forEach(Unsaved.drop);
  dash.set_props(panel.id, { hidden: true });
  focus(by(saveId));
}

document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest && event.target.closest(".saving");
  const out = box && box.querySelector("[data-cancel]");
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
  ask(clicks, drafts, judgements, boxId, askedId) {
    const shown = drafts && isReady() ? Drafts.shown(drafts) : null;
    if (!dash.callback_context.triggered_id || !shown) return none();
    if (!asking || asking.root !== by(boxId)) begin(by(boxId), askedId);
    // what was typed last reaches the drawing in the same moment as the press
    if (dash.callback_context.triggered.some(({ prop_id: what }) => what.endsWith("save.n_clicks"))) {
      if (clicks && !Drafts.isProposal(shown.id)) ask("open", shown, judgements);
      return none();
    }
    if (by(boxId).hidden || !drawing) return none();
    if (shown.id === drawing.id && shown.ubigeos.join() === drawing.ubigeos.join()) return none();
    if (shown.id !== drawing.id || !asking.forms().length) return true;
    ask("look", shown, judgements);
    return none();
  },

  // What came of it. What is told often takes the place of the button that was pressed: the focus goes to what can be
  // done next.
  show(answer, panelId, saveId) {
    const panel = by(panelId);
    if (!answer || !asking || asking.root !== panel) return none();
    if (!panel.dataset.listens) {
      panel.dataset.listens = "yes";
      panel.addEventListener("click", ({ target }) => target.closest("[data-cancel]") && close(panel, saveId));
    }
    asking.receive(answer);
    if (answer.focus) {
      Dom.render(panel.querySelector("[data-outcome-for]"), []);
      dash.set_props(panelId, { hidden: false });
      requestAnimationFrame(() => focus(panel.querySelector("input:not([type=radio]), textarea, button")));
    } else if (answer.outcome && (!document.activeElement || !document.activeElement.matches("input, textarea, button, a"))) {
      focus(panel.querySelector("[data-outcome-for] a, [data-outcome-for] button"));
    }
    if (!answer.state) return none();
    Unsaved.forgetAs(formOf(answer.state.draft));
    return { type: "tie", kept: answer.state, at: Date.now() };
  },

  // A link inside the application names a proposal: it is taken in hand, once this page knows of it.
  async open(asked, drafts) {
    if (!asked || !drafts || asked === drafts.active) return [none(), none()];
    if (!Drafts.find(drafts, asked)) await Record.renew();
    const id = asked.slice(Drafts.PROPOSAL.length, 80);
    return Drafts.find(drafts, asked) ? [{ type: "choose", id: asked, at: Date.now() }, none()] : [none(), say("said.unknown_proposal", { id })];
  },
};
